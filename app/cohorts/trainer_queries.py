"""What a trainer's desk reads of their own cohorts. Reads only; each takes its owner."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Select, bindparam, cast, literal, null, select, union_all

from app.cohorts.cohort_facts import Facts
from app.cohorts.page_queries import COHORT, complete, page_in, read
from app.cohorts.queries import CohortPage
from app.db import db
from app.models import Change, Cohort, CohortTrainer, Enrolment, Invite, Meeting, PaceException, Person

STORED = tuple(field.name for field in fields(Facts) if field.name not in {"links", "opens_on"})


@dataclass(frozen=True)
class OwnCohort:
    """A cohort that the asking trainer runs: its page now, what was said about it, which edit that was."""

    id: int
    page: CohortPage
    facts: Facts
    version: int
    archived_at: datetime | None

    @property
    def slug(self) -> str:
        return self.page.slug

    @property
    def name(self) -> str:
        return self.page.name

    @property
    def time_zone(self) -> str:
        return self.page.terms.time_zone


@dataclass(frozen=True)
class Choice:
    """Another cohort of the same trainer, to go on to or to move somebody to."""

    id: int
    name: str
    starts_on: date
    free: int


@dataclass(frozen=True)
class Colleague:
    """A trainer of the cohort."""

    id: int
    name: str
    email: str


@dataclass(frozen=True)
class Gathering:
    """A meeting in the cohort's calendar."""

    id: int
    starts_at: datetime
    minutes: int
    where: str
    cancelled_at: datetime | None


@dataclass(frozen=True)
class KeptInvite:
    """An invitation as its list shows it; the link itself is kept by nobody."""

    id: int
    label: str
    domain: str
    cap: int | None
    used: int
    expires_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True)
class Exempt:
    """A day of a learner's own, and why. `what`: a module's folder, a lesson's id, "" for all."""

    id: int
    what: str
    opens_on: date
    reason: str
    author: str


@dataclass(frozen=True)
class Event:
    """Something that was done about a learner's place."""

    what: str
    why: str
    at: datetime
    author: str


@dataclass(frozen=True)
class Place:
    """One enrolment with the person's name and address: the trainer writes to them."""

    id: int
    name: str
    email: str
    status: str
    goal: str
    confirmed_at: datetime | None
    ended_at: datetime | None
    ending: str | None


def facts_of(cohort: Any) -> Facts:
    """What was said about a cohort."""
    days = {what: date.fromisoformat(day) for what, day in cohort.opens_on.items()}
    return Facts(**{name: getattr(cohort, name) for name in STORED}, links=tuple(cohort.links), opens_on=days)


def run_by(trainer: Person) -> Select[int]:
    return select(CohortTrainer.cohort_id).where(CohortTrainer.person_id == trainer.id)


# With what its page does not show.
OWN = complete(COHORT).where(COHORT.c.slug == bindparam("slug"))


def own_cohort(trainer: Person, slug: str, now: datetime) -> OwnCohort | None:
    """The trainer's cohort of that slug; None if there is none, also where another trainer runs it."""
    found, meetings = read(db.session.execute(OWN.where(COHORT.c.id.in_(run_by(trainer))), {"slug": slug}))
    if found is None:
        return None
    return OwnCohort(found.id, page_in(found, meetings, now), facts_of(found), found.version, found.archived_at)


def other_cohorts(trainer: Person, cohort_id: int | None = None) -> tuple[Choice, ...]:
    """The trainer's cohorts but this one, the earliest start first; none that was put away."""
    found = db.session.execute(
        select(Cohort.id, Cohort.name, Cohort.starts_on, Cohort.capacity - Cohort.taken)
        .where(Cohort.id.in_(run_by(trainer)), Cohort.id != (cohort_id or 0), Cohort.archived_at.is_(None))
        .order_by(Cohort.starts_on, Cohort.id)
    )
    return tuple(Choice(*row) for row in found)


def colleagues_of(cohort_id: int) -> tuple[Colleague, ...]:
    found = db.session.execute(
        select(Person.id, Person.name, Person.email)
        .join(CohortTrainer, CohortTrainer.person_id == Person.id)
        .where(CohortTrainer.cohort_id == cohort_id)
        .order_by(Person.name, Person.id)
    )
    return tuple(Colleague(*row) for row in found)


def gatherings_of(cohort_id: int) -> tuple[Gathering, ...]:
    """Every meeting of the cohort, cancelled ones too, in their order."""
    columns = (Meeting.id, Meeting.starts_at, Meeting.minutes, Meeting.where, Meeting.cancelled_at)
    asked = select(*columns).where(Meeting.cohort_id == cohort_id).order_by(Meeting.starts_at, Meeting.id)
    return tuple(Gathering(*row) for row in db.session.execute(asked))


def invites_of(cohort_id: int) -> tuple[KeptInvite, ...]:
    """The cohort's invitations, the newest first."""
    columns = (Invite.id, Invite.label, Invite.domain, Invite.cap, Invite.used, Invite.expires_at, Invite.revoked_at)
    asked = select(*columns).where(Invite.cohort_id == cohort_id).order_by(Invite.id.desc())
    return tuple(KeptInvite(*row) for row in db.session.execute(asked))


def place_of(cohort_id: int, enrolment_id: int) -> Place | None:
    """One learner's place; None if it is none of this cohort's."""
    row = db.session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.id == enrolment_id, Enrolment.cohort_id == cohort_id)
    ).first()
    if row is None:
        return None
    enrolment, person = row
    return Place(
        id=enrolment.id,
        name=person.name,
        email=person.email,
        status=enrolment.status,
        goal=enrolment.goal,
        confirmed_at=enrolment.confirmed_at,
        ended_at=enrolment.ended_at,
        ending=enrolment.ending,
    )


def record_of(enrolment_id: int) -> tuple[tuple[Exempt, ...], tuple[Event, ...]]:
    """The learner's exceptions, the first day first, and what was done about the place, the latest first: one query."""
    author = select(Person.name).correlate(PaceException, Change)
    exempt = select(
        *(literal("exempt").label("kind"), PaceException.id, PaceException.what, PaceException.reason.label("words")),
        *(PaceException.opens_on, PaceException.created_at.label("at")),
        author.where(Person.id == PaceException.author_id).scalar_subquery().label("author"),
    ).where(PaceException.enrolment_id == enrolment_id)
    done = select(
        *(literal("done").label("kind"), Change.id, Change.what, Change.why, cast(null(), Date), Change.at),
        author.where(Person.id == Change.author_id).scalar_subquery(),
    ).where(Change.enrolment_id == enrolment_id)
    rows = db.session.execute(union_all(exempt, done)).all()
    exempts = [Exempt(r.id, r.what, r.opens_on, r.words, r.author or "") for r in rows if r.kind == "exempt"]
    events = [r for r in rows if r.kind == "done"]
    return (
        tuple(sorted(exempts, key=lambda one: (one.opens_on, one.id))),
        tuple(Event(r.what, r.words, r.at, r.author or "") for r in sorted(events, key=lambda r: -r.id)),
    )
