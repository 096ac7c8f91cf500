"""What people do about their own account."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import insert, literal, select, update

from app import clock
from app.access import digest, end_other_sessions, hash_password, new_token, password_fits, record
from app.db import db
from app.mail import enqueue
from app.models import Person, Session, Token
from app.people import letters
from app.people.queries import person_by
from app.second_step import forget_steps

LINK_LASTS = timedelta(hours=1)


class LinkSpent(Exception):
    """The link to set a password has been used, has run out, or never was."""


def recognise(email: str, password: str) -> Person | None:
    """Whoever has this address and this password. Takes as long when nobody has."""
    person = person_by(email)
    kept = person.password_hash if person else None
    fits = password_fits(kept, password)
    if person is not None and fits:
        # Held to the end of the request: a session must not begin with a password that is being changed.
        still = select(Person.id).where(Person.id == person.id, Person.password_hash == kept)
        fits = db.session.scalar(still.with_for_update(key_share=True)) is not None
    if not fits:
        record("sign-in failed", person=person.id if person else None)
    return person if fits else None


def send_reset_link(email: str, *, path: Callable[[str], str]) -> None:
    """Mail a link to set a password, if somebody has this address; `path` makes it of a token. Older links end.

    For an address that nobody has the same statements run, and leave nothing behind: the answer takes as long.
    """
    person, token = person_by(email), new_token()
    spend_links(person.id if person else 0)
    keep_token(token, email)
    with db.session.begin_nested() as draft:
        enqueue(
            letters.way_in(path(token)),
            key=f"reset:{digest(token)}",
            to=email,
            person=person.id if person else None,
        )
        if person is None:
            draft.rollback()
            return
    record("reset link asked for", person=person.id)


def keep_token(token: str, email: str) -> None:
    """Keep the hash of a token that sets the password of whoever has this address; nothing where nobody has it."""
    now = clock.now()
    facts = {"purpose": "reset", "token_hash": digest(token), "created_at": now, "expires_at": now + LINK_LASTS}
    columns = [Token.__table__.c[name] for name in facts]
    owner = select(
        Person.id, *(literal(value, column.type) for column, value in zip(columns, facts.values(), strict=True))
    )
    owned = owner.where(Person.email == email, Person.disabled_at.is_(None))
    db.session.execute(insert(Token).from_select([Token.person_id, *columns], owned))


def spend_links(person_id: int) -> None:
    """End the links to set a password that the person has not used."""
    now = clock.now()
    unused = (Token.person_id == person_id, Token.purpose == "reset", Token.used_at.is_(None))
    db.session.execute(update(Token).where(*unused, Token.expires_at > now).values(expires_at=now))


def reset_password(token: str, password: str, *, forgot: str) -> Person:
    """Set the password that a mailed link allows to set, once. Raises LinkSpent.

    The link shows that the address is the person's own: it is confirmed by it.
    """
    now = clock.now()
    good = (
        Token.token_hash == digest(token),
        Token.purpose == "reset",
        Token.used_at.is_(None),
        Token.expires_at > now,
    )
    # One statement both looks and takes: of two posts at once, one finds nothing left to take.
    owner = db.session.scalar(update(Token).where(*good).values(used_at=now).returning(Token.person_id))
    person = db.session.get(Person, owner) if owner else None
    if person is None or person.disabled_at is not None:
        raise LinkSpent
    person.confirmed_at = person.confirmed_at or now
    set_password(person, password, forgot=forgot)
    end_other_sessions(person)
    return person


def change_password(person: Person, password: str, *, session_id: int, forgot: str) -> None:
    """Set a password and sign out every other browser."""
    set_password(person, password, forgot=forgot)
    end_other_sessions(person, but=session_id)


def set_password(person: Person, password: str, *, forgot: str) -> None:
    """Keep the new password, end the links that could set another, and tell the owner by mail."""
    person.password_hash = hash_password(password)
    spend_links(person.id)
    forget_steps(person.id)
    enqueue(
        letters.password_changed(forgot),
        key=f"password:{person.id}:{clock.now().isoformat()}",
        to=person.email,
        person=person.id,
    )
    db.session.flush()
    record("password changed", person=person.id)


def change_profile(person: Person, *, name: str, time_zone: str, theme: str) -> None:
    """Keep how somebody is addressed, when their day begins, and how the pages look."""
    person.name, person.time_zone, person.theme = name, time_zone, theme
    db.session.flush()


def note_proof(session_id: int) -> None:
    """Keep that the password was typed in this browser just now."""
    db.session.execute(update(Session).where(Session.id == session_id).values(proved_at=clock.now()))


def end_browser(person: Person, session_id: int) -> bool:
    """Sign one of the person's browsers out; False if it isn't theirs. One that is out stays as it is."""
    mine = select(Session).where(Session.id == session_id, Session.person_id == person.id)
    row = db.session.scalar(mine)
    if row is None:
        return False
    row.ended_at = row.ended_at or clock.now()
    db.session.flush()
    return True
