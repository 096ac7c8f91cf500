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
from course.signup import PLACE_HELD, invites, state


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

    `is_owner`: they are signed in with that address; what anybody else answers is said by the mailed link. `network`
    is a fingerprint of whence they come.
    """

    name: str
    email: str
    goal: str
    news: bool
    rolls_over: bool = False
    is_owner: bool = False
    network: str = ""

    @property
    def counted_at(self) -> str | None:
        """Where a seat that is held for them counts."""
        return None if self.is_owner else self.network

    def answers(self, cohort: Cohort) -> dict[str, bool]:
        """What they agreed to and what not, by the words."""
        return consents.answers(news=self.news, rolls_over=self.rolls_over and cohort.next_id is not None)


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
    person, answers = person_of(applicant, cohort), applicant.answers(cohort)
    found = db.session.execute(PLACE, {"person": person.id, "cohort": cohort.id}).first()
    place, unanswered = found or (None, False)
    if not person.disabled_at and (place is None or place.status == "withdrawn"):
        # In a draft that is kept, where others are answered after one that is not.
        with db.session.begin_nested():
            place = enrol(person, cohort, applicant, place=place, invite=invite)
        letter = letter_to(person, place, cohort, answers=None if applicant.is_owner else answers)
    else:
        stands = place is not None and place.status == "waiting" and person.confirmed_at and not unanswered
        letter = letter_to(person, place, cohort, answers=None if stands else answers)
        rehearse(person, cohort, applicant, place=place, letter=letter, invite=invite)
    seats.post(person, letter)


def rehearse(
    person: Person, cohort: Cohort, applicant: Applicant, *, place: Enrolment | None, letter: Letter, invite: int | None
) -> None:
    """Do what a new place takes, and keep nothing of it: whoever has the address, the answer takes the same work."""
    with db.session.begin_nested() as draft:
        if invite is not None:
            use_invite(invite)
        drafted = Enrolment(id=place.id if place else None, person_id=person.id, cohort_id=cohort.id)
        seats.assign_new(drafted, cohort, email=applicant.email, network=applicant.counted_at)
        facts = {"person": person.id, "cohort": cohort.id, "stands": drafted.status, "after": drafted.line}
        db.session.execute(REWRITE, facts)
        if letter.kind != "confirm":
            seats.link(drafted, clock.now())
        if drafted.status == "waiting" and (place is None or place.status != "waiting"):
            seats.line_of(drafted)
        draft.rollback()


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
THEIRS = (Enrolment.person_id == bindparam("person"), Enrolment.cohort_id == bindparam("cohort"))
PLACE = select(Enrolment, seats.UNANSWERED.exists()).where(*THEIRS)
ENROLMENTS: Any = Enrolment.__table__
REWRITE = update(ENROLMENTS).where(*THEIRS).values(status=bindparam("stands"), line=bindparam("after"))
CONSENTS: Any = Consent.__table__
SAID = insert(CONSENTS)


def person_of(applicant: Applicant, cohort: Cohort) -> Person:
    """Whoever has the address; a new person, unconfirmed, if nobody has. Nothing that is kept is changed.

    Both statements run for everybody: how long it takes tells nobody whether the address was known.
    """
    known = {"email": applicant.email}
    person = db.session.scalar(KNOWN, known)
    facts = {**known, "name": applicant.name, "time_zone": cohort.time_zone, "currency": cohort.currency}
    made = db.session.scalars(NEW_PERSON[db.engine.dialect.name], [facts]).first()
    # None of either where somebody made it at the same moment, for another cohort.
    return person or made or db.session.scalars(KNOWN, known).one()


def enrolment_of(person: Person, cohort: Cohort) -> Enrolment | None:
    """The person's place in the cohort; None if they have none or gave it up."""
    place = place_of(person, cohort)
    return None if place is None or place.status == "withdrawn" else place


def place_of(person: Person, cohort: Cohort) -> Enrolment | None:
    """The person's place in the cohort, also one they gave up."""
    place: Enrolment | None = db.session.scalar(PLACE, {"person": person.id, "cohort": cohort.id})
    return place


def enrol(
    person: Person, cohort: Cohort, applicant: Applicant, *, place: Enrolment | None, invite: int | None
) -> Enrolment:
    """A seat or a place in line for somebody who has neither. Who left comes back as new, by the `place` they had.

    Raises SignupClosed where the invitation has no place left.
    """
    if invite is not None and not use_invite(invite):
        raise SignupClosed
    enrolment = place or Enrolment(person_id=person.id, cohort_id=cohort.id)
    # Written as one, also over the place that somebody left.
    with db.session.no_autoflush:
        seats.assign_new(enrolment, cohort, email=applicant.email, network=applicant.counted_at)
    enrolment.goal, enrolment.rolls_over = applicant.goal, False
    db.session.add(enrolment)
    db.session.flush()
    if applicant.is_owner:
        say(person, enrolment, applicant.answers(cohort))
    if invite is not None:
        db.session.add(Change(enrolment_id=enrolment.id, what="invited"))
    return enrolment


def say(person: Person, enrolment: Enrolment, answers: dict[str, bool]) -> None:
    """Note what the owner of the address answered in the form; whether the place goes on counts from now on."""
    for text_hash, given in answers.items():
        wording = consents.WORDINGS[text_hash]
        agree(person, wording, given)
        if wording.kind == consents.ROLL_OVER.kind:
            enrolment.rolls_over = given


def agree(person: Person, wording: Wording, given: bool, *, method: str = consents.SIGNUP) -> None:
    """Note what was asked and what was answered, and where. Rows are only ever added: a withdrawal is one, too."""
    asked = {"kind": wording.kind, "version": wording.version, "text_hash": wording.text_hash, "method": method}
    db.session.execute(SAID, {"person_id": person.id, "given": given, **asked})


def letter_to(
    person: Person, enrolment: Enrolment | None, cohort: Cohort, *, answers: dict[str, bool] | None
) -> Letter:
    """How things stand, for the owner of the address. By its link they say what was ticked with it, if anything."""
    if person.disabled_at or enrolment is None:
        return letters.switched_off(cohort)
    if enrolment.status == "offered" and enrolment.offered_until:
        until = enrolment.offered_until
        return letters.seat_held(cohort, seats.link(enrolment, until, answers), until)
    if enrolment.status != "waiting":
        return letters.already_in(cohort)
    line = seats.line_of(enrolment)
    if person.confirmed_at and answers is None:
        return letters.place_in_line(cohort, line)
    token = seats.link(enrolment, clock.now() + PLACE_HELD, answers)
    if person.confirmed_at or cohort.taken < cohort.capacity:
        return letters.asked_for(cohort, token, line)
    return letters.place_to_confirm(cohort, token, line)


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
