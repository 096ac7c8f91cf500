"""The demo's desk: two things that Ada showed, one of them answered, and a talk that Tess had."""

from datetime import date, timedelta

from sqlalchemy import select

from app.content import library
from app.db import db
from app.demo.cohorts import instant
from app.demo.log import NOTES
from app.models import Answer, Audit, CohortTrainer, Contact, Enrolment, Entry, Feedback, Shared

ANSWER = (
    "The summary was yours and he corrected it: that is the line that moved. Next time end with a day and a name, so "
    "that neither of you has to remember it alone."
)


def make(enrolments: list[Enrolment], *, today: date) -> None:
    """Two of Ada's entries are shown: one is answered, one waits."""
    ada = enrolments[0]
    trainer = db.session.scalars(select(CohortTrainer.person_id).where(CohortTrainer.cohort_id == ada.cohort_id)).one()
    theirs = select(Entry).where(Entry.person_id == ada.person_id, Entry.day <= today - timedelta(days=10))
    latest = theirs.where(Entry.about_them >= 1).order_by(Entry.day.desc(), Entry.id.desc()).limit(1)
    older, newer = (db.session.scalars(latest.where(Entry.note == note)).one() for note in (NOTES[2], NOTES[0]))
    for entry, days in ((older, 9), (newer, 3)):
        at = instant(today - timedelta(days=days))
        shared = Shared(enrolment_id=ada.id, entry_id=entry.id, shared_at=at)
        db.session.add(shared)
        db.session.flush()
        db.session.add(
            Audit(person_id=ada.person_id, whom_id=ada.person_id, what="showed", about=f"shared {shared.id}", at=at)
        )
        if entry is older:
            answer(shared, entry, trainer=trainer, today=today)
    spoke(enrolments[7], trainer=trainer, on=today - timedelta(days=20))
    stuck(enrolments[3], today=today)


def answer(shared: Shared, entry: Entry, *, trainer: int, today: date) -> None:
    """Tess was a little stricter than Ada on one line."""
    at = instant(today - timedelta(days=8))
    made = Feedback(shared_id=shared.id, trainer_id=trainer, opened_at=at, rated_at=at, answered_at=at, comment=ANSWER)
    made.personal, made.two_way, made.about_them = entry.personal, entry.two_way, max(0, (entry.about_them or 0) - 1)
    made.value, made.next_step = entry.value, entry.next_step
    db.session.add(made)
    read = Audit(person_id=trainer, whom_id=entry.person_id, what="read what was shown", at=at)
    read.about = f"shared {shared.id}"
    db.session.add(read)


def stuck(enrolment: Enrolment, *, today: date) -> None:
    """Dov misses the same question every other day."""
    lesson = next(lesson for lesson in library().lessons if lesson.recalls)
    for days in (7, 5, 3, 1):
        at = instant(today - timedelta(days=days), 8)
        made = Answer(enrolment_id=enrolment.id, lesson_id=lesson.id, recall_id=lesson.recalls[0].id, text="Not sure.")
        made.content_hash, made.confidence, made.correct = lesson.content_hash, "unsure", False
        made.answered_at = made.graded_at = at
        db.session.add(made)


def spoke(enrolment: Enrolment, *, trainer: int, on: date) -> None:
    made = Contact(trainer_id=trainer, enrolment_id=enrolment.id, kind="spoke", day=on, until=on + timedelta(days=7))
    made.note = "A week of night shifts. Begins again with one call on Thursday."
    db.session.add(made)
