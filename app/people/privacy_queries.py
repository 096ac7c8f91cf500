"""What is asked about somebody's data: who did what with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from app.db import db
from app.models import Audit, Person

LISTED = 50
# A row's number that both engines can compare with.
LARGEST = 2**31 - 1


@dataclass(frozen=True)
class Line:
    """A line of the audit about somebody's data: who did what, when, and why; no name where the account is gone."""

    id: int
    at: datetime
    what: str
    by: int | None
    name: str | None
    why: str


def lines_about(person: Person, *, before: int | None = None) -> Sequence[Line]:
    """What was done with the person's data or by them, the newest first: LISTED and one more at most."""
    mine = or_(Audit.whom_id == person.id, Audit.person_id == person.id)
    rows = (
        select(Audit.id, Audit.at, Audit.what, Audit.person_id, Person.name, Audit.why)
        .outerjoin(Person, Person.id == Audit.person_id)
        .where(mine, Audit.id < max(0, min(before or LARGEST, LARGEST)))
        .order_by(Audit.id.desc())
        .limit(LISTED + 1)
    )
    return [Line(*row) for row in db.session.execute(rows)]
