"""Study: belongs to the enrolment."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model, UTCDateTime
from app.models.columns import between, created, one_of, owner


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
    # How long it took, where the learner says that the lesson's stated minutes are wrong.
    minutes: Mapped[int | None]
    __table_args__ = (UniqueConstraint("enrolment_id", "lesson_id"), between("minutes", 0, 1440))


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
    # What was logged when it was done: the plan and what happened stand side by side.
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = created()
    reported_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (Index(None, "enrolment_id", "due_on"), one_of("outcome", "done", "didnt"))


class Reaction(Model):
    """What a learner said of the course, once: a step 1…5 for each question. All are null where they rather did not."""

    __tablename__ = "reaction"
    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = owner("enrolment")
    relevance: Mapped[int | None]
    intent: Mapped[int | None]
    recommend: Mapped[int | None]
    line: Mapped[str] = mapped_column(String(200), default="")
    said_at: Mapped[datetime] = created()
    __table_args__ = (
        UniqueConstraint("enrolment_id"),
        *(between(question, 1, 5) for question in ("relevance", "intent", "recommend")),
    )


class Assessment(Model):
    """A self-assessment taken at one of four moments; `answers` maps an item to 0…5, or to null where left open."""

    __tablename__ = "assessment"
    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = owner("enrolment")
    moment: Mapped[str] = mapped_column(String(8))
    answers: Mapped[dict[str, int | None]] = mapped_column(JSON)
    taken_at: Mapped[datetime] = created()
    __table_args__ = (UniqueConstraint("enrolment_id", "moment"), one_of("moment", "before", "after", "later", "then"))
