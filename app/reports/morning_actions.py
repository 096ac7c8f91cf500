"""What a trainer notes about a learner on the morning list. No request, no commit."""

from datetime import date, timedelta

from sqlalchemy import update

from app.db import db
from app.models import Contact, Person

# After a talk the learner has a week before they are on the list again.
QUIET_DAYS = 7


def snooze(trainer: Person, enrolment_id: int, *, today: date, until: date) -> None:
    """Leave the learner out of this trainer's list until a day."""
    note(trainer, enrolment_id, kind="snoozed", day=today, until=until)


def spoke(trainer: Person, enrolment_id: int, *, today: date, said: str) -> None:
    """Keep that they spoke today, and what came of it."""
    until = today + timedelta(days=QUIET_DAYS)
    note(trainer, enrolment_id, kind="spoke", day=today, until=until, said=said)


def back(trainer: Person, enrolment_id: int, *, today: date) -> None:
    """Put the learner on this trainer's list again, whatever they had put them off for. What was said stays."""
    own = (Contact.trainer_id == trainer.id, Contact.enrolment_id == enrolment_id, Contact.until > today)
    db.session.execute(update(Contact).where(*own).values(until=today))


def note(trainer: Person, enrolment_id: int, *, kind: str, day: date, until: date, said: str = "") -> None:
    db.session.add(
        Contact(trainer_id=trainer.id, enrolment_id=enrolment_id, kind=kind, day=day, until=until, note=said)
    )
    db.session.flush()
