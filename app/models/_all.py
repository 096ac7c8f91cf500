"""Tables and constraints; no queries, no rules.

Study rows belong to an enrolment; practice, relationships and the ledger to the person, so that they outlive a
cohort. Every owned row carries its owner's id: it is asked for with it, and could be sharded by it.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, orm, text
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Model, Money, ShareOfOne, UTCDateTime


def one_of(column: str, *words: str) -> CheckConstraint:
    """A column that holds one of a few words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def between(column: str, low: int, high: int) -> CheckConstraint:
    """A whole number within bounds, both allowed."""
    return CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=column)


def owner(of: str, *, index: bool = False) -> Mapped[int]:
    """The id of the row that owns this one; erased with it."""
    return mapped_column(ForeignKey(f"{of}.id", ondelete="CASCADE"), index=index)


def now() -> datetime:
    """The clock, looked up when a row is written: a test that sets it is obeyed."""
    return clock.now()


def created() -> Mapped[datetime]:
    """When the row was written."""
    return mapped_column(UTCDateTime, default=now)


class Person(Model):
    """Anybody with an address here: learner, trainer, operator, or several of them."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
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
    # First day of the ledger's window: the start of the first cohort, unless the learner says otherwise.
    ledger_start: Mapped[date | None]
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = created()
    __table_args__ = (
        one_of("theme", "system", "light", "dark"),
        between("sales_cycle_months", 0, 60),
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
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    person: Mapped[Person] = orm.relationship()


class Token(Model):
    """A secret sent by mail, kept hashed: one purpose, one use, an end."""

    __tablename__ = "token"
    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[int] = owner("person", index=True)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = created()
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    person: Mapped[Person] = orm.relationship()
    __table_args__ = (one_of("purpose", "confirm", "reset"),)


class Attempt(Model):
    """One try at something that guards a secret or costs a mail; counted to slow down guessing."""

    __tablename__ = "attempt"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    account: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = created()
    __table_args__ = (Index(None, "kind", "account", "at"), Index(None, "kind", "address", "at"), Index(None, "at"))


class Once(Model):
    """A form's once-only key and the answer its first post got."""

    __tablename__ = "once"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    location: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, index=True)


class Mail(Model):
    """The outbox: a mail is written in the transaction of the fact that it tells of, and sent later."""

    __tablename__ = "mail"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    due_at: Mapped[datetime] = created()
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    failure: Mapped[str | None] = mapped_column(String(500))
    __table_args__ = (
        Index(
            "ix_mail_unsent", "due_at", sqlite_where=text("sent_at IS NULL"), postgresql_where=text("sent_at IS NULL")
        ),
    )


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
    what: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(200), default="")


# Study: belongs to the enrolment.


class LessonVersion(Model):
    """A lesson's text as it was served, so that a broken file, an edit or a removal loses nothing."""

    __tablename__ = "lesson_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    lesson_id: Mapped[str] = mapped_column(String(64), index=True)
    path: Mapped[str] = mapped_column(String(200), index=True)
    content_hash: Mapped[str] = mapped_column(String(64), unique=True)
    source: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime] = created()


class Passage(Model):
    """What search finds: a served lesson's text under one heading, or a term of the glossary (then `lesson_id` is "").

    The `_words` are what both engines index, made bare by `course.search`; the index itself is the migration's.
    """

    __tablename__ = "passage"
    id: Mapped[int] = mapped_column(primary_key=True)
    lesson_id: Mapped[str] = mapped_column(String(64))
    place: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
    anchor: Mapped[str] = mapped_column(Text)
    heading: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    heading_words: Mapped[str] = mapped_column(Text)
    text_words: Mapped[str] = mapped_column(Text)
    __table_args__ = (UniqueConstraint("lesson_id", "place"),)


class Reading(Model):
    """A learner's way through one lesson. `content_hash` is of the version that was completed."""

    __tablename__ = "reading"
    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = owner("enrolment")
    lesson_id: Mapped[str] = mapped_column(String(64))
    content_hash: Mapped[str] = mapped_column(String(64))
    heading: Mapped[str] = mapped_column(String(120), default="")
    began_at: Mapped[datetime] = created()
    completed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (UniqueConstraint("enrolment_id", "lesson_id"),)


class Note(Model):
    """A learner's own words beside a lesson. `version` counts the saves: the second of two tabs is told."""

    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = owner("enrolment")
    lesson_id: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = created()
    __table_args__ = (UniqueConstraint("enrolment_id", "lesson_id"),)


class Answer(Model):
    """One answer to a recall question, with the confidence stated before the model answer was seen."""

    __tablename__ = "answer"
    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = owner("enrolment")
    lesson_id: Mapped[str] = mapped_column(String(64))
    recall_id: Mapped[str] = mapped_column(String(64))
    content_hash: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(String(12))
    correct: Mapped[bool | None]
    answered_at: Mapped[datetime] = created()
    graded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (
        Index(None, "enrolment_id", "lesson_id", "recall_id"),
        one_of("confidence", "guessing", "unsure", "fairly", "certain"),
    )


class Card(Model):
    """When a recall question returns, by FSRS."""

    __tablename__ = "card"
    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = owner("enrolment")
    lesson_id: Mapped[str] = mapped_column(String(64))
    recall_id: Mapped[str] = mapped_column(String(64))
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    stability: Mapped[float | None]
    difficulty: Mapped[float | None]
    state: Mapped[int]
    reviewed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (UniqueConstraint("enrolment_id", "lesson_id", "recall_id"), Index(None, "enrolment_id", "due_at"))


class Plan(Model):
    """An if-then plan for an exercise. It comes back on its day; "I didn't, because" is an answer."""

    __tablename__ = "plan"
    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = owner("enrolment")
    lesson_id: Mapped[str] = mapped_column(String(64))
    if_text: Mapped[str] = mapped_column(String(200))
    then_text: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date]
    outcome: Mapped[str | None] = mapped_column(String(8))
    because: Mapped[str] = mapped_column(String(280), default="")
    created_at: Mapped[datetime] = created()
    reported_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (Index(None, "enrolment_id", "due_on"), one_of("outcome", "done", "didnt"))


class Assessment(Model):
    """A self-assessment taken at one of four moments; `answers` maps an item to 0…5, or to null where left open."""

    __tablename__ = "assessment"
    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = owner("enrolment")
    moment: Mapped[str] = mapped_column(String(8))
    answers: Mapped[dict[str, int | None]] = mapped_column(JSON)
    taken_at: Mapped[datetime] = created()
    __table_args__ = (UniqueConstraint("enrolment_id", "moment"), one_of("moment", "before", "after", "later", "then"))


# Practice and the ledger: belong to the person.


class Relationship(Model):
    """Someone the learner tends, under an alias. No name, no phone, no address."""

    __tablename__ = "relationship"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = owner("person")
    alias: Mapped[str] = mapped_column(String(40))
    layer: Mapped[str] = mapped_column(String(8), default="core")
    cadence_days: Mapped[int] = mapped_column(default=30)
    seat: Mapped[int | None]
    known_since: Mapped[date]
    created_at: Mapped[datetime] = created()
    __table_args__ = (
        UniqueConstraint("person_id", "alias"),
        UniqueConstraint("person_id", "seat"),
        between("seat", 1, 10),
        between("cadence_days", 1, 1000),
        one_of("layer", "core", "active", "network"),
    )


class Entry(Model):
    """One dated line of the practice log. Never changed: a correction is a new entry that replaces this one, and a
    void one replaces an entry that should not have been written."""

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
    """Something the learner said they would do by a date, and whether they did."""

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
    __table_args__ = (Index(None, "person_id", "due_on"),)


class Receipt(Model):
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
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = created()
    __table_args__ = (
        Index(None, "person_id", "day", "id"),
        CheckConstraint("amount > 0", name="amount"),
        between("margin", 0, 10_000),
        between("attribution", 0, 10_000),
        between("confidence", 0, 10_000),
    )


class Cost(Model):
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
    )


class MonthlyMargin(Model):
    """The margin of one calendar month of business; null: known to be unknown. Before the start: the baseline."""

    __tablename__ = "monthly_margin"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = owner("person")
    month: Mapped[date]
    amount: Mapped[int | None] = mapped_column(Money)
    __table_args__ = (UniqueConstraint("person_id", "month"),)
