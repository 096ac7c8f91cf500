"""What an import would do, before it is done. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.models import Enrolment, Person
from course.roster_file import Entrant


@dataclass(frozen=True)
class Plan:
    """Who would get a seat, who a place in line, who has either already, and whose account is switched off."""

    seats: tuple[Entrant, ...]
    line: tuple[Entrant, ...]
    present: tuple[Entrant, ...]
    disabled: tuple[Entrant, ...]

    @property
    def fresh(self) -> int:
        return len(self.seats) + len(self.line)


def plan_of(cohort_id: int, entrants: Sequence[Entrant], *, free: int) -> Plan:
    """What an import of these people would do while so many seats are free, in the file's order."""
    addresses = [entrant.email for entrant in entrants]
    rows = db.session.execute(
        select(Person.email, Person.disabled_at, Enrolment.status)
        .outerjoin(Enrolment, (Enrolment.person_id == Person.id) & (Enrolment.cohort_id == cohort_id))
        .where(Person.email.in_(addresses))
    ).all()
    present = {row.email for row in rows if row.status not in {None, "withdrawn"}}
    disabled = {row.email for row in rows if row.disabled_at is not None} - present
    fresh = [entrant for entrant in entrants if entrant.email not in present | disabled]
    return Plan(
        seats=tuple(fresh[:free]),
        line=tuple(fresh[free:]),
        present=tuple(entrant for entrant in entrants if entrant.email in present),
        disabled=tuple(entrant for entrant in entrants if entrant.email in disabled),
    )
