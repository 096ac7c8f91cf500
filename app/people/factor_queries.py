"""What is asked about a second factor: whether it is set up, being set up, and how many recovery codes are left."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.db import db
from app.models import Factor, Person, RecoveryCode
from app.people.totp import PUT_UNDER
from app.sealing import Unreadable, unseal


@dataclass(frozen=True)
class Standing:
    """How a person's second factor stands. `pending` is the secret of one that is being set up."""

    since: datetime | None
    pending: str | None
    codes_left: int


def standing_of(person: Person) -> Standing:
    """The person's second factor, in one query."""
    unused = select(func.count()).where(RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    row = db.session.execute(
        select(Factor.confirmed_at, Factor.pending, unused.scalar_subquery()).where(Factor.person_id == person.id)
    ).first()
    if row is None:
        return Standing(since=None, pending=None, codes_left=0)
    since, pending, left = row
    return Standing(since=since, pending=readable(pending), codes_left=left)


def readable(sealed: str | None) -> str | None:
    """A sealed secret; None where there is none, or none that can still be read."""
    try:
        return unseal(sealed, purpose=PUT_UNDER) if sealed else None
    except Unreadable:
        return None
