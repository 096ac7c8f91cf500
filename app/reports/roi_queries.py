"""What a cohort's return is reckoned from: everybody enrolled, with their ledgers and what their practice counts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Date,
    Integer,
    String,
    Subquery,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    orm,
    select,
    union_all,
)

from app.db import Money, ShareOfOne, UTCDateTime, db
from app.models import Enrolment, Opportunity, Person, Promise, Reaction, Receipt
from app.practice.ledger_queries import (
    CAME_BACK,
    LOGGED_BY_MONTH,
    NOTED,
    PUT_IN_BESIDE_THE_LOG,
    Minutes,
    Rows,
    gathered,
)
from app.practice.queries import stands
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
    ledgers = _ledgers([row.Person for row in rows], now, minutes)
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


def _ledgers(people: Sequence[Person], now: datetime, minutes: Minutes) -> Mapping[int, Ledger]:
    """The ledger of each person who has begun one, by their id, on their own day; one query."""
    begun = {person.id: person for person in people if person.ledger_start}
    rows: dict[int, Rows] = defaultdict(Rows)
    # Somebody's own day is the day here, the one before or the one after.
    asked = {"people": list(begun), "edge": now.date() - timedelta(days=2)}
    for row in db.session.execute(LEDGERS, asked) if begun else ():
        theirs = rows[row.person_id]
        if row.origin == "margin":
            theirs.margins[row.day] = row.amount
        elif row.origin == "receipt":
            theirs.came_back.append(row)
        else:
            theirs.put_in.append(row)
    return {
        id: gathered(person, now.astimezone(ZoneInfo(person.time_zone)).date(), rows=rows[id], minutes=minutes).ledger
        for id, person in begun.items()
    }


def _ledger_rows() -> Any:
    """What was put in, the receipts and the monthly margins under one another, read as the ledger's own queries do.

    Of the log a cohort wants sums: a thousand learners have a hundred thousand lines.
    """
    put_in, logged = PUT_IN_BESIDE_THE_LOG.subquery(), LOGGED_BY_MONTH.subquery()
    paid, noted = CAME_BACK.subquery(), NOTED.subquery()
    no_day, no_text, no_number = cast(null(), UTCDateTime), cast(null(), String), cast(null(), Integer)
    no_share, no_amount = cast(null(), ShareOfOne), cast(null(), Money)
    shares, counts = (no_share, no_share, no_share), (no_number, no_number)
    return union_all(
        select(
            *(put_in.c.origin, put_in.c.person_id, put_in.c.id, put_in.c.day, put_in.c.at, put_in.c.kind),
            *(put_in.c.what, put_in.c.amount, put_in.c.minutes, put_in.c.about, no_text.label("alias")),
            *(no_share.label(name) for name in ("margin", "attribution", "confidence")),
            *(no_number.label(name) for name in ("ones", "twos")),
        ),
        select(
            *(literal("months"), logged.c.person_id, no_number, logged.c.day, no_day, literal("time"), no_text),
            *(no_amount, logged.c.minutes, no_text, no_text, *shares, logged.c.ones, logged.c.twos),
        ),
        select(
            *(literal("receipt"), paid.c.person_id, paid.c.id, paid.c.day, no_day, no_text, paid.c.what),
            *(paid.c.amount, no_number, no_text, paid.c.alias),
            *(paid.c.margin, paid.c.attribution, paid.c.confidence, *counts),
        ),
        select(
            *(literal("margin"), noted.c.person_id, no_number, noted.c.month, no_day, no_text, no_text),
            *(cast(noted.c.amount, Money), no_number, no_text, no_text, *shares, *counts),
        ),
    )


# Built once: putting them together takes longer than running them.
PEOPLE, LEDGERS = _people(), _ledger_rows()
