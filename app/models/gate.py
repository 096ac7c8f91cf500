"""Readiness for outreach at volume: what the learner states, delivers, and sends. Belongs to the person."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model, Money, UTCDateTime
from app.models.columns import between, created, owner


class GateTerms(Model):
    """What the learner states for the gate. Never changed: the latest row up to a day says how it was on that day.

    `batch` is how many they mean to write to; minutes and money are for one send, one reply or one deal; `law` lists
    what is ticked.
    """

    __tablename__ = "gate_terms"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = owner("person")
    day: Mapped[date]
    batch: Mapped[int]
    capacity_minutes: Mapped[int]
    reply_minutes: Mapped[int]
    send_minutes: Mapped[int]
    send_cost: Mapped[int] = mapped_column(Money)
    deal_margin: Mapped[int] = mapped_column(Money)
    law: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = created()
    __table_args__ = (
        Index(None, "person_id", "day", "id"),
        between("batch", 1, 100_000),
        CheckConstraint("capacity_minutes >= 0 AND reply_minutes >= 0 AND send_minutes >= 0", name="minutes"),
        CheckConstraint("send_cost >= 0 AND deal_margin >= 0", name="money"),
    )


class Delivery(Model):
    """Something promised to a client and delivered, and whether it was as promised."""

    __tablename__ = "delivery"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = owner("person")
    relationship_id: Mapped[int | None] = mapped_column(ForeignKey("relationship.id", ondelete="SET NULL"), index=True)
    day: Mapped[date]
    what: Mapped[str] = mapped_column(String(140))
    as_promised: Mapped[bool]
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = created()
    __table_args__ = (Index(None, "person_id", "day", "id"),)


class Batch(Model):
    """One batch of outreach at volume, and what came of it. Never changed: later counts replace it by a new row."""

    __tablename__ = "batch"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = owner("person")
    day: Mapped[date]
    size: Mapped[int]
    replies: Mapped[int] = mapped_column(default=0)
    two_way: Mapped[int] = mapped_column(default=0)
    answered_in_time: Mapped[int] = mapped_column(default=0)
    complaints: Mapped[int] = mapped_column(default=0)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id", ondelete="CASCADE"), unique=True)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = created()
    __table_args__ = (
        Index(None, "person_id", "day", "id"),
        between("size", 1, 100_000),
        CheckConstraint("replies BETWEEN 0 AND size AND two_way BETWEEN 0 AND replies", name="replies"),
        CheckConstraint("answered_in_time BETWEEN 0 AND replies AND complaints BETWEEN 0 AND size", name="answers"),
    )
