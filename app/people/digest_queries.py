"""Who may be reminded now, and how much waits for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from app.cohorts.queries import standings_of
from app.db import db, only_reading
from app.filters import moment
from app.models import Cohort, Enrolment, MailTerms, Person
from app.people.mail_queries import terms_from
from app.practice.queries import book_of
from app.study.queries import studies_of
from course.cadence import due_list
from course.digest import DueToday, Offer, Terms, digest_day
from course.library import Library


@dataclass(frozen=True)
class Turn:
    """Somebody whose hour has come, and the day it is for them."""

    person_id: int
    day: date


def is_reminded(now: datetime) -> ColumnElement[bool]:
    """That a place is one we remind of: a seat in a course that isn't over, or one that is held for them.

    The last day is the cohort's; that of the person may have another date, so one day more is let through here and
    looked at again when the mail is made.
    """
    runs = and_(Enrolment.status == "confirmed", Cohort.archived_at.is_(None), Cohort.ends_on >= now.date())
    return or_(runs, and_(Enrolment.status == "offered", Enrolment.offered_until > now))


def turns(now: datetime) -> list[Turn]:
    """Whose hour has come since they were last looked at. Only read: a worker asks every other second, and keeps no
    writer waiting."""
    with only_reading():
        return list(found_turns(now))


def has_come(zone: str, now: datetime) -> ColumnElement[bool]:
    """That somebody lives in this zone, and their hour of its day has come since they were last looked at. Asked in
    the database: before that hour nobody's row is read."""
    local = now.astimezone(ZoneInfo(zone))
    return and_(
        Person.time_zone == zone,
        func.coalesce(MailTerms.digest_hour, Terms.digest_hour) <= local.hour,
        or_(MailTerms.digest_on.is_(None), MailTerms.digest_on < local.date()),
    )


def found_turns(now: datetime) -> Iterator[Turn]:
    """A query for the zones that people live in, and one for all of those where it is somebody's hour."""
    places = select(Enrolment.person_id).join(Cohort, Cohort.id == Enrolment.cohort_id).where(is_reminded(now))
    reached = (Person.confirmed_at.is_not(None), Person.disabled_at.is_(None), Person.id.in_(places))
    # Of everybody: to ask only those who are reminded reads every place.
    zones = db.session.scalars(select(Person.time_zone).distinct()).all()
    days = [has_come(zone, now) for zone in zones]
    rows = db.session.execute(
        select(Person.id, Person.time_zone, MailTerms)
        .outerjoin(MailTerms, MailTerms.person_id == Person.id)
        .where(*reached, or_(MailTerms.person_id.is_(None), MailTerms.digest.is_(True)), or_(false(), *days))
        .order_by(Person.id)
    )
    for id, zone, terms in rows:
        day = digest_day(terms_from(terms), now.astimezone(ZoneInfo(zone)), terms.digest_on if terms else None)
        if day:
            yield Turn(id, day)


def due_for(person: Person, library: Library, now: datetime) -> DueToday:
    """How much waits for the person: in the course they are in, and the seats that are held for them."""
    enrolment = studied_by(person, now)
    offers = offers_to(person, now)
    if enrolment is None:
        return DueToday(offers=offers)
    today = now.astimezone(ZoneInfo(person.time_zone)).date()
    studies, book = studies_of(enrolment, now), book_of(person)
    promised = [
        (promise.due, tended.id)
        for tended in book.people
        for promise in tended.promises
        if promise.kept is None and promise.dropped is None and promise.due <= today
    ]
    # Who waits for a promise is told of once.
    told = {whom for _, whom in promised}
    return DueToday(
        plans=sum(plan.due_on <= today for plan in studies.plans),
        questions=sum(question in library.questions for question in studies.due),
        people=sum(due.person not in told for due in due_list(book.rhythms, today)),
        promises=sum(day == today for day, _ in promised),
        late_promises=sum(day < today for day, _ in promised),
        offers=offers,
    )


def studied_by(person: Person, now: datetime) -> Enrolment | None:
    """The seat that the person has in a course which isn't over by its own clocks; the one that began last."""
    rows = db.session.execute(
        select(Enrolment, Cohort)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Enrolment.person_id == person.id, Enrolment.status == "confirmed", Cohort.archived_at.is_(None))
        .order_by(Cohort.starts_on.desc(), Cohort.id.desc())
    ).all()
    return next(
        (seat for seat, cohort in rows if cohort.ends_on >= now.astimezone(ZoneInfo(cohort.time_zone)).date()), None
    )


def offers_to(person: Person, now: datetime) -> tuple[Offer, ...]:
    """The seats that are held for the person, until when on the cohort's clocks."""
    held: Sequence[tuple[str, datetime, str]] = [
        (place.name, place.offered_until, place.time_zone)
        for place in standings_of(person)
        if place.status == "offered" and place.offered_until and place.offered_until > now
    ]
    return tuple(Offer(name, f"{moment(until, zone)} ({zone})".replace("\u00a0", " ")) for name, until, zone in held)
