"""What is asked about somebody's mail: how they want it, what was sent to them, and what a link ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.models import Feed, Mail, MailTerms, Person, Token
from course.digest import Terms

LISTED = 30


@dataclass(frozen=True)
class Wishes:
    """How somebody wants to be reached, `announcements` by mail or not.

    `feed_since` is when their calendar's address was made, None without one.
    """

    terms: Terms
    announcements: bool
    feed_since: datetime | None
    feed_words: bool


@dataclass(frozen=True)
class Posted:
    """A mail to somebody, and what has become of it."""

    subject: str
    kind: str
    state: str
    written_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class Ending:
    """What a link to unsubscribe ends: the kind of mails, and whether they are ended already."""

    person_id: int
    kind: str
    is_ended: bool


def terms_from(row: MailTerms | None) -> Terms:
    """The wishes of a row as the rules know them; the defaults for who never said."""
    if row is None:
        return Terms()
    return Terms(row.digest, row.digest_hour, row.quiet_from, row.quiet_until)


def wishes_of(person: Person) -> Wishes:
    """How the person wants their mail and whether they have a calendar, in one query."""
    row = db.session.execute(
        select(MailTerms, Feed)
        .select_from(Person)
        .outerjoin(MailTerms, MailTerms.person_id == Person.id)
        .outerjoin(Feed, Feed.person_id == Person.id)
        .where(Person.id == person.id)
    ).one()
    terms, feed = row
    letters = terms is None or terms.announcements
    return Wishes(terms_from(terms), letters, feed.created_at if feed else None, bool(feed and feed.words))


def posted_to(person: Person) -> Sequence[Posted]:
    """What was written to the person, the newest first: LISTED and one more at most."""
    rows = db.session.execute(
        select(Mail.subject, Mail.kind, Mail.state, Mail.created_at, Mail.sent_at)
        .where(Mail.person_id == person.id)
        .order_by(Mail.id.desc())
        .limit(LISTED + 1)
    )
    return [Posted(*row) for row in rows]


def ending(token_hash: str, now: datetime) -> Ending | None:
    """What the link with this hash ends; None if it ends nothing, or no more."""
    row = db.session.execute(
        select(Token, MailTerms)
        .outerjoin(MailTerms, MailTerms.person_id == Token.person_id)
        .where(Token.token_hash == token_hash, Token.purpose == "unsubscribe", Token.expires_at > now)
    ).first()
    if row is None or row.Token.kind is None:
        return None
    wanted = row.MailTerms is None or (
        row.MailTerms.digest if row.Token.kind == "digest" else row.MailTerms.announcements
    )
    return Ending(row.Token.person_id, row.Token.kind, is_ended=not wanted)
