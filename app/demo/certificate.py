"""The demo's certificates: one that Lea holds and shows, one that Kofi has earned and Tess may issue."""

from datetime import date, timedelta

from flask import current_app
from sqlalchemy import select

from app.certificates import actions
from app.certificates.keys import new_key
from app.certificates.merit_queries import merits_of
from app.certificates.queries import holder_of
from app.content import library
from app.db import db
from app.demo.cohorts import instant
from app.models import Answer, Certificate, CohortTrainer, Enrolment, Entry, Person, Reading

KOFI, LEA = 10, 11


def make(enrolments: list[Enrolment], *, today: date) -> None:
    """Both finish the course; the rule itself says whether that is enough."""
    for place in (KOFI, LEA):
        finish(enrolments[place], on=today - timedelta(days=6))
    db.session.flush()
    lea, day = enrolments[LEA], today - timedelta(days=3)
    holder = holder_of(lea.cohort_id, lea.id)
    trainer = db.session.scalars(
        select(Person).join(CohortTrainer).where(CohortTrainer.cohort_id == lea.cohort_id)
    ).one()
    if holder is None:
        return
    has = merits_of([lea.id], library().modules, today)[lea.id]
    id = actions.issue(holder, has, trainer=trainer, day=day, gate_open=False)
    db.session.get_one(Certificate, id).issued_at = instant(day)
    actions.show(lea.person, id, says_gate=False)
    actions.keep_key(new_key(current_app.config["SECRET_KEY"]))


def finish(enrolment: Enrolment, *, on: date) -> None:
    """Every lesson read, every question right when it came last, an exercise done in every module."""
    read = set(db.session.scalars(select(Reading.lesson_id).where(Reading.enrolment_id == enrolment.id)))
    done = set(db.session.scalars(select(Entry.lesson_id).where(Entry.person_id == enrolment.person_id)))
    at = instant(on, 8)
    for lesson in library().lessons:
        facts = {"enrolment_id": enrolment.id, "lesson_id": lesson.id, "content_hash": lesson.content_hash}
        if lesson.id not in read:
            db.session.add(Reading(**facts, began_at=at, completed_at=at + timedelta(minutes=lesson.minutes)))
        for recall in lesson.recalls:
            given = {"recall_id": recall.id, "text": "From memory, in two sentences.", "confidence": "fairly"}
            db.session.add(Answer(**facts, **given, correct=True, answered_at=at, graded_at=at))
    for module in library().modules:
        if not done & {lesson.id for lesson in module.lessons}:
            lesson = module.lessons[0]
            db.session.add(
                Entry(person_id=enrolment.person_id, day=on, minutes=lesson.exercise.minutes, lesson_id=lesson.id)
            )
