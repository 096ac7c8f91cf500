"""What a trainer does with something shown: open, rate once, answer. No request, no commit."""

from typing import Any

from sqlalchemy import select, update

from app import audit, clock
from app.db import db
from app.models import CohortTrainer, Enrolment, Feedback, Person, Shared
from course.practice import LINES, Rubric


class NotTheirs(Exception):
    """Nothing of the kind is shown in a cohort of the trainer's."""


class Withdrawn(Exception):
    """The learner has taken it back."""


def open_shared(trainer: Person, shared_id: int) -> None:
    """Open it for an hour. Every opening has its line in the audit. Raises NotTheirs and Withdrawn."""
    shared = shown(trainer, shared_id)
    if shared.withdrawn_at:
        raise Withdrawn
    try:
        begun(trainer, shared).opened_at = clock.now()
    except NotTheirs:
        # What is shown is held, so nobody else begins it at this moment.
        db.session.add(Feedback(shared_id=shared.id, trainer_id=trainer.id, comment=""))
    learner = db.session.get_one(Enrolment, shared.enrolment_id).person_id
    audit.note("read what was shown", by=trainer.id, whom=learner, about=f"shared {shared.id}")
    db.session.flush()


def rate(trainer: Person, shared_id: int, given: Rubric) -> None:
    """Keep the first rating, which was given blind. Raises NotTheirs, also where it was never opened, and Withdrawn."""
    shared = shown(trainer, shared_id)
    feedback = begun(trainer, shared)
    if shared.withdrawn_at:
        raise Withdrawn
    points: Any = dict(zip((line.key for line in LINES), given.points, strict=True))
    blind = (Feedback.id == feedback.id, Feedback.rated_at.is_(None))
    db.session.execute(update(Feedback).where(*blind).values(**points, rated_at=clock.now()))


def answer(trainer: Person, shared_id: int, comment: str) -> bool:
    """Send the answer. What was withdrawn meanwhile keeps it as the trainer's draft: then False.

    Raises NotTheirs, also where it was never opened.
    """
    shared = shown(trainer, shared_id)
    feedback = begun(trainer, shared)
    feedback.comment = comment
    if shared.withdrawn_at is None:
        feedback.answered_at = clock.now()
    db.session.flush()
    return shared.withdrawn_at is None


def shown(trainer: Person, shared_id: int) -> Shared:
    """What is shown, held until the end of the transaction: it can't be withdrawn between here and the answer."""
    row = db.session.scalar(
        select(Shared)
        .join(Enrolment, Enrolment.id == Shared.enrolment_id)
        .join(CohortTrainer, CohortTrainer.cohort_id == Enrolment.cohort_id)
        .where(Shared.id == shared_id, CohortTrainer.person_id == trainer.id)
        .with_for_update(of=Shared)
    )
    if row is None:
        raise NotTheirs
    return row


def begun(trainer: Person, shared: Shared) -> Feedback:
    """The feedback that the first opening began. Raises NotTheirs where there was none."""
    found = db.session.scalar(
        select(Feedback).where(Feedback.shared_id == shared.id, Feedback.trainer_id == trainer.id)
    )
    if found is None:
        raise NotTheirs
    return found
