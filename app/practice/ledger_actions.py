"""What a learner changes in the ledger. A row is taken out by a mark, never deleted: it can still be looked up."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update

from app.db import db
from app.models import Cost, MonthlyMargin, Person, Receipt
from app.practice.ledger_facts import NewCost, NewReceipt, Terms
from app.practice.ledger_queries import amounts_noted
from course.currency import Original, places_of


class CurrencyInUse(Exception):
    """The currency can't be changed: so many amounts stand in the present one."""

    def __init__(self, amounts: int) -> None:
        super().__init__(amounts)
        self.amounts = amounts


def add_receipt(person: Person, new: NewReceipt) -> None:
    """Write down money that came. The relationship, if there is one, has to be the person's own."""
    db.session.add(
        Receipt(
            person_id=person.id,
            relationship_id=new.relationship_id,
            day=new.day,
            what=new.what,
            amount=new.amount,
            margin=new.margin,
            attribution=new.attribution,
            confidence=new.confidence,
            origin=new.origin,
            opportunity_id=new.opportunity_id,
            **original_columns(new.original),
        )
    )
    db.session.flush()


def add_cost(person: Person, new: NewCost) -> None:
    """Write down what the training took, besides what the log and the lessons count."""
    db.session.add(
        Cost(
            person_id=person.id,
            day=new.day,
            kind=new.kind,
            what=new.what,
            amount=new.amount,
            minutes=new.minutes,
            **original_columns(new.original),
        )
    )
    db.session.flush()


def original_columns(original: Original | None) -> dict[str, Any]:
    """An original as the columns of a row."""
    if original is None:
        return {}
    minor = int(original.amount.scaleb(places_of(original.currency)))
    return {
        "original_amount": minor,
        "original_currency": original.currency,
        "rate": original.rate,
        "rate_source": original.source,
    }


def remove_receipt(person: Person, receipt_id: int, *, now: datetime) -> bool:
    """Take a receipt out; done twice is done. False if the person has no such receipt."""
    return _remove(Receipt, person, row_id=receipt_id, now=now)


def remove_cost(person: Person, cost_id: int, *, now: datetime) -> bool:
    """Take a typed cost out; done twice is done. False if the person has no such cost."""
    return _remove(Cost, person, row_id=cost_id, now=now)


def _remove(table: type[Receipt] | type[Cost], person: Person, *, row_id: int, now: datetime) -> bool:
    removed = db.session.execute(
        update(table)
        .where(table.id == row_id, table.person_id == person.id)
        .values(removed_at=func.coalesce(table.removed_at, now))
        .returning(table.id)
    )
    return removed.scalar() is not None


def note_margins(person: Person, margins: Mapping[date, int | None]) -> None:
    """Keep the margins of these months, in minor units; None is unknown. Other months stay as they are."""
    lock(person)
    of_person = MonthlyMargin.person_id == person.id
    kept = db.session.scalars(select(MonthlyMargin).where(of_person, MonthlyMargin.month.in_(margins.keys())))
    rows = {row.month: row for row in kept}
    for month, amount in margins.items():
        if month in rows:
            rows[month].amount = amount
        elif amount is not None:
            db.session.add(MonthlyMargin(person_id=person.id, month=month, amount=amount))
    db.session.flush()


def set_terms(person: Person, terms: Terms) -> None:
    """Keep what the ledger is counted by. Raises CurrencyInUse where amounts would change their meaning."""
    if terms.currency != person.currency:
        lock(person)
        amounts = amounts_noted(person)
        if amounts:
            raise CurrencyInUse(amounts)
    person.hourly_value, person.ledger_start = terms.hourly_value, terms.start
    person.sales_cycle_months, person.currency = terms.sales_cycle_months, terms.currency
    person.discount_rate = terms.discount_rate
    db.session.flush()


def lock(person: Person) -> None:
    """Let one request at a time decide about this person's ledger."""
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
