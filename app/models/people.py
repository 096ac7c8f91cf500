"""People, their sessions and secrets, what they agreed to, and who did what."""

import secrets
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, orm
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model, Money, ShareOfOne, UTCDateTime
from app.models.columns import between, created, now, one_of, owner

# What a token is good for; the second step is that of signing in, the last two of a change of address.
PURPOSES = ("confirm", "reset", "unsubscribe", "second step", "address", "address back")


class Person(Model):
    """Anybody with an address here: learner, trainer, operator, or several of them."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    # By this an erasure is recognised after a restore: an id may be given out again.
    stable_id: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: secrets.token_hex(16))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_trainer: Mapped[bool] = mapped_column(default=False)
    is_operator: Mapped[bool] = mapped_column(default=False)
    time_zone: Mapped[str] = mapped_column(String(64), default="Europe/Amsterdam")
    theme: Mapped[str] = mapped_column(String(8), default="system")
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    hourly_value: Mapped[int | None] = mapped_column(Money)
    sales_cycle_months: Mapped[int] = mapped_column(default=3)
    # What a year's wait takes off money that comes later.
    discount_rate: Mapped[Decimal] = mapped_column(ShareOfOne, default=Decimal(".10"))
    # First day of the ledger's window: the start of the first cohort, unless the learner says otherwise.
    ledger_start: Mapped[date | None]
    # After how many months their notes go; the installation's time where they said nothing.
    note_months: Mapped[int | None]
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = created()
    __table_args__ = (
        one_of("theme", "system", "light", "dark"),
        between("sales_cycle_months", 0, 60),
        between("discount_rate", 0, 10_000),
        between("note_months", 1, 120),
        CheckConstraint("hourly_value >= 0", name="hourly_value"),
    )


class Session(Model):
    """A signed-in browser. Its token is kept hashed; ended means ended, whatever cookie comes later."""

    __tablename__ = "session"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = owner("person", index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    browser: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = created()
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # When the password was last typed in this browser.
    proved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    person: Mapped[Person] = orm.relationship()


class Factor(Model):
    """A person's second factor: the secret that their app makes codes from, sealed. It counts once confirmed."""

    __tablename__ = "factor"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str | None] = mapped_column(String(200))
    # One that is being set up: the present one holds until a code of this one has been typed.
    pending: Mapped[str | None] = mapped_column(String(200))
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # The number of the last half minute whose code let somebody in: no code of it or of one before works again.
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    __table_args__ = (CheckConstraint("(secret IS NULL) = (confirmed_at IS NULL)", name="confirmed"),)


class RecoveryCode(Model):
    """A way in for who has lost their app, kept hashed: one use each."""

    __tablename__ = "recovery_code"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = owner("person")
    code_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = created()
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (UniqueConstraint("person_id", "code_hash"),)


class Token(Model):
    """A secret sent by mail or kept by a browser, kept hashed here: one purpose, one use, an end.

    `kind` is of the mails that it unsubscribes; `address` the one that it confirms or gives back. `answers`: what was
    ticked when its place was asked for, by the hash of the words; said by nobody until the link is used.
    """

    __tablename__ = "token"
    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[int] = owner("person", index=True)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str | None] = mapped_column(String(16))
    address: Mapped[str | None] = mapped_column(String(254))
    answers: Mapped[dict[str, bool] | None] = mapped_column(JSON(none_as_null=True))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = created()
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    person: Mapped[Person] = orm.relationship()
    # Of some purposes those that ran out go at once; of the others they stay, and must not be looked through for them.
    __table_args__ = (one_of("purpose", *PURPOSES), Index(None, "purpose", "expires_at"))


class Attempt(Model):
    """One try at something that guards a secret or costs a mail; counted to slow down guessing."""

    __tablename__ = "attempt"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    account: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = created()
    __table_args__ = (Index(None, "kind", "account", "at"), Index(None, "kind", "address", "at"), Index(None, "at"))


class Consent(Model):
    """What somebody agreed to, when, and to which words. Rows are only ever added."""

    __tablename__ = "consent"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = owner("person", index=True)
    kind: Mapped[str] = mapped_column(String(24))
    given: Mapped[bool]
    version: Mapped[str] = mapped_column(String(24))
    text_hash: Mapped[str] = mapped_column(String(64))
    method: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime] = created()


class Audit(Model):
    """Who did what that somebody may ask about later. Rows are only ever added."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    # Whose data it was done with.
    whom_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    what: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(200), default="")
    why: Mapped[str] = mapped_column(String(280), default="")
    __table_args__ = (Index(None, "whom_id", "id"),)
