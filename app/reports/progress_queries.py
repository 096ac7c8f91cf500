"""What stands beside the grid of a trainer's cohort: the trend of a rate, recall, the self-assessments. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Subquery, and_, bindparam, func, orm, select, true

from app.db import db
from app.models import Assessment, Enrolment, Entry, Person
from app.reports.cohort_queries import CONNECTING, RATED, OwnCohort
from app.reports.learner_queries import AMONG, STUDY
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


@dataclass(frozen=True)
class Whole:
    """What the page says of everybody, whomever it lists: names by the enrolment's id, latest entries, the rate."""

    names: Mapping[int, str]
    last_entries: Sequence[date | None]
    connecting: Share


def whole_of(cohort: OwnCohort) -> Whole:
    """Everybody who studies in the cohort, by name, in one query."""
    rows = db.session.execute(EVERYBODY, {"cohorts": [cohort.id]})
    people = sorted(rows, key=lambda row: (row.name.casefold(), row.id))
    rate = Share(people[0].connecting, people[0].rated) if people else Share(0, 0)
    return Whole({row.id: row.name for row in people}, [row.last_entry for row in people], rate)


def beside_of(cohort: OwnCohort, today: date, only: Sequence[int] | None = None) -> dict[int, Beside]:
    """The figures of everybody who studies in the cohort, or of those asked for, by their enrolment's id; one query."""
    asked = {"cohorts": [cohort.id], "since": today - 2 * SPAN, "lately": today - SPAN, "today": today}
    if only is None:
        rows = db.session.execute(FIGURES, asked)
    else:
        rows = db.session.execute(FIGURES_OF_SOME, {**asked, "only": list(only)})
    return {row.id: _beside(row) for row in rows}


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


def _figures(study: Any) -> Any:
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


# Built once: putting a statement together takes longer than running it.
FIGURES, FIGURES_OF_SOME = _figures(STUDY), _figures(AMONG)

# The latest day with an entry is at the end of the index, whatever the number of entries.
LATEST = (
    select(Entry.day)
    .where(Entry.person_id == Enrolment.person_id, *standing())
    .order_by(Entry.day.desc())
    .limit(1)
    .scalar_subquery()
)
TOTAL = (
    select(func.count().filter(RATED).label("rated"), func.count().filter(CONNECTING).label("connecting"))
    .where(Entry.person_id.in_(select(Enrolment.person_id).where(STUDY)), *standing())
    .subquery()
)
# The rate of all, which is one line, stands beside each name.
EVERYBODY = (
    select(Enrolment.id, Person.name, LATEST.label("last_entry"), TOTAL.c.rated, TOTAL.c.connecting)
    .join(Person, Person.id == Enrolment.person_id)
    .join(TOTAL, true())
    .where(STUDY)
)
