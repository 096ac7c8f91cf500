"""Whom the trainers of a cohort put off or spoke to lately, with what the learner did around that day. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, Date, Integer, and_, bindparam, case, cast, literal, null, or_, select, union_all

from app.db import UTCDateTime, db
from app.models import Contact, Enrolment, Entry, Person, Reading
from app.study.queries import standing
from course.outcome import SPAN_DAYS, Deeds
from course.practice import THRESHOLD

# What was said longer ago than this is history.
SPOKEN_DAYS = 42


@dataclass
class Spoken:
    """A contact of a trainer's with a learner, and the learner's deeds around it."""

    enrolment: int
    cohort: int
    name: str
    kind: str
    day: date
    until: date
    note: str
    mine: bool
    entries: dict[int, tuple[date, bool]] = field(default_factory=dict)
    lessons: dict[int, datetime] = field(default_factory=dict)

    def deeds(self, day_of: Any) -> Deeds:
        """The learner's deeds by day; `day_of` says which day an instant is."""
        return Deeds(
            entries=tuple(day for day, _ in self.entries.values()),
            connecting=tuple(day for day, connects in self.entries.values() if connects),
            lessons=tuple(day_of(at) for at in self.lessons.values()),
        )


# Built once; the rule of connecting is `course.practice.Rubric.connecting`.
CONNECTS = case(
    (
        and_(
            Entry.two_way >= 1,
            Entry.about_them >= 1,
            Entry.personal + Entry.two_way + Entry.about_them + Entry.value + Entry.next_step >= THRESHOLD,
        ),
        1,
    ),
    else_=0,
)
CONTACTED = (
    *(Contact.id, Contact.enrolment_id, Enrolment.cohort_id, Person.name, Contact.kind, Contact.day, Contact.until),
    *(Contact.note, Contact.trainer_id),
)
LATELY = or_(
    and_(Contact.kind == "spoke", Contact.day >= bindparam("spoken_since", type_=Date)),
    Contact.until > bindparam("today", type_=Date),
)
AROUND = bindparam("deeds_since", type_=Date)
WHOSE = and_(Enrolment.cohort_id.in_(bindparam("taking", expanding=True)), LATELY)
WITH_ENTRIES = (
    select(*CONTACTED, Entry.id.label("what"), Entry.day.label("on"), cast(null(), UTCDateTime).label("at"))
    .add_columns(cast(CONNECTS, Integer).label("connects"))
    .join(Enrolment, Enrolment.id == Contact.enrolment_id)
    .join(Person, Person.id == Enrolment.person_id)
    .outerjoin(Entry, and_(Entry.person_id == Person.id, Entry.day >= AROUND, *standing()))
    .where(WHOSE)
)
WITH_LESSONS = (
    select(*CONTACTED, Reading.id, cast(null(), Date), Reading.completed_at, literal(0))
    .join(Enrolment, Enrolment.id == Contact.enrolment_id)
    .join(Person, Person.id == Enrolment.person_id)
    .join(Reading, Reading.enrolment_id == Enrolment.id)
    .where(WHOSE, Reading.completed_at >= bindparam("lessons_since", type_=UTCDateTime))
)
CONTACTS: CompoundSelect[Any] = union_all(WITH_ENTRIES, WITH_LESSONS)


def spoken_of(trainer: Person, taking: Collection[int], now: datetime) -> tuple[Spoken, ...]:
    """Contacts that still count, the latest first. What a colleague put off is theirs; a talk is everybody's."""
    today, span = now.date(), timedelta(days=SPOKEN_DAYS + SPAN_DAYS + 1)
    given = {
        "taking": list(taking),
        "today": today - timedelta(days=1),
        "spoken_since": today - timedelta(days=SPOKEN_DAYS),
        "deeds_since": today - span,
        "lessons_since": now - span,
    }
    found: dict[int, Spoken] = {}
    for row in db.session.execute(CONTACTS, given):
        mine = row.trainer_id == trainer.id
        if not mine and row.kind == "snoozed":
            continue
        facts = (row.enrolment_id, row.cohort_id, row.name, row.kind, row.day, row.until, row.note, mine)
        spoken = found.setdefault(row.id, Spoken(*facts))
        if row.on is not None:
            spoken.entries[row.what] = (row.on, bool(row.connects))
        elif row.at is not None:
            spoken.lessons[row.what] = row.at
    return tuple(found[id] for id in sorted(found, reverse=True))
