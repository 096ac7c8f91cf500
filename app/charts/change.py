"""Self-assessment beside the log: what a learner says of a construct at up to four moments, and what the log counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.charts.figures import Number
from app.charts.frame import Table, TableRow
from app.charts.lettering import Label, width
from app.charts.scale import spread, tidy
from app.charts.whisker import Whisker
from app.filters import number

Moment = Literal["before", "then", "after", "later"]

NAMES: dict[Moment, str] = {
    "before": "before",
    "then": "looking back",
    "after": "after",
    "later": "90 days on",
}

TOP = 5
"""The scale's upper end: in five of your last five conversations."""

LENGTH = 320
MARGIN = 20
"""Room at both ends for the figures 0 and 5."""

LANES = {"before": 28, "then": 28, "after": 46, "later": 46}
"""Above: how it was, said then and said now. Below: how it is."""

ABOVE, BELOW, HEIGHT = 14, 70, 76


@dataclass(frozen=True)
class Reading:
    """One moment's mean, 0…5; None where it can't be given. A moment still to come has no reading."""

    moment: Moment
    value: Number | None
    answered: int = 3
    asked: int = 3

    @property
    def figure(self) -> str:
        """The value as printed, with how many items it rests on where some were left out."""
        if self.value is None:
            return f"{self.answered} of {self.asked} answered" if 0 < self.answered < self.asked else "not answered"
        some = "" if self.answered == self.asked else f" ({self.answered} of {self.asked})"
        return number(self.value, 1) + some

    @property
    def words(self) -> str:
        """Moment and figure."""
        return f"{NAMES[self.moment]} {self.figure}"


@dataclass(frozen=True)
class Construct:
    """One line of the self-assessment; log: the same by the log's own measure, and measured: what that counts."""

    name: str
    readings: Sequence[Reading]
    log: Whisker | None = None
    measured: str = ""


@dataclass(frozen=True)
class Mark:
    """One reading on its lane; partial: some of its items were left out."""

    moment: Moment
    x: float
    y: float
    partial: bool


@dataclass(frozen=True)
class ChangeRow:
    """One construct drawn: marks on a scale from 0 to 5, their labels, and what was left unanswered."""

    construct: Construct
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    ticks: tuple[float, ...]
    missing: tuple[str, ...]
    figures: tuple[str, ...]
    """Before, looking back, after and 90 days on, as the table prints them; an en dash for a moment still to come."""

    @property
    def logged(self) -> str:
        """The log's share as printed; an en dash where the log has no measure."""
        return self.construct.log.share if self.construct.log else "–"

    @property
    def sentence(self) -> str:
        """The row in one line, for a tooltip and a screen reader."""
        said = ", ".join(reading.words for reading in self.construct.readings) or "nothing answered yet"
        log = f". The log: {self.construct.log.words}" if self.construct.log else ""
        return f"{self.construct.name}, 0 to {TOP}: {said}{log}"


@dataclass(frozen=True)
class ChangeChart:
    """All constructs, and the size of each row's drawing. Empty before the first self-assessment."""

    rows: tuple[ChangeRow, ...]
    width: int = LENGTH
    height: int = HEIGHT
    lanes: tuple[int, int] = (LANES["before"], LANES["after"])

    @property
    def empty(self) -> bool:
        """Whether nobody has answered anything."""
        return not any(row.construct.readings for row in self.rows)

    @property
    def table(self) -> Table:
        """Every construct at every moment, and the log's share; an en dash for what is not there."""
        return Table(
            columns=("Construct", *(words.capitalize() for words in NAMES.values()), "The log"),
            rows=tuple(TableRow(row.construct.name, (*row.figures, row.logged)) for row in self.rows),
            stacked=True,
        )


def change_chart(constructs: Sequence[Construct]) -> ChangeChart:
    """Draw every construct's readings.

    Raises ValueError for a value outside 0…5 or a moment given twice.
    """
    return ChangeChart(tuple(_row(construct) for construct in constructs))


def _row(construct: Construct) -> ChangeRow:
    by_moment = {reading.moment: reading for reading in construct.readings}
    if len(by_moment) != len(construct.readings):
        raise ValueError("a moment is given twice")
    return ChangeRow(
        construct=construct,
        marks=tuple(mark for reading in construct.readings if (mark := _mark(reading)) is not None),
        labels=(*_labels(construct.readings, LANES["before"]), *_labels(construct.readings, LANES["after"])),
        ticks=tuple(tidy(_x(value)) for value in range(TOP + 1)),
        missing=tuple(
            f"{NAMES[reading.moment].capitalize()}: {reading.figure}"
            for reading in construct.readings
            if reading.value is None
        ),
        figures=tuple(by_moment[moment].figure if moment in by_moment else "–" for moment in NAMES),
    )


def _x(value: Number) -> float:
    if not 0 <= value <= TOP:
        raise ValueError(f"{value} is not on the scale")
    return MARGIN + (LENGTH - 2 * MARGIN) * float(value) / TOP


def _mark(reading: Reading) -> Mark | None:
    if reading.value is None:
        return None
    return Mark(reading.moment, tidy(_x(reading.value)), LANES[reading.moment], reading.answered < reading.asked)


def _labels(readings: Sequence[Reading], lane: int) -> list[Label]:
    """The labels of one lane, each as near to its mark as the other allows."""
    here = sorted((_x(r.value), r.words) for r in readings if r.value is not None and LANES[r.moment] == lane)
    middles = spread([x for x, _ in here], [width(words) for _, words in here], gap=10, low=0, high=LENGTH)
    y = ABOVE if lane == LANES["before"] else BELOW
    return [Label(tidy(middle), y, words, "mid") for middle, (_, words) in zip(middles, here, strict=True)]
