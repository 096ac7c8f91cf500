"""Columns and constraints that many tables share."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import UTCDateTime


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
