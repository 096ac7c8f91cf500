"""What stands beside a ledger, in one statement: opportunities in all states, what was paid of them, intangibles."""

from sqlalchemy import Boolean, Integer, cast, func, literal, select, union_all

from app.db import Money
from app.models import Intangible, Opportunity, Receipt, Relationship
from app.practice.ledger_statements import (
    ALIAS,
    KNOWN,
    MERGED,
    NO_AMOUNT,
    NO_DAY,
    NO_MOMENT,
    NO_NUMBER,
    NO_SHARE,
    NO_TEXT,
    RECEIPT,
    theirs,
)

CHANCE, WORDS = Opportunity.__table__.c, Intangible.__table__.c
ONE = cast(literal(1), Integer)

OPPORTUNITIES = (
    select(
        *(literal("opportunity").label("kind"), CHANCE.person_id, CHANCE.id, CHANCE.day, CHANCE.what.label("text")),
        *(CHANCE.state, CHANCE.amount, CHANCE.margin, CHANCE.probability, CHANCE.expected_on),
        *(CHANCE.replaces_id.label("of"), func.coalesce(MERGED.c.root, CHANCE.relationship_id).label("whose")),
        *(ALIAS, ONE.label("many")),
        *(CHANCE.created_at, CHANCE.removed_at.is_not(None).label("removed")),
    )
    .outerjoin_from(Opportunity.__table__, Relationship.__table__, KNOWN.id == CHANCE.relationship_id)
    .outerjoin(MERGED, MERGED.c.id == CHANCE.relationship_id)
    .where(theirs(CHANCE.person_id))
)
# Of each state of an opportunity that receipts name: how many, and what they brought.
BROUGHT = (
    select(
        *(literal("receipt"), RECEIPT.person_id, func.max(RECEIPT.id), NO_DAY, literal("")),
        *(NO_TEXT, cast(func.sum(RECEIPT.amount), Money), NO_SHARE, NO_SHARE, NO_DAY),
        *(RECEIPT.opportunity_id, NO_NUMBER, NO_TEXT, cast(func.count(), Integer), NO_MOMENT),
        cast(literal(False), Boolean),
    )
    .select_from(Receipt.__table__)
    .where(theirs(RECEIPT.person_id), RECEIPT.removed_at.is_(None), RECEIPT.opportunity_id.is_not(None))
    .group_by(RECEIPT.person_id, RECEIPT.opportunity_id)
)
IN_WORDS = (
    select(
        *(literal("intangible"), WORDS.person_id, WORDS.id, WORDS.day, WORDS.text),
        *(NO_TEXT, NO_AMOUNT, NO_SHARE, NO_SHARE, NO_DAY),
        *(NO_NUMBER, WORDS.relationship_id, ALIAS, ONE, WORDS.created_at),
        WORDS.removed_at.is_not(None),
    )
    .outerjoin_from(Intangible.__table__, Relationship.__table__, KNOWN.id == WORDS.relationship_id)
    .outerjoin(MERGED, MERGED.c.id == WORDS.relationship_id)
    .where(theirs(WORDS.person_id), WORDS.removed_at.is_(None))
)
BESIDE = union_all(OPPORTUNITIES, BROUGHT, IN_WORDS)
