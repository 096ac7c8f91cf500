"""What followed a talk between a trainer and a learner, in words: fourteen days after beside fourteen before.

What followed is not what it caused: a page that shows this says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from course.wording import counted, on_day, sentence, spell

SPAN_DAYS = 14


@dataclass(frozen=True)
class Deeds:
    """The days of entries, of those of them that connect, and of lessons finished."""

    entries: tuple[date, ...] = ()
    connecting: tuple[date, ...] = ()
    lessons: tuple[date, ...] = ()


@dataclass(frozen=True)
class Followed:
    """What followed, in a sentence. `more`: more entries than before, or as many and more lessons; None while the
    fourteen days run."""

    words: str
    more: bool | None


def what_followed(spoke: date, deeds: Deeds, today: date) -> Followed:
    """The `SPAN_DAYS` after the day they spoke beside those before it; the day itself belongs to neither."""
    over = today - spoke > timedelta(days=SPAN_DAYS)
    after = tally(deeds, spoke + timedelta(days=1), spoke + timedelta(days=SPAN_DAYS))
    before = tally(deeds, spoke - timedelta(days=SPAN_DAYS), spoke - timedelta(days=1))
    span = f"in the {SPAN_DAYS} days after" if over else f"so far, since {on_day(spoke, today)}"
    words = f"{said(*after)} {span}; {said(*before)} in the {SPAN_DAYS} before."
    more = (after[0], after[2]) > (before[0], before[2]) if over else None
    return Followed(sentence(words), more)


def tally(deeds: Deeds, first: date, last: date) -> tuple[int, int, int]:
    """Entries, connecting ones and lessons from the first day to the last."""

    def within(days: Iterable[date]) -> int:
        return sum(first <= day <= last for day in days)

    return within(deeds.entries), within(deeds.connecting), within(deeds.lessons)


def said(entries: int, connecting: int, lessons: int) -> str:
    """`two entries, one of them connecting, and no lesson`."""
    written = counted(entries, "entry", "entries")
    if connecting:
        every = "which connects" if entries == 1 else "all connecting"
        written += f", {every if connecting == entries else f'{spell(connecting)} of them connecting'},"
    return f"{written} and {counted(lessons, 'lesson')}"
