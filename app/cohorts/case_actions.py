"""What somebody answers who is asked for their case. Each answer is a line of consent; the words go when it is no."""

from sqlalchemy import select, update

from app import clock
from app.cohorts import consents
from app.cohorts.actions import agree
from app.cohorts.case_queries import OwnCase
from app.cohorts.case_words import wording_for
from app.db import db
from app.models import AskedCase, Enrolment, Person


def answer_case(person: Person, case: OwnCase, *, agreed: bool, words: str = "") -> None:
    """Keep the answer; said twice with the same words it is kept once."""
    mine = select(Enrolment.id).where(Enrolment.person_id == person.id)
    kept = words if agreed else ""
    if (case.agreed, case.words) == (agreed, kept):
        return
    db.session.execute(
        update(AskedCase)
        .where(AskedCase.id == case.id, AskedCase.enrolment_id.in_(mine))
        .values(agreed=agreed, words=kept, answered_at=clock.now())
    )
    if case.agreed != agreed:
        agree(person, wording_for(case.cohort), agreed, method=consents.CASE_PAGE)
