"""What is done about a second factor: set up, shown at the door, replaced, taken away."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app import clock
from app.access import end_other_sessions, record
from app.db import db
from app.mail import Letter, enqueue
from app.models import Factor, Person, RecoveryCode
from app.people import letters
from app.people.factor_queries import readable
from app.people.totp import PUT_UNDER, hashed, new_codes, new_secret, step_of
from app.sealing import seal


class CodeWrong(Exception):
    """The code does not fit."""


def begin(person: Person) -> None:
    """Make a secret to be confirmed by a code. One that is set up holds until then."""
    insert: Any = sqlite_insert if db.engine.dialect.name == "sqlite" else postgresql_insert
    sealed = seal(new_secret(), purpose=PUT_UNDER)
    fresh = insert(Factor).values(person_id=person.id, pending=sealed, last_step=0)
    db.session.execute(fresh.on_conflict_do_update(index_elements=["person_id"], set_={"pending": sealed}))


def hold(person: Person) -> Factor | None:
    """The person's factor, kept from everybody else to the end of the transaction: tries of a code stand in line."""
    mine = select(Factor).where(Factor.person_id == person.id).with_for_update()
    return db.session.scalar(mine.execution_options(populate_existing=True))


def confirm(person: Person, code: str, *, session_id: int) -> Sequence[str]:
    """Set up the second factor whose code this is; its recovery codes, to be shown once. Raises CodeWrong, CodeUsed."""
    factor = hold(person)
    secret = readable(factor.pending) if factor else None
    step = step_of(secret, code, now=clock.now(), after=0) if secret else None
    if factor is None or step is None:
        record("second factor failed", person=person.id)
        raise CodeWrong
    factor.secret, factor.pending = factor.pending, None
    factor.confirmed_at, factor.last_step = clock.now(), step
    end_other_sessions(person, but=session_id)
    tell(person, letters.factor_set())
    record("second factor set", person=person.id)
    return make_codes(person)


def admit(person: Person, code: str) -> None:
    """Take a code at the door. Raises CodeWrong, or CodeUsed for one that has let somebody in."""
    factor = hold(person)
    secret = readable(factor.secret) if factor else None
    step = step_of(secret, code, now=clock.now(), after=factor.last_step if factor else 0) if secret else None
    if factor is None or step is None:
        record("second factor failed", person=person.id)
        raise CodeWrong
    factor.last_step = step
    db.session.flush()


def admit_by_recovery(person: Person, code: str) -> int:
    """Take a recovery code at the door, once; how many are left. Raises CodeWrong."""
    mine = (RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    # One statement both looks and takes: of two posts at once, one finds nothing left to take.
    taken = update(RecoveryCode).where(*mine, RecoveryCode.code_hash == hashed(code)).values(used_at=clock.now())
    if db.session.scalar(taken.returning(RecoveryCode.id)) is None:
        record("recovery code failed", person=person.id)
        raise CodeWrong
    left = db.session.scalar(select(func.count()).select_from(RecoveryCode).where(*mine)) or 0
    tell(person, letters.recovery_code_used(left))
    record("recovery code used", person=person.id, left=left)
    return left


def renew_codes(person: Person) -> Sequence[str]:
    """New recovery codes in the place of the old ones, to be shown once."""
    tell(person, letters.recovery_codes_made())
    record("recovery codes made", person=person.id)
    return make_codes(person)


def make_codes(person: Person) -> Sequence[str]:
    """Keep the hashes of new codes, and drop the old ones."""
    # Two who make codes at once would leave both sets standing.
    hold(person)
    codes = new_codes()
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    db.session.add_all(RecoveryCode(person_id=person.id, code_hash=hashed(code)) for code in codes)
    db.session.flush()
    return codes


def remove(person: Person) -> None:
    """Take the second factor away, with its recovery codes, and tell the owner."""
    drop(person.id)
    tell(person, letters.factor_removed())
    record("second factor removed", person=person.id)


def drop(person_id: int) -> None:
    """No factor, no recovery codes."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    db.session.execute(delete(Factor).where(Factor.person_id == person_id))


def tell(person: Person, letter: Letter) -> None:
    """Mail the owner what has happened to their account."""
    enqueue(letter, key=f"factor:{person.id}:{clock.now().isoformat()}", to=person.email, person=person.id)
