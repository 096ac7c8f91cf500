"""What an operator asks of the audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import orm, select

from app.db import db
from app.models import Audit, Person

LISTED = 100
# A row's number that both engines can compare with.
LARGEST = 2**31 - 1


@dataclass(frozen=True)
class Line:
    """One line: who did what, about which row, with whose data, and why. No name where the account is gone."""

    id: int
    at: datetime
    what: str
    about: str
    why: str
    by: str | None
    whom: str | None


@dataclass(frozen=True)
class AuditPage:
    """Lines, the newest first, and the number before which the next page begins; None on the last."""

    lines: Sequence[Line]
    older: int | None


def lines(*, before: int | None = None) -> AuditPage:
    """A page of the audit, in one query."""
    by, whom = orm.aliased(Person), orm.aliased(Person)
    rows = (
        select(Audit.id, Audit.at, Audit.what, Audit.about, Audit.why, by.name, whom.name)
        .outerjoin(by, by.id == Audit.person_id)
        .outerjoin(whom, whom.id == Audit.whom_id)
        .where(Audit.id < max(0, min(before or LARGEST, LARGEST)))
        .order_by(Audit.id.desc())
        .limit(LISTED + 1)
    )
    found = [Line(*row) for row in db.session.execute(rows)]
    shown = found[:LISTED]
    return AuditPage(shown, shown[-1].id if len(found) > LISTED else None)
