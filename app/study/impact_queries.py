"""How much of what learners did hangs on each lesson, for an author who is about to change it. Numbers, no people."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from app.db import db
from app.models import Answer, Card, Note, Plan, Reading
from app.study.queries import Question


@dataclass(frozen=True)
class Readers:
    """Learners of one lesson: who finished it and who are in it; their notes, and plans not yet reported on."""

    finished: int = 0
    reading: int = 0
    notes: int = 0
    plans: int = 0


@dataclass(frozen=True)
class Hanging:
    """What hangs on one recall question: answers given, and cards that bring it back."""

    answers: int = 0
    cards: int = 0


@dataclass(frozen=True)
class Footprint:
    """What learners did with some lessons, by lesson and by question. Nothing there means nobody did anything."""

    readers: Mapping[str, Readers]
    questions: Mapping[Question, Hanging]

    def of(self, lesson_id: str) -> Readers:
        return self.readers.get(lesson_id, Readers())

    def on(self, lesson_id: str, recall_id: str) -> Hanging:
        return self.questions.get((lesson_id, recall_id), Hanging())


def footprint(lesson_ids: Collection[str]) -> Footprint:
    """What hangs on these lessons, in five statements whatever their number."""
    finished = func.count(Reading.completed_at)
    readings = db.session.execute(
        select(Reading.lesson_id, finished.label("finished"), (func.count() - finished).label("reading"))
        .where(Reading.lesson_id.in_(lesson_ids))
        .group_by(Reading.lesson_id)
    )
    notes, plans = by_lesson(Note, lesson_ids), by_lesson(Plan, lesson_ids, Plan.outcome.is_(None))
    answers, cards = by_question(Answer, lesson_ids), by_question(Card, lesson_ids)
    return Footprint(
        readers={
            row.lesson_id: Readers(
                row.finished, row.reading, notes=notes.get(row.lesson_id, 0), plans=plans.get(row.lesson_id, 0)
            )
            for row in readings
        },
        questions={key: Hanging(answers.get(key, 0), cards.get(key, 0)) for key in {*answers, *cards}},
    )


def by_lesson(
    table: type[Note] | type[Plan], lesson_ids: Collection[str], *only: ColumnElement[bool]
) -> dict[str, int]:
    """How many rows each lesson has."""
    rows = db.session.execute(
        select(table.lesson_id, func.count()).where(table.lesson_id.in_(lesson_ids), *only).group_by(table.lesson_id)
    )
    return {lesson_id: count for lesson_id, count in rows}


def by_question(table: type[Answer] | type[Card], lesson_ids: Collection[str]) -> dict[Question, int]:
    """How many rows each recall question has."""
    rows = db.session.execute(
        select(table.lesson_id, table.recall_id, func.count())
        .where(table.lesson_id.in_(lesson_ids))
        .group_by(table.lesson_id, table.recall_id)
    )
    return {(lesson_id, recall_id): count for lesson_id, recall_id, count in rows}
