"""Practice: belongs to the person, so that it outlives a cohort."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model, UTCDateTime
from app.models.columns import between, created, now, one_of, owner


class Relationship(Model):
    """Someone the learner tends, under an alias. No name, no phone, no address.

    `merged_into_id` says that this alias and the other are one person; its rows stay its own, so that it can be undone.
    `merged_seat` is the seat it had until then. `introduced_by_id` is who brought them.
    """

    __tablename__ = "relationship"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = owner("person")
    alias: Mapped[str] = mapped_column(String(40))
    layer: Mapped[str] = mapped_column(String(8), default="core")
    cadence_days: Mapped[int] = mapped_column(default=30)
    seat: Mapped[int | None]
    known_since: Mapped[date]
    introduced_by_id: Mapped[int | None] = mapped_column(ForeignKey("relationship.id", ondelete="SET NULL"), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("relationship.id", ondelete="SET NULL"), index=True)
    merged_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    merged_seat: Mapped[int | None]
    created_at: Mapped[datetime] = created()
    __table_args__ = (
        UniqueConstraint("person_id", "alias"),
        UniqueConstraint("person_id", "seat"),
        between("seat", 1, 10),
        between("cadence_days", 1, 1000),
        CheckConstraint("introduced_by_id <> id", name="introduced_by_another"),
        CheckConstraint("merged_into_id <> id", name="merged_into_another"),
        CheckConstraint("(merged_into_id IS NULL) OR (seat IS NULL)", name="merged_has_no_seat"),
        between("merged_seat", 1, 10),
        one_of("layer", "core", "active", "network"),
    )


class Entry(Model):
    """One dated line of the practice log. Never changed: a correction is a new entry that replaces this one, and a
    void one replaces an entry that should not have been written. Its words alone go, by their age: `app/privacy/notes`.
    """

    __tablename__ = "entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = owner("person")
    relationship_id: Mapped[int | None] = mapped_column(ForeignKey("relationship.id", ondelete="CASCADE"))
    day: Mapped[date]
    channel: Mapped[str | None] = mapped_column(String(8))
    minutes: Mapped[int]
    began: Mapped[str | None] = mapped_column(String(4))
    lesson_id: Mapped[str | None] = mapped_column(String(64))
    personal: Mapped[int | None]
    two_way: Mapped[int | None]
    about_them: Mapped[int | None]
    value: Mapped[int | None]
    next_step: Mapped[int | None]
    step: Mapped[str] = mapped_column(String(140), default="")
    step_due: Mapped[date | None]
    sign: Mapped[str | None] = mapped_column(String(8))
    note: Mapped[str] = mapped_column(String(280), default="")
    words_removed_on: Mapped[date | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), unique=True)
    void: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = created()
    __table_args__ = (
        Index(None, "person_id", "day", "id"),
        Index(None, "relationship_id", "day"),
        between("minutes", 0, 1440),
        # Unrated talks would flatter the rate: what happened with somebody is always rated.
        CheckConstraint(
            "void OR relationship_id IS NULL OR (channel IS NOT NULL AND began IS NOT NULL AND personal IS NOT NULL "
            "AND two_way IS NOT NULL AND about_them IS NOT NULL AND value IS NOT NULL AND next_step IS NOT NULL)",
            name="rated",
        ),
        one_of("channel", "met", "call", "video", "mail", "message"),
        one_of("began", "me", "them"),
        one_of("sign", "advice", "confided", "referred"),
        between("personal", 0, 2),
        between("two_way", 0, 2),
        between("about_them", 0, 2),
        between("value", 0, 2),
        between("next_step", 0, 2),
    )


class Promise(Model):
    """Something the learner said they would do by a date, and whether they did.

    `sequence` counts its changes and `changed_at` is the last of them, for the calendars that show it.
    """

    __tablename__ = "promise"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = owner("person")
    relationship_id: Mapped[int] = owner("relationship", index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id", ondelete="SET NULL"), index=True)
    text: Mapped[str] = mapped_column(String(140))
    made_on: Mapped[date]
    due_on: Mapped[date]
    kept_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    sequence: Mapped[int] = mapped_column(default=0, onupdate=literal_column("sequence + 1"))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, onupdate=now)
    __table_args__ = (Index(None, "person_id", "due_on"),)
