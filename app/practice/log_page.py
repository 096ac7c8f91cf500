"""What the page of the log shows: the weeks and their finding, and the latest entries by person and verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app import charts
from app.charts import WeekBars
from app.practice.book import Book
from app.practice.forms import Choices
from app.practice.paging import Page, page_of
from app.practice.wording import corrected, how
from course import practice
from course.library import Library
from course.practice import Entry, Week
from course.share import Share
from course.trend import ENOUGH, headline
from course.wording import counted, sentence

VERDICTS = ("connecting", "contacting", "alone")


@dataclass(frozen=True)
class Sought:
    """Which entries the list shows: with one person, of one verdict, or all."""

    person: int | None = None
    verdict: str = ""

    @property
    def all(self) -> bool:
        """Whether nothing is left out."""
        return self.person is None and not self.verdict

    def finds(self, entry: Entry) -> bool:
        """Whether an entry is among them."""
        kind = entry.rubric.verdict if entry.rubric else "alone"
        return self.person in (None, entry.person) and self.verdict in ("", kind)


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    entry: Entry
    alias: str
    how: str
    exercise: str
    corrected: str


@dataclass(frozen=True)
class LogPage:
    """The weeks as bars, the finding as their title, the rate in words, and a page of the list."""

    bars: WeekBars
    title: str
    rate: str
    rows: Page[Row]
    written: int


def log_page(book: Book, today: date, *, sought: Sought, number: int, exercises: Mapping[str, str]) -> LogPage:
    """The page for a day; the list newest first."""
    weeks = practice.weeks(book.entries, today)
    listed = [entry for entry in reversed(book.entries) if sought.finds(entry)]
    rows = page_of(listed, number)
    return LogPage(
        bars=bars_of(weeks),
        title=headline(weeks),
        rate=rate_in_words(weeks, practice.connecting_rate(book.entries)),
        rows=Page(tuple(row_of(entry, book, exercises) for entry in rows.items), rows.number, rows.last, rows.total),
        written=len(book.entries),
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
    return f"{share.successes} of {share.n} were connecting, {drawn.words} (Wilson, 95\u00a0%)."


def exercise_choices(library: Library) -> dict[str, Choices]:
    """The exercises of the course to choose from, by module."""
    return {
        f"{module.number} {module.title}": {lesson.id: library.exercises[lesson.id] for lesson in module.lessons}
        for module in library.modules
        if module.lessons
    }
