"""What a learner has on one lesson's desk: their place, their note, their answers, their plans. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select

from app.db import db
from app.models import Answer, Card, Enrolment, Entry, LessonVersion, Note, Person, Plan, Reading
from app.study.queries import KeptPlan, Place, Question, place, standing
from course import review

PLANS_SHOWN = 12


@dataclass(frozen=True)
class Given:
    """The latest answer to a recall question. `correct` is None until compared; `due` is when it returns."""

    id: int
    text: str
    confidence: review.Confidence
    correct: bool | None
    at: datetime
    due: datetime | None = None


@dataclass(frozen=True)
class NoteText:
    """A note as it stands; version 0 has never been saved."""

    text: str = ""
    version: int = 0
    saved_at: datetime | None = None


@dataclass(frozen=True)
class Desk:
    """Everything of the learner's own that one lesson's page shows. `read_source` is the text they finished."""

    place: Place | None = None
    read_source: str | None = None
    note: NoteText = field(default_factory=NoteText)
    practised: bool = False
    given: Mapping[str, Given] = field(default_factory=dict)
    plans: tuple[KeptPlan, ...] = ()


def desk_of(person: Person, enrolment: Enrolment, lesson_id: str) -> Desk:
    """The learner's desk for one lesson, in three queries."""
    row = db.session.execute(_surface(person, enrolment, lesson_id)).one()
    return Desk(
        place=place(lesson_id, content_hash=row.content_hash, heading=row.heading, at=row.completed_at)
        if row.content_hash
        else None,
        read_source=row.source,
        note=NoteText(row.text, row.version, row.saved_at) if row.version else NoteText(),
        practised=row.practised,
        given=_given(enrolment, lesson_id),
        plans=_plans(enrolment, lesson_id),
    )


def _surface(person: Person, enrolment: Enrolment, lesson_id: str) -> Any:
    """Reading, note and practice beside each other: always one row."""
    logged = select(Entry.id).where(Entry.person_id == person.id, Entry.lesson_id == lesson_id, *standing())
    return (
        select(
            *(Reading.content_hash, Reading.heading, Reading.completed_at, LessonVersion.source),
            *(Note.text, Note.version, Note.saved_at, logged.exists().label("practised")),
        )
        .select_from(Enrolment)
        .outerjoin(Reading, and_(Reading.enrolment_id == Enrolment.id, Reading.lesson_id == lesson_id))
        .outerjoin(LessonVersion, LessonVersion.content_hash == Reading.content_hash)
        .outerjoin(Note, and_(Note.enrolment_id == Enrolment.id, Note.lesson_id == lesson_id))
        .where(Enrolment.id == enrolment.id)
    )


def _given(enrolment: Enrolment, lesson_id: str) -> dict[str, Given]:
    """The latest answer to each question of the lesson, with the day its question returns."""
    rows = db.session.execute(
        _answers(enrolment).where(
            Answer.id.in_(
                select(func.max(Answer.id))
                .where(Answer.enrolment_id == enrolment.id, Answer.lesson_id == lesson_id)
                .group_by(Answer.recall_id)
            )
        )
    )
    return {row.recall_id: _given_of(row) for row in rows}


def latest_answer(enrolment: Enrolment, question: Question) -> Given | None:
    """The latest answer to one question; None before the first."""
    lesson_id, recall_id = question
    row = db.session.execute(
        _answers(enrolment)
        .where(Answer.lesson_id == lesson_id, Answer.recall_id == recall_id)
        .order_by(Answer.id.desc())
        .limit(1)
    ).first()
    return _given_of(row) if row else None


def _answers(enrolment: Enrolment) -> Any:
    same = and_(
        Card.enrolment_id == Answer.enrolment_id,
        Card.lesson_id == Answer.lesson_id,
        Card.recall_id == Answer.recall_id,
    )
    return (
        select(
            *(Answer.id, Answer.recall_id, Answer.text, Answer.confidence),
            *(Answer.correct, Answer.answered_at, Card.due_at),
        )
        .outerjoin(Card, same)
        .where(Answer.enrolment_id == enrolment.id)
    )


def _given_of(row: Any) -> Given:
    confidence = review.Confidence(row.confidence)
    return Given(row.id, row.text, confidence, row.correct, row.answered_at, row.due_at)


def _plans(enrolment: Enrolment, lesson_id: str) -> tuple[KeptPlan, ...]:
    """The latest plans for the lesson's exercise, the newest first."""
    rows = db.session.scalars(
        select(Plan)
        .where(Plan.enrolment_id == enrolment.id, Plan.lesson_id == lesson_id)
        .order_by(Plan.id.desc())
        .limit(PLANS_SHOWN)
    )
    return tuple(
        KeptPlan(
            id=row.id,
            lesson_id=row.lesson_id,
            if_text=row.if_text,
            then_text=row.then_text,
            due_on=row.due_on,
            outcome=row.outcome,
            because=row.because,
            reported_at=row.reported_at,
        )
        for row in rows
    )
