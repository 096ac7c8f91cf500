"""What changes a learner's place in a cohort: sign up, confirm, leave; and the worker's turn over all cohorts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app import clock
from app.access import digest
from app.cohorts import consents, letters, queries, seat_queries, seats
from app.cohorts.consents import Wording
from app.cohorts.letters import Letter
from app.db import db
from app.models import Change, Cohort, Consent, Enrolment, Invite, Person
from course.signup import PLACE_HELD, SEAT_HELD, invites, state


class SignupClosed(Exception):
    """The cohort takes nobody now."""


class NotWaiting(Exception):
    """The place is not one in line, or there is no next cohort."""


class NotEnrolled(Exception):
    """There is no seat or place in line to give back."""


@dataclass(frozen=True)
class Applicant:
    """Who asks for a seat: a sound form's words. `email` is in small letters; `news`: whether later news is welcome;
    `rolls_over`: whether to go on to the next cohort where no seat falls free.
    """

    name: str
    email: str
    goal: str
    news: bool
    rolls_over: bool = False


def sign_up(slug: str, applicant: Applicant) -> None:
    """Take a seat, else a place in line, and write to the address how things stand: one mail, whoever has it.

    Signing up again changes nothing; the mail brings a fresh link where one is still wanted. Raises SignupClosed.
    """
    now = clock.now()
    cohort = seats.lock_named(slug)
    if cohort is None:
        raise SignupClosed
    seats.settle(cohort, now, forget=False)
    if not state(queries.terms_of(cohort), now).admits:
        raise SignupClosed
    admit(cohort, applicant)


def admit(cohort: Cohort, applicant: Applicant, invite: int | None = None) -> None:
    """Enrol whoever has the address, unless they are in; the mail says how things stand.

    An invitation gives a place once, to somebody who has none yet. Raises SignupClosed where it has none left.
    """
    person = person_of(applicant, cohort)
    if person.disabled_at:
        seats.post(person, letters.switched_off(cohort))
        return
    enrolment = enrolment_of(person, cohort)
    if enrolment is None:
        if invite is not None and not use_invite(invite):
            raise SignupClosed
        enrolment = enrol(person, cohort, applicant)
        if invite is not None:
            db.session.add(Change(enrolment_id=enrolment.id, what="invited"))
    seats.post(person, letter_to(person, enrolment, cohort))


def accept(token: str, applicant: Applicant) -> None:
    """Sign up by an invitation, also before sign-up opens and after it closes. Raises SignupClosed."""
    now = clock.now()
    found = select(Invite.id, Invite.cohort_id, Invite.domain).where(Invite.token_hash == digest(token))
    invite = db.session.execute(found).first()
    cohort = seats.lock(Cohort.id == invite.cohort_id) if invite else None
    if invite is None or cohort is None or not admits(invite.domain, applicant.email):
        raise SignupClosed
    seats.settle(cohort, now, forget=False)
    if not invites(queries.terms_of(cohort), now):
        raise SignupClosed
    admit(cohort, applicant, invite.id)


def admits(domain: str, email: str) -> bool:
    """Whether an invitation for addresses of this domain is for this one; for any, where it names none."""
    return not domain or email.rpartition("@")[2] == domain


def use_invite(invite_id: int) -> bool:
    """Take one of the places of an invitation that is in force; False if there is none left. One statement."""
    in_force = update(Invite).where(
        Invite.id == invite_id,
        Invite.revoked_at.is_(None),
        Invite.expires_at > clock.now(),
        or_(Invite.cap.is_(None), Invite.used < Invite.cap),
    )
    return seats.changed(in_force.values(used=Invite.used + 1))


# Built once: putting a statement together takes longer than running it, and a burst of sign-ups runs all of these.
# Locked, so that nobody forgets the person while they get a place.
KNOWN = select(Person).where(Person.email == bindparam("email")).with_for_update()
NEW_PERSON: Any = {
    engine: insert(Person).on_conflict_do_nothing().returning(Person)
    for engine, insert in (("sqlite", sqlite_insert), ("postgresql", postgresql_insert))
}
PLACE = select(Enrolment).where(Enrolment.person_id == bindparam("person"), Enrolment.cohort_id == bindparam("cohort"))
CONSENTS: Any = Consent.__table__
SAID = insert(CONSENTS)


def person_of(applicant: Applicant, cohort: Cohort) -> Person:
    """Whoever has the address; a new person, unconfirmed, if nobody has. Nothing that is kept is changed."""
    known = {"email": applicant.email}
    person = db.session.scalar(KNOWN, known)
    if person is not None:
        return person
    facts = {**known, "name": applicant.name, "time_zone": cohort.time_zone, "currency": cohort.currency}
    made = db.session.scalars(NEW_PERSON[db.engine.dialect.name], [facts]).first()
    # None where somebody made it at the same moment, for another cohort.
    return made or db.session.scalars(KNOWN, known).one()


def enrolment_of(person: Person, cohort: Cohort) -> Enrolment | None:
    """The person's place in the cohort; None if they have none or gave it up."""
    place = place_of(person, cohort)
    return None if place is None or place.status == "withdrawn" else place


def place_of(person: Person, cohort: Cohort) -> Enrolment | None:
    """The person's place in the cohort, also one they gave up."""
    return db.session.scalar(PLACE, {"person": person.id, "cohort": cohort.id})


def enrol(person: Person, cohort: Cohort, applicant: Applicant) -> Enrolment:
    """A seat or a place in line for somebody who has neither, and what they agreed to. Who left comes back as new."""
    enrolment = place_of(person, cohort) or Enrolment(person_id=person.id, cohort_id=cohort.id)
    enrolment.goal = applicant.goal
    enrolment.rolls_over = applicant.rolls_over and cohort.next_id is not None
    seats.assign(enrolment, cohort, clock.now() + SEAT_HELD)
    db.session.add(enrolment)
    agree(person, consents.PROCESS, True)
    agree(person, consents.NEWS, applicant.news)
    if enrolment.rolls_over:
        agree(person, consents.ROLL_OVER, True)
    db.session.flush()
    return enrolment


def agree(person: Person, wording: Wording, given: bool, *, method: str = consents.SIGNUP) -> None:
    """Note what was asked and what was answered, and where. Rows are only ever added: a withdrawal is one, too."""
    asked = {"kind": wording.kind, "version": wording.version, "text_hash": wording.text_hash, "method": method}
    db.session.execute(SAID, {"person_id": person.id, "given": given, **asked})


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


def leave(person: Person, slug: str) -> None:
    """Give up the seat or the place in line; a seat goes to the next. Raises NotEnrolled for none, or one long over."""
    now = clock.now()
    cohort = seats.lock(Cohort.slug == slug)
    enrolment = enrolment_of(person, cohort) if cohort else None
    if cohort is None or enrolment is None or queries.terms_of(cohort).is_over(now):
        raise NotEnrolled
    give_up(enrolment, cohort)


def give_up(enrolment: Enrolment, cohort: Cohort) -> None:
    """End a place by its owner's will; a seat goes to the next. The cohort is locked by the caller."""
    now = clock.now()
    if enrolment.status in {"offered", "confirmed"}:
        seats.give_back(cohort)
    # An offer made to somebody who waited is declined; a seat or a place in line is left.
    declined = enrolment.status == "offered" and enrolment.line is not None
    seats.end(enrolment, "declined" if declined else "left", now)
    seats.settle(cohort, now)


def set_news(person: Person, *, wanted: bool) -> None:
    """Say whether later news is welcome; said twice is kept once."""
    said = select(Consent.given).where(Consent.person_id == person.id, Consent.kind == consents.NEWS.kind)
    if (db.session.scalar(said.order_by(Consent.id.desc()).limit(1)) or False) != wanted:
        agree(person, consents.NEWS, wanted, method=consents.SETTINGS)


def set_roll_over(person: Person, slug: str, *, wanted: bool) -> None:
    """Say whether a place in line goes on to the next cohort; a consent, given or withdrawn.

    Raises NotEnrolled for who never had a place, NotWaiting where it is none in line or nothing comes next.
    """
    cohort = seats.lock(Cohort.slug == slug)
    mine = select(Enrolment).join(Cohort).where(Enrolment.person_id == person.id, Cohort.slug == slug)
    enrolment = db.session.scalar(mine)
    if cohort is None or enrolment is None:
        raise NotEnrolled
    if enrolment.status != "waiting" or cohort.next_id is None:
        raise NotWaiting
    if enrolment.rolls_over != wanted:
        enrolment.rolls_over = wanted
        agree(person, consents.ROLL_OVER, wanted, method=consents.COHORT_PAGE)


def release_expired(now: datetime) -> int:
    """Free every seat that was not taken in time and offer it to the next in line; how many were freed.

    A worker's turn: it commits each cohort by itself, so that no one waits for another's seats.
    """
    released = 0
    for cohort_id in seat_queries.unsettled(now):
        cohort = seats.lock(Cohort.id == cohort_id)
        if cohort is not None:
            released += seats.settle(cohort, now)
        db.session.commit()
    return released
