"""What a learner's ledger is made of: costs typed, time from the log and the lessons, receipts, monthly margins.

Two statements gather the ledgers of any number of people, with any number of rows.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, Row, cast, exists, func, literal, orm, select, union_all

from app.db import db
from app.models import Cost, MonthlyMargin, Opportunity, Person, Receipt, Relationship
from app.practice.ledger_facts import UNNAMED, Gathered, Received, Spent, Unmeasured, hours_of
from app.practice.ledger_statements import CAME_AND_NOTED, RECEIPT, RECEIVED
from app.practice.ledger_statements import CAME_BACK as CAME_BACK
from app.practice.ledger_statements import NOTED as NOTED
from app.practice.ledger_statements import PUT_IN as PUT_IN
from app.practice.paging import SIZE, Page
from course import ledger as books
from course.currency import Original, in_units
from course.doubt import Known
from course.months import first_day, months_before, months_of_window

Minutes = Mapping[str, int]
Item = TypeVar("Item")
AnyRow = Row[*tuple[Any, ...]]
LATER = orm.aliased(Opportunity)


def ledger_of(person: Person, today: date, minutes: Minutes) -> Gathered | None:
    """The person's ledger on a day of their own; None while nobody has said when it begins.

    minutes: the stated minutes of every lesson by its id, former ones too.
    """
    return ledgers_of([person], today, minutes).get(person.id)


def ledgers_of(people: Collection[Person], today: date, minutes: Minutes) -> dict[int, Gathered]:
    """The ledgers of several people by their ids; those who have not begun are left out."""
    begun = {person.id: person for person in people if person.ledger_start}
    rows: dict[int, Rows] = defaultdict(Rows)
    those = {"people": list(begun)}
    for row in db.session.execute(PUT_IN, those).all():
        rows[row.person_id].put_in.append(row)
    for row in db.session.execute(CAME_AND_NOTED, those).all():
        rows[row.person_id].add(row)
    return {id: gathered(person, today, rows=rows[id], minutes=minutes) for id, person in begun.items()}


@dataclass
class Rows:
    """The rows of one person, as the two statements found them."""

    put_in: list[AnyRow] = field(default_factory=list)
    came_back: list[AnyRow] = field(default_factory=list)
    margins: dict[date, int | None] = field(default_factory=dict)

    def add(self, row: AnyRow) -> None:
        """A receipt, or a month's margin."""
        if row.id is None:
            self.margins[row.day] = row.amount
        else:
            self.came_back.append(row)


def gathered(person: Person, today: date, *, rows: Rows, minutes: Minutes) -> Gathered:
    """One person's rows as a ledger."""
    spent, unmeasured = costs_from(rows.put_in, ZoneInfo(person.time_zone), minutes)
    ledger = ledger_with(person, today, spent, came_back=map(receipt_from, rows.came_back), margins=rows.margins)
    return Gathered(ledger, priced=person.hourly_value is not None, unmeasured=unmeasured)


def ledger_with(
    person: Person,
    today: date,
    costs: Iterable[books.Cost],
    *,
    came_back: Iterable[books.Receipt],
    margins: Mapping[date, int | None],
) -> books.Ledger:
    """The person's ledger with these costs and receipts, and the margins of these months."""
    blank = blank_ledger_of(person, today)
    return replace(
        blank,
        costs=tuple(costs),
        receipts=tuple(sorted(came_back, key=lambda paid: (paid.date, paid.id or 0))),
        baseline=baseline_from(margins, blank.start),
        margins=tuple(margin_in(margins, month) for month in months_of_window(blank.start, today)),
    )


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
        discount_rate=person.discount_rate,
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
        # The learner's own minutes go before the lesson's stated ones.
        taken = minutes.get(row.about) if row.minutes is None else row.minutes
        if taken is not None:
            spent.append(time_spent(row, day=day, minutes=taken))
        else:
            unmeasured.append(Unmeasured(row.about, day))
    return sorted(spent, key=lambda cost: (cost.date, cost.origin, cost.id or 0)), tuple(unmeasured)


def cost_from(row: AnyRow) -> Spent:
    """A cost that was typed, or an entry of the log."""
    if row.kind == "time":
        return time_spent(row, day=row.day, minutes=row.minutes)
    return Spent(
        date=row.day,
        kind=row.kind,
        amount=decimal_of(row.amount),
        what=row.what,
        id=row.id,
        original=original_in(row),
    )


def original_in(row: AnyRow) -> Original | None:
    """What was paid in another currency; None where it was the ledger's own, or where that wasn't asked for."""
    minor = getattr(row, "original_amount", None)
    if minor is None:
        return None
    code = row.original_currency
    return Original(in_units(minor, code), code, row.rate, row.rate_source)


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
        original=original_in(row),
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


def receipts_of(person: Person, number: int) -> Page[Received]:
    """One page of the person's receipts, the newest first."""
    rows = db.session.execute(
        RECEIVED.add_columns(RECEIPT.origin, func.count().over().label("total"))
        .order_by(RECEIPT.day.desc(), RECEIPT.id.desc())
        .limit(SIZE)
        .offset((number - 1) * SIZE),
        {"people": [person.id]},
    ).all()
    received = [Received(**vars(receipt_from(row)), origin=row.origin) for row in rows]
    return page_from(received, number, rows[0].total if rows else 0)


def costs_of(person: Person, number: int) -> Page[Spent]:
    """One page of the costs the person typed, the newest first."""
    rows = db.session.execute(
        select(
            literal("typed").label("origin"),
            *(Cost.id, Cost.day, Cost.kind, Cost.what, Cost.amount, Cost.minutes),
            *(Cost.original_amount, Cost.original_currency, Cost.rate, Cost.rate_source),
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
    return {row.month: row.amount for row in db.session.execute(NOTED, {"people": [person.id]})}


def aliases_of(person: Person) -> Sequence[tuple[int, str]]:
    """The people a receipt can come from, by alias."""
    rows = db.session.execute(
        select(Relationship.id, Relationship.alias)
        .where(Relationship.person_id == person.id, Relationship.merged_into_id.is_(None))
        .order_by(func.lower(Relationship.alias), Relationship.id)
    )
    return [(id, alias) for id, alias in rows]


def amounts_noted(person: Person) -> int:
    """How many amounts of money stand in the ledger in its currency: receipts, money costs, opportunities, margins."""
    counts = (
        select(func.count()).where(Receipt.person_id == person.id, Receipt.removed_at.is_(None)),
        select(func.count()).where(Cost.person_id == person.id, Cost.removed_at.is_(None), Cost.kind != "time"),
        select(func.count()).where(MonthlyMargin.person_id == person.id, MonthlyMargin.amount.is_not(None)),
        select(func.count())
        .where(Opportunity.person_id == person.id, Opportunity.removed_at.is_(None))
        .where(~exists().where(LATER.replaces_id == Opportunity.id)),
    )
    return sum(db.session.scalars(union_all(*counts)))


def receipts_known(person: Person) -> Known:
    """How many receipts the person has, and the largest, in minor units."""
    return known_of(func.max(Receipt.amount), Receipt.person_id == person.id, Receipt.removed_at.is_(None))


def costs_known(person: Person, *, time: bool) -> Known:
    """How many costs of money or of time the person typed, and the largest, in minor units or minutes."""
    measure: ColumnElement[int] = cast(Cost.minutes if time else Cost.amount, BigInteger)
    mine = (Cost.person_id == person.id, Cost.removed_at.is_(None), measure.is_not(None))
    return known_of(func.max(measure), *mine)


def known_of(largest: ColumnElement[int], *where: ColumnElement[bool]) -> Known:
    count, most = db.session.execute(select(func.count(), largest).where(*where)).one()
    return Known(count, most or 0)
