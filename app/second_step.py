"""Between the password and the session: who has a second factor is asked for a code, and reaches nothing before.

Whoever has typed the right password holds no session yet, only a token in the cookie, good for ten minutes and for
the one thing of typing a code.
"""

from dataclasses import dataclass
from datetime import timedelta

from flask import session
from flask_login import current_user
from sqlalchemy import ColumnElement, select, update

from app import clock
from app.access import digest, end_session, new_token, record, start_session
from app.db import db
from app.models import Factor, Person, Token

LASTS = timedelta(minutes=10)
PURPOSE = "second step"
KEPT_AS = "second_step"


@dataclass(frozen=True)
class HalfIn:
    """Somebody whose password was right, and whose code is awaited."""

    person: Person
    token_hash: str


def arrive(person: Person) -> bool:
    """Sign the person in here; where they have a second factor, wait for its code instead. Whether they are in."""
    if current_user.is_authenticated:
        end_session()
    if not has_factor(person):
        start_session(person)
        return True
    token, now = new_token(), clock.now()
    db.session.add(Token(purpose=PURPOSE, person_id=person.id, token_hash=digest(token), expires_at=now + LASTS))
    db.session.flush()
    session.clear()
    session[KEPT_AS], session["csrf_token"] = token, new_token()
    record("password fits, code awaited", person=person.id)
    return False


def has_factor(person: Person) -> bool:
    """Whether the person has confirmed a second factor."""
    found = select(Factor.person_id).where(Factor.person_id == person.id, Factor.confirmed_at.is_not(None))
    return db.session.scalar(found) is not None


def half_in() -> HalfIn | None:
    """Whoever is between the two steps in this browser; None if nobody is, or no longer."""
    token_hash = digest(session.get(KEPT_AS) or "")
    person = db.session.scalar(
        select(Person)
        .join(Token, Token.person_id == Person.id)
        .where(Token.token_hash == token_hash, *still_good(), Person.disabled_at.is_(None))
    )
    return HalfIn(person=person, token_hash=token_hash) if person else None


def still_good() -> tuple[ColumnElement[bool], ...]:
    """What holds of a token of a second step that can still be taken."""
    return Token.purpose == PURPOSE, Token.used_at.is_(None), Token.expires_at > clock.now()


def complete(half: HalfIn) -> bool:
    """Sign in whoever has shown the second factor; False where this step was already taken at the same moment."""
    taken = update(Token).where(Token.token_hash == half.token_hash, *still_good()).values(used_at=clock.now())
    if db.session.scalar(taken.returning(Token.person_id)) is None:
        return False
    if current_user.is_authenticated:
        end_session()
    start_session(half.person)
    return True


def forget_steps(person_id: int) -> None:
    """End the steps that wait for a code: the password that opened them no longer holds."""
    mine = update(Token).where(Token.person_id == person_id, *still_good())
    db.session.execute(mine.values(expires_at=clock.now()))
