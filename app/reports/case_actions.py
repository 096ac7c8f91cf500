"""Ask those whom the rule chooses for their cases: once a cohort, so that the choice can't follow the answers."""

from collections.abc import Sequence

from sqlalchemy import select

from app.db import db
from app.models import AskedCase, Enrolment
from app.reports.cohort_queries import OwnCohort
from app.reports.sponsor_actions import lock
from course.cases import Chosen


class AlreadyAsked(Exception):
    """The cohort's cases were asked for before; that choice stands."""


def ask_for_cases(cohort: OwnCohort, chosen: Sequence[Chosen]) -> None:
    """Ask each of them; they find it on their page of today. Raises AlreadyAsked."""
    lock(cohort)
    here = select(AskedCase.id).join(Enrolment).where(Enrolment.cohort_id == cohort.id)
    if db.session.scalar(here.limit(1)) is not None:
        raise AlreadyAsked
    db.session.add_all(AskedCase(enrolment_id=each.id, side=each.side) for each in chosen)
    db.session.flush()
