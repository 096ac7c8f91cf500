"""What the gate is read from beside the log: statements, deliveries, batches and payments, in one query."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Integer, Row, String, cast, false, func, literal, null, select, union_all

from app import models
from app.db import Money, db
from app.models import Person
from app.practice.book import Book
from app.practice.gate_facts import Delivered
from app.practice.ledger_queries import decimal_of, page_from
from app.practice.paging import SIZE, Page
from app.practice.queries import OWNER, book_of
from course.gate_facts import Batch, Delivery, Facts, Paid, Terms

TERMS, DELIVERY, BATCH, RECEIPT, KNOWN = (
    table.__table__.c
    for table in (models.GateTerms, models.Delivery, models.Batch, models.Receipt, models.Relationship)
)
NO_NUMBER, NO_TEXT, NO_AMOUNT = cast(null(), Integer), cast(null(), String), cast(null(), Money)
NO = cast(false(), Boolean)

# Read by place: kind, id, day, whose, words, four counts, two amounts, yes or no, what it replaces.
STATED = select(
    *(literal("terms"), TERMS.id, TERMS.day, NO_NUMBER, cast(TERMS.law, String)),
    *(TERMS.batch, TERMS.capacity_minutes, TERMS.reply_minutes, TERMS.send_minutes),
    *(TERMS.send_cost, TERMS.deal_margin, NO, NO_NUMBER),
).where(TERMS.person_id == OWNER)
DELIVERED = select(
    *(literal("delivery"), DELIVERY.id, DELIVERY.day, DELIVERY.relationship_id, DELIVERY.what),
    *(NO_NUMBER, NO_NUMBER, NO_NUMBER, NO_NUMBER, NO_AMOUNT, NO_AMOUNT, DELIVERY.as_promised, NO_NUMBER),
).where(DELIVERY.person_id == OWNER, DELIVERY.removed_at.is_(None))
# Also those that were taken out: without its last row an earlier one would stand again.
SENT = select(
    *(literal("batch"), BATCH.id, BATCH.day, BATCH.size, NO_TEXT),
    *(BATCH.replies, BATCH.two_way, BATCH.answered_in_time, BATCH.complaints),
    *(NO_AMOUNT, NO_AMOUNT, BATCH.removed_at.is_not(None), BATCH.replaces_id),
).where(BATCH.person_id == OWNER)
PAID = select(
    *(literal("paid"), RECEIPT.id, RECEIPT.day, RECEIPT.relationship_id, RECEIPT.what),
    *(NO_NUMBER, NO_NUMBER, NO_NUMBER, NO_NUMBER, NO_AMOUNT, NO_AMOUNT, NO, NO_NUMBER),
).where(RECEIPT.person_id == OWNER, RECEIPT.removed_at.is_(None))
BESIDE = union_all(STATED, DELIVERED, SENT, PAID)
LATEST = select(models.GateTerms).where(TERMS.person_id == OWNER).order_by(TERMS.day.desc(), TERMS.id.desc()).limit(1)

AnyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class Read:
    """What the gate is read from, the practice book it comes from, and what was paid for, by the receipt's id."""

    facts: Facts
    book: Book
    paid_for: dict[int, str]


def gate_read(person: Person) -> Read:
    """Everything that the person's gate is read from, in three queries however long the log."""
    book = book_of(person)
    rows: dict[str, list[Sequence[Any]]] = {"terms": [], "delivery": [], "batch": [], "paid": []}
    for kind, *row in db.session.execute(BESIDE, {"person": person.id}).all():
        rows[kind].append(row)
    facts = Facts(
        entries=book.entries,
        promises=[promise for known in book.people for promise in known.promises],
        core={known.id: known.tau for known in book.people if known.layer == "core"},
        receipts=[Paid(id, day, one_of(book, whose)) for id, day, whose, *_ in rows["paid"]],
        deliveries=[delivery_from(row, book) for row in rows["delivery"]],
        terms=[terms_from(row) for row in rows["terms"]],
        batches=[batch_from(row) for row in rows["batch"]],
        hour=None if person.hourly_value is None else decimal_of(person.hourly_value),
    )
    return Read(facts, book, {row[0]: row[3] for row in rows["paid"]})


def terms_from(row: Sequence[Any]) -> Terms:
    id, day, _, law, batch, minutes, reply, send, cost, margin, *_ = row
    return Terms(
        id=id,
        on=day,
        batch=batch,
        minutes=minutes,
        reply_minutes=reply,
        send_minutes=send,
        send_cost=decimal_of(cost),
        deal_margin=decimal_of(margin),
        law=frozenset(json.loads(law)),
    )


def delivery_from(row: Sequence[Any], book: Book) -> Delivery:
    id, day, whose, what, *_, as_promised, _ = row
    return Delivery(id, day, one_of(book, whose), what, bool(as_promised))


def one_of(book: Book, alias: int | None) -> int | None:
    """Who stands for an alias, which may have been merged; None for nobody listed."""
    known = book.by_alias_id.get(alias) if alias else None
    return known.id if known else None


def batch_from(row: Sequence[Any]) -> Batch:
    id, day, size, _, replies, two_way, answered, complaints, *_, removed, replaces = row
    return Batch(
        id=id,
        on=day,
        size=size,
        replies=replies,
        two_way=two_way,
        answered_in_time=answered,
        complaints=complaints,
        replaces=replaces,
        removed=bool(removed),
    )


def latest_terms(person: Person) -> models.GateTerms | None:
    """What the person stated last; None before the first statement."""
    return db.session.scalar(LATEST, {"person": person.id})


def deliveries_of(person: Person, number: int) -> Page[Delivered]:
    """One page of the person's deliveries, the newest first."""
    rows = db.session.execute(
        select(
            *(DELIVERY.id, DELIVERY.day, DELIVERY.relationship_id, DELIVERY.what, DELIVERY.as_promised),
            *(KNOWN.alias, func.count().over().label("total")),
        )
        .outerjoin_from(models.Delivery.__table__, models.Relationship.__table__, KNOWN.id == DELIVERY.relationship_id)
        .where(DELIVERY.person_id == person.id, DELIVERY.removed_at.is_(None))
        .order_by(DELIVERY.day.desc(), DELIVERY.id.desc())
        .limit(SIZE)
        .offset((number - 1) * SIZE)
    ).all()
    return page_from([delivered_from(row) for row in rows], number, rows[0].total if rows else 0)


def delivered_from(row: AnyRow) -> Delivered:
    id, day, whose, what, as_promised, alias, _ = row
    return Delivered(Delivery(id, day, whose, what, as_promised), alias or "")
