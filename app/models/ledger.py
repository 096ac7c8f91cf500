"""The ledger: what was put in and what came back. Belongs to the person."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import ExchangeRate, FourDecimals, Model, Money, ShareOfOne, UTCDateTime
from app.models.columns import between, created, one_of, owner


class Converted:
    """Money that came or went in another currency: what was typed, converted once at its own day, and frozen.

    The amount in the owner's currency stands beside it. `rate` is what one unit of the original was worth in it.
    """

    original_amount: Mapped[int | None] = mapped_column(Money)
    original_currency: Mapped[str | None] = mapped_column(String(3))
    rate: Mapped[Decimal | None] = mapped_column(ExchangeRate)
    rate_source: Mapped[str] = mapped_column(String(140), default="")


def converted_whole() -> tuple[CheckConstraint, CheckConstraint]:
    """A conversion is there in all its parts, or not at all."""
    return (
        CheckConstraint(
            "(original_amount IS NULL) = (original_currency IS NULL) AND (original_amount IS NULL) = (rate IS NULL)",
            name="conversion",
        ),
        CheckConstraint("rate > 0 AND original_amount > 0", name="rate"),
    )


class Opportunity(Model):
    """A possible gain: money that may come. Never changed: a later state is a new row that replaces this one.

    `open` counts by its probability, `signed` is agreed but not paid, `paid` has its receipts, `lost` is over.
    """

    __tablename__ = "opportunity"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = owner("person")
    relationship_id: Mapped[int | None] = mapped_column(ForeignKey("relationship.id", ondelete="SET NULL"), index=True)
    day: Mapped[date]
    what: Mapped[str] = mapped_column(String(140))
    state: Mapped[str] = mapped_column(String(8))
    amount: Mapped[int] = mapped_column(Money)
    margin: Mapped[Decimal] = mapped_column(ShareOfOne)
    probability: Mapped[Decimal | None] = mapped_column(ShareOfOne)
    expected_on: Mapped[date | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"), unique=True)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = created()
    __table_args__ = (
        Index(None, "person_id", "day", "id"),
        one_of("state", "open", "signed", "paid", "lost"),
        CheckConstraint("amount > 0", name="amount"),
        between("margin", 0, 10_000),
        between("probability", 0, 10_000),
    )


class Intangible(Model):
    """What came back and is no money: words, with their day. Never priced, never added."""

    __tablename__ = "intangible"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = owner("person")
    relationship_id: Mapped[int | None] = mapped_column(ForeignKey("relationship.id", ondelete="SET NULL"), index=True)
    day: Mapped[date]
    text: Mapped[str] = mapped_column(String(280))
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = created()
    __table_args__ = (Index(None, "person_id", "day", "id"),)


class Receipt(Converted, Model):
    """Money that came. `amount` is in the learner's own currency, converted once and frozen; shares are 0…1."""

    __tablename__ = "receipt"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = owner("person")
    relationship_id: Mapped[int | None] = mapped_column(ForeignKey("relationship.id", ondelete="SET NULL"), index=True)
    day: Mapped[date]
    what: Mapped[str] = mapped_column(String(140), default="")
    amount: Mapped[int] = mapped_column(Money)
    margin: Mapped[Decimal] = mapped_column(ShareOfOne)
    attribution: Mapped[Decimal | None] = mapped_column(ShareOfOne)
    confidence: Mapped[Decimal | None] = mapped_column(ShareOfOne)
    # Where the client came from, as the learner sees it; None: not said.
    origin: Mapped[str | None] = mapped_column(String(12))
    opportunity_id: Mapped[int | None] = mapped_column(ForeignKey("opportunity.id", ondelete="SET NULL"), index=True)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = created()
    __table_args__ = (
        Index(None, "person_id", "day", "id"),
        CheckConstraint("amount > 0", name="amount"),
        between("margin", 0, 10_000),
        between("attribution", 0, 10_000),
        between("confidence", 0, 10_000),
        one_of("origin", "knew", "introduced", "returned", "found_me", "outreach", "advert"),
        *converted_whole(),
    )


class Cost(Converted, Model):
    """What the training took: a fee, other cash, or time that the log and the lessons don't count by themselves."""

    __tablename__ = "cost"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = owner("person")
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(8))
    what: Mapped[str] = mapped_column(String(140), default="")
    amount: Mapped[int | None] = mapped_column(Money)
    minutes: Mapped[int | None]
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = created()
    __table_args__ = (
        Index(None, "person_id", "day", "id"),
        one_of("kind", "fee", "cash", "time"),
        CheckConstraint("(kind = 'time') = (minutes IS NOT NULL)", name="minutes"),
        CheckConstraint("(kind = 'time') = (amount IS NULL)", name="amount"),
        CheckConstraint("amount >= 0", name="amount_sign"),
        CheckConstraint("minutes >= 0", name="minutes_sign"),
        *converted_whole(),
    )


class MonthlyMargin(Model):
    """The margin of one calendar month of business; null: known to be unknown. Before the start: the baseline."""

    __tablename__ = "monthly_margin"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = owner("person")
    month: Mapped[date]
    amount: Mapped[int | None] = mapped_column(Money)
    __table_args__ = (UniqueConstraint("person_id", "month"),)


class NumberTerms(Model):
    """The terms of a learner's own number: what a year should bring, what a client brings. `version` counts saves."""

    __tablename__ = "number_terms"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    income: Mapped[int] = mapped_column(Money)
    deal: Mapped[int] = mapped_column(Money)
    margin: Mapped[Decimal] = mapped_column(ShareOfOne)
    frequency: Mapped[Decimal] = mapped_column(FourDecimals)
    introductions: Mapped[Decimal | None] = mapped_column(FourDecimals)
    wins: Mapped[Decimal | None] = mapped_column(FourDecimals)
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = created()
    __table_args__ = (
        CheckConstraint("income > 0 AND deal > 0 AND frequency > 0", name="amounts"),
        between("margin", 1, 10_000),
        CheckConstraint("introductions >= 0 AND wins >= 0", name="growth"),
    )
