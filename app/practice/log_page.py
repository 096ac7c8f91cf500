"""What the page of the log shows: the weeks and their finding, and the latest entries by person and verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app import charts
from app.charts import WeekBars
from app.practice.book import Book
from app.practice.circle import Circle
from app.practice.forms import Choices
from app.practice.log_queries import Line, Tally
from app.practice.paging import Page
from app.practice.wording import corrected, how
from course.library import Library
from course.practice import RUBRICS, Entry, Rubric, Week
from course.share import Share
from course.trend import ENOUGH, headline
from course.wording import counted, out_of, sentence

VERDICTS = ("connecting", "contacting", "alone")


@dataclass(frozen=True)
class Row:
    """One line of the list of somebody's touches."""

    entry: Entry
    alias: str
    how: str
    exercise: str
    corrected: str


@dataclass(frozen=True)
class LogLine:
    """One line of the log; `rubric` is None for what was done alone."""

    id: int
    on: date
    person: int | None
    alias: str
    how: str
    minutes: int
    exercise: str
    rubric: Rubric | None
    corrected: str


@dataclass(frozen=True)
class LogPage:
    """The weeks as bars, the finding as their title, the rate in words, and a page of the list."""

    bars: WeekBars
    title: str
    rate: str
    rows: Page[LogLine]
    written: int


def log_page(tally: Tally, rows: Page[Line], *, circle: Circle, exercises: Mapping[str, str]) -> LogPage:
    """The page from the log in numbers and one page of its lines."""
    lines = tuple(line_of(line, circle, exercises) for line in rows.items)
    return LogPage(
        bars=bars_of(tally.weeks),
        title=headline(tally.weeks),
        rate=rate_in_words(tally.weeks, Share(tally.connecting, tally.rated)),
        rows=Page(lines, rows.number, rows.last, rows.total),
        written=tally.written,
    )


def line_of(line: Line, circle: Circle, exercises: Mapping[str, str]) -> LogLine:
    return LogLine(
        id=line.id,
        on=line.on,
        person=None if line.person is None else circle.heads.get(line.person, line.person),
        alias=circle.named(line.person),
        how=how(line),
        minutes=line.minutes,
        exercise=exercises.get(line.exercise or "", ""),
        rubric=None if line.person is None else RUBRICS[line.points],
        corrected=corrected(line.corrections),
    )


def row_of(entry: Entry, book: Book, exercises: Mapping[str, str]) -> Row:
    return Row(
        entry=entry,
        alias=book.aliases.get(entry.person or 0, ""),
        how=how(entry),
        exercise=exercises.get(entry.exercise or "", ""),
        corrected=corrected(len(book.history(entry.id)) - 1),
    )


def bars_of(weeks: Sequence[Week]) -> WeekBars:
    """The weeks as bars; the last of them is still running."""
    return charts.week_bars(
        [charts.Week(week.start, week.connecting, week.contacting, begun=week is weeks[-1]) for week in weeks]
    )


def rate_in_words(weeks: Sequence[Week], ever: Share) -> str:
    """The connecting rate of the weeks, and of the whole log where it holds more, with Wilson's interval."""
    lately = Share(sum(week.connecting for week in weeks), sum(week.rated for week in weeks))
    span = sentence(f"over {counted(len(weeks), 'week')}")
    said = f"{span} {share_in_words(lately)}" if lately.n >= ENOUGH else ""
    if ever.n > lately.n and ever.n >= ENOUGH:
        said = f"{said} Since the first entry {share_in_words(ever)}".strip()
    return said


def share_in_words(share: Share) -> str:
    drawn = charts.whisker(share.value, share.low, share.high)
    return f"{out_of(share)} were connecting, {drawn.words} (Wilson, 95\u00a0%)."


def exercise_choices(library: Library) -> dict[str, Choices]:
    """The exercises of the course to choose from, by module."""
    return {
        f"{module.number} {module.title}": {lesson.id: library.exercises[lesson.id] for lesson in module.lessons}
        for module in library.modules
        if module.lessons
    }
