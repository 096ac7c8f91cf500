"""What a ledger is read with: statements built once, since putting one together takes longer than running it.

They read tables, for only values are wanted, and take the ids of `people`.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    String,
    bindparam,
    cast,
    exists,
    func,
    literal,
    null,
    select,
    union_all,
)

from app.db import ExchangeRate, Money, ShareOfOne, UTCDateTime
from app.models import Cost, Enrolment, Entry, MonthlyMargin, Person, Reading, Receipt, Relationship
from app.practice.oneness import merged_aliases

TABLES = (Cost, Entry, Enrolment, Reading, Relationship, Receipt, MonthlyMargin, Person)
COST, ENTRY, ENROLMENT, READING, KNOWN, RECEIPT, MARGIN, PERSON = (table.__table__.c for table in TABLES)
REPLACING = Entry.__table__.alias()
NO_DAY, NO_MOMENT, NO_TEXT = cast(null(), Date), cast(null(), UTCDateTime), cast(null(), String)
NO_NUMBER, NO_AMOUNT, NO_SHARE = cast(null(), Integer), cast(null(), Money), cast(null(), ShareOfOne)
NO_RATE = cast(null(), ExchangeRate)
NOT_CONVERTED = (NO_AMOUNT, NO_TEXT, NO_RATE, NO_TEXT)


def theirs(owner: Any) -> ColumnElement[bool]:
    """That a row belongs to one of the people."""
    belongs: ColumnElement[bool] = owner.in_(bindparam("people", expanding=True))
    return belongs


# An alias that was merged into another is told by the one that stands.
MERGED = merged_aliases(theirs, "merged_alias")
ALIAS = func.coalesce(MERGED.c.alias, KNOWN.alias).label("alias")

TYPED = select(
    *(literal("typed").label("origin"), COST.person_id, COST.id, COST.day, NO_MOMENT.label("at")),
    *(COST.kind, COST.what, COST.amount, COST.minutes, NO_TEXT.label("about")),
    *(COST.original_amount, COST.original_currency, COST.rate, COST.rate_source),
).where(theirs(COST.person_id), COST.removed_at.is_(None))
TIMED = (ENTRY.void.is_(False), ENTRY.minutes > 0, ~exists().where(REPLACING.c.replaces_id == ENTRY.id))
LOGGED = (
    select(
        *(literal("log"), ENTRY.person_id, ENTRY.id, ENTRY.day, NO_MOMENT),
        *(literal("time"), literal(""), NO_AMOUNT, ENTRY.minutes, ALIAS, *NOT_CONVERTED),
    )
    .outerjoin_from(Entry.__table__, Relationship.__table__, KNOWN.id == ENTRY.relationship_id)
    .outerjoin(MERGED, MERGED.c.id == ENTRY.relationship_id)
    .where(theirs(ENTRY.person_id), *TIMED)
)
STUDIED = (
    select(
        *(literal("lesson"), ENROLMENT.person_id, READING.id, NO_DAY, READING.completed_at),
        *(literal("time"), literal(""), NO_AMOUNT, READING.minutes, READING.lesson_id, *NOT_CONVERTED),
    )
    .join_from(Reading.__table__, Enrolment.__table__, ENROLMENT.id == READING.enrolment_id)
    .where(theirs(ENROLMENT.person_id), READING.completed_at.is_not(None))
)
# Everything put in: typed costs, the log's current entries with time in them, completed lessons.
PUT_IN = union_all(TYPED, LOGGED, STUDIED)

PAID = (
    *(RECEIPT.id, RECEIPT.day, RECEIPT.what, RECEIPT.amount, RECEIPT.margin),
    *(RECEIPT.attribution, RECEIPT.confidence, ALIAS),
    *(RECEIPT.original_amount, RECEIPT.original_currency, RECEIPT.rate, RECEIPT.rate_source),
)
# The receipts, each with the alias of who paid.
RECEIVED = (
    select(*PAID, RECEIPT.person_id)
    .outerjoin_from(Receipt.__table__, Relationship.__table__, KNOWN.id == RECEIPT.relationship_id)
    .outerjoin(MERGED, MERGED.c.id == RECEIPT.relationship_id)
    .where(theirs(RECEIPT.person_id), RECEIPT.removed_at.is_(None))
)
CAME_BACK = RECEIVED.order_by(RECEIPT.day, RECEIPT.id)
# The monthly margins that were noted.
NOTED = select(MARGIN.person_id, MARGIN.month, MARGIN.amount).where(theirs(MARGIN.person_id))
# Both at once, a margin as a row without an id, its month as the day.
CAME_AND_NOTED = union_all(
    RECEIVED,
    select(
        *(NO_NUMBER, MARGIN.month, NO_TEXT, MARGIN.amount, NO_SHARE, NO_SHARE, NO_SHARE, NO_TEXT),
        *(*NOT_CONVERTED, MARGIN.person_id),
    ).where(theirs(MARGIN.person_id)),
)
