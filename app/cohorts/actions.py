"""What changes a learner's place in a cohort: sign up, confirm, leave; and the worker's turn over all cohorts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app import clock
from app.access import digest, hash_password
from app.cohorts import consents, letters, queries, seats
from app.cohorts.consents import Wording
from app.cohorts.letters import Letter
from app.db import db
from app.models import Cohort, Consent, Enrolment, Person, Token
from course.signup import PLACE_HELD, state


class SignupClosed(Exception):
    """The cohort takes nobody now."""


class LinkSpent(Exception):
    """The link was used, has run out, or its seat was given back."""


class NotEnrolled(Exception):
    """There is no seat or place in line to give back."""


@dataclass(frozen=True)
class Applicant:
    """Who asks for a seat: a sound form's words. `email` is in small letters; `news`: whether later news is welcome."""

    name: str
    email: str
    goal: str
    news: bool


@dataclass(frozen=True)
class Confirmed:
    """What a link led to: a seat or only a place in line, and whether the person chose their first password by it."""

    person: Person
    cohort_name: str
    has_seat: bool
    chose_password: bool


def sign_up(slug: str, applicant: Applicant) -> None:
    """Take a seat, else a place in line, and write to the address how things stand: one mail, whoever has it.

    Signing up again changes nothing; the mail brings a fresh link where one is still wanted. Raises SignupClosed.
    """
    now = clock.now()
    cohort = seats.lock(Cohort.slug == slug)
    if cohort is None:
        raise SignupClosed
    seats.settle(cohort, now)
    if not state(queries.terms_of(cohort), now).admits:
        raise SignupClosed
    person = person_of(applicant, cohort)
    if person.disabled_at:
        seats.post(person, letters.switched_off(cohort))
        return
    enrolment = enrolment_of(person, cohort) or enrol(person, cohort, applicant)
    seats.post(person, letter_to(person, enrolment, cohort))


def person_of(applicant: Applicant, cohort: Cohort) -> Person:
    """Whoever has the address; a new person, unconfirmed, if nobody has. Nothing that is kept is changed."""
    # Locked, so that nobody forgets the person while they get a place.
    known = select(Person).where(Person.email == applicant.email).with_for_update()
    person = db.session.scalar(known)
    if person is not None:
        return person
    person = Person(email=applicant.email, name=applicant.name, time_zone=cohort.time_zone, currency=cohort.currency)
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError:  # at the same moment, for another cohort
        return db.session.scalars(known).one()
    return person


def enrolment_of(person: Person, cohort: Cohort) -> Enrolment | None:
    """The person's place in the cohort; None if they have none or gave it up."""
    return db.session.scalar(
        select(Enrolment).where(
            Enrolment.person_id == person.id, Enrolment.cohort_id == cohort.id, Enrolment.status != "withdrawn"
        )
    )


def enrol(person: Person, cohort: Cohort, applicant: Applicant) -> Enrolment:
    """A seat or a place in line for somebody who has neither, and what they agreed to. Who left comes back as new."""
    left = select(Enrolment).where(Enrolment.person_id == person.id, Enrolment.cohort_id == cohort.id)
    enrolment = db.session.scalar(left) or Enrolment(person_id=person.id, cohort_id=cohort.id)
    enrolment.goal = applicant.goal
    seats.assign(enrolment, cohort, clock.now())
    db.session.add(enrolment)
    agree(person, consents.PROCESS, True)
    agree(person, consents.NEWS, applicant.news)
    db.session.flush()
    return enrolment


def agree(person: Person, wording: Wording, given: bool) -> None:
    """Note what was asked and what was answered."""
    db.session.add(
        Consent(
            person_id=person.id,
            kind=wording.kind,
            given=given,
            version=wording.version,
            text_hash=wording.text_hash,
            method=consents.METHOD,
        )
    )


def letter_to(person: Person, enrolment: Enrolment, cohort: Cohort) -> Letter:
    """How things stand, for the owner of the address."""
    if enrolment.status == "offered" and enrolment.offered_until:
        until = enrolment.offered_until
        return letters.seat_held(cohort, seats.link(enrolment, until), until)
    if enrolment.status != "waiting":
        return letters.already_in(cohort)
    line = seats.line_of(enrolment)
    if person.confirmed_at:
        return letters.place_in_line(cohort, line)
    return letters.place_to_confirm(cohort, seats.link(enrolment, clock.now() + PLACE_HELD), line)


def confirm(token: str, password: str | None = None) -> Confirmed:
    """Make the seat or the place in line the person's own; a password is kept where they have none yet.

    Raises LinkSpent for all but the first of any number of uses, also at the same moment.
    """
    now = clock.now()
    kept = hash_password(password) if password else None
    found = select(Token, Enrolment.cohort_id).join(Enrolment, Enrolment.id == Token.enrolment_id)
    row = db.session.execute(found.where(Token.token_hash == digest(token), Token.purpose == "confirm")).first()
    if row is None:
        raise LinkSpent
    cohort = seats.lock(Cohort.id == row.cohort_id)
    if cohort is None or not use(row.Token, now):
        raise LinkSpent
    enrolment, person = place_behind(row.Token)
    if enrolment.status == "offered":
        hold(enrolment, person, cohort)
    elif enrolment.status != "waiting":
        raise LinkSpent
    person.confirmed_at = person.confirmed_at or now
    chose = choose_first_password(person, kept)
    db.session.flush()
    # Somebody in line who has just become known may find a seat free.
    seats.settle(cohort, now)
    return Confirmed(person, cohort.name, has_seat=enrolment.status == "confirmed", chose_password=chose)


def use(token: Token, now: datetime) -> bool:
    """Use the link up; False if it was used or has run out."""
    unused = update(Token).where(Token.id == token.id, Token.used_at.is_(None), Token.expires_at > now)
    return seats.changed(unused.values(used_at=now))


def place_behind(token: Token) -> tuple[Enrolment, Person]:
    """The place a link confirms and whose it is, as they are now that the cohort is locked."""
    asked = select(Enrolment, Person).join(Person, Person.id == Enrolment.person_id)
    row = db.session.execute(
        asked.where(Enrolment.id == token.enrolment_id, Person.disabled_at.is_(None)),
        execution_options={"populate_existing": True},
    ).first()
    if row is None:
        raise LinkSpent
    return row[0], row[1]


def hold(enrolment: Enrolment, person: Person, cohort: Cohort) -> None:
    """The seat is theirs from now on, and other links to it are spent."""
    now = clock.now()
    enrolment.status, enrolment.confirmed_at, enrolment.offered_until = "confirmed", now, None
    person.ledger_start = person.ledger_start or cohort.starts_on
    others = update(Token).where(Token.enrolment_id == enrolment.id, Token.used_at.is_(None))
    db.session.execute(others.values(used_at=now))


def choose_first_password(person: Person, kept: str | None) -> bool:
    """Keep the password where there is none; a link to a seat never replaces one."""
    if kept is None:
        return False
    without = update(Person).where(Person.id == person.id, Person.password_hash.is_(None))
    return seats.changed(without.values(password_hash=kept))


def leave(person: Person, slug: str) -> None:
    """Give up the seat or the place in line; a seat goes to the next. Raises NotEnrolled for none, or one long over."""
    now = clock.now()
    cohort = seats.lock(Cohort.slug == slug)
    enrolment = enrolment_of(person, cohort) if cohort else None
    if cohort is None or enrolment is None or queries.terms_of(cohort).is_over(now):
        raise NotEnrolled
    if enrolment.status in {"offered", "confirmed"}:
        seats.give_back(cohort)
    seats.end(enrolment, now)
    seats.settle(cohort, now)


def release_expired(now: datetime) -> int:
    """Free every seat that was not taken in time and offer it to the next in line; how many were freed.

    A worker's turn: it commits each cohort by itself, so that no one waits for another's seats.
    """
    released = 0
    for cohort_id in queries.unsettled(now):
        cohort = seats.lock(Cohort.id == cohort_id)
        if cohort is not None:
            released += seats.settle(cohort, now)
        db.session.commit()
    return released
