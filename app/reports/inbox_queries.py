"""What learners show the trainers of a cohort, and what these made of it. Reads only; each takes its owner."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, case, func, select
from sqlalchemy.orm import aliased

from app.db import db
from app.models import Cohort, CohortTrainer, Enrolment, Entry, Feedback, Person, Plan, Shared
from course.agreement import Pair
from course.practice import LINES, Rubric

PER_PAGE = 25
RECENT = 20
MINE: BindParameter[int] = bindparam("trainer")


@dataclass(frozen=True)
class Received:
    """One thing shown, as the list has it: whose, since when, and how far the asking trainer is with it. No text."""

    id: int
    name: str
    cohort: str
    time_zone: str
    is_entry: bool
    shared_at: datetime
    withdrawn_at: datetime | None
    opened_at: datetime | None
    rated_at: datetime | None
    answered_at: datetime | None
    heard_at: datetime | None
    comment: str


@dataclass(frozen=True)
class Text:
    """What the learner wrote, without whom it was with."""

    day: date
    channel: str | None
    began: str | None
    minutes: int | None
    lesson_id: str
    note: str
    step: str
    plan: str
    outcome: str | None
    because: str
    own: Rubric | None


@dataclass(frozen=True)
class Opened:
    """One thing shown, for its page. `text` is there only for who opened it lately, `rating` once it was given."""

    received: Received
    text: Text
    rating: Rubric | None


@dataclass(frozen=True)
class Rated:
    """The entries of one learner that both rated."""

    name: str
    cohort: str
    pairs: tuple[Pair, ...]


def ratings(table: Any, prefix: str) -> tuple[Any, ...]:
    return tuple(getattr(table, line.key).label(f"{prefix}_{line.key}") for line in LINES)


HEAD = (
    *(
        Shared.id,
        Person.name,
        Cohort.name.label("cohort"),
        Cohort.time_zone,
        Shared.entry_id.is_not(None).label("entry"),
    ),
    *(Shared.shared_at, Shared.withdrawn_at, Feedback.opened_at, Feedback.rated_at, Feedback.answered_at),
    *(Shared.heard_at, func.coalesce(Feedback.comment, "").label("comment")),
)
LATER, ANYBODYS = aliased(Entry), aliased(Feedback)
TAKEN_BACK = select(LATER.id).where(LATER.replaces_id == Shared.entry_id, LATER.void.is_(True)).exists()
ANSWERED = select(ANYBODYS.id).where(ANYBODYS.shared_id == Shared.id, ANYBODYS.answered_at.is_not(None)).exists()


def of_trainer(*columns: Any) -> Select[Any]:
    """What is shown in the cohorts that the trainer runs, with their own feedback."""
    return (
        select(*columns)
        .select_from(Shared)
        .join(Enrolment, Enrolment.id == Shared.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(CohortTrainer, and_(CohortTrainer.cohort_id == Cohort.id, CohortTrainer.person_id == MINE))
        .join(Person, Person.id == Enrolment.person_id)
    )


OWN_FEEDBACK = and_(Feedback.shared_id == Shared.id, Feedback.trainer_id == MINE)
RECEIVED = of_trainer(*HEAD).outerjoin(Feedback, OWN_FEEDBACK).where(~TAKEN_BACK)
WAITING = (
    RECEIVED.add_columns(func.count().over().label("total"))
    .where(Shared.withdrawn_at.is_(None), ~ANSWERED)
    .order_by(Shared.shared_at, Shared.id)
    .limit(PER_PAGE)
    .offset(bindparam("skipped"))
)
# Drafts for something withdrawn first, then what was answered lately.
DRAFT = and_(Shared.withdrawn_at.is_not(None), Feedback.answered_at.is_(None), Feedback.comment != "")
ANSWERED_LATELY = and_(Shared.withdrawn_at.is_(None), Feedback.answered_at.is_not(None))
DONE = (
    of_trainer(*HEAD)
    .join(Feedback, OWN_FEEDBACK)
    .where(DRAFT | ANSWERED_LATELY)
    .order_by(case((DRAFT, 0), else_=1), Feedback.answered_at.desc(), Shared.id.desc())
    .limit(RECENT)
)
ONE = (
    RECEIVED.add_columns(
        *(Entry.day, Entry.channel, Entry.began, Entry.minutes, Entry.note, Entry.step, Entry.lesson_id),
        *(Plan.if_text, Plan.then_text, Plan.outcome, Plan.because, Plan.due_on, Plan.lesson_id.label("plan_lesson")),
        *(*ratings(Entry, "own"), *ratings(Feedback, "given")),
    )
    .outerjoin(Entry, Entry.id == Shared.entry_id)
    .outerjoin(Plan, Plan.id == Shared.plan_id)
    .where(Shared.id == bindparam("shared"))
)
PAIRS = (
    of_trainer(Enrolment.id, Person.name, Cohort.name.label("cohort"), *ratings(Entry, "own"))
    .add_columns(*ratings(Feedback, "given"))
    .join(Feedback, and_(Feedback.shared_id == Shared.id, Feedback.rated_at.is_not(None)))
    .join(Entry, Entry.id == Shared.entry_id)
    .where(Shared.withdrawn_at.is_(None), Entry.personal.is_not(None), ~TAKEN_BACK)
)


def waiting_for(trainer: Person, *, page: int) -> tuple[tuple[Received, ...], int]:
    """What nobody has answered, the oldest first, a page of it; and how much there is."""
    rows = db.session.execute(WAITING, {"trainer": trainer.id, "skipped": (page - 1) * PER_PAGE}).all()
    return tuple(_received(row) for row in rows), rows[0].total if rows else 0


def done_by(trainer: Person) -> tuple[Received, ...]:
    """The trainer's drafts for what was withdrawn, and what they answered lately."""
    return tuple(_received(row) for row in db.session.execute(DONE, {"trainer": trainer.id}))


def shown_to(trainer: Person, shared_id: int) -> Opened | None:
    """One thing that is or was shown in a cohort of the trainer's; None for any other."""
    row = db.session.execute(ONE, {"trainer": trainer.id, "shared": shared_id}).first()
    if row is None:
        return None
    text = Text(
        day=row.day or row.due_on,
        channel=row.channel,
        began=row.began,
        minutes=row.minutes,
        lesson_id=row.plan_lesson or row.lesson_id or "",
        note=row.note or "",
        step=row.step or "",
        plan=f"If {row.if_text}, then I {row.then_text}." if row.if_text else "",
        outcome=row.outcome,
        because=row.because or "",
        own=rubric(row, "own"),
    )
    return Opened(_received(row), text, rubric(row, "given"))


def rated_for(trainer: Person) -> tuple[Rated, ...]:
    """The entries of the trainer's cohorts that both rated, by cohort and name; what was withdrawn counts no more."""
    found: dict[tuple[str, str, int], list[Pair]] = defaultdict(list)
    for row in db.session.execute(PAIRS, {"trainer": trainer.id}):
        own, given = rubric(row, "own"), rubric(row, "given")
        if own and given:
            found[row.cohort, row.name, row.id].append((own, given))
    return tuple(Rated(name, cohort, tuple(pairs)) for (cohort, name, _), pairs in sorted(found.items(), key=by_name))


def by_name(item: Sequence[Any]) -> tuple[str, str, int]:
    cohort, name, id = item[0]
    return cohort, name.casefold(), id


def rubric(row: Any, prefix: str) -> Rubric | None:
    points: Iterable[int | None] = [getattr(row, f"{prefix}_{line.key}") for line in LINES]
    known = [each for each in points if each is not None]
    return Rubric(*known) if len(known) == len(LINES) else None


def _received(row: Any) -> Received:
    return Received(
        *(row.id, row.name, row.cohort, row.time_zone, row.entry, row.shared_at, row.withdrawn_at),
        *(row.opened_at, row.rated_at, row.answered_at, row.heard_at, row.comment),
    )
