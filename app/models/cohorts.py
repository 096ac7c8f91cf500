"""Cohorts, who runs them, and the places in them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, orm
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model, Money, UTCDateTime
from app.models.columns import created, one_of, owner
from app.models.people import Person


class Cohort(Model):
    """One run of the course. `taken` counts seats held and is changed by one atomic statement only."""

    __tablename__ = "cohort"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    promise: Mapped[str] = mapped_column(Text)
    meetings: Mapped[str] = mapped_column(String(200))
    rhythm: Mapped[str] = mapped_column(String(200))
    trainer_line: Mapped[str] = mapped_column(String(200))
    time_zone: Mapped[str] = mapped_column(String(64))
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    late_joiners: Mapped[bool] = mapped_column(default=False)
    price: Mapped[int] = mapped_column(Money)
    currency: Mapped[str] = mapped_column(String(3))
    created_at: Mapped[datetime] = created()
    __table_args__ = (
        CheckConstraint("capacity > 0", name="capacity"),
        CheckConstraint("taken >= 0", name="taken"),
        CheckConstraint("price >= 0", name="price"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
    )


class CohortTrainer(Model):
    """Who runs a cohort."""

    __tablename__ = "cohort_trainer"
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)


class Enrolment(Model):
    """A learner's place in a cohort.

    `offered` holds a seat until `offered_until`: for a new signup until the address is confirmed, for the waiting
    list until the offer lapses. `waiting` has its place in line by `line`, a number that never changes.
    """

    __tablename__ = "enrolment"
    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = owner("cohort")
    person_id: Mapped[int] = owner("person", index=True)
    status: Mapped[str] = mapped_column(String(12))
    goal: Mapped[str] = mapped_column(String(200), default="")
    line: Mapped[int | None]
    offered_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = created()
    person: Mapped[Person] = orm.relationship()
    cohort: Mapped[Cohort] = orm.relationship()
    __table_args__ = (
        UniqueConstraint("cohort_id", "person_id"),
        UniqueConstraint("cohort_id", "line"),
        Index(None, "status", "offered_until"),
        one_of("status", "waiting", "offered", "confirmed", "withdrawn", "completed"),
    )
