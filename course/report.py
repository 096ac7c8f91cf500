"""What a trainer reads of a cohort: who read and practised what. Who needs a human is in `course.concerns`.

Lines are by name, never by rank; nothing here compares one learner with another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from course.share import Share
from course.wording import counted, of, sentence, spell

RECENT_DAYS = 7

State = Literal["practised", "updated", "read", "none"]


@dataclass(frozen=True)
class Column:
    """One lesson of the course, as the grid needs it: its id, its number, the hash of its text now."""

    id: str
    number: str
    hash: str


@dataclass(frozen=True)
class Learner:
    """What the report knows of one learner, and no text of theirs.

    `joined` is the later of the day they got their place and the day the cohort began. `read` maps a finished
    lesson's id to the hash of the text that was read; `practised` holds ids of lessons with an entry; `connecting`
    of `rated` entries. `last_entry` and `last_seen` (entry or reading, whichever is later) are None before the first.
    """

    id: int
    name: str
    joined: date
    read: Mapping[str, str]
    practised: frozenset[str]
    connecting: int
    rated: int
    last_seen: date | None = None
    last_entry: date | None = None


@dataclass(frozen=True)
class Row:
    """One learner's line: a state for each lesson, and what they come to. Read and practised are two figures."""

    learner: Learner
    cells: tuple[State, ...]
    read: int
    practised: int
    updated: int
    connecting: Share


@dataclass(frozen=True)
class Progress:
    """The grid: lessons in their order, learners by name, and the connecting rate of all their rated entries."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    connecting: Share


def progress(columns: Iterable[Column], learners: Iterable[Learner]) -> Progress:
    """The progress of a cohort. A lesson that left the course has no column and is not counted."""
    lessons = tuple(columns)
    rows = tuple(_row(lessons, who) for who in sorted(learners, key=lambda who: (who.name.casefold(), who.id)))
    together = Share(sum(row.connecting.successes for row in rows), sum(row.connecting.n for row in rows))
    return Progress(lessons, rows, together)


def state_of(lesson: Column, learner: Learner) -> State:
    """What one lesson is to one learner, by the furthest they came.

    Practised outlives an edit: what was done in the field was done. A lesson that was only read is `updated` once
    its text is another one than was read, and stays counted as read.
    """
    if lesson.id in learner.practised:
        return "practised"
    if lesson.id not in learner.read:
        return "none"
    return "read" if learner.read[lesson.id] == lesson.hash else "updated"


def _row(lessons: Sequence[Column], learner: Learner) -> Row:
    cells = tuple(state_of(lesson, learner) for lesson in lessons)
    return Row(
        learner=learner,
        cells=cells,
        read=sum(lesson.id in learner.read for lesson in lessons),
        practised=cells.count("practised"),
        updated=cells.count("updated"),
        connecting=Share(learner.connecting, learner.rated),
    )


def headline(last_entries: Iterable[date | None], today: date) -> str:
    """Who practised lately, in words, from the day of each learner's latest entry.

    Seven days and not "this week", which on a Monday has only begun.
    """
    everybody = list(last_entries)
    lately = sum(day is not None and 0 <= (today - day).days < RECENT_DAYS for day in everybody)
    share, span = Share(lately, len(everybody)), f"practised in the last {counted(RECENT_DAYS, 'day')}"
    if share.n == 0:
        return "No learners yet"
    if lately == 0:
        return f"Nobody {span}"
    return sentence(f"all {spell(share.n)} {span}" if lately == share.n > 1 else f"{of(share)} {span}")
