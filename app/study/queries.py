"""What learners have done in their studies, and what of it is due. Reads only; each takes its owner."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from app.db import UTCDateTime, db
from app.models import (
    Answer,
    AskedCase,
    Assessment,
    Card,
    Certificate,
    Enrolment,
    Entry,
    Feedback,
    PaceException,
    Plan,
    Reaction,
    Reading,
    Shared,
)
from course import progress, review
from course import reaction as reactions
from course.assessment import Moment
from course.practice import Rubric

Question = tuple[str, str]
"""A recall question: the id of its lesson and its own."""


@dataclass(frozen=True)
class Place:
    """Where a learner is in a lesson: the heading they came to, and when they finished it, if they did."""

    reading: progress.Reading
    heading: str = ""
    finished_at: datetime | None = None


@dataclass(frozen=True)
class Happened:
    """What was logged when a plan was done. `rubric` is None for an exercise done alone, or one taken back."""

    entry: int
    on: date
    alias: str
    minutes: int
    rubric: Rubric | None
    step: str
    note: str
    void: bool


@dataclass(frozen=True)
class KeptPlan:
    """An if-then plan as it was made, and what came of it; `outcome` is `done`, `didnt` or None.

    `entry` is the id of what was logged when it was done, as it was corrected last; `happened` is what it says, where
    a page asked for it.
    """

    id: int
    lesson_id: str
    if_text: str
    then_text: str
    due_on: date
    outcome: str | None = None
    because: str = ""
    reported_at: datetime | None = None
    entry: int | None = None
    happened: Happened | None = None


@dataclass(frozen=True)
class Studies:
    """All of one enrolment that a day or a map is made of. Plans are those not reported on, the soonest first.

    `exceptions` are days of the learner's own on which modules and lessons open; `answers` counts a trainer's
    that they haven't read, `certificates` those issued that wait for the learner's choice. `reacted`: whether they said
    what they think of the course, or that they rather don't.
    `case` is the id of a case that is asked for and not answered.
    """

    places: Mapping[str, Place]
    plans: tuple[KeptPlan, ...]
    due: Mapping[Question, datetime]
    assessed: Mapping[Moment, datetime]
    exceptions: Mapping[str, date] = field(default_factory=dict)
    answers: int = 0
    reacted: bool = False
    certificates: int = 0
    case: int | None = None

    @property
    def readings(self) -> dict[str, progress.Reading]:
        return {id: place.reading for id, place in self.places.items()}


def standing() -> list[ColumnElement[bool]]:
    """What is true of an entry that stands: no later one replaces it, and it takes nothing back."""
    later = aliased(Entry)
    return [Entry.void.is_(False), ~select(later.id).where(later.replaces_id == Entry.id).exists()]


def _fact(table: Any, *, first: Any, second: Any = None, at: Any = None, day: Any = None) -> Select[Any]:
    """The rows of one table in the columns that all four share, each with its table's name as its kind."""
    return select(
        literal(table.__tablename__, String).label("kind"),
        table.id.label("id"),
        getattr(table, "lesson_id", literal("")).label("lesson_id"),
        first.label("first"),
        (literal("") if second is None else second).label("second"),
        (cast(null(), UTCDateTime) if at is None else at).label("at"),
        (cast(null(), Date) if day is None else day).label("day"),
    )


REACTION = (Reaction.relevance, Reaction.intent, Reaction.recommend, Reaction.line, Reaction.said_at)
# Statements are built once: putting one together takes several times as long as running it.
MINE = bindparam("enrolment", type_=Integer)
# Tables under one another, since a page may ask the database only a few times.
FACTS = union_all(
    _fact(Reading, first=Reading.content_hash, second=Reading.heading, at=Reading.completed_at).where(
        Reading.enrolment_id == MINE
    ),
    _fact(Plan, first=Plan.if_text, second=Plan.then_text, day=Plan.due_on).where(
        Plan.enrolment_id == MINE, Plan.outcome.is_(None)
    ),
    _fact(Card, first=Card.recall_id, at=Card.due_at).where(
        Card.enrolment_id == MINE, Card.due_at <= bindparam("now", type_=UTCDateTime)
    ),
    _fact(Assessment, first=Assessment.moment, at=Assessment.taken_at).where(Assessment.enrolment_id == MINE),
    _fact(PaceException, first=PaceException.what, day=PaceException.opens_on).where(
        PaceException.enrolment_id == MINE
    ),
    _fact(Reaction, first=literal(""), at=Reaction.said_at).where(Reaction.enrolment_id == MINE),
    _fact(AskedCase, first=literal("")).where(AskedCase.enrolment_id == MINE, AskedCase.agreed.is_(None)),
    # Answers of a trainer that the learner hasn't said they read.
    _fact(Shared, first=literal(""), at=Feedback.answered_at)
    .join(Feedback, Feedback.shared_id == Shared.id)
    .where(
        *(Shared.enrolment_id == MINE, Shared.withdrawn_at.is_(None), Shared.heard_at.is_(None)),
        Feedback.answered_at.is_not(None),
    ),
    _fact(Certificate, first=literal(""), at=Certificate.issued_at).where(
        *(Certificate.enrolment_id == MINE, Certificate.answered_at.is_(None), Certificate.revoked_at.is_(None))
    ),
)
PLACES = select(Reading.lesson_id, Reading.content_hash, Reading.heading, Reading.completed_at).where(
    Reading.enrolment_id == MINE
)
LATEST_GRADED = (
    select(func.max(Answer.id))
    .where(Answer.enrolment_id == MINE, Answer.correct.is_not(None))
    .group_by(Answer.lesson_id, Answer.recall_id)
)
RIGHT = select(Answer.lesson_id, Answer.recall_id).where(Answer.id.in_(LATEST_GRADED), Answer.correct.is_(True))
DECK = (
    select(
        *(Card.lesson_id, Card.recall_id, Card.due_at),
        *(Card.stability, Card.difficulty, Card.state, Card.reviewed_at),
    )
    .where(Card.enrolment_id == MINE)
    .order_by(Card.due_at, Card.id)
)


def studies_of(enrolment: Enrolment, now: datetime) -> Studies:
    """Readings, plans to report on, recall questions due and self-assessments taken, in one query."""
    kinds: dict[str, list[Any]] = {"reading": [], "plan": [], "card": [], "assessment": []}
    kinds |= {"pace_exception": [], "shared": [], "certificate": [], "reaction": [], "asked_case": []}
    for row in db.session.execute(FACTS, {"enrolment": enrolment.id, "now": now}):
        kinds[row.kind].append(row)
    plans = [KeptPlan(row.id, row.lesson_id, row.first, row.second, row.day) for row in kinds["plan"]]
    return Studies(
        places={
            row.lesson_id: place(row.lesson_id, content_hash=row.first, heading=row.second, at=row.at)
            for row in kinds["reading"]
        },
        plans=tuple(sorted(plans, key=lambda plan: (plan.due_on, plan.id))),
        due={(row.lesson_id, row.first): row.at for row in sorted(kinds["card"], key=lambda row: (row.at, row.id))},
        assessed={Moment(row.first): row.at for row in kinds["assessment"]},
        exceptions={row.first: row.day for row in kinds["pace_exception"]},
        answers=len({row.id for row in kinds["shared"]}),
        reacted=bool(kinds["reaction"]),
        certificates=len(kinds["certificate"]),
        case=next((row.id for row in kinds["asked_case"]), None),
    )


def place(lesson_id: str, *, content_hash: str, heading: str, at: datetime | None) -> Place:
    """A reading row as the rules know it: its hash counts once the lesson is finished, which was `at`."""
    return Place(progress.Reading(lesson_id, content_hash if at else None), heading, at)


def reaction_of(enrolment: Enrolment) -> reactions.Reaction | None:
    """What the learner said of the course; None where they said nothing, or rather did not."""
    asked = select(*REACTION).where(Reaction.enrolment_id == enrolment.id, Reaction.relevance.is_not(None))
    row = db.session.execute(asked).first()
    return reaction_in(row) if row else None


def reaction_in(row: Any) -> reactions.Reaction:
    """The reaction in a row that has its columns, with an answer to each question."""
    ratings: dict[reactions.Question, int] = {item.id: getattr(row, item.id) for item in reactions.ITEMS}
    return reactions.Reaction(row.said_at, ratings, row.line)


def places_of(enrolment: Enrolment) -> dict[str, Place]:
    """Where the learner is in each lesson that they have opened."""
    return {
        row.lesson_id: place(row.lesson_id, content_hash=row.content_hash, heading=row.heading, at=row.completed_at)
        for row in db.session.execute(PLACES, {"enrolment": enrolment.id})
    }


def exceptions_of(enrolment: Enrolment) -> dict[str, date]:
    """Days of the learner's own on which modules and lessons open."""
    asked = select(PaceException.what, PaceException.opens_on).where(PaceException.enrolment_id == enrolment.id)
    return {row.what: row.opens_on for row in db.session.execute(asked)}


def right_answers_of(enrolment: Enrolment) -> frozenset[Question]:
    """The questions whose latest graded answer was right."""
    rows = db.session.execute(RIGHT, {"enrolment": enrolment.id})
    return frozenset((row.lesson_id, row.recall_id) for row in rows)


def deck_of(enrolment: Enrolment) -> dict[Question, review.Card]:
    """Every question that returns, with its card, the longest due first."""
    return {
        (row.lesson_id, row.recall_id): review.Card(
            row.due_at, row.stability, row.difficulty, review.State(row.state), row.reviewed_at
        )
        for row in db.session.execute(DECK, {"enrolment": enrolment.id})
    }


@dataclass(frozen=True)
class Taken:
    """The self-assessments of one enrolment: what was answered when, and how far reading has come."""

    begun: bool
    finished: int
    answers: Mapping[Moment, Mapping[str, int | None]]
    at: Mapping[Moment, datetime]


def taken_by(enrolment: Enrolment, lesson_ids: Collection[str]) -> Taken:
    """Every self-assessment so far; whether any lesson was begun, and how many of these are finished."""
    mine = Reading.enrolment_id == enrolment.id
    finished = mine & Reading.completed_at.is_not(None) & Reading.lesson_id.in_(lesson_ids)
    rows = db.session.execute(
        select(
            select(func.count()).select_from(Reading).where(mine).scalar_subquery(),
            select(func.count()).select_from(Reading).where(finished).scalar_subquery(),
            *(Assessment.moment, Assessment.answers, Assessment.taken_at),
        )
        .select_from(Enrolment)
        .outerjoin(Assessment, Assessment.enrolment_id == Enrolment.id)
        .where(Enrolment.id == enrolment.id)
    ).all()
    begun, done = rows[0][:2]
    given = [(Moment(moment), answers, at) for _, _, moment, answers, at in rows if moment]
    return Taken(
        begun=begun > 0,
        finished=done,
        answers={moment: answers for moment, answers, _ in given},
        at={moment: at for moment, _, at in given},
    )
