"""The readiness gate week by week: how many of its tests held, and above them a lane that says its state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from app.charts.frame import Point, Table, TableRow, readout
from app.charts.lettering import LINE, Box, Label, width
from app.charts.scale import tidy
from app.charts.week_bars import MONTHS
from app.filters import number

MOST_WEEKS = 53
FEWEST_COLUMNS = 13
"""A quarter's width is left for who has just begun: one week is no bar across the page."""

HEAD = 24
LANE = 12
"""Height of the lane of states."""

GAP = 10
"""Between the lane and the bars, and between two months' names."""

SIDE = 22
"""Room for the scale's figures."""


@dataclass(frozen=True)
class GateWeek:
    """The gate on one day of a week; state: `closed`, `on probation` or `open`."""

    day: date
    held: int
    state: str

    @property
    def name(self) -> str:
        """The day, as it stands in a table."""
        return f"{self.day.day}\u00a0{MONTHS[self.day.month - 1]} {self.day.year}"


@dataclass(frozen=True)
class GateDrawing:
    """One drawing for one width. lane and bars: a state, and the box that it fills."""

    width: float
    height: float
    left: float
    top: float
    foot: float
    lane: tuple[tuple[str, Box], ...]
    bars: tuple[tuple[str, Box], ...]
    labels: tuple[Label, ...]
    points: tuple[Point, ...]
    head: float = HEAD - 2


@dataclass(frozen=True)
class GateWeeks:
    """The weeks drawn twice, and their table. Empty without a week."""

    weeks: tuple[GateWeek, ...]
    tests: int
    summary: str
    narrow: GateDrawing | None
    wide: GateDrawing | None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.weeks

    @property
    def table(self) -> Table:
        """Week by week, the latest first."""
        rows = (TableRow(week.name, (number(week.held), week.state)) for week in reversed(self.weeks))
        return Table(columns=("Read on", f"Hold, of {self.tests}", "The gate"), rows=tuple(rows))


@dataclass(frozen=True)
class _Frame:
    width: float
    each: float
    """Height of one test."""


_NARROW = _Frame(width=320, each=13)
_WIDE = _Frame(width=720, each=15)


def gate_weeks(weeks: Sequence[GateWeek], *, tests: int = 7) -> GateWeeks:
    """Draw up to 53 weeks, oldest first. ValueError for more of them, or more tests than there are."""
    if len(weeks) > MOST_WEEKS or any(not 0 <= week.held <= tests for week in weeks):
        raise ValueError(f"at most {MOST_WEEKS} weeks, with up to {tests} tests each")
    narrow, wide = (_drawing(weeks, frame, tests) if weeks else None for frame in (_NARROW, _WIDE))
    said = ", ".join(f"{state} from {run[0].name}" for state, run in _runs(weeks, key=lambda week: week.state))
    return GateWeeks(tuple(weeks), tests, f"{len(weeks)} weeks: {said}.", narrow, wide)


def _runs(weeks: Sequence[GateWeek], key: object) -> list[tuple[str, list[GateWeek]]]:
    """Weeks in a row that are alike."""
    return [(run[0].state, run) for run in (list(each) for _, each in groupby(weeks, key=key))]  # type: ignore[call-overload]


def _drawing(weeks: Sequence[GateWeek], frame: _Frame, tests: int) -> GateDrawing:
    lane = HEAD + LINE
    top = lane + LANE + GAP
    foot = top + frame.each * tests
    pitch = (frame.width - SIDE) / max(len(weeks), FEWEST_COLUMNS)
    places = {week.day: SIDE + pitch * place for place, week in enumerate(weeks)}

    def box(run: Sequence[GateWeek], upper: float, lower: float) -> Box:
        return Box(tidy(places[run[0].day]), tidy(upper), tidy(places[run[-1].day] + pitch), tidy(lower))

    states = [(state, box(run, lane, lane + LANE)) for state, run in _runs(weeks, lambda week: week.state)]
    alike = _runs(weeks, lambda week: (week.state, week.held))
    bars = [(state, box(run, foot - frame.each * run[0].held, foot)) for state, run in alike]
    return GateDrawing(
        width=frame.width,
        height=foot + LINE + 6,
        left=SIDE,
        top=top,
        foot=foot,
        lane=tuple(states),
        bars=tuple(bars),
        labels=(
            *_scale(top, foot, tests),
            *(Label(0, 15, f"Tests that hold, of {tests}", "strong"),),
            *_states(states, lane),
            *_months(weeks, places, y=foot + LINE, room=frame.width),
        ),
        points=tuple(_point(run, box(run, HEAD, foot), tests, room=frame.width) for _, run in alike),
    )


def _point(run: Sequence[GateWeek], column: Box, tests: int, *, room: float) -> Point:
    found = f"{run[0].held} of {tests} hold, {run[0].state}"
    long, short = (" to ".join(dict.fromkeys((days[0], days[-1]))) for days in zip(*map(_names, run), strict=True))
    return Point(f"{long}: {found}", column, readout(f"{short}: {found}", room=room))


def _names(week: GateWeek) -> tuple[str, str]:
    """A week's day with its year, and without."""
    return week.name, week.name.rpartition(" ")[0]


def _scale(top: float, foot: float, tests: int) -> list[Label]:
    return [Label(0, top + 5, str(tests), "tick-label"), Label(0, foot, "0", "tick-label")]


def _states(states: Sequence[tuple[str, Box]], lane: float) -> list[Label]:
    """A state's name over its part of the lane, where it fits."""
    names = [(state.capitalize(), box) for state, box in states]
    return [Label(box.left, lane - 5, name, "tick-label") for name, box in names if width(name) + 4 <= box.width]


def _months(weeks: Sequence[GateWeek], places: dict[date, float], *, y: float, room: float) -> list[Label]:
    """The months' names under their first week, as many as stand apart."""
    labels: list[Label] = []
    months = [next(each) for _, each in groupby(weeks, key=lambda week: (week.day.year, week.day.month))]
    for week in months:
        label = Label(tidy(places[week.day]), y, MONTHS[week.day.month - 1], "tick-label")
        if (not labels or labels[-1].box.right + GAP <= label.box.left) and label.box.right <= room:
            labels.append(label)
    return labels
