"""The cohorts of a trainer, and who holds or awaits a seat in them. Reads only; each takes its owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Date, Select, Subquery, and_, bindparam, case, func, select

from app.cohorts.queries import CohortPage, page_of, with_waiting
from app.db import db
from app.models import Cohort, CohortTrainer, Enrolment, Entry, Person, Reading
from app.study.queries import standing
from course.practice import THRESHOLD

STUDYING = ("confirmed", "completed")

# The statements are built once: putting one together takes longer than running it.
RUN_BY = (
    with_waiting()
    .join(CohortTrainer, CohortTrainer.cohort_id == Cohort.id)
    .where(CohortTrainer.person_id == bindparam("trainer"))
)
RUN_BY_LATEST_FIRST = RUN_BY.order_by(Cohort.starts_on.desc(), Cohort.id.desc())
RUN_BY_OF_SLUG = RUN_BY.where(Cohort.slug == bindparam("slug"))
IN_COHORTS = Enrolment.cohort_id.in_(bindparam("cohorts", expanding=True))

# The rule of connecting is `course.practice.Rubric.connecting`; a test holds the two together.
RATED = Entry.relationship_id.is_not(None)
TOTAL = Entry.personal + Entry.two_way + Entry.about_them + Entry.value + Entry.next_step
CONNECTING = and_(RATED, Entry.two_way >= 1, Entry.about_them >= 1, TOTAL >= THRESHOLD)


@dataclass(frozen=True)
class OwnCohort:
    """A cohort that the asking trainer runs; what it is now stands in `page`."""

    id: int
    page: CohortPage

    @property
    def slug(self) -> str:
        return self.page.slug

    @property
    def name(self) -> str:
        return self.page.name

    @property
    def time_zone(self) -> str:
        return self.page.terms.time_zone

    def today(self, now: datetime) -> date:
        """The calendar day it is for this cohort."""
        return self.page.terms.day(now)

    def is_running(self, now: datetime) -> bool:
        return self.page.terms.has_begun(now) and not self.page.terms.is_over(now)


@dataclass(frozen=True)
class Seat:
    """One enrolment of a cohort. `place` is the place in line, from 1, of who waits; days are the cohort's."""

    id: int
    name: str
    status: str
    goal: str
    joined: date
    last_seen: date | None = None
    place: int | None = None
    offered_until: datetime | None = None
    left: date | None = None


def cohorts_of(trainer: Person, now: datetime) -> tuple[OwnCohort, ...]:
    """All cohorts the trainer runs, the latest start first."""
    found = db.session.execute(RUN_BY_LATEST_FIRST, {"trainer": trainer.id})
    return tuple(_own(cohort, waiting, now) for cohort, waiting in found)


def cohort_of(trainer: Person, slug: str, now: datetime) -> OwnCohort | None:
    """The trainer's cohort of that slug; None if there is none, also where another trainer runs it."""
    row = db.session.execute(RUN_BY_OF_SLUG, {"trainer": trainer.id, "slug": slug}).first()
    return _own(row[0], row[1], now) if row else None


def latest(cohorts: Sequence[OwnCohort], now: datetime) -> OwnCohort | None:
    """The cohort that started last of those that run; else of those that began; else the next to begin."""
    begun = [cohort for cohort in cohorts if cohort.page.terms.has_begun(now)]
    running = [cohort for cohort in begun if cohort.is_running(now)]
    if running or begun:
        return max(running or begun, key=lambda cohort: (cohort.page.terms.starts_on, cohort.id))
    return min(cohorts, key=lambda cohort: (cohort.page.terms.starts_on, cohort.id), default=None)


def roster_of(cohort: OwnCohort) -> tuple[Seat, ...]:
    """Every enrolment of the cohort by the learner's name; who waits has their place in line."""
    found = db.session.execute(ROSTER, {"cohorts": [cohort.id]}).all()
    line = sorted(row.line for row in found if row.status == "waiting")
    rows = sorted(found, key=lambda row: (row.name.casefold(), row.id))
    return tuple(_seat(row, cohort, line) for row in rows)


def log_of(people: Select[int]) -> Subquery:
    """For each of these persons with entries that stand: how many are rated, how many connect, the latest day."""
    return (
        select(
            Entry.person_id,
            func.count().filter(RATED).label("rated"),
            func.count().filter(CONNECTING).label("connecting"),
            func.max(Entry.day, type_=Date).label("last_entry"),
        )
        .where(Entry.person_id.in_(people), *standing())
        .group_by(Entry.person_id)
        .subquery()
    )


def reading(enrolled: Any) -> Subquery:
    """For each enrolment of which this is true and that opened a lesson: when one was last opened or finished."""
    # The later of two columns: neither engine has the other's function for it.
    latest = case((Reading.completed_at > Reading.began_at, Reading.completed_at), else_=Reading.began_at)
    return (
        select(Reading.enrolment_id, func.max(latest).label("last_reading"))
        .join(Enrolment, Enrolment.id == Reading.enrolment_id)
        .where(enrolled)
        .group_by(Reading.enrolment_id)
        .subquery()
    )


LOGS, READINGS = log_of(select(Enrolment.person_id).where(IN_COHORTS)), reading(IN_COHORTS)
ROSTER = (
    select(
        *(Enrolment.id, Person.name, Enrolment.status, Enrolment.goal, Enrolment.line, Enrolment.offered_until),
        *(Enrolment.confirmed_at, Enrolment.ended_at, Enrolment.created_at),
        *(LOGS.c.last_entry, READINGS.c.last_reading),
    )
    .join(Person, Person.id == Enrolment.person_id)
    .outerjoin(LOGS, LOGS.c.person_id == Enrolment.person_id)
    .outerjoin(READINGS, READINGS.c.enrolment_id == Enrolment.id)
    .where(IN_COHORTS)
)


def day_in(cohort: OwnCohort, instant: datetime) -> date:
    """The cohort's calendar day of an instant."""
    return instant.astimezone(ZoneInfo(cohort.time_zone)).date()


def seen(cohort: OwnCohort, last_entry: date | None, last_reading: datetime | None) -> date | None:
    """The later of a learner's latest entry and latest reading; None before the first of either."""
    days = [last_entry, day_in(cohort, last_reading) if last_reading else None]
    return max((day for day in days if day), default=None)


def _own(cohort: Cohort, waiting: int, now: datetime) -> OwnCohort:
    return OwnCohort(cohort.id, page_of(cohort, now, waiting=waiting))


def _seat(row: Any, cohort: OwnCohort, line: list[int]) -> Seat:
    studying = row.status in STUDYING
    return Seat(
        id=row.id,
        name=row.name,
        status=row.status,
        goal=row.goal,
        joined=day_in(cohort, (row.confirmed_at if studying else None) or row.created_at),
        # Practice belongs to the person: what somebody did elsewhere is none of this cohort's business.
        last_seen=seen(cohort, row.last_entry, row.last_reading) if studying else None,
        place=line.index(row.line) + 1 if row.status == "waiting" else None,
        offered_until=row.offered_until if row.status == "offered" else None,
        left=day_in(cohort, row.ended_at) if row.ended_at and row.status == "withdrawn" else None,
    )
