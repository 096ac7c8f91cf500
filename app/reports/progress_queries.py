"""What stands beside the grid of a trainer's cohort: the trend of a rate, recall, the self-assessments. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Subquery, and_, bindparam, func, orm, select

from app.db import db
from app.models import Assessment, Enrolment, Entry
from app.reports.cohort_queries import CONNECTING, IN_COHORTS, RATED, STUDYING, OwnCohort
from app.reports.recall_queries import recall_of
from app.study.queries import standing
from course.assessment import Moment
from course.share import Share
from course.trainer_figures import SPAN, Answers, Trend

COMPARED = (Moment.BEFORE, Moment.AFTER, Moment.LATER)


@dataclass(frozen=True)
class Beside:
    """One learner's figures beside the grid; `taken` holds the self-assessments there are."""

    trend: Trend
    recall: Share
    taken: Mapping[Moment, Answers]


NOTHING = Beside(Trend(Share(0, 0), Share(0, 0)), Share(0, 0), {})


def beside_of(cohort: OwnCohort, today: date) -> dict[int, Beside]:
    """The figures of everybody who studies in the cohort, by their enrolment's id, in one query."""
    asked = {"cohorts": [cohort.id], "since": today - 2 * SPAN, "lately": today - SPAN, "today": today}
    return {row.id: _beside(row) for row in db.session.execute(FIGURES, asked)}


def _beside(row: Any) -> Beside:
    taken = {moment: answers for moment, answers in zip(COMPARED, row[-3:], strict=True) if answers is not None}
    trend = Trend(Share(row.connecting_before or 0, row.rated_before or 0), Share(row.connecting or 0, row.rated or 0))
    return Beside(trend, Share(row.right or 0, row.graded or 0), taken)


def _spans(people: Any) -> Subquery:
    """For each of these persons: entries rated and connecting after `lately` up to `today`, and in as long before."""
    lately = Entry.day > bindparam("lately", type_=Date)
    return (
        select(
            Entry.person_id,
            func.count().filter(lately, RATED).label("rated"),
            func.count().filter(lately, CONNECTING).label("connecting"),
            func.count().filter(~lately, RATED).label("rated_before"),
            func.count().filter(~lately, CONNECTING).label("connecting_before"),
        )
        .where(
            *(Entry.person_id.in_(people), *standing()),
            *(Entry.day > bindparam("since", type_=Date), Entry.day <= bindparam("today", type_=Date)),
        )
        .group_by(Entry.person_id)
        .subquery()
    )


def _figures() -> Any:
    study = and_(IN_COHORTS, Enrolment.status.in_(STUDYING))
    spans, recall = _spans(select(Enrolment.person_id).where(study)), recall_of(study)
    moments = {moment: orm.aliased(Assessment) for moment in COMPARED}
    found = (
        select(
            *(Enrolment.id, spans.c.rated, spans.c.connecting, spans.c.rated_before, spans.c.connecting_before),
            *(recall.c.right, recall.c.graded, *(moments[moment].answers for moment in COMPARED)),
        )
        .outerjoin(spans, spans.c.person_id == Enrolment.person_id)
        .outerjoin(recall, recall.c.enrolment_id == Enrolment.id)
        .where(study)
    )
    for moment, table in moments.items():
        found = found.outerjoin(table, and_(table.enrolment_id == Enrolment.id, table.moment == moment.value))
    return found


# Built once: putting it together takes longer than running it.
FIGURES = _figures()
