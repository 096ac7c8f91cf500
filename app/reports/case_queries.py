"""Whose cases a cohort's report asks for, and which of them may be told. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.models import AskedCase, Enrolment, Person
from app.reports.cohort_queries import OwnCohort


@dataclass(frozen=True)
class Asked:
    """One case. `name` and `words` are empty unless its learner agreed: until then the report knows nobody."""

    enrolment_id: int
    person_id: int
    asked_at: datetime
    agreed: bool | None
    name: str = ""
    words: str = ""


def cases_of(cohort: OwnCohort) -> tuple[Asked, ...]:
    """All cases that were asked for in the cohort, those who agreed by name first."""
    rows = db.session.execute(
        select(AskedCase, Enrolment.person_id, Person.name)
        .join(Enrolment, Enrolment.id == AskedCase.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.cohort_id == cohort.id)
        .order_by(AskedCase.agreed.is_(True).desc(), Person.name, AskedCase.id)
    )
    return tuple(
        Asked(
            case.enrolment_id,
            person_id,
            case.asked_at,
            case.agreed,
            *((name, case.words) if case.agreed else ("", "")),
        )
        for case, person_id, name in rows
    )
