"""What is read about cohorts, seats and links. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from sqlalchemy import Row, Select, func, or_, orm, select

from app.cohorts.consents import WORDINGS
from app.db import db
from app.models import Change, Cohort, CohortTrainer, Consent, Enrolment, Person, Token
from course.own_text import Paragraph
from course.signup import OFFER_HOURS, State, Terms, state


@dataclass(frozen=True)
class Date:
    """A meeting, as calendars know it."""

    uid: str
    starts_at: datetime
    minutes: int
    where: str
    sequence: int
    changed_at: datetime

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class PagePicture:
    """A cohort's picture without its bytes; `digest` tells it from any other."""

    alt: str
    kind: str
    width: int
    height: int
    digest: str


@dataclass(frozen=True)
class NextCohort:
    """Where those who still wait may go on to."""

    slug: str
    name: str


@dataclass(frozen=True)
class CohortPage:
    """A cohort as its page and the list of open ones show it. `price` is in minor units of `currency`.

    What only its own page shows (text, picture, dates, the next cohort) is empty elsewhere.
    """

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
    offer_hours: int = OFFER_HOURS
    late_pace: str = "onward"
    trainers: tuple[str, ...] = ()
    about: tuple[Paragraph, ...] = ()
    picture: PagePicture | None = None
    next: NextCohort | None = None
    dates: tuple[Date, ...] = ()

    @cached_property
    def made_of(self) -> str:
        """What tells this page from any other of this or another cohort, for pieces that are printed once."""
        return str(hash(self))

    @property
    def place(self) -> str:
        """Where its clocks hang: the last part of the time zone's name."""
        return self.terms.time_zone.rpartition("/")[2].replace("_", " ")


@dataclass(frozen=True)
class Standing:
    """Where somebody stands with a cohort. `line` is their place among those who wait, from 1; None if they don't.

    `ending` says how a withdrawn place ended. `rolls_over`: they agreed to go on to the next cohort.
    """

    slug: str
    name: str
    status: str
    line: int | None
    offered_until: datetime | None
    time_zone: str
    offer_hours: int = OFFER_HOURS
    ending: str | None = None
    rolls_over: bool = False


@dataclass(frozen=True)
class Invitation:
    """What a mailed link leads to. `fault` says why it leads nowhere: used, expired, or given back.

    `agreed`: whether the person has said that we may write to them; a trainer may have put them down. `ticked`: the
    sentences that were ticked when the place was asked for, which they say by using the link.
    """

    email: str
    has_password: bool
    standing: Standing
    fault: str | None
    agreed: bool = True
    ticked: tuple[str, ...] = ()


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
        shut_at=cohort.shut_at,
        called_off=cohort.archived_at is not None,
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
        offer_hours=cohort.offer_hours,
        late_pace=cohort.late_pace,
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
        offer_hours=cohort.offer_hours,
        ending=enrolment.ending,
        rolls_over=enrolment.rolls_over,
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


# Who signed up has said so in the form; whom a trainer put down has not, unless they did some other time.
PUT_DOWN = select(Change.id).where(Change.enrolment_id == Enrolment.id, Change.what == "imported").correlate(Enrolment)
SAID_YES = (
    select(Consent.id)
    .where(Consent.person_id == Person.id, Consent.kind == "process", Consent.given.is_(True))
    .correlate(Person)
)
AGREED = or_(~PUT_DOWN.exists(), SAID_YES.exists())


def invitation(token_hash: str, now: datetime) -> Invitation | None:
    """What the link with this hash leads to; None if we never sent it."""
    row = db.session.execute(
        select(Token, Person, Enrolment, Cohort, line_of_enrolment().scalar_subquery(), AGREED)
        .join(Person, Person.id == Token.person_id)
        .join(Enrolment, Enrolment.id == Token.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Token.token_hash == token_hash, Token.purpose == "confirm", Person.disabled_at.is_(None))
    ).first()
    if row is None:
        return None
    token, person, enrolment, cohort, line, agreed = row
    return Invitation(
        email=person.email,
        has_password=person.password_hash is not None,
        standing=standing_of(enrolment, cohort, line),
        fault=fault_of(token, enrolment, now),
        agreed=agreed,
        ticked=tuple(WORDINGS[words].sentence for words, given in (token.answers or {}).items() if given),
    )


def fault_of(token: Token, enrolment: Enrolment, now: datetime) -> str | None:
    """Why the link leads nowhere at this instant; None if it leads on."""
    if token.used_at is not None:
        return "used"
    if token.expires_at <= now:
        return "expired"
    return None if enrolment.status in {"offered", "waiting"} else "given back"
