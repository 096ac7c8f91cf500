"""What a mailed link does: it makes a seat or a place in line somebody's own, or gives it up. Each works once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import null, select, update

from app import clock
from app.access import digest, hash_password
from app.cohorts import actions, consents, letters, seats
from app.db import db
from app.models import Cohort, Consent, Enrolment, Person, Token


class LinkSpent(Exception):
    """The link was used, has run out, or its seat was given back."""


@dataclass(frozen=True)
class Confirmed:
    """What a link led to: a seat or only a place in line, and whether the person chose their first password by it."""

    person: Person
    cohort_name: str
    has_seat: bool
    chose_password: bool


def confirm(token: str, password: str | None = None, *, agreed: bool = False) -> Confirmed:
    """Make the seat or the place in line the person's own; a password is kept where they have none yet.

    `agreed`: whether somebody whom a trainer put down has now said that they may be written to.

    Raises LinkSpent for all but the first of any number of uses, also at the same moment.
    """
    now = clock.now()
    kept = hash_password(password) if password else None
    cohort, link = behind(token)
    answers = answers_with(link)
    if not use(link, now):
        raise LinkSpent
    enrolment, person = place_behind(link)
    if enrolment.status == "offered":
        hold(enrolment, person, cohort)
        seats.post(person, letters.seat_taken(cohort))
    elif enrolment.status != "waiting":
        raise LinkSpent
    person.confirmed_at = person.confirmed_at or now
    if agreed:
        actions.agree(person, consents.PROCESS, True, method=consents.WELCOME)
    actions.say(person, enrolment, answers)
    spend_others(link, now)
    seats.forget_hold(cohort, person.email)
    chose = choose_first_password(person, kept)
    db.session.flush()
    # Somebody in line who has just become known may find a seat free.
    seats.settle(cohort, now)
    return Confirmed(person, cohort.name, has_seat=enrolment.status == "confirmed", chose_password=chose)


def behind(token: str) -> tuple[Cohort, Token]:
    """The cohort that a mailed link is about, locked, and what is kept of the link. Raises LinkSpent."""
    found = select(Token, Enrolment.cohort_id).join(Enrolment, Enrolment.id == Token.enrolment_id)
    row = db.session.execute(found.where(Token.token_hash == digest(token), Token.purpose == "confirm")).first()
    cohort = seats.lock(Cohort.id == row.cohort_id) if row else None
    if row is None or cohort is None:
        raise LinkSpent
    return cohort, row.Token


def answers_with(link: Token) -> dict[str, bool]:
    """What was ticked in the form that this link came of: the owner of the address says it by using the link.

    What they have said of the same since then stands.
    """
    since = select(Consent.kind).where(Consent.person_id == link.person_id, Consent.at > link.created_at)
    later = set(db.session.scalars(since))
    return {words: given for words, given in (link.answers or {}).items() if consents.WORDINGS[words].kind not in later}


def use(token: Token, now: datetime) -> bool:
    """Use the link up; False if it was used or has run out."""
    unused = update(Token).where(Token.id == token.id, Token.used_at.is_(None), Token.expires_at > now)
    return seats.changed(unused.values(used_at=now, answers=null()))


def spend_others(link: Token, now: datetime) -> None:
    """Use the other links to the same place up, with what was ticked with them."""
    others = update(Token).where(Token.enrolment_id == link.enrolment_id, Token.used_at.is_(None))
    db.session.execute(others.values(used_at=now, answers=null()))


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
    """The seat is theirs from now on."""
    enrolment.status, enrolment.confirmed_at, enrolment.offered_until = "confirmed", clock.now(), None
    person.ledger_start = person.ledger_start or cohort.starts_on


def choose_first_password(person: Person, kept: str | None) -> bool:
    """Keep the password where there is none; a link to a seat never replaces one."""
    if kept is None:
        return False
    without = update(Person).where(Person.id == person.id, Person.password_hash.is_(None))
    return seats.changed(without.values(password_hash=kept))


def decline(token: str) -> str:
    """Give up what a mailed link holds, without signing in; the cohort's slug. Raises LinkSpent for nothing held."""
    cohort, found = behind(token)
    if not use(found, clock.now()):
        raise LinkSpent
    enrolment, person = place_behind(found)
    seats.forget_hold(cohort, person.email)
    if enrolment.status not in {"offered", "waiting"}:
        raise LinkSpent
    slug = cohort.slug
    actions.give_up(enrolment, cohort)
    return slug
