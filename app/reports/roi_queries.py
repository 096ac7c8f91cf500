"""What a cohort's return is reckoned from: everybody enrolled, with their ledgers and what their practice counts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Date,
    Subquery,
    and_,
    bindparam,
    func,
    or_,
    orm,
    select,
)

from app.db import db
from app.models import Enrolment, Opportunity, Person, Promise, Reaction, Receipt
from app.practice.ledger_queries import Minutes
from app.practice.queries import stands
from app.practice.summed_queries import summed_ledgers_of
from app.reports.cohort_queries import STUDYING, OwnCohort, day_in, log_of
from app.reports.recall_queries import recall_of
from app.study.queries import REACTION, reaction_in
from course import reaction as reactions
from course.ledger import Ledger
from course.share import Share

IN_COHORT = Enrolment.cohort_id == bindparam("cohort")
LEFT = and_(Enrolment.status == "withdrawn", Enrolment.confirmed_at.is_not(None))
HAD_A_SEAT = or_(Enrolment.status.in_(STUDYING), LEFT)


@dataclass(frozen=True)
class Enrolled:
    """One person who had a seat when the course ran. `ledger` is None where nobody has said when it begins.

    priced: whether they have put a value on an hour; without one their time counts 0.
    recall: right of the graded answers that were given a day or more after the first one to the same question.
    chances: opportunities that are open or signed. introduced, returned: receipts from whom somebody brought, and from
    who came back, each of those that say where they came from. reaction: what they say of the course, if they do.
    """

    person_id: int
    enrolment_id: int
    left: bool
    ledger: Ledger | None
    priced: bool
    connecting: Share
    promises: Share
    recall: Share
    chances: int
    introduced: Share
    returned: Share
    reaction: reactions.Reaction | None = None


def enrolled_in(cohort: OwnCohort, now: datetime, minutes: Minutes) -> tuple[Enrolled, ...]:
    """All who study in the cohort or left it after it began, in two queries. Who left earlier never put anything in.

    minutes: the stated minutes of every lesson by its id, former ones too.
    """
    asked = {"cohort": cohort.id, "today": cohort.today(now)}
    rows = [row for row in db.session.execute(PEOPLE, asked) if _began(row, cohort)]
    ledgers = summed_ledgers_of([row.Person for row in rows], now, minutes)
    return tuple(
        Enrolled(
            person_id=row.Person.id,
            enrolment_id=row.enrolment_id,
            left=row.status == "withdrawn",
            ledger=ledgers.get(row.Person.id),
            priced=row.Person.hourly_value is not None,
            connecting=Share(row.connecting or 0, row.rated or 0),
            promises=Share(row.kept or 0, row.decided or 0),
            recall=Share(row.right or 0, row.graded or 0),
            chances=row.chances or 0,
            introduced=Share(row.introduced or 0, row.told or 0),
            returned=Share(row.returned or 0, row.told or 0),
            reaction=reaction_in(row) if row.relevance else None,
        )
        for row in rows
    )


def _people() -> Any:
    """Who may count, each with the counts of their log, their promises and their recall."""
    theirs = select(Enrolment.person_id).where(IN_COHORT)
    logs, promises, recall = log_of(theirs), _promises(theirs), recall_of(IN_COHORT)
    chances, origins = _chances(theirs), _origins(theirs)
    terms = (Person.currency, Person.hourly_value, Person.sales_cycle_months, Person.discount_rate)
    facts = (Person.ledger_start, Person.time_zone, *terms)
    return (
        select(
            *(
                Person,
                Enrolment.id.label("enrolment_id"),
                Enrolment.status,
                Enrolment.ended_at,
                logs.c.connecting,
                logs.c.rated,
            ),
            *(promises.c.kept, promises.c.decided, recall.c.right, recall.c.graded),
            *(chances.c.chances, origins.c.told, origins.c.introduced, origins.c.returned, *REACTION),
        )
        .select_from(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(logs, logs.c.person_id == Enrolment.person_id)
        .outerjoin(promises, promises.c.person_id == Enrolment.person_id)
        .outerjoin(recall, recall.c.enrolment_id == Enrolment.id)
        .outerjoin(Reaction, Reaction.enrolment_id == Enrolment.id)
        .outerjoin(chances, chances.c.person_id == Enrolment.person_id)
        .outerjoin(origins, origins.c.person_id == Enrolment.person_id)
        .where(IN_COHORT, HAD_A_SEAT)
        .options(orm.load_only(*facts, raiseload=True))
    )


def _began(row: Any, cohort: OwnCohort) -> bool:
    """Whether the person was there when the course began, or came later."""
    if row.status != "withdrawn" or row.ended_at is None:
        return True
    return day_in(cohort, row.ended_at) >= cohort.page.terms.starts_on


def _promises(people: Any) -> Subquery:
    """For each of these persons: promises decided, and kept in time. The rule is `course.practice.kept_share`."""
    decided = or_(
        Promise.dropped_on > Promise.due_on,
        and_(
            Promise.dropped_on.is_(None),
            or_(Promise.kept_on.is_not(None), Promise.due_on < bindparam("today", type_=Date)),
        ),
    )
    return (
        select(
            Promise.person_id,
            func.count().filter(decided).label("decided"),
            func.count().filter(and_(decided, Promise.kept_on <= Promise.due_on)).label("kept"),
        )
        .where(Promise.person_id.in_(people), stands())
        .group_by(Promise.person_id)
        .subquery()
    )


def _chances(people: Any) -> Subquery:
    """For each of these persons: opportunities, as they stand now, that are open or signed."""
    later = orm.aliased(Opportunity)
    replaced = select(later.id).where(later.replaces_id == Opportunity.id).exists()
    return (
        select(Opportunity.person_id, func.count().label("chances"))
        .where(Opportunity.person_id.in_(people), Opportunity.removed_at.is_(None), ~replaced)
        .where(Opportunity.state.in_(("open", "signed")))
        .group_by(Opportunity.person_id)
        .subquery()
    )


def _origins(people: Any) -> Subquery:
    """For each of these persons: receipts that say where the client came from, by introduction, and come back."""
    return (
        select(
            Receipt.person_id,
            func.count().label("told"),
            func.count().filter(Receipt.origin == "introduced").label("introduced"),
            func.count().filter(Receipt.origin == "returned").label("returned"),
        )
        .where(Receipt.person_id.in_(people), Receipt.removed_at.is_(None), Receipt.origin.is_not(None))
        .group_by(Receipt.person_id)
        .subquery()
    )


# Built once: putting it together takes longer than running it.
PEOPLE = _people()
