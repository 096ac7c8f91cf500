"""Putting a roster's people down for seats: all of them or nobody, each with the mail that everybody gets."""

from collections.abc import Sequence

from sqlalchemy import select

from app import clock
from app.cohorts import actions, letters, queries, seats
from app.cohorts.actions import Applicant, SignupClosed
from app.db import db
from app.models import Change, Cohort, Enrolment, Person
from course.roster_file import Entrant
from course.signup import BROUGHT_HELD, PLACE_HELD, offers_seats


def put_down(cohort_id: int, entrants: Sequence[Entrant], author: Person) -> int:
    """A seat, else a place in line, for each who has neither, in the file's order; how many. Raises SignupClosed.

    Nobody is confirmed by it: whoever has the address takes the seat by the mailed link, and agrees or doesn't.
    """
    now = clock.now()
    cohort = seats.lock(Cohort.id == cohort_id)
    if cohort is None or not offers_seats(queries.terms_of(cohort), now):
        raise SignupClosed
    seats.settle(cohort, now)
    return sum(put_down_one(cohort, entrant, author) for entrant in entrants)


def put_down_one(cohort: Cohort, entrant: Entrant, author: Person) -> bool:
    """A place for one of them; False for who has one, or whose account is switched off."""
    person = actions.person_of(Applicant(entrant.name, entrant.email, entrant.goal, news=False), cohort)
    if person.disabled_at or actions.enrolment_of(person, cohort):
        return False
    left = select(Enrolment).where(Enrolment.person_id == person.id, Enrolment.cohort_id == cohort.id)
    enrolment = db.session.scalar(left) or Enrolment(person_id=person.id, cohort_id=cohort.id)
    enrolment.goal = entrant.goal
    until = clock.now() + BROUGHT_HELD
    seats.assign(enrolment, cohort, until)
    db.session.add(enrolment)
    db.session.flush()
    db.session.add(Change(enrolment_id=enrolment.id, author_id=author.id, what="imported"))
    if enrolment.status == "offered":
        seats.post(person, letters.put_down(cohort, seats.link(enrolment, until), until))
    else:
        last = clock.now() + PLACE_HELD
        seats.post(person, letters.place_to_confirm(cohort, seats.link(enrolment, last), seats.line_of(enrolment)))
    return True
