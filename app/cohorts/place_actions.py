"""What a trainer does about one learner's place: end it, give it back, move it, and give it days of its own."""

from datetime import date, timedelta

from sqlalchemy import delete, select

from app import audit, clock
from app.cohorts import letters, queries, seats
from app.db import db
from app.models import Change, Cohort, CohortTrainer, Enrolment, PaceException, Person

HELD = {"offered", "confirmed"}


class NoSuchPlace(Exception):
    """There is no such place in this cohort, or it is not of a kind for which this can be done."""


class CohortFull(Exception):
    """No seat is free."""


class AlreadyThere(Exception):
    """The person has or had a place in that cohort."""


def place_in(cohort_id: int, enrolment_id: int) -> tuple[Cohort, Enrolment, Person]:
    """The place with its cohort locked. Raises NoSuchPlace."""
    cohort = seats.lock(Cohort.id == cohort_id)
    row = db.session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.id == enrolment_id, Enrolment.cohort_id == cohort_id),
        execution_options={"populate_existing": True},
    ).first()
    if cohort is None or row is None:
        raise NoSuchPlace
    return cohort, row[0], row[1]


def note(enrolment: Enrolment, what: str, *, author: Person, why: str) -> None:
    """Add to the history of the place."""
    db.session.add(Change(enrolment_id=enrolment.id, author_id=author.id, what=what, why=why))
    db.session.flush()


def withdraw(cohort_id: int, enrolment_id: int, *, author: Person, why: str) -> None:
    """End a place; a seat goes to the next in line. What the learner wrote stays theirs. Raises NoSuchPlace."""
    cohort, enrolment, person = place_in(cohort_id, enrolment_id)
    if enrolment.status not in HELD | {"waiting"}:
        raise NoSuchPlace
    note(enrolment, "withdrawn", author=author, why=why)
    if enrolment.status in HELD:
        seats.give_back(cohort)
    if person.confirmed_at:
        seats.post(person, letters.withdrawn(cohort))
    seats.end(enrolment, "withdrawn", clock.now())
    seats.settle(cohort, clock.now())


def restore(cohort_id: int, enrolment_id: int, *, author: Person, why: str) -> None:
    """Give a place that ended its seat back, if one is free. Raises NoSuchPlace or CohortFull."""
    cohort, enrolment, person = place_in(cohort_id, enrolment_id)
    terms = queries.terms_of(cohort)
    if enrolment.status != "withdrawn" or terms.is_over(clock.now()) or terms.called_off:
        raise NoSuchPlace
    if not seats.take(cohort):
        raise CohortFull
    enrolment.ended_at, enrolment.ending, enrolment.line = None, None, None
    note(enrolment, "restored", author=author, why=why)
    if enrolment.confirmed_at:
        enrolment.status = "confirmed"
        seats.post(person, letters.restored(cohort))
        return
    until = clock.now() + timedelta(hours=cohort.offer_hours)
    enrolment.status, enrolment.offered_until = "offered", until
    seats.post(person, letters.seat_held(cohort, seats.link(enrolment, until), until))


def move(cohort_id: int, enrolment_id: int, to_id: int, *, author: Person, why: str) -> None:
    """Move a place to another cohort of the same trainer, with everything studied in it.

    A seat needs a free one there; a place in line goes to the end of that line. Raises NoSuchPlace, CohortFull or
    AlreadyThere.
    """
    # In the order of their ids: two moves the other way round don't wait for each other.
    locked = {id: seats.lock(Cohort.id == id) for id in sorted({cohort_id, to_id})}
    target = locked[to_id]
    cohort, enrolment, person = place_in(cohort_id, enrolment_id)
    if (
        target is None
        or target.id == cohort.id
        or not runs(author, to_id)
        or enrolment.status not in HELD | {"waiting"}
    ):
        raise NoSuchPlace
    there = select(Enrolment.id).where(Enrolment.cohort_id == to_id, Enrolment.person_id == person.id)
    if db.session.scalar(there) is not None:
        raise AlreadyThere
    has_seat = enrolment.status in HELD
    if has_seat and not seats.take(target):
        raise CohortFull
    if has_seat:
        seats.give_back(cohort)
    enrolment.line = None if has_seat else seats.last_line(target) + 1
    enrolment.cohort_id, enrolment.rolls_over = to_id, False
    note(enrolment, "moved", author=author, why=f"From {cohort.name} to {target.name}. {why}"[:280])
    audit.note("moved to a cohort", by=author.id, whom=person.id, about=target.slug)
    seats.post(person, letters.moved(target, has_seat=has_seat))
    seats.settle(cohort, clock.now())


def runs(trainer: Person, cohort_id: int) -> bool:
    return db.session.get(CohortTrainer, (cohort_id, trainer.id)) is not None


def exempt(cohort_id: int, enrolment_id: int, what: str, *, opens_on: date, reason: str, author: Person) -> None:
    """Give a learner a day of their own for a module, a lesson or all; a later word replaces an earlier one."""
    _, enrolment, _ = place_in(cohort_id, enrolment_id)
    mine = (PaceException.enrolment_id == enrolment.id, PaceException.what == what)
    db.session.execute(delete(PaceException).where(*mine))
    db.session.add(
        PaceException(enrolment_id=enrolment.id, what=what, opens_on=opens_on, reason=reason, author_id=author.id)
    )
    db.session.flush()


def end_exemption(cohort_id: int, enrolment_id: int, exception_id: int) -> None:
    """Let the learner go by the cohort's days again. Raises NoSuchPlace where there is no such exception of theirs."""
    _, enrolment, _ = place_in(cohort_id, enrolment_id)
    mine = (PaceException.id == exception_id, PaceException.enrolment_id == enrolment.id)
    found = db.session.scalar(select(PaceException).where(*mine))
    if found is None:
        raise NoSuchPlace
    db.session.delete(found)
    db.session.flush()
