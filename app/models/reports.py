"""What a trainer adds to a cohort's report, and what is told of it to people outside."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model, UTCDateTime
from app.models.columns import created, one_of, owner


class ReportText(Model):
    """A trainer's own paragraph in a cohort's report. `version` counts the saves: the second of two is told."""

    __tablename__ = "report_text"
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    saved_at: Mapped[datetime] = created()


class AskedCase(Model):
    """That a report asks for a learner's case, by rule, and what they said; `agreed` is null until they answer.

    `side` is where they stood when it was asked: above what they put in, or below. `words` are theirs, and are emptied
    when they take their yes back; what was agreed to and when stays in their consents.
    """

    __tablename__ = "asked_case"
    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = owner("enrolment")
    side: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[datetime] = created()
    agreed: Mapped[bool | None]
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    words: Mapped[str] = mapped_column(String(600), default="")
    __table_args__ = (UniqueConstraint("enrolment_id"), one_of("side", "above", "below"))


class SponsorReport(Model):
    """A report for people outside, frozen as it was drawn up. Never changed.

    `content` is what it says, of groups of five or more. `contributions` says by kind of figure who added what, as
    fingerprints: a later report is held against it, and no page shows it.
    """

    __tablename__ = "sponsor_report"
    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = owner("cohort")
    version: Mapped[int]
    day: Mapped[date]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    contributions: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, deferred=True)
    created_at: Mapped[datetime] = created()
    __table_args__ = (UniqueConstraint("cohort_id", "version"), CheckConstraint("version > 0", name="version"))


class SponsorLink(Model):
    """A link to one frozen report, opened without an account; only its hash is kept."""

    __tablename__ = "sponsor_link"
    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = owner("sponsor_report", index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(80), default="")
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = created()


class SponsorOpening(Model):
    """One opening of a link, by whoever holds it. Rows are only ever added."""

    __tablename__ = "sponsor_opening"
    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = owner("sponsor_link", index=True)
    at: Mapped[datetime] = created()
