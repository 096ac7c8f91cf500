"""What the path is drawn from, year by year, and how each year reads in the table and to a finger."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.charts.figures import Number
from app.filters import number

FARTHEST = 2
"""A plateau farther up than so many times all else would flatten the path: it is said, not drawn."""


@dataclass(frozen=True)
class Year:
    """One year's end: clients, and of what they are made; None for today. low, high: how far the clients may be off."""

    clients: Number
    stayed: Number | None = None
    introduced: Number | None = None
    won: Number | None = None
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True)
class Row:
    """One line of the table, as printed."""

    name: str
    stayed: str
    introduced: str
    won: str
    clients: str
    between: str

    @property
    def sentence(self) -> str:
        """The year in one line, for a tooltip and a screen reader."""
        likely = f", likely {self.between}" if self.between else ""
        return f"{self.name}: {self.clients} clients{likely}"


@dataclass(frozen=True)
class Path:
    """The years with the two lines they are held against. ValueError for what can't be drawn."""

    years: tuple[Year, ...]
    target: int
    plateau: Number | None
    words: str

    def __post_init__(self) -> None:
        if len(self.years) < 2 or self.target < 1:
            raise ValueError("a path has two years or more, and somebody to aim for")
        if any(value < 0 for year in self.years for value in _values(year)):
            raise ValueError("there are never fewer clients than none")
        if len({(year.low is None, year.high is None) for year in self.years}) > 1:
            raise ValueError("a range is given for every year, or for none")

    @property
    def ranges(self) -> bool:
        """Whether there is a range around the path."""
        return self.years[0].low is not None

    @property
    def lows(self) -> list[float]:
        """The lower edge of the range."""
        return [float(year.low) for year in self.years if year.low is not None]

    @property
    def highs(self) -> list[float]:
        """The upper edge of the range."""
        return [float(year.high) for year in self.years if year.high is not None]

    @property
    def clients(self) -> list[float]:
        """The path itself."""
        return [float(year.clients) for year in self.years]

    @cached_property
    def top(self) -> float:
        """The highest value that is drawn."""
        return max(self._highest, self.ceiling or 0)

    @cached_property
    def ceiling(self) -> float | None:
        """Where the path settles, if that can be drawn beside it."""
        if self.plateau is None or not 0 < float(self.plateau) <= FARTHEST * self._highest:
            return None
        return float(self.plateau)

    @property
    def _highest(self) -> float:
        return max(*self.clients, *self.highs, float(self.target))


def few(value: Number) -> str:
    """Clients with one decimal where they aren't whole, as far as that can be seen."""
    return number(value, 0 if abs(float(value) - round(float(value))) < 0.05 or float(value) >= 1000 else 1)


def row_of(place: int, year: Year) -> Row:
    """A year as the table prints it."""
    between = "" if year.low is None or year.high is None else _between(year.low, year.high)
    parts = ("" if part is None else few(part) for part in (year.stayed, year.introduced, year.won))
    stayed, introduced, won = parts
    return Row(
        name=f"Year {place}" if place else "Now",
        stayed=stayed,
        introduced=introduced,
        won=won,
        clients=few(year.clients),
        between=between,
    )


def _between(low: Number, high: Number) -> str:
    return few(low) if few(low) == few(high) else f"{few(low)} to {few(high)}"


def _values(year: Year) -> Sequence[Number]:
    return [value for value in (year.clients, year.low, year.high) if value is not None]
