"""What people decide about their mail and their calendar."""

from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.access import digest, new_token
from app.db import db
from app.models import Feed, MailTerms, Person
from course.digest import Terms


def keep_terms(person_id: int, **wanted: Any) -> None:
    """Keep what somebody wants of their mail; what is not named stays as it was."""
    insert: Any = sqlite_insert if db.engine.dialect.name == "sqlite" else postgresql_insert
    defaults = {"digest": True, "announcements": True, "digest_hour": 7, "quiet_from": 21, "quiet_until": 7}
    row = insert(MailTerms).values(person_id=person_id, **{**defaults, **wanted})
    db.session.execute(row.on_conflict_do_update(index_elements=["person_id"], set_=wanted))


def set_reminders(person: Person, terms: Terms, *, announcements: bool) -> None:
    """Keep whether, and at which hours, to remind the person, and whether letters to a cohort come by mail."""
    keep_terms(
        person.id,
        digest=terms.digest,
        announcements=announcements,
        digest_hour=terms.digest_hour,
        quiet_from=terms.quiet_from,
        quiet_until=terms.quiet_until,
    )


def unsubscribe(person_id: int, kind: str) -> None:
    """End the mails of a kind for somebody. Doing it again changes nothing."""
    keep_terms(person_id, **{{"digest": "digest", "announcement": "announcements"}[kind]: False})


def make_feed(person: Person, *, words: bool) -> str:
    """Give the person's calendar a new secret address; the one before is no more. The secret, which is not kept."""
    token = new_token()
    end_feed(person)
    db.session.add(Feed(person_id=person.id, token_hash=digest(token), words=words))
    db.session.flush()
    return token


def end_feed(person: Person) -> None:
    """Take the person's calendar off the net."""
    db.session.execute(delete(Feed).where(Feed.person_id == person.id))
