"""Who holds a seat and who is next. Whatever touches a cohort's seats does it under the lock of that cohort's row, so
that the count, the line and the offers agree on both engines, whoever comes at the same time.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Update, delete, exists, func, select, update

from app import mail
from app.access import digest, new_token
from app.cohorts import letters
from app.cohorts.letters import Letter
from app.cohorts.queries import is_forsaken, terms_of
from app.db import db
from app.models import Cohort, Enrolment, Person, Token
from course.signup import OFFER_HELD, SEAT_HELD, offers_seats


def lock(which: ColumnElement[bool]) -> Cohort | None:
    """The cohort as it is now; it stays so for everybody else until this transaction ends."""
    return db.session.scalar(select(Cohort).where(which).with_for_update().execution_options(populate_existing=True))


def take(cohort: Cohort) -> bool:
    """Take a free seat; False if there is none."""
    free_seat = update(Cohort).where(Cohort.id == cohort.id, Cohort.taken < Cohort.capacity)
    return changed(free_seat.values(taken=Cohort.taken + 1))


def give_back(cohort: Cohort) -> bool:
    """Give back a seat that was held; False if none was."""
    held_seat = update(Cohort).where(Cohort.id == cohort.id, Cohort.taken > 0)
    return changed(held_seat.values(taken=Cohort.taken - 1))


def changed(statement: Update) -> bool:
    """Run an update of at most one row; whether there was one."""
    result: Any = db.session.execute(statement)
    return bool(result.rowcount)


def assign(enrolment: Enrolment, cohort: Cohort, now: datetime) -> None:
    """Give a new enrolment a seat, held until the address is confirmed, or the last place in line."""
    if take(cohort):
        enrolment.status, enrolment.line, enrolment.offered_until = "offered", None, now + SEAT_HELD
    else:
        last = select(func.max(Enrolment.line)).where(Enrolment.cohort_id == cohort.id)
        enrolment.status, enrolment.line = "waiting", (db.session.scalar(last) or 0) + 1
        enrolment.offered_until = None
    enrolment.ended_at = None


def line_of(enrolment: Enrolment) -> int:
    """The place in line among those who wait now, from 1."""
    ahead = select(func.count()).where(
        Enrolment.cohort_id == enrolment.cohort_id, Enrolment.status == "waiting", Enrolment.line <= enrolment.line
    )
    return db.session.scalar(ahead) or 0


def link(enrolment: Enrolment, until: datetime) -> str:
    """A new secret that confirms the enrolment, once, before `until`. Only its hash is kept."""
    token = new_token()
    db.session.add(
        Token(
            purpose="confirm",
            person_id=enrolment.person_id,
            enrolment_id=enrolment.id,
            token_hash=digest(token),
            expires_at=until,
        )
    )
    return token


def post(person: Person, letter: Letter) -> None:
    """Put one mail into the outbox. Every call is a mail of its own: a repeated form never comes here."""
    mail.enqueue(key=f"cohorts {new_token()}", to=person.email, subject=letter.subject, body=letter.body)


def settle(cohort: Cohort, now: datetime) -> int:
    """Free the seats that were not taken in time, and offer what is free to the next in line; how many were freed.

    The cohort is locked by the caller. Doing it twice at one instant does nothing the second time.
    """
    here = select(Enrolment).join(Person, Person.id == Enrolment.person_id).where(Enrolment.cohort_id == cohort.id)
    # In one order everywhere: two cohorts that let go of the same people don't wait for each other.
    here = here.order_by(Enrolment.person_id)
    lapsed = db.session.scalars(here.where(Enrolment.status == "offered", Enrolment.offered_until <= now)).all()
    for enrolment in lapsed:
        give_back(cohort)
        end(enrolment, now)
    for enrolment in db.session.scalars(here.where(is_forsaken(now))).all():
        end(enrolment, now)
    if offers_seats(terms_of(cohort), now):
        while offer_next(cohort, now):
            pass
    return len(lapsed)


def end(enrolment: Enrolment, now: datetime) -> None:
    """Withdraw an enrolment. An address that was never confirmed and has nothing else here is forgotten altogether."""
    enrolment.status, enrolment.ended_at, enrolment.offered_until = "withdrawn", now, None
    db.session.flush()
    # A place that the person gets in another cohort at this moment is waited for, and then seen.
    db.session.execute(select(Person.id).where(Person.id == enrolment.person_id).with_for_update())
    other = exists().where(Enrolment.person_id == Person.id, Enrolment.id != enrolment.id)
    gone = delete(Person).where(
        Person.id == enrolment.person_id,
        Person.confirmed_at.is_(None),
        Person.password_hash.is_(None),
        Person.is_trainer.is_(False),
        Person.is_operator.is_(False),
        ~other,
    )
    # The rows that hang on the person go with it in the database; the session must not look for them again.
    db.session.expunge(enrolment)
    db.session.execute(gone.execution_options(synchronize_session=False))


def offer_next(cohort: Cohort, now: datetime) -> bool:
    """Offer a free seat to the first in line who has confirmed the address; False if there is no seat or nobody."""
    row = db.session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Enrolment.cohort_id == cohort.id,
            Enrolment.status == "waiting",
            Person.confirmed_at.is_not(None),
            Person.disabled_at.is_(None),
        )
        .order_by(Enrolment.line)
        .limit(1)
    ).first()
    if row is None or not take(cohort):
        return False
    enrolment, person = row
    until = now + OFFER_HELD
    enrolment.status, enrolment.offered_until = "offered", until
    post(person, letters.seat_offered(cohort, link(enrolment, until), until))
    return True
