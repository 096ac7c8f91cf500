"""What is read about cohorts, seats and links. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, orm, select, text, union
from sqlalchemy.exc import DBAPIError

from app.db import db
from app.models import Cohort, CohortTrainer, Enrolment, Person, Token
from course.signup import State, Terms, state


@dataclass(frozen=True)
class CohortPage:
    """A cohort as its page and the list of open ones show it. `price` is in minor units of `currency`."""

    slug: str
    name: str
    promise: str
    meetings: str
    rhythm: str
    trainer_line: str
    price: int
    currency: str
    terms: Terms
    state: State
    waiting: int
    trainers: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where its clocks hang: the last part of the time zone's name."""
        return self.terms.time_zone.rpartition("/")[2].replace("_", " ")


@dataclass(frozen=True)
class Standing:
    """Where somebody stands with a cohort. `line` is their place among those who wait, from 1; None if they don't."""

    slug: str
    name: str
    status: str
    line: int | None
    offered_until: datetime | None
    time_zone: str


@dataclass(frozen=True)
class Invitation:
    """What a mailed link leads to. `fault` says why it leads nowhere: used, expired, or given back."""

    email: str
    has_password: bool
    standing: Standing
    fault: str | None


def terms_of(cohort: Cohort) -> Terms:
    """When the cohort takes people, and how many."""
    return Terms(
        opens_at=cohort.opens_at,
        closes_at=cohort.closes_at,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        time_zone=cohort.time_zone,
        capacity=cohort.capacity,
        taken=cohort.taken,
        late_joiners=cohort.late_joiners,
    )


def page_of(cohort: Cohort, now: datetime, *, waiting: int, trainers: tuple[str, ...] = ()) -> CohortPage:
    """The cohort's page at an instant."""
    terms = terms_of(cohort)
    return CohortPage(
        slug=cohort.slug,
        name=cohort.name,
        promise=cohort.promise,
        meetings=cohort.meetings,
        rhythm=cohort.rhythm,
        trainer_line=cohort.trainer_line,
        price=cohort.price,
        currency=cohort.currency,
        terms=terms,
        state=state(terms, now),
        waiting=waiting,
        trainers=trainers,
    )


def with_waiting() -> Select[Cohort, int]:
    """Cohorts, each with how many wait for it."""
    waiting = (
        select(func.count())
        .where(Enrolment.cohort_id == Cohort.id, Enrolment.status == "waiting")
        .correlate(Cohort)
        .scalar_subquery()
    )
    return select(Cohort, waiting)


def cohort_page(slug: str, now: datetime) -> CohortPage | None:
    """The page of one cohort; None if there is none of that name."""
    row = db.session.execute(with_waiting().where(Cohort.slug == slug)).first()
    return page_of(row[0], now, waiting=row[1]) if row else None


def open_cohorts(now: datetime) -> tuple[CohortPage, ...]:
    """The cohorts that can be signed up for or will be, those that start first on top."""
    rows = db.session.execute(
        with_waiting().where(Cohort.closes_at > now).order_by(Cohort.starts_on, Cohort.name, Cohort.id)
    ).all()
    names = trainers_of(rows)
    pages = (page_of(found, now, waiting=waiting, trainers=names.get(found.id, ())) for found, waiting in rows)
    return tuple(page for page in pages if page.state.admits or page.state is State.NOT_YET_OPEN)


def trainers_of(rows: Sequence[Row[Cohort, int]]) -> dict[int, tuple[str, ...]]:
    """The names of the trainers of each of these cohorts."""
    names: dict[int, tuple[str, ...]] = {}
    found = db.session.execute(
        select(CohortTrainer.cohort_id, Person.name)
        .join(Person, Person.id == CohortTrainer.person_id)
        .where(CohortTrainer.cohort_id.in_([cohort.id for cohort, _ in rows]))
        .order_by(Person.name)
    )
    for cohort_id, name in found:
        names[cohort_id] = (*names.get(cohort_id, ()), name)
    return names


def line_of_enrolment() -> Select[int]:
    """How many of the same cohort wait, up to and with the enrolment of the query around this one."""
    ahead = orm.aliased(Enrolment)
    return (
        select(func.count())
        .where(ahead.cohort_id == Enrolment.cohort_id, ahead.status == "waiting", ahead.line <= Enrolment.line)
        .correlate(Enrolment)
    )


def standing_of(enrolment: Enrolment, cohort: Cohort, line: int) -> Standing:
    return Standing(
        slug=cohort.slug,
        name=cohort.name,
        status=enrolment.status,
        line=line if enrolment.status == "waiting" else None,
        offered_until=enrolment.offered_until,
        time_zone=cohort.time_zone,
    )


def standings_of(person: Person, slug: str | None = None) -> tuple[Standing, ...]:
    """Where the person stands with each cohort they signed up for, or with the one of that slug; the newest first."""
    asked = (
        select(Enrolment, Cohort, line_of_enrolment().scalar_subquery())
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Enrolment.person_id == person.id)
        .order_by(Cohort.starts_on.desc(), Cohort.id.desc())
    )
    rows = db.session.execute(asked.where(Cohort.slug == slug) if slug else asked)
    return tuple(standing_of(enrolment, cohort, line) for enrolment, cohort, line in rows)


def invitation(token_hash: str, now: datetime) -> Invitation | None:
    """What the link with this hash leads to; None if we never sent it."""
    row = db.session.execute(
        select(Token, Person, Enrolment, Cohort, line_of_enrolment().scalar_subquery())
        .join(Person, Person.id == Token.person_id)
        .join(Enrolment, Enrolment.id == Token.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Token.token_hash == token_hash, Token.purpose == "confirm", Person.disabled_at.is_(None))
    ).first()
    if row is None:
        return None
    token, person, enrolment, cohort, line = row
    return Invitation(
        email=person.email,
        has_password=person.password_hash is not None,
        standing=standing_of(enrolment, cohort, line),
        fault=fault_of(token, enrolment, now),
    )


def fault_of(token: Token, enrolment: Enrolment, now: datetime) -> str | None:
    """Why the link leads nowhere at this instant; None if it leads on."""
    if token.used_at is not None:
        return "used"
    if token.expires_at <= now:
        return "expired"
    return None if enrolment.status in {"offered", "waiting"} else "given back"


def answers() -> bool:
    """Whether the database answers."""
    try:
        db.session.execute(text("SELECT 1"))
        return True
    except DBAPIError:
        db.session.rollback()
        return False


def unsettled(now: datetime) -> list[int]:
    """The cohorts with an offer that has run out, a place nobody can confirm, or a free seat and somebody waiting."""
    offered = select(Enrolment.cohort_id).where(Enrolment.status == "offered", Enrolment.offered_until <= now)
    forsaken = select(Enrolment.cohort_id).join(Person, Person.id == Enrolment.person_id).where(is_forsaken(now))
    # Two days early by UTC is today or later everywhere; the exact rule is asked once the cohort is locked.
    lately = now.date() - timedelta(days=2)
    waited_for = (
        select(Enrolment.cohort_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Enrolment.status == "waiting",
            Person.confirmed_at.is_not(None),
            Cohort.taken < Cohort.capacity,
            Cohort.ends_on >= lately,
            or_(Cohort.late_joiners, Cohort.starts_on >= lately),
        )
    )
    return sorted(set(db.session.scalars(union(offered, forsaken, waited_for))))


def is_forsaken(now: datetime) -> ColumnElement[bool]:
    """A place in line whose address was never confirmed, and no link is left that could confirm it."""
    live = (
        select(Token.id)
        .where(Token.enrolment_id == Enrolment.id, Token.used_at.is_(None), Token.expires_at > now)
        .correlate(Enrolment)
    )
    return and_(Enrolment.status == "waiting", Person.confirmed_at.is_(None), ~live.exists())
