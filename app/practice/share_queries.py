"""What a learner shows their trainers, and what came back. Reads only; each takes its owner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, select

from app.db import db
from app.models import Enrolment, Entry, Feedback, Person, Plan, Shared
from app.practice.log_queries import PLAN
from app.study.queries import KeptPlan
from course.practice import LINES, Rubric


@dataclass(frozen=True)
class Answered:
    """What one trainer made of it: their rating where there was one to give, and their words once they are sent."""

    by: str
    opened_at: datetime
    rating: Rubric | None
    comment: str
    at: datetime | None


@dataclass(frozen=True)
class Shown:
    """One thing shown: an entry or a plan, and what came of showing it."""

    id: int
    shared_at: datetime
    withdrawn_at: datetime | None
    heard_at: datetime | None
    entry: int | None = None
    day: date | None = None
    own: Rubric | None = None
    note: str = ""
    plan: str = ""
    lesson_id: str = ""
    answers: tuple[Answered, ...] = ()

    @property
    def answered(self) -> tuple[Answered, ...]:
        """The answers that were sent."""
        return tuple(answer for answer in self.answers if answer.at)

    @property
    def state(self) -> str:
        """`withdrawn`, `answered`, `read` or `received`."""
        if self.withdrawn_at:
            return "withdrawn"
        if self.answered:
            return "answered"
        return "read" if self.answers else "received"

    @property
    def is_news(self) -> bool:
        """Answered, and the learner hasn't said yet that they read it."""
        return self.state == "answered" and self.heard_at is None


RATING = tuple(getattr(Feedback, line.key).label(f"their_{line.key}") for line in LINES)
OWN = tuple(getattr(Entry, line.key) for line in LINES)
TOLD = (Feedback.opened_at, Feedback.comment, Feedback.answered_at, Person.name, *RATING)
SHOWN = (Shared.id, Shared.entry_id, Shared.shared_at, Shared.withdrawn_at, Shared.heard_at)
ALL_SHOWN = (
    select(*SHOWN, *TOLD, Entry.day, Entry.note, *OWN, Plan.if_text, Plan.then_text)
    .add_columns(Plan.lesson_id.label("plan_lesson"), Entry.lesson_id.label("entry_lesson"))
    .join(Enrolment, Enrolment.id == Shared.enrolment_id)
    .outerjoin(Entry, Entry.id == Shared.entry_id)
    .outerjoin(Plan, Plan.id == Shared.plan_id)
    .outerjoin(Feedback, Feedback.shared_id == Shared.id)
    .outerjoin(Person, Person.id == Feedback.trainer_id)
    .where(Enrolment.person_id == bindparam("person"))
    .order_by(Shared.id.desc(), Feedback.id)
)
AROUND = (
    select(*(getattr(Plan, name).label(f"plan_{name}") for name in PLAN), *SHOWN, *TOLD)
    .select_from(Entry)
    .outerjoin(Plan, Plan.entry_id == Entry.id)
    .outerjoin(Shared, and_(Shared.entry_id == Entry.id, Shared.withdrawn_at.is_(None)))
    .outerjoin(Feedback, Feedback.shared_id == Shared.id)
    .outerjoin(Person, Person.id == Feedback.trainer_id)
    .where(Entry.person_id == bindparam("person"), Entry.id.in_(bindparam("versions", expanding=True)))
    .order_by(Plan.id, Shared.id.desc(), Feedback.id)
)


def shown_by(person: Person) -> tuple[Shown, ...]:
    """Everything the person ever showed, the latest first."""
    rows = db.session.execute(ALL_SHOWN, {"person": person.id}).all()
    return tuple(_shown(same) for same in _by_id(rows))


def around_entry(person: Person, versions: Sequence[int]) -> tuple[KeptPlan | None, Shown | None]:
    """The plan that an entry reported on, and how it is shown, by the ids of all its versions: in one query."""
    rows = db.session.execute(AROUND, {"person": person.id, "versions": list(versions)}).all()
    plan = next((row for row in rows if row.plan_id is not None), None)
    shown = _by_id(row for row in rows if row.id is not None)
    return (
        KeptPlan(*(getattr(plan, f"plan_{name}") for name in PLAN)) if plan else None,
        _shown(shown[0]) if shown else None,
    )


def _by_id(rows: Iterable[Any]) -> list[list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.id, []).append(row)
    return list(found.values())


def _shown(rows: Sequence[Any]) -> Shown:
    first = rows[0]
    about = first._mapping
    answers = {row.name: _answered(row) for row in rows if row.opened_at}
    planned = f"If {first.if_text}, then I {first.then_text}." if about.get("if_text") else ""
    return Shown(
        *(first.id, first.shared_at, first.withdrawn_at, first.heard_at, first.entry_id),
        day=about.get("day"),
        own=rubric(about.get(line.key) for line in LINES),
        note=about.get("note") or "",
        plan=planned,
        lesson_id=about.get("plan_lesson") or about.get("entry_lesson") or "",
        answers=tuple(answers.values()),
    )


def _answered(row: Any) -> Answered:
    sent = row.answered_at is not None
    # A rating and a comment are the trainer's own until they are sent.
    rating = rubric(getattr(row, f"their_{line.key}") for line in LINES) if sent else None
    return Answered(row.name, row.opened_at, rating, row.comment if sent else "", row.answered_at)


def rubric(points: Iterable[int | None]) -> Rubric | None:
    """Five ratings as a rubric; None where there are none."""
    known = [each for each in points if each is not None]
    return Rubric(*known) if len(known) == len(LINES) else None
