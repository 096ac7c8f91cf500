"""What learners do while they study: reading, notes, answers and their grades, plans, self-assessments.

Everything belongs to an enrolment, and is asked for with it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app import clock
from app.db import Model, db
from app.models import Answer, Assessment, Card, Enrolment, Note, Plan, Reaction, Reading
from course import review
from course.assessment import Moment
from course.lesson import Lesson
from course.reaction import Question


class NotFound(LookupError):
    """The learner has nothing of that id."""


class NoteChanged(Exception):
    """The note was saved elsewhere since: `text` and `version` are what stands there now."""

    def __init__(self, text: str, version: int) -> None:
        super().__init__(f"The note is at version {version}.")
        self.text = text
        self.version = version


def begin(enrolment: Enrolment, lesson: Lesson, *, heading: str = "") -> None:
    """Note that the lesson was opened and, where one is given, the heading that reading has come to."""
    mine = (Reading.enrolment_id == enrolment.id, Reading.lesson_id == lesson.id)
    here = db.session.scalar(select(Reading.heading).where(*mine))
    if here is None:
        row = Reading(enrolment_id=enrolment.id, lesson_id=lesson.id, content_hash=lesson.content_hash, heading=heading)
        if add_unless_there(row):
            return
    if heading and heading != here:
        db.session.execute(update(Reading).where(*mine).values(heading=heading))


def complete(enrolment: Enrolment, lesson: Lesson, *, content_hash: str = "") -> None:
    """Note that the lesson has been read, in the version of that hash (default: the present one).

    Read again in a newer version, it keeps the day on which it was first read: that is when the time was spent.
    """
    begin(enrolment, lesson)
    reading = db.session.scalars(
        select(Reading)
        .where(Reading.enrolment_id == enrolment.id, Reading.lesson_id == lesson.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    reading.content_hash = content_hash or lesson.content_hash
    reading.completed_at = reading.completed_at or clock.now()
    db.session.flush()


def reopen(enrolment: Enrolment, lesson_id: str) -> None:
    """Take back that the lesson has been read. It stays begun, at the place where reading was."""
    mine = (Reading.enrolment_id == enrolment.id, Reading.lesson_id == lesson_id)
    db.session.execute(update(Reading).where(*mine).values(completed_at=None))


def save_note(enrolment: Enrolment, lesson: Lesson, *, text: str, version: int) -> int:
    """Save the note over the version it was written on, and give back its new version.

    Raises NoteChanged if it was saved elsewhere meanwhile with other words; with the same words all is well.
    """
    mine = (Note.enrolment_id == enrolment.id, Note.lesson_id == lesson.id)
    now = clock.now()
    saved: Any = db.session.execute(
        update(Note).where(*mine, Note.version == version).values(text=text, version=version + 1, saved_at=now)
    )
    if saved.rowcount:
        return version + 1
    begin(enrolment, lesson)
    first = Note(enrolment_id=enrolment.id, lesson_id=lesson.id, text=text, saved_at=now)
    if version == 0 and add_unless_there(first):
        return 1
    there = db.session.execute(select(Note.text, Note.version).where(*mine)).first()
    if there is None:  # The note was erased; what is typed here is all there is.
        add_unless_there(first)
        return 1
    if there.text != text:
        raise NoteChanged(there.text, there.version)
    return int(there.version)


def answer(enrolment: Enrolment, lesson: Lesson, recall_id: str, *, text: str, confidence: str) -> None:
    """Keep an answer to a recall question, as it was before the model answer opened."""
    begin(enrolment, lesson)
    row = Answer(
        enrolment_id=enrolment.id,
        lesson_id=lesson.id,
        recall_id=recall_id,
        content_hash=lesson.content_hash,
        text=text,
        confidence=confidence,
    )
    db.session.add(row)
    db.session.flush()


def grade(enrolment: Enrolment, answer_id: int, *, lesson_id: str, recall_id: str, correct: bool) -> None:
    """Note whether an answer held, and when its question returns. An answer is graded once; again changes nothing.

    Raises NotFound if the learner gave no such answer to that question.
    """
    row = db.session.scalars(
        select(Answer)
        .where(
            Answer.id == answer_id,
            Answer.enrolment_id == enrolment.id,
            Answer.lesson_id == lesson_id,
            Answer.recall_id == recall_id,
        )
        .with_for_update()
    ).first()
    if row is None:
        raise NotFound(answer_id)
    if row.correct is not None:
        return
    row.correct, row.graded_at = correct, clock.now()
    sure = review.Confidence(row.confidence).sure
    mark = review.grade(correct=correct, sure=sure)
    schedule(enrolment, mark, lesson_id=lesson_id, recall_id=recall_id)


def schedule(enrolment: Enrolment, mark: review.Grade, *, lesson_id: str, recall_id: str) -> None:
    """Move the question's card to when it returns; it gets one with its first grade."""
    now = clock.now()
    find = (
        select(Card)
        .where(Card.enrolment_id == enrolment.id, Card.lesson_id == lesson_id, Card.recall_id == recall_id)
        .with_for_update()
    )
    card = db.session.scalars(find).first()
    if card is None:
        fresh = Card(enrolment_id=enrolment.id, lesson_id=lesson_id, recall_id=recall_id)
        put(fresh, review.graded(review.first(now), mark, now))
        if add_unless_there(fresh):
            return
        card = db.session.scalars(find).one()
    put(card, review.graded(card_value(card), mark, now))
    db.session.flush()


def card_value(card: Card) -> review.Card:
    """A row as the rules know it."""
    return review.Card(
        due=card.due_at,
        stability=card.stability,
        difficulty=card.difficulty,
        state=review.State(card.state),
        last_review=card.reviewed_at,
    )


def put(card: Card, value: review.Card) -> None:
    """Write a card's value into its row."""
    card.due_at, card.stability, card.difficulty = value.due, value.stability, value.difficulty
    card.state, card.reviewed_at = int(value.state), value.last_review


def keep_plan(enrolment: Enrolment, lesson: Lesson, *, if_text: str, then_text: str, due_on: date) -> None:
    """Keep an if-then plan for the lesson's exercise. Several may stand beside each other."""
    begin(enrolment, lesson)
    row = Plan(enrolment_id=enrolment.id, lesson_id=lesson.id, if_text=if_text, then_text=then_text, due_on=due_on)
    db.session.add(row)
    db.session.flush()


def report_plan(enrolment: Enrolment, plan_id: int, *, outcome: str, because: str) -> None:
    """Note what came of a plan: done, or not and why. The first report stands. Raises NotFound for a foreign plan."""
    mine = (Plan.id == plan_id, Plan.enrolment_id == enrolment.id)
    told: Any = db.session.execute(
        update(Plan)
        .where(*mine, Plan.outcome.is_(None))
        .values(outcome=outcome, because=because if outcome == "didnt" else "", reported_at=clock.now())
    )
    if not told.rowcount and db.session.scalar(select(Plan.id).where(*mine)) is None:
        raise NotFound(plan_id)


def assess(enrolment: Enrolment, moment: Moment, answers: Mapping[str, int | None]) -> bool:
    """Keep a self-assessment; False if this moment's was kept before, which stands."""
    return add_unless_there(Assessment(enrolment_id=enrolment.id, moment=moment.value, answers=dict(answers)))


def react(enrolment: Enrolment, ratings: Mapping[Question, int], line: str) -> bool:
    """Keep what the learner says of the course, or by no ratings that they rather don't; False if they said before."""
    said = {str(question): step for question, step in ratings.items()}
    return add_unless_there(Reaction(enrolment_id=enrolment.id, line=line, **said))


def add_unless_there(row: Model) -> bool:
    """Insert a row; False where a unique constraint says that another request has done so."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return False
    return True
