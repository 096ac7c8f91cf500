"""What a learner has on one lesson's desk: their place, their note, their answers, their plans. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, case, func, select

from app.db import db
from app.models import (
    Answer,
    Card,
    Enrolment,
    Entry,
    LessonVersion,
    Note,
    PaceException,
    Person,
    Plan,
    Reading,
    Relationship,
)
from app.study.queries import MINE, Happened, KeptPlan, Place, place, standing
from course import review
from course.lesson import Lesson, Recall
from course.practice import LINES, RUBRICS

PLANS_SHOWN = 12


@dataclass(frozen=True)
class Given:
    """The latest answer to a recall question. `correct` is None until compared; `due` is when it returns.

    `source` is the lesson's text when it was given; None where that is the present one, or wasn't kept.
    """

    id: int
    text: str
    confidence: review.Confidence
    correct: bool | None
    at: datetime
    due: datetime | None = None
    source: str | None = None


@dataclass(frozen=True)
class NoteText:
    """A note as it stands; version 0 has never been saved."""

    text: str = ""
    version: int = 0
    saved_at: datetime | None = None


@dataclass(frozen=True)
class Desk:
    """Everything of the learner's own that one lesson's page shows.

    `read_source` is the text that they finished; None where that is the present one, or wasn't kept. `own_day` is the
    day it opens for them by exception.
    """

    place: Place | None = None
    read_source: str | None = None
    note: NoteText = field(default_factory=NoteText)
    practised: bool = False
    given: Mapping[str, Given] = field(default_factory=dict)
    plans: tuple[KeptPlan, ...] = ()
    own_day: date | None = None


# Statements are built once: putting one together takes several times as long as running it.
MODULE = bindparam("module", type_=String)
LESSON, RECALL = bindparam("lesson", type_=String), bindparam("recall", type_=String)
# The hash of the present text: an earlier one is fetched only where it is another.
PRESENT = bindparam("present", type_=String)


def earlier(row: type[Reading] | type[Answer]) -> ColumnElement[bool]:
    """The version that a row was written on, where it isn't the present one."""
    return and_(LessonVersion.content_hash == row.content_hash, LessonVersion.content_hash != PRESENT)


LOGGED = select(Entry.id).where(Entry.person_id == bindparam("person"), Entry.lesson_id == LESSON, *standing())
# Of the learner's own days the nearest: the lesson's, else its module's, else the course's.
OWN_DAY = (
    select(PaceException.opens_on)
    .where(PaceException.enrolment_id == MINE, PaceException.what.in_([LESSON, MODULE, ""]))
    .order_by(case((PaceException.what == LESSON, 0), (PaceException.what == MODULE, 1), else_=2))
    .limit(1)
    .scalar_subquery()
)
# Reading, note and practice beside each other: always one row.
SURFACE = (
    select(
        *(Reading.content_hash, Reading.heading, Reading.completed_at, LessonVersion.source),
        *(Note.text, Note.version, Note.saved_at, LOGGED.exists().label("practised")),
        OWN_DAY.label("own_day"),
    )
    .select_from(Enrolment)
    .outerjoin(Reading, and_(Reading.enrolment_id == Enrolment.id, Reading.lesson_id == LESSON))
    .outerjoin(LessonVersion, earlier(Reading))
    .outerjoin(Note, and_(Note.enrolment_id == Enrolment.id, Note.lesson_id == LESSON))
    .where(Enrolment.id == MINE)
)
ANSWERS = (
    select(
        *(Answer.id, Answer.recall_id, Answer.text, Answer.confidence),
        *(Answer.correct, Answer.answered_at, Card.due_at, LessonVersion.source),
    )
    .outerjoin(LessonVersion, earlier(Answer))
    .outerjoin(
        Card,
        and_(
            Card.enrolment_id == Answer.enrolment_id,
            Card.lesson_id == Answer.lesson_id,
            Card.recall_id == Answer.recall_id,
        ),
    )
    .where(Answer.enrolment_id == MINE)
)
# The latest answer to each question of the lesson, with the day its question returns.
GIVEN = ANSWERS.where(
    Answer.id.in_(
        select(func.max(Answer.id))
        .where(Answer.enrolment_id == MINE, Answer.lesson_id == LESSON)
        .group_by(Answer.recall_id)
    )
)
LATEST_ANSWER = (
    ANSWERS.where(Answer.lesson_id == LESSON, Answer.recall_id == RECALL).order_by(Answer.id.desc()).limit(1)
)
# The latest plans for the lesson's exercise, the newest first.
PLANS = (
    select(
        *(Plan.id, Plan.lesson_id, Plan.if_text, Plan.then_text),
        *(Plan.due_on, Plan.outcome, Plan.because, Plan.reported_at, Plan.entry_id),
        *(Entry.day, Relationship.alias, Entry.minutes, Entry.step, Entry.note, Entry.void),
        *(getattr(Entry, line.key) for line in LINES),
    )
    .outerjoin(Entry, Entry.id == Plan.entry_id)
    .outerjoin(Relationship, Relationship.id == Entry.relationship_id)
    .where(Plan.enrolment_id == MINE, Plan.lesson_id == LESSON)
    .order_by(Plan.id.desc())
    .limit(PLANS_SHOWN)
)


def desk_of(person: Person, enrolment: Enrolment, lesson: Lesson, *, module: str = "") -> Desk:
    """The learner's desk for one lesson of a module, in three queries."""
    mine = {"person": person.id, "enrolment": enrolment.id}
    asked = {**mine, "lesson": lesson.id, "module": module, "present": lesson.content_hash}
    row = db.session.execute(SURFACE, asked).one()
    return Desk(
        place=place(lesson.id, content_hash=row.content_hash, heading=row.heading, at=row.completed_at)
        if row.content_hash
        else None,
        read_source=row.source,
        note=NoteText(row.text, row.version, row.saved_at) if row.version else NoteText(),
        practised=row.practised,
        own_day=row.own_day,
        given={row.recall_id: _given_of(row) for row in db.session.execute(GIVEN, asked)},
        plans=tuple(map(_plan_of, db.session.execute(PLANS, asked))),
    )


def latest_answer(enrolment: Enrolment, lesson: Lesson, recall: Recall) -> Given | None:
    """The latest answer to one question; None before the first."""
    mine = {"enrolment": enrolment.id, "present": lesson.content_hash}
    asked = {**mine, "lesson": lesson.id, "recall": recall.id}
    row = db.session.execute(LATEST_ANSWER, asked).first()
    return _given_of(row) if row else None


def _given_of(row: Any) -> Given:
    confidence = review.Confidence(row.confidence)
    return Given(row.id, row.text, confidence, row.correct, row.answered_at, row.due_at, row.source)


def _plan_of(row: Any) -> KeptPlan:
    """A row of PLANS: the plan and, beside it, what was logged of it."""
    plan, (on, alias, minutes, step, note, void), points = row[:9], row[9:15], tuple(row[15:])
    if plan[8] is None:
        return KeptPlan(*plan)
    rubric = None if void else RUBRICS.get(points)
    return KeptPlan(*(*plan, Happened(plan[8], on, alias or "", minutes, rubric, step, note, void)))


def has_begun(enrolment: Enrolment, lesson_id: str) -> bool:
    """Whether the learner ever opened the lesson; whoever wrote anything in it did."""
    mine = (Reading.enrolment_id == enrolment.id, Reading.lesson_id == lesson_id)
    return db.session.scalar(select(Reading.id).where(*mine)) is not None
