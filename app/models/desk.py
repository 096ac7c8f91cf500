"""The trainer's desk: whom a trainer put off or spoke to, what a learner shows, and what the trainer answers."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model, UTCDateTime
from app.models.columns import between, created, one_of, owner

LINES = ("personal", "two_way", "about_them", "value", "next_step")


class Contact(Model):
    """That a trainer put a learner off until a day, or spoke to them, and what was said.

    Rows are only ever added; `until` is drawn nearer where the trainer wants the learner back on the list before.
    """

    __tablename__ = "contact"
    id: Mapped[int] = mapped_column(primary_key=True)
    trainer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    enrolment_id: Mapped[int] = owner("enrolment")
    kind: Mapped[str] = mapped_column(String(8))
    day: Mapped[date]
    # Until then the morning list leaves the learner out.
    until: Mapped[date]
    note: Mapped[str] = mapped_column(String(280), default="")
    created_at: Mapped[datetime] = created()
    __table_args__ = (
        Index(None, "enrolment_id", "day"),
        one_of("kind", "snoozed", "spoke"),
        CheckConstraint("until >= day", name="until"),
    )


def one_open(column: str) -> Index:
    """Whatever is shown is shown once at a time; what was withdrawn may be shown again."""
    shown = text("withdrawn_at IS NULL")
    return Index(f"uq_shared_{column}", column, unique=True, sqlite_where=shown, postgresql_where=shown)


class Shared(Model):
    """One entry or one exercise that a learner shows the trainers of a cohort, until they withdraw it.

    The entry is the wording that stood when it was shown: a correction is shown only if the learner shows it.
    """

    __tablename__ = "shared"
    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = owner("enrolment", index=True)
    # Indexed in full, too: erasing an entry looks for whatever shows it.
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    shared_at: Mapped[datetime] = created()
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # When the learner said that they had read the answer.
    heard_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (
        one_open("entry_id"),
        one_open("plan_id"),
        CheckConstraint("(entry_id IS NULL) <> (plan_id IS NULL)", name="one_thing"),
    )


class Feedback(Model):
    """What one trainer made of something shown: opened, rated once and blind, answered. A comment not sent is a draft.

    `opened_at` is the latest opening; each has its line in the audit.
    """

    __tablename__ = "feedback"
    id: Mapped[int] = mapped_column(primary_key=True)
    shared_id: Mapped[int] = owner("shared")
    trainer_id: Mapped[int] = owner("person", index=True)
    opened_at: Mapped[datetime] = created()
    personal: Mapped[int | None]
    two_way: Mapped[int | None]
    about_them: Mapped[int | None]
    value: Mapped[int | None]
    next_step: Mapped[int | None]
    rated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    comment: Mapped[str] = mapped_column(String(1000), default="")
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (
        UniqueConstraint("shared_id", "trainer_id"),
        *(between(line, 0, 2) for line in LINES),
        CheckConstraint(
            "rated_at IS NULL OR (personal IS NOT NULL AND two_way IS NOT NULL AND about_them IS NOT NULL "
            "AND value IS NOT NULL AND next_step IS NOT NULL)",
            name="rated",
        ),
    )
