"""Certificates of evidence, and the keys that sign their badges."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model, UTCDateTime
from app.models.columns import created, owner

VALID = text("revoked_at IS NULL")


class Certificate(Model):
    """What was issued to a learner, frozen: its words and figures never change. At most one of an enrolment is valid.

    `token` is its address, kept as it is: it must be printed again. The page there is shown from `shown_at` on, by the
    learner's choice, and not while that is empty; `answered_at` is when they first chose. `gate_open` is whether the
    readiness gate was open on the day; it is said only where the learner says so.
    """

    __tablename__ = "certificate"
    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = owner("enrolment", index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    token: Mapped[str] = mapped_column(String(43), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    issuer: Mapped[str] = mapped_column(String(80))
    cohort: Mapped[str] = mapped_column(String(80))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    day: Mapped[date]
    rule: Mapped[str] = mapped_column(Text)
    modules: Mapped[list[str]] = mapped_column(JSON)
    modules_of: Mapped[int]
    conversations: Mapped[int]
    connecting: Mapped[int]
    gate_open: Mapped[bool]
    says_gate: Mapped[bool] = mapped_column(default=False)
    issued_at: Mapped[datetime] = created()
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    shown_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_why: Mapped[str] = mapped_column(String(280), default="")
    __table_args__ = (
        Index("uq_certificate_valid", "enrolment_id", unique=True, sqlite_where=VALID, postgresql_where=VALID),
        CheckConstraint("connecting >= 0 AND connecting <= conversations", name="connecting"),
        CheckConstraint("gate_open OR NOT says_gate", name="says_gate"),
    )


class BadgeKey(Model):
    """A key that signs badges: its public half for everybody, for good; the private one sealed by the secret key.

    The newest signs. No row is ever taken out: what it signed must stay verifiable.
    """

    __tablename__ = "badge_key"
    id: Mapped[int] = mapped_column(primary_key=True)
    # RFC 7638: the fingerprint of the public half.
    kid: Mapped[str] = mapped_column(String(43), unique=True)
    public: Mapped[dict[str, Any]] = mapped_column(JSON)
    sealed: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = created()
