"""Which lessons a learner has completed, and how long each took where they said so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.models import Enrolment, Person, Reading


@dataclass(frozen=True)
class Read:
    """A completed lesson; `minutes` as the learner corrected them, None where the stated ones stand."""

    id: int
    lesson_id: str
    completed_at: datetime | None
    minutes: int | None


def readings_of(person: Person) -> Sequence[Read]:
    """The lessons the person has completed, in whichever cohort, the newest first."""
    rows = db.session.execute(
        select(Reading.id, Reading.lesson_id, Reading.completed_at, Reading.minutes)
        .join(Enrolment, Enrolment.id == Reading.enrolment_id)
        .where(Enrolment.person_id == person.id, Reading.completed_at.is_not(None))
        .order_by(Reading.completed_at.desc(), Reading.id.desc())
    )
    return [Read(*row) for row in rows]
