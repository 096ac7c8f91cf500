"""What a learner's ledger is made of: costs typed, time from the log and the lessons, receipts, monthly margins.

Three statements gather the ledgers of any number of people, with any number of rows.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Date, Integer, Row, Select, String, cast, func, literal, null, select, union_all
from sqlalchemy.orm import aliased

from app.db import Money, UTCDateTime, db
from app.models import Cost, Enrolment, Entry, MonthlyMargin, Person, Reading, Receipt, Relationship
from app.practice.ledger_facts import UNNAMED, Gathered, Spent, Unmeasured, hours_of
from app.practice.paging import SIZE, Page
from course import ledger as books
from course.months import first_day, months_before, months_of_window

Minutes = Mapping[str, int]
Item = TypeVar("Item")
AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]


def ledger_of(person: Person, today: date, minutes: Minutes) -> Gathered | None:
    """The person's ledger on a day of their own; None while nobody has said when it begins.

    minutes: the stated minutes of every lesson by its id, former ones too.
    """
    return ledgers_of([person], today, minutes).get(person.id)


def ledgers_of(people: Collection[Person], today: date, minutes: Minutes) -> dict[int, Gathered]:
    """The ledgers of several people by their ids; those who have not begun are left out."""
    begun = {person.id: person for person in people if person.ledger_start}
    rows: dict[int, Rows] = defaultdict(Rows)
    for row in db.session.execute(put_in_by(begun.keys())):
        rows[row.person_id].put_in.append(row)
    for row in db.session.execute(came_back_to(begun.keys())):
        rows[row.person_id].came_back.append(row)
    for row in db.session.execute(margins_of(begun.keys())):
        rows[row.person_id].margins[row.month] = row.amount
    return {id: gathered(person, today, rows=rows[id], minutes=minutes) for id, person in begun.items()}


@dataclass
class Rows:
    """The rows of one person, as the three statements found them."""

    put_in: list[AnyRow] = field(default_factory=list)
    came_back: list[AnyRow] = field(default_factory=list)
    margins: dict[date, int | None] = field(default_factory=dict)


def gathered(person: Person, today: date, *, rows: Rows, minutes: Minutes) -> Gathered:
    """One person's rows as a ledger."""
    blank = blank_ledger_of(person, today)
    spent, unmeasured = costs_from(rows.put_in, ZoneInfo(person.time_zone), minutes)
    ledger = replace(
        blank,
        costs=tuple(spent),
        receipts=tuple(receipt_from(row) for row in rows.came_back),
        baseline=baseline_from(rows.margins, blank.start),
        margins=tuple(margin_in(rows.margins, month) for month in months_of_window(blank.start, today)),
    )
    return Gathered(ledger, priced=person.hourly_value is not None, unmeasured=unmeasured)


def blank_ledger_of(person: Person, today: date) -> books.Ledger:
    """What the person's ledger is counted by, without a row in it."""
    return books.Ledger(
        start=person.ledger_start or today,
        as_of=today,
        currency=person.currency,
        hourly_value=decimal_of(person.hourly_value or 0),
        costs=(),
        receipts=(),
        sales_cycle_months=person.sales_cycle_months,
    )


# The statements


def put_in_by(people: Collection[int]) -> Any:
    """Everything put in: typed costs, the log's current entries with time in them, completed lessons."""
    replacing = aliased(Entry)
    replaced = select(replacing.id).where(replacing.replaces_id == Entry.id).exists()
    no_text, no_amount = cast(null(), String), cast(null(), Money)
    typed = select(
        literal("typed").label("origin"),
        *(Cost.person_id, Cost.id, Cost.day, cast(null(), UTCDateTime).label("at")),
        *(Cost.kind, Cost.what, Cost.amount, Cost.minutes, no_text.label("about")),
    ).where(Cost.person_id.in_(people), Cost.removed_at.is_(None))
    logged = (
        select(
            *(literal("log"), Entry.person_id, Entry.id, Entry.day, cast(null(), UTCDateTime)),
            *(literal("time"), literal(""), no_amount, Entry.minutes, Relationship.alias),
        )
        .outerjoin(Relationship, Relationship.id == Entry.relationship_id)
        .where(Entry.person_id.in_(people), Entry.void.is_(False), Entry.minutes > 0, ~replaced)
    )
    studied = (
        select(
            *(literal("lesson"), Enrolment.person_id, Reading.id, cast(null(), Date), Reading.completed_at),
            *(literal("time"), literal(""), no_amount, cast(null(), Integer), Reading.lesson_id),
        )
        .join(Enrolment, Enrolment.id == Reading.enrolment_id)
        .where(Enrolment.person_id.in_(people), Reading.completed_at.is_not(None))
    )
    return union_all(typed, logged, studied)


def came_back_to(people: Collection[int]) -> AnySelect:
    """The receipts, oldest first, each with the alias of who paid."""
    return (
        select(*RECEIPT, Receipt.person_id)
        .outerjoin(Relationship, Relationship.id == Receipt.relationship_id)
        .where(Receipt.person_id.in_(people), Receipt.removed_at.is_(None))
        .order_by(Receipt.day, Receipt.id)
    )


def margins_of(people: Collection[int]) -> AnySelect:
    """The monthly margins that were noted."""
    return select(MonthlyMargin.person_id, MonthlyMargin.month, MonthlyMargin.amount).where(
        MonthlyMargin.person_id.in_(people)
    )


RECEIPT = (
    *(Receipt.id, Receipt.day, Receipt.what, Receipt.amount, Receipt.margin),
    *(Receipt.attribution, Receipt.confidence, Relationship.alias),
)

# Rows as values of the ledger


def decimal_of(minor: int) -> Decimal:
    """Minor units as an amount of two decimals."""
    return Decimal(minor).scaleb(-2)


def costs_from(rows: Iterable[AnyRow], zone: ZoneInfo, minutes: Minutes) -> tuple[list[Spent], tuple[Unmeasured, ...]]:
    """The costs by date, and the lessons that could not be counted."""
    spent, unmeasured = [], []
    for row in rows:
        if row.origin != "lesson":
            spent.append(cost_from(row))
            continue
        day = row.at.astimezone(zone).date()
        if row.about in minutes:
            spent.append(time_spent(row, day=day, minutes=minutes[row.about]))
        else:
            unmeasured.append(Unmeasured(row.about, day))
    return sorted(spent, key=lambda cost: (cost.date, cost.origin, cost.id or 0)), tuple(unmeasured)


def cost_from(row: AnyRow) -> Spent:
    """A cost that was typed, or an entry of the log."""
    if row.kind == "time":
        return time_spent(row, day=row.day, minutes=row.minutes)
    return Spent(date=row.day, kind=row.kind, amount=decimal_of(row.amount), what=row.what, id=row.id)


def time_spent(row: AnyRow, *, day: date, minutes: int) -> Spent:
    """Time, with words for the export that say where it comes from."""
    words = {"log": "practice log", "lesson": "lesson completed"}.get(row.origin)
    what = row.what if words is None else f"{words}: {row.about}" if row.about else words
    return Spent(
        date=day,
        kind="time",
        hours=hours_of(minutes),
        what=what,
        id=row.id,
        origin=row.origin,
        minutes=minutes,
        about=row.about or "",
    )


def receipt_from(row: AnyRow) -> books.Receipt:
    """A receipt, with the alias of who paid."""
    return books.Receipt(
        date=row.day,
        person=row.alias or UNNAMED,
        amount=decimal_of(row.amount),
        margin=row.margin,
        attribution=row.attribution,
        confidence=row.confidence,
        what=row.what,
        id=row.id,
    )


def baseline_from(margins: Mapping[date, int | None], start: date) -> tuple[Decimal | None, ...]:
    """The margins of the months before the start, from the oldest known one on; unknown ones keep their place."""
    found = [margin_in(margins, month) for month in months_before(first_day(start))]
    oldest = next((place for place, margin in enumerate(found) if margin is not None), len(found))
    return tuple(found[oldest:])


def margin_in(margins: Mapping[date, int | None], month: date) -> Decimal | None:
    """The margin of a month; None where it is unknown."""
    minor = margins.get(month)
    return None if minor is None else decimal_of(minor)


# The lists behind the forms


def receipts_of(person: Person, number: int) -> Page[books.Receipt]:
    """One page of the person's receipts, the newest first."""
    rows = db.session.execute(
        select(*RECEIPT, func.count().over().label("total"))
        .outerjoin(Relationship, Relationship.id == Receipt.relationship_id)
        .where(Receipt.person_id == person.id, Receipt.removed_at.is_(None))
        .order_by(Receipt.day.desc(), Receipt.id.desc())
        .limit(SIZE)
        .offset((number - 1) * SIZE)
    ).all()
    return page_from([receipt_from(row) for row in rows], number, rows[0].total if rows else 0)


def costs_of(person: Person, number: int) -> Page[Spent]:
    """One page of the costs the person typed, the newest first."""
    rows = db.session.execute(
        select(
            literal("typed").label("origin"),
            *(Cost.id, Cost.day, Cost.kind, Cost.what, Cost.amount, Cost.minutes),
            literal("").label("about"),
            func.count().over().label("total"),
        )
        .where(Cost.person_id == person.id, Cost.removed_at.is_(None))
        .order_by(Cost.day.desc(), Cost.id.desc())
        .limit(SIZE)
        .offset((number - 1) * SIZE)
    ).all()
    return page_from([cost_from(row) for row in rows], number, rows[0].total if rows else 0)


def page_from(items: Sequence[Item], number: int, total: int) -> Page[Item]:
    """The rows of one page, as the database cut it out."""
    return Page(tuple(items), number, max(1, -(-total // SIZE)), total)


def margins_noted(person: Person) -> Mapping[date, int | None]:
    """What the person noted of each month, in minor units; None for a month noted as unknown."""
    return {row.month: row.amount for row in db.session.execute(margins_of([person.id]))}


def aliases_of(person: Person) -> Sequence[tuple[int, str]]:
    """The people a receipt can come from, by alias."""
    rows = db.session.execute(
        select(Relationship.id, Relationship.alias)
        .where(Relationship.person_id == person.id)
        .order_by(func.lower(Relationship.alias), Relationship.id)
    )
    return [(id, alias) for id, alias in rows]


def amounts_noted(person: Person) -> int:
    """How many amounts of money stand in the ledger in its currency: receipts, fees and cash, monthly margins."""
    counts = (
        select(func.count()).where(Receipt.person_id == person.id, Receipt.removed_at.is_(None)),
        select(func.count()).where(Cost.person_id == person.id, Cost.removed_at.is_(None), Cost.kind != "time"),
        select(func.count()).where(MonthlyMargin.person_id == person.id, MonthlyMargin.amount.is_not(None)),
    )
    return sum(db.session.scalars(union_all(*counts)))
