"""Everybody a learner tends, for pages that hold all of them: summed up in the database, since a log may be long.

What the sums mean is said in `course.cadence` and `course.relationship`; tests hold the two together on random logs.
Reads only; each takes its owner.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    select,
    union_all,
)

from app import models
from app.db import ShareOfOne, db
from app.models import Person
from app.practice.book import People, Tended
from app.practice.queries import (
    ENTRY,
    KNOWN,
    LINE,
    ONE,
    OWNER,
    PROMISE,
    PROMISES,
    RECEIPT,
    TENDED,
    WORDS,
    entry,
    people_from,
    stands,
    stands_for,
)
from course.cadence import Tie
from course.practice import Entry, Promise
from course.reminder import LAST_BEGUN, LAST_TOTALS

CHANCE = models.Opportunity.__table__.c
TODAY = bindparam("today", type_=Date)
LATER = models.Entry.__table__.alias()
STANDS = (~exists().where(LATER.c.replaces_id == ENTRY.id), ENTRY.void.is_(False))
WHO = stands_for(ENTRY.relationship_id)
TOUCHES = (
    select(
        WHO.label("who"),
        *(ENTRY.day, ENTRY.two_way, ENTRY.began),
        (ENTRY.personal + ENTRY.two_way + ENTRY.about_them + ENTRY.value + ENTRY.next_step).label("total"),
        func.row_number().over(partition_by=WHO, order_by=(ENTRY.day.desc(), ENTRY.id.desc())).label("place"),
    )
    .outerjoin_from(models.Entry.__table__, ONE, ONE.c.id == ENTRY.relationship_id)
    .where(ENTRY.person_id == OWNER, ENTRY.relationship_id.is_not(None), ENTRY.day <= TODAY, *STANDS)
    .subquery()
)
PAYER = stands_for(RECEIPT.relationship_id)
PURCHASES = (
    select(
        PAYER.label("who"),
        RECEIPT.day,
        func.dense_rank().over(partition_by=PAYER, order_by=RECEIPT.day).label("place"),
    )
    .outerjoin_from(models.Receipt.__table__, ONE, ONE.c.id == RECEIPT.relationship_id)
    .where(RECEIPT.person_id == OWNER, RECEIPT.relationship_id.is_not(None), RECEIPT.removed_at.is_(None))
    .subquery()
)


def at(column: ColumnElement[Any], place: int, of: Any) -> ColumnElement[Any]:
    """The value of a column in the row at this place of its person."""
    return func.max(case((of.c.place == place, column)))


LATEST = (
    *(at(TOUCHES.c.total, place, TOUCHES) for place in range(LAST_TOTALS, 0, -1)),
    *(at(TOUCHES.c.began, place, TOUCHES) for place in range(LAST_BEGUN, 0, -1)),
)
# For each person what the score asks of the log, and the first two days on which they paid.
SUMS = (
    select(
        TOUCHES.c.who,
        func.max(case((TOUCHES.c.two_way >= 1, TOUCHES.c.day)), type_=Date).label("spoke"),
        cast(null(), Date).label("again"),
        *LATEST,
    )
    .group_by(TOUCHES.c.who)
    .union_all(
        select(
            PURCHASES.c.who,
            *(func.max(case((PURCHASES.c.place == place, PURCHASES.c.day)), type_=Date) for place in (1, 2)),
            *(cast(null(), Integer) for _ in range(LAST_TOTALS)),
            # What tells the two halves apart: of a touch it is always known who began.
            *(cast(null(), String) for _ in range(LAST_BEGUN)),
        ).group_by(PURCHASES.c.who)
    )
)
EVERYBODY = (
    select(*TENDED, *WORDS)
    .outerjoin_from(
        models.Relationship.__table__, models.Promise.__table__, and_(PROMISE.relationship_id == KNOWN.id, stands())
    )
    .outerjoin(ONE, ONE.c.id == KNOWN.id)
    .where(KNOWN.person_id == OWNER)
    .order_by(KNOWN.alias, KNOWN.id, PROMISE.id)
)
SHOWN = (
    select(*LINE)
    .outerjoin_from(models.Entry.__table__, ONE, ONE.c.id == ENTRY.relationship_id)
    .where(ENTRY.person_id == OWNER, ENTRY.relationship_id.in_(bindparam("aliases", expanding=True)), *STANDS)
    .order_by(ENTRY.id)
)

ONE_PROMISE = PROMISES.where(PROMISE.id == bindparam("promise"))
LATER_STATE = models.Opportunity.__table__.alias()
ALIASES: BindParameter[int] = bindparam("aliases", expanding=True)
# An opportunity is told by the state it is in; what it was before is replaced.
CAME = union_all(
    select(
        literal("receipt").label("kind"),
        RECEIPT.id,
        RECEIPT.day,
        RECEIPT.what,
        RECEIPT.amount,
        literal("").label("state"),
        cast(null(), ShareOfOne).label("probability"),
    ).where(RECEIPT.person_id == OWNER, RECEIPT.relationship_id.in_(ALIASES), RECEIPT.removed_at.is_(None)),
    select(
        *(literal("opportunity"), CHANCE.id, CHANCE.day, CHANCE.what, CHANCE.amount),
        *(CHANCE.state, CHANCE.probability),
    )
    .where(CHANCE.person_id == OWNER, CHANCE.relationship_id.in_(ALIASES), CHANCE.removed_at.is_(None))
    .where(~exists().where(LATER_STATE.c.replaces_id == CHANCE.id)),
).order_by("day", "kind", "id")


@dataclass(frozen=True)
class Came:
    """A receipt, or an opportunity in the state it is in: minor units of the learner's currency, probability 0…1."""

    kind: str
    id: int
    day: date
    what: str
    amount: int
    state: str
    probability: Decimal | None


@dataclass(frozen=True)
class Everybody(People):
    """Everybody a learner tends, with what the log comes to for each.

    `paid` are the first two days on which somebody paid: what a stage asks for.
    """

    ties: Mapping[int, Tie]
    paid: Mapping[int, tuple[date, ...]]


def everybody_of(person: Person, today: date) -> Everybody:
    """Everybody the person tends, in two queries however long the log."""
    people = everybody(person)
    paid: dict[int, tuple[date, ...]] = {}
    spoke: dict[int, date | None] = {}
    latest: dict[int, Sequence[Any]] = {}
    for who, first, again, *values in db.session.execute(SUMS, {"person": person.id, "today": today}).all():
        if values[-1] is None:
            paid[who] = (first,) if again is None else (first, again)
        else:
            spoke[who], latest[who] = first, values
    return Everybody(
        people=people,
        ties={tended.id: tie_of(tended, spoke.get(tended.id), latest.get(tended.id, ())) for tended in people},
        paid=paid,
    )


def tie_of(tended: Tended, spoke: date | None, latest: Sequence[Any]) -> Tie:
    """Somebody as the score takes them. latest: their last totals and who began, None where there were fewer."""
    totals, began = latest[:LAST_TOTALS], latest[LAST_TOTALS:]
    return Tie(
        id=tended.id,
        alias=tended.alias,
        tau=tended.tau,
        spoke=spoke,
        totals=tuple(total for total in totals if total is not None),
        began=tuple(who for who in began if who is not None),
        promises=tended.promises,
    )


def everybody(person: Person) -> tuple[Tended, ...]:
    """The person's people in the order of their aliases, each with the promises that stand."""
    rows: dict[int, Any] = {}
    promises: dict[int, list[Promise]] = defaultdict(list)
    for row in db.session.execute(EVERYBODY, {"person": person.id}).all():
        rows.setdefault(row[0], row[: len(TENDED)])
        if row[len(TENDED)] is not None:
            promise = Promise(*row[len(TENDED) :])
            promises[promise.person].append(promise)
    return people_from(rows.values(), promises)


def touches_of(person: Person, those: Collection[Tended]) -> Mapping[int, tuple[Entry, ...]]:
    """The entries that stand with a few of the person's people, by their id."""
    aliases = [id for tended in those for id in (tended.id, *(other.id for other in tended.others))]
    found: dict[int, list[Entry]] = defaultdict(list)
    for row in db.session.execute(SHOWN, {"person": person.id, "aliases": aliases}).all():
        touch = entry(row)
        found[touch.person or 0].append(touch)
    return defaultdict(tuple, {id: tuple(touches) for id, touches in found.items()})


def came_of(person: Person, tended: Tended) -> tuple[Came, ...]:
    """What came from one of the person's people and what may come, the earliest first, in one query."""
    aliases = [tended.id, *(other.id for other in tended.others)]
    return tuple(Came(*row) for row in db.session.execute(CAME, {"person": person.id, "aliases": aliases}))


def promise_of(person: Person, promise_id: int) -> Promise | None:
    """One of the person's promises, to the one who stands for its alias; None where there is none that stands."""
    row = db.session.execute(ONE_PROMISE, {"person": person.id, "promise": promise_id}).first()
    return Promise(*row) if row else None
