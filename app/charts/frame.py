"""The frame that every chart shares: two drawings, points to reach, the same figures as a table.

`figure` in templates/macros/charts.html prints whatever has these names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.charts.lettering import LINE, Box, Label, width


class Pointed(Protocol):
    """A column to point at, tap or reach by keyboard, and the lines that then stand above the drawing."""

    @property
    def sentence(self) -> str: ...
    @property
    def column(self) -> Box: ...
    @property
    def lines(self) -> Sequence[Label]: ...


@dataclass(frozen=True)
class Point:
    """What is pointed at, where a chart has nothing of its own to say of it."""

    sentence: str
    column: Box
    lines: tuple[Label, ...]


class Drawing(Protocol):
    """A chart laid out for one width; head: the room above the plot in which the lines of a point stand."""

    @property
    def width(self) -> float: ...
    @property
    def height(self) -> float: ...
    @property
    def head(self) -> float: ...
    @property
    def labels(self) -> Sequence[Label]: ...
    @property
    def points(self) -> Sequence[Pointed]: ...


@dataclass(frozen=True)
class TableRow:
    """One line of the table, as printed: its name, with something quieter after it, and a figure a column."""

    name: str
    figures: tuple[str, ...]
    aside: str = ""
    marked: bool = False


@dataclass(frozen=True)
class Table:
    """The same figures as the drawing's. columns: the names' heading, then one a figure.

    stacked: laid out line under line on a phone, for more columns than fit there.
    Raises ValueError for a row with more or fewer figures than there are columns.
    """

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    foot: TableRow | None = None
    stacked: bool = False

    def __post_init__(self) -> None:
        """Refuse a figure without a heading, and a heading without its figure."""
        for row in (*self.rows, *((self.foot,) if self.foot else ())):
            if len(row.figures) + 1 != len(self.columns):
                raise ValueError(f"{row.name} has {len(row.figures)} figures for {len(self.columns) - 1} columns")


class Chart(Protocol):
    """What `figure` prints; summary: the whole in a sentence or two, for a reader who does not see it."""

    @property
    def empty(self) -> bool: ...
    @property
    def summary(self) -> str: ...
    @property
    def narrow(self) -> Drawing | None: ...
    @property
    def wide(self) -> Drawing | None: ...
    @property
    def table(self) -> Table: ...


def readout(sentence: str, parts: Sequence[str] = (), *, room: float) -> tuple[Label, ...]:
    """The lines of a point: its sentence, or its parts one under the other where that is wider than the room."""
    texts = parts if parts and width(sentence) > room else (sentence,)
    return tuple(Label(0, 15 + LINE * place, text) for place, text in enumerate(texts))
