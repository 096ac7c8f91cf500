"""Whether somebody's case is asked for, and what they said to it. Reads only; takes the owner."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.models import AskedCase, Cohort, Enrolment, Person


@dataclass(frozen=True)
class OwnCase:
    """One case as its learner sees it. `agreed` is None until they answer; `words` are empty unless they agree."""

    id: int
    cohort: str
    side: str
    asked_at: datetime
    agreed: bool | None
    answered_at: datetime | None
    words: str


def case_of(person: Person, case_id: int) -> OwnCase | None:
    """The person's own case of that id; None where it is none of theirs."""
    row = db.session.execute(
        select(AskedCase, Cohort.name)
        .join(Enrolment, Enrolment.id == AskedCase.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(AskedCase.id == case_id, Enrolment.person_id == person.id)
    ).first()
    if row is None:
        return None
    case, cohort = row
    return OwnCase(case.id, cohort, case.side, case.asked_at, case.agreed, case.answered_at, case.words)
