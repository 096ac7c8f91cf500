"""An address is moved by a link in the new mailbox, and taken back by one in the old."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from app import audit, clock
from app.access import digest, end_other_sessions, new_token, record
from app.db import db
from app.mail import enqueue
from app.models import Factor, Person, RecoveryCode, Token
from app.people import address_letters
from app.people.actions import LinkSpent, send_reset_link, spend_links
from app.privacy.erasure import ADDRESS_KEY
from app.second_step import forget_steps

MOVE, BACK = "address", "address back"
MOVE_LASTS, BACK_LASTS = timedelta(days=1), timedelta(days=7)
Path = Callable[[str], str]


class AddressTaken(Exception):
    """Somebody else has the address by now."""


@dataclass(frozen=True)
class Taken:
    """A link that has just been used up."""

    id: int
    person_id: int
    address: str
    written_at: datetime


def ask_to_move(person: Person, address: str, *, path: Path) -> None:
    """Mail a link to the new address; older ones end. Whoever has that address already is told instead.

    Either way the same rows are written; a link that nobody was sent leads nowhere.
    """
    taken = db.session.scalar(select(Person.id).where(Person.email == address)) is not None
    end_links(person.id, MOVE)
    token = keep_link(person.id, MOVE, address=address, lasts=MOVE_LASTS)
    letter = address_letters.already_yours() if taken else address_letters.confirm_address(path(token))
    enqueue(letter, key=ADDRESS_KEY + digest(token), to=address)
    record("change of address asked for", person=person.id)


def move(person: Person, token: str, *, path: Path, session_id: int) -> None:
    """Move the person to the address that the link confirms, once, and tell the old one how to take it back.

    Raises LinkSpent, or AddressTaken.
    """
    link, old = take(token, MOVE), person.email
    if link.person_id != person.id:
        raise LinkSpent
    give(person, link.address)
    back = keep_link(person.id, BACK, address=old, lasts=BACK_LASTS)
    enqueue(address_letters.address_moved(path(back)), key=ADDRESS_KEY + digest(back), to=old, person=person.id)
    person.confirmed_at = person.confirmed_at or clock.now()
    spend_links(person.id)
    end_other_sessions(person, but=session_id)
    audit.note("moved the address", by=person.id, whom=person.id)
    record("address changed", person=person.id)


def take_back(token: str, *, reset: Path) -> None:
    """Give the account back to the old address, sign everybody out, and mail a link to a new password.

    Whoever moved it knew the password and may have set up a second factor since: neither holds any longer. Raises
    LinkSpent, or AddressTaken.
    """
    link = take(token, BACK)
    person = db.session.get_one(Person, link.person_id)
    if person.disabled_at is not None:
        raise LinkSpent
    give(person, link.address)
    person.password_hash = None
    end_other_sessions(person)
    forget_steps(person.id)
    # A seat's link lets whoever opens it choose a first password, and there is none now.
    for purpose in (MOVE, "confirm"):
        end_links(person.id, purpose)
    # Those of later moves went to whoever moved it; an earlier owner's still holds.
    end_links(person.id, BACK, after=link.id)
    drop_factor_since(person.id, link.written_at)
    db.session.flush()
    send_reset_link(link.address, path=reset)
    audit.note("took the address back", by=person.id, whom=person.id)
    record("address taken back", person=person.id)


def give(person: Person, address: str) -> None:
    """Let the person have this address. Raises AddressTaken; of two at one moment one gets it."""
    try:
        with db.session.begin_nested():
            person.email = address
            db.session.flush()
    except IntegrityError as error:
        raise AddressTaken from error


def take(token: str, purpose: str) -> Taken:
    """Use a link up. Raises LinkSpent."""
    now = clock.now()
    good = (
        Token.token_hash == digest(token),
        Token.purpose == purpose,
        Token.used_at.is_(None),
        Token.expires_at > now,
    )
    # One statement both looks and takes: of two posts at once, one finds nothing left to take.
    taken = update(Token).where(*good).values(used_at=now)
    row = db.session.execute(taken.returning(Token.id, Token.person_id, Token.address, Token.created_at)).first()
    if row is None:
        raise LinkSpent
    return Taken(id=row.id, person_id=row.person_id, address=row.address or "", written_at=row.created_at)


def keep_link(person_id: int, purpose: str, *, address: str, lasts: timedelta) -> str:
    """Keep the hash of a new link's token; the token itself, for the mail."""
    token = new_token()
    expires = clock.now() + lasts
    row = Token(purpose=purpose, person_id=person_id, address=address, token_hash=digest(token), expires_at=expires)
    db.session.add(row)
    db.session.flush()
    return token


def end_links(person_id: int, purpose: str, *, after: int = 0) -> None:
    """End the person's links of this purpose that have not been used; those written after one of this number."""
    now = clock.now()
    unused = (Token.person_id == person_id, Token.purpose == purpose, Token.used_at.is_(None), Token.id > after)
    db.session.execute(update(Token).where(*unused, Token.expires_at > now).values(expires_at=now))


def drop_factor_since(person_id: int, moved_at: datetime) -> None:
    """Take a second factor away that was set up after the address was moved."""
    since = delete(Factor).where(Factor.person_id == person_id, Factor.confirmed_at >= moved_at)
    if db.session.scalar(since.returning(Factor.person_id)) is not None:
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
        record("second factor removed", person=person_id)
