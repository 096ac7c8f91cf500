"""Cohorts, who runs them, and the places in them."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, orm
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model, Money, UTCDateTime
from app.models.columns import between, created, one_of, owner
from app.models.people import Person


class Cohort(Model):
    """One run of the course. `taken` counts seats held and is changed by one atomic statement only.

    `about` is the trainer's own text, plain; of the addresses in it only those in `links` lead somewhere. `opens_on`
    maps a module's folder or a lesson's id to the day it opens, for the pace by dates. `version` counts the edits.
    """

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
    about: Mapped[str] = mapped_column(Text, default="")
    links: Mapped[list[str]] = mapped_column(JSON, default=list)
    offer_hours: Mapped[int] = mapped_column(default=48)
    # When sign-up was closed by hand, and when the cohort was called off or, once over, put away.
    shut_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    archived_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    pace: Mapped[str] = mapped_column(String(8), default="open")
    opens_on: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    # How late joiners catch up, where they are welcome: from now on, or with every date moved by as much.
    late_pace: Mapped[str] = mapped_column(String(8), default="onward")
    # Where those who still wait when this one begins may go, if they agreed.
    next_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id", ondelete="SET NULL"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = created()
    __table_args__ = (
        one_of("pace", "open", "weekly", "dates"),
        one_of("late_pace", "onward", "shifted"),
        between("offer_hours", 1, 336),
        CheckConstraint("next_id <> id", name="next_is_another"),
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


class Picture(Model):
    """The picture of a cohort's page, encoded anew by us. A row of its own, so that no page reads its bytes."""

    __tablename__ = "picture"
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"), primary_key=True)
    alt: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(16))
    width: Mapped[int]
    height: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    saved_at: Mapped[datetime] = created()


class Meeting(Model):
    """One meeting of a cohort. `uid` and `sequence` are what calendars know it and its changes by."""

    __tablename__ = "meeting"
    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = owner("cohort")
    uid: Mapped[str] = mapped_column(String(64), unique=True)
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    minutes: Mapped[int]
    where: Mapped[str] = mapped_column(String(200), default="")
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = created()
    cancelled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (Index(None, "cohort_id", "starts_at"), between("minutes", 5, 1440))


class Invite(Model):
    """A link that lets people in before sign-up opens or after it closes; only its hash is kept.

    `used` counts the places it gave and is changed by one atomic statement only; no `cap` means any number.
    """

    __tablename__ = "invite"
    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = owner("cohort", index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(80), default="")
    domain: Mapped[str] = mapped_column(String(253), default="")
    cap: Mapped[int | None]
    used: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = created()
    __table_args__ = (
        CheckConstraint("cap > 0", name="cap"),
        CheckConstraint("used >= 0 AND (cap IS NULL OR used <= cap)", name="used"),
    )


class Enrolment(Model):
    """A learner's place in a cohort.

    `offered` holds a seat until `offered_until`: for a new signup until the address is confirmed, for the waiting
    list until the offer lapses. `waiting` has its place in line by `line`, a number that never changes. `ending` says
    how a withdrawn place ended. `rolls_over`: whoever still waits when the course begins goes on to the next cohort.
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
    ending: Mapped[str | None] = mapped_column(String(12))
    rolls_over: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = created()
    person: Mapped[Person] = orm.relationship()
    cohort: Mapped[Cohort] = orm.relationship()
    __table_args__ = (
        UniqueConstraint("cohort_id", "person_id"),
        UniqueConstraint("cohort_id", "line"),
        Index(None, "status", "offered_until"),
        one_of("status", "waiting", "offered", "confirmed", "withdrawn", "completed"),
        one_of("ending", "left", "lapsed", "declined", "withdrawn", "rolled over"),
    )


class Change(Model):
    """Who changed a learner's place, when and why. Rows are only ever added."""

    __tablename__ = "change"
    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = owner("enrolment", index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    what: Mapped[str] = mapped_column(String(12))
    why: Mapped[str] = mapped_column(String(280), default="")
    at: Mapped[datetime] = created()
    __table_args__ = (one_of("what", "imported", "invited", "moved", "withdrawn", "restored", "rolled over"),)


class PaceException(Model):
    """A day of one learner's own for a module or a lesson (`what`: its folder or id; "" for all), and the reason."""

    __tablename__ = "pace_exception"
    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = owner("enrolment")
    what: Mapped[str] = mapped_column(String(64), default="")
    opens_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(280))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = created()
    __table_args__ = (UniqueConstraint("enrolment_id", "what"),)
