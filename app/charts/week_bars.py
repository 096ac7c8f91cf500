"""Entries a week: connecting above the line, contacting below, on one scale from zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.charts.frame import Table, TableRow, readout
from app.charts.lettering import LINE, Box, Label, width
from app.charts.scale import tidy
from app.filters import number

MOST_WEEKS = 12
HEAD = 24
"""Room above the bars for their name, or for the figures of the week pointed at."""

DATES = 2 * LINE + 6
"""Height of the strip between the two kinds: day, and month where it changes."""

COUNT = 18
"""Room for a count at a bar's end."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Week:
    """Entries of the week that starts on a day; begun: it is still running, and the last."""

    starts: date
    connecting: int
    contacting: int
    begun: bool = False

    @property
    def name(self) -> str:
        """The first day, as it stands in a table: 7 Sep."""
        return f"{self.starts.day}\u00a0{MONTHS[self.starts.month - 1]}"

    @property
    def sentence(self) -> str:
        """The week in one line, for a tooltip and a screen reader."""
        running = ", only begun" if self.begun else ""
        return f"Week of {self.name}{running}: {self.figures}"

    @property
    def figures(self) -> str:
        """Both counts in words."""
        return f"{number(self.connecting)} connecting, {number(self.contacting)} contacting"


@dataclass(frozen=True)
class WeekColumn:
    """One week: its two bars, the column to point at, and the line that then appears."""

    week: Week
    connecting: Box
    contacting: Box
    column: Box
    lines: tuple[Label, ...]

    @property
    def sentence(self) -> str:
        return self.week.sentence


@dataclass(frozen=True)
class WeekDrawing:
    """One drawing for one width; everything lies within the view box."""

    width: float
    height: float
    above: float
    below: float
    reached: float
    columns: tuple[WeekColumn, ...]
    labels: tuple[Label, ...]
    head: float = HEAD - 2

    @property
    def points(self) -> tuple[WeekColumn, ...]:
        return self.columns


@dataclass(frozen=True)
class WeekBars:
    """The bars drawn twice, and their table. Empty before the first entry."""

    weeks: tuple[Week, ...]
    connecting: int
    contacting: int
    narrow: WeekDrawing | None
    wide: WeekDrawing | None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return self.wide is None

    @property
    def summary(self) -> str:
        """The sums of both kinds, for a reader who does not see the bars."""
        return f"{len(self.weeks)} weeks: {number(self.connecting)} connecting, {number(self.contacting)} contacting."

    @property
    def table(self) -> Table:
        """Both counts, week by week, and together."""
        return Table(
            columns=("Week of", "Connecting", "Contacting"),
            rows=tuple(
                TableRow(
                    week.name,
                    (number(week.connecting), number(week.contacting)),
                    aside="only begun" if week.begun else "",
                )
                for week in self.weeks
            ),
            foot=TableRow("Together", (number(self.connecting), number(self.contacting))),
        )


@dataclass(frozen=True)
class _Frame:
    width: float
    tall: float
    """Height of the tallest bar above and the tallest below together, at most."""
    each: float
    """Height of one entry, at most: a single talk is no tower."""


_NARROW = _Frame(width=320, tall=150, each=16)
_WIDE = _Frame(width=720, tall=190, each=20)


def week_bars(weeks: Sequence[Week]) -> WeekBars:
    """Draw up to twelve weeks, oldest first.

    Raises ValueError for more than twelve weeks or a count below zero.
    """
    if len(weeks) > MOST_WEEKS:
        raise ValueError(f"at most {MOST_WEEKS} weeks")
    if any(min(week.connecting, week.contacting) < 0 for week in weeks):
        raise ValueError("a count is never below zero")
    connecting, contacting = sum(w.connecting for w in weeks), sum(w.contacting for w in weeks)
    some = connecting + contacting > 0
    return WeekBars(
        weeks=tuple(weeks),
        connecting=connecting,
        contacting=contacting,
        narrow=_drawing(weeks, _NARROW) if some else None,
        wide=_drawing(weeks, _WIDE) if some else None,
    )


def _drawing(weeks: Sequence[Week], frame: _Frame) -> WeekDrawing:
    most_up, most_down = max(w.connecting for w in weeks), max(w.contacting for w in weeks)
    each = min(frame.each, frame.tall / (most_up + most_down))
    above = tidy(HEAD + COUNT + each * most_up)
    below = above + DATES
    foot = below + each * most_down + COUNT
    pitch = frame.width / MOST_WEEKS
    columns = tuple(
        _column(week, left=pitch * i, pitch=pitch, above=above, foot=foot, each=each) for i, week in enumerate(weeks)
    )
    return WeekDrawing(
        width=frame.width,
        height=tidy(foot + LINE + 4),
        above=above,
        below=below,
        reached=columns[-1].column.right,
        columns=columns,
        labels=(*_dates(columns, above), *_counts(columns, pitch), *_names(columns, foot, frame)),
    )


def _column(week: Week, *, left: float, pitch: float, above: float, foot: float, each: float) -> WeekColumn:
    inset = pitch * 0.18
    x0, x1, below = tidy(left + inset), tidy(left + pitch - inset), above + DATES
    return WeekColumn(
        week=week,
        connecting=Box(x0, tidy(above - each * week.connecting), x1, above),
        contacting=Box(x0, below, x1, tidy(below + each * week.contacting)),
        column=Box(tidy(left), HEAD, tidy(left + pitch), tidy(foot)),
        lines=readout(f"{week.name}: {week.figures}", room=pitch * MOST_WEEKS),
    )


def _middle(bar: Box) -> float:
    return tidy((bar.left + bar.right) / 2)


def _dates(columns: Sequence[WeekColumn], above: float) -> list[Label]:
    """Every week's first day; the month under the first and wherever it changes."""
    labels = []
    before = 0
    for column in columns:
        starts = column.week.starts
        labels.append(Label(_middle(column.connecting), above + 16, str(starts.day), "tick-label mid"))
        if starts.month != before:
            month = MONTHS[starts.month - 1]
            labels.append(Label(_middle(column.connecting), above + 16 + LINE, month, "tick-label mid"))
        before = starts.month
    return labels


def _counts(columns: Sequence[WeekColumn], pitch: float) -> list[Label]:
    """The count at every bar's end; in thousands where it would not fit, the table has it in full."""
    labels = []
    for column in columns:
        bars = (
            (column.connecting, column.week.connecting, column.connecting.top - 5, "strong t-connecting"),
            (column.contacting, column.week.contacting, column.contacting.bottom + 14, "strong t-contacting"),
        )
        for bar, count, y, css in bars:
            text = _fitting(count, pitch - 1)
            labels.append(Label(_middle(bar), tidy(y), text, f"mid {css if count else 'tick-label'}"))
    return labels


def _fitting(count: int, room: float) -> str:
    forms = (number(count), f"{count // 1000}k", "")
    return next(form for form in forms if width(form) <= room)


def _names(columns: Sequence[WeekColumn], foot: float, frame: _Frame) -> list[Label]:
    """What each side counts, and that the last week is still running."""
    below = "Contacting"
    y = tidy(foot + 14)
    names = [
        Label(0, 15, "Connecting, entries a week", "strong t-connecting"),
        Label(0, y, below, "strong t-contacting"),
    ]
    running = columns[-1].week
    if running.begun:
        begun = "Hatched: only begun" if running.connecting + running.contacting else "The last week has only begun"
        right = columns[-1].column.right
        beside = width(below) + 12
        under_bar = right - width(begun) > beside
        names.append(
            Label(right if under_bar else tidy(beside), y, begun, "tick-label end" if under_bar else "tick-label")
        )
    return names
