"""What is asked about people: who has an address, where they are signed in, what a mailed link is good for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from app.db import db
from app.models import Person, Session, Token
from app.people.browsers import in_words

LISTED = 20


@dataclass(frozen=True)
class Browser:
    """A signed-in browser, in words, with the instant it signed in."""

    id: int
    words: str
    since: datetime
    here: bool


@dataclass(frozen=True)
class ResetLink:
    """What a link to set a password is good for, and whose it is."""

    email: str
    state: Literal["good", "used", "expired"]


def person_by(email: str) -> Person | None:
    """Whoever has this address, in small letters, and may sign in."""
    return db.session.scalar(select(Person).where(Person.email == email, Person.disabled_at.is_(None)))


def browsers_of(person: Person, *, now: datetime, here: int) -> Sequence[Browser]:
    """Where the person is signed in: this browser first, then the newest; at most LISTED and one more."""
    rows = db.session.scalars(
        select(Session)
        .where(Session.person_id == person.id, Session.ended_at.is_(None), Session.expires_at > now)
        .order_by((Session.id != here), Session.id.desc())
        .limit(LISTED + 1)
    )
    return [Browser(id=row.id, words=in_words(row.browser), since=row.created_at, here=row.id == here) for row in rows]


def reset_link(token_hash: str, *, now: datetime) -> ResetLink | None:
    """The link whose token has this hash; None if there is none, or its owner may not sign in."""
    row = db.session.execute(
        select(Token, Person.email)
        .join(Person, Person.id == Token.person_id)
        .where(Token.token_hash == token_hash, Token.purpose == "reset", Person.disabled_at.is_(None))
    ).first()
    if row is None:
        return None
    token, email = row
    if token.used_at is not None:
        return ResetLink(email=email, state="used")
    return ResetLink(email=email, state="good" if token.expires_at > now else "expired")
