"""The arithmetic every drawing shares: nice axes from zero, stairs, and labels kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil, floor, log10

from app.charts.lettering import Box


def ticks(top: float, *, most: int) -> tuple[int, ...]:
    """Round values from 0 to the first at or above top, in steps of 1, 2 or 5 times a power of ten.

    At most `most` steps, none smaller than one whole unit.
    """
    rough = max(top / most, 1)
    power = 10 ** floor(log10(rough))
    step = int(next(power * nice for nice in (1, 2, 5, 10) if power * nice >= rough))
    return tuple(step * i for i in range(max(1, ceil(top / step)) + 1))


@dataclass(frozen=True)
class Plane:
    """A plot on which columns of one width stand side by side on a foot of zero; top is the value of its upper edge."""

    box: Box
    columns: int
    top: float

    @property
    def step(self) -> float:
        """Width of a column."""
        return (self.box.right - self.box.left) / self.columns

    def x(self, column: int) -> float:
        """Left edge of a column."""
        return self.box.left + self.step * column

    def y(self, value: float) -> float:
        """Height of a value."""
        return self.box.bottom - (self.box.bottom - self.box.top) * value / self.top

    def heights(self, values: Sequence[float]) -> list[float]:
        """Heights of many."""
        return [self.y(value) for value in values]

    def stair(self, values: Sequence[float], *, first: int = 0) -> str:
        """Path of treads, the first in column `first`."""
        return stair(self.heights(values), start=self.x(first), step=self.step)

    def band(self, upper: Sequence[float], lower: Sequence[float], *, first: int = 0) -> str:
        """Closed path between two stairs."""
        return band(self.heights(upper), self.heights(lower), start=self.x(first), step=self.step)

    def treads(self, values: Sequence[float], *, thick: float) -> list[Box]:
        """The room a stair takes."""
        return treads(self.heights(values), start=self.box.left, step=self.step, thick=thick)


def tidy(value: float) -> float:
    """One decimal of a unit is finer than any screen; less would only fill the page."""
    return round(value, 1) + 0.0


def stair(heights: Sequence[float], *, start: float, step: float) -> str:
    """Path of level treads from left to right, one step wide each, risers between them."""
    treads = [f"H{tidy(start + step * (i + 1))}" for i in range(len(heights))]
    risers = [f"V{tidy(y)}" for y in heights[1:]]
    rest = "".join(riser + tread for riser, tread in zip(risers, treads[1:], strict=True))
    return f"M{tidy(start)} {tidy(heights[0])}{treads[0]}{rest}"


def band(upper: Sequence[float], lower: Sequence[float], *, start: float, step: float) -> str:
    """Closed path between two stairs of equal length."""
    back = "".join(f"V{tidy(y)}H{tidy(start + step * i)}" for i, y in reversed(list(enumerate(lower))))
    return stair(upper, start=start, step=step) + back + "Z"


def treads(heights: Sequence[float], *, start: float, step: float, thick: float) -> list[Box]:
    """The room a stair's line takes, as boxes: every tread and every riser."""
    flat = [Box(start + step * i, y - thick, start + step * (i + 1), y + thick) for i, y in enumerate(heights)]
    upright = [
        Box(start + step * i - thick, min(a, b), start + step * i + thick, max(a, b))
        for i, (a, b) in enumerate(pairwise(heights), start=1)
    ]
    return flat + upright


def spread(wanted: Sequence[float], sizes: Sequence[float], *, gap: float, low: float, high: float) -> list[float]:
    """Centres for labels in a row, each as near to where it is wanted as the others allow.

    Keeps the order given, leaves `gap` between neighbours, stays within low…high; if all together are longer than
    that, they begin at low. Method: isotonic least squares on the wanted places less the room taken before them.
    """
    if not wanted:
        return []
    half = [size / 2 for size in sizes]
    before = list(accumulate((a + b + gap for a, b in pairwise(half)), initial=half[0]))
    room = high - low - (before[-1] + half[-1])
    free = _rising([place - taken for place, taken in zip(wanted, before, strict=True)])
    return [max(low, min(low + room, place)) + taken for place, taken in zip(free, before, strict=True)]


def _rising(values: Sequence[float]) -> list[float]:
    """The nearest sequence that never falls, by pooling neighbours that do."""
    pools: list[tuple[float, int]] = []
    for value in values:
        pool = (value, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, count = pools.pop()
            pool = ((mean * count + pool[0] * pool[1]) / (count + pool[1]), count + pool[1])
        pools.append(pool)
    return [mean for mean, count in pools for _ in range(count)]
