"""What one learner shows their trainers, and the talks that were noted with them. Reads only; no text of theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app.db import db
from app.models import Contact, Enrolment, Feedback, Shared
from app.reports.cohort_queries import OwnCohort


@dataclass(frozen=True)
class Shown:
    """One thing that is shown now: an entry or a plan, since when, and whether a trainer answered it."""

    id: int
    is_entry: bool
    shared_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True)
class Talk:
    """A talk as the trainer noted it."""

    day: date
    note: str


def shown_in(cohort: OwnCohort, enrolment_id: int) -> Sequence[Shown]:
    """What the learner shows now, the latest first. What was taken back is not there."""
    answered = func.max(Feedback.answered_at)
    rows = db.session.execute(
        select(Shared.id, Shared.entry_id, Shared.shared_at, answered)
        .join(Enrolment, Enrolment.id == Shared.enrolment_id)
        .outerjoin(Feedback, Feedback.shared_id == Shared.id)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.id == enrolment_id, Shared.withdrawn_at.is_(None))
        .group_by(Shared.id, Shared.entry_id, Shared.shared_at)
        .order_by(Shared.shared_at.desc(), Shared.id.desc())
        .limit(20)
    )
    return tuple(Shown(id, entry is not None, at, answer) for id, entry, at, answer in rows)


def talks_with(cohort: OwnCohort, enrolment_id: int) -> Sequence[Talk]:
    """The talks noted with the learner, the latest first."""
    rows = db.session.execute(
        select(Contact.day, Contact.note)
        .join(Enrolment, Enrolment.id == Contact.enrolment_id)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.id == enrolment_id, Contact.kind == "spoke")
        .order_by(Contact.day.desc(), Contact.id.desc())
        .limit(10)
    )
    return tuple(Talk(day, note) for day, note in rows)
