"""The lessons as they were served, and what search finds in them."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model
from app.models.columns import created


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
