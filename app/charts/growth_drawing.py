"""The path laid out for one width: where every line, year and label stands."""

from dataclasses import dataclass
from itertools import pairwise

from app.charts.frame import Point, readout
from app.charts.growth_rows import Path, Row, few
from app.charts.lettering import LINE, Box, Label, free_place, width, wrap
from app.charts.scale import spread, ticks, tidy

HEAD = 36
"""Room above the plot: the figures of the year pointed at."""

GAP = 8
NAMES = {"target": "Your number", "ceiling": "Settles at"}


@dataclass(frozen=True)
class GrowthDrawing:
    """One drawing of the path for one width. Paths are SVG path data; everything lies within the view box."""

    width: float
    height: float
    plot: Box
    grid: tuple[float, ...]
    path: str
    dots: tuple[tuple[float, float], ...]
    band: str
    target: float
    ceiling: float | None
    labels: tuple[Label, ...]
    points: tuple[Point, ...]
    head: float = HEAD - 2 * GAP


@dataclass(frozen=True)
class Frame:
    """One of the two widths the path is drawn for; words: room for a line about the range."""

    width: float
    tall: float
    most_ticks: int
    words: float


NARROW = Frame(width=320, tall=190, most_ticks=4, words=130)
WIDE = Frame(width=720, tall=250, most_ticks=5, words=185)


@dataclass(frozen=True)
class Plane:
    """The plot: so many years from its left edge to its right, on a foot of zero; top is the upper edge's value."""

    box: Box
    years: int
    top: float

    @property
    def step(self) -> float:
        """From one year to the next."""
        return (self.box.right - self.box.left) / (self.years - 1)

    def x(self, year: int) -> float:
        """Where a year stands."""
        return self.box.left + self.step * year

    def y(self, value: float) -> float:
        """Height of a value."""
        return self.box.bottom - (self.box.bottom - self.box.top) * value / self.top

    def line(self, values: list[float]) -> list[str]:
        """The places of one value a year, left to right."""
        return [f"{tidy(self.x(year))} {tidy(self.y(value))}" for year, value in enumerate(values)]


def drawing(path: Path, rows: tuple[Row, ...], frame: Frame) -> GrowthDrawing:
    """Lay the path out. The words about the range come last: they go where the rest leaves room."""
    amounts = ticks(path.top, most=frame.most_ticks)
    plane = _plane(path, rows, frame)
    fixed = (*_axis(plane, amounts), *_years(rows, plane), *_ends(path, rows, plane))
    words = _words(path, plane, fixed=fixed, frame=frame)
    return GrowthDrawing(
        width=frame.width,
        height=tidy(max(label.box.bottom for label in fixed + words) + 3),
        plot=Box(tidy(plane.box.left), HEAD, tidy(plane.box.right), plane.box.bottom),
        grid=tuple(tidy(plane.y(amount)) for amount in amounts[1:]),
        path="M" + "L".join(plane.line(path.clients)),
        dots=tuple((tidy(plane.x(year)), tidy(plane.y(value))) for year, value in enumerate(path.clients)),
        band="M" + "L".join([*plane.line(path.highs), *reversed(plane.line(path.lows))]) + "Z" if path.ranges else "",
        target=tidy(plane.y(path.target)),
        ceiling=None if path.ceiling is None else tidy(plane.y(path.ceiling)),
        labels=fixed + words,
        points=tuple(_point(row, _column(year, plane), frame) for year, row in enumerate(rows)),
    )


def _plane(path: Path, rows: tuple[Row, ...], frame: Frame) -> Plane:
    """The plot: amounts fit left of it, and right of it the labels of its lines."""
    amounts = ticks(path.top, most=frame.most_ticks)
    left = max(width(few(amount)) for amount in amounts) + GAP + 2
    names = [text for _, *lines, _ in _lines(path, rows) for text in lines]
    right = frame.width - GAP - max(map(width, names)) - 2
    return Plane(Box(left, HEAD, right, HEAD + frame.tall), len(rows), amounts[-1])


def _axis(plane: Plane, amounts: tuple[int, ...]) -> tuple[Label, ...]:
    """The amounts, left of their lines."""
    x = tidy(plane.box.left - GAP)
    return tuple(Label(x, tidy(plane.y(amount) + 5), few(amount), "tick-label end") for amount in amounts)


def _years(rows: tuple[Row, ...], plane: Plane) -> tuple[Label, ...]:
    """Now, then every year's number, or every second or fifth where they would touch."""
    y = tidy(plane.box.bottom + LINE)
    now = Label(tidy(plane.box.left + width(rows[0].name) / 2 - 4), y, rows[0].name, "tick-label mid")
    every = [now, *(Label(tidy(plane.x(year)), y, str(year), "tick-label mid") for year in range(1, len(rows)))]
    choices = (every[::stride] for stride in (1, 2, 5))
    apart = (names for names in choices if all(a.box.right + 4 <= b.box.left for a, b in pairwise(names)))
    return tuple(next(apart, every[:1]))


def _lines(path: Path, rows: tuple[Row, ...]) -> list[tuple[float, str, str, str]]:
    """What is labelled at the right edge: its height's value, name, figure and classes."""
    lines = [
        (path.clients[-1], rows[-1].name, rows[-1].clients, "strong t-connecting halo"),
        (float(path.target), NAMES["target"], few(path.target), "strong halo"),
    ]
    if path.ceiling is not None:
        lines.append((path.ceiling, NAMES["ceiling"], few(path.ceiling), "t-contacting halo"))
    return sorted(lines, key=lambda line: -line[0])


def _ends(path: Path, rows: tuple[Row, ...], plane: Plane) -> tuple[Label, ...]:
    """Name and figure of every line, the highest on top, never touching."""
    lines = _lines(path, rows)
    size = 2.0 * LINE
    wanted = [plane.y(value) for value, *_ in lines]
    middles = spread(wanted, [size] * len(lines), gap=3, low=HEAD - GAP, high=plane.box.bottom)
    x = tidy(plane.box.right + GAP)
    return tuple(
        Label(x, tidy(middle - 3 + LINE * place), text, css)
        for middle, (_, name, figure, css) in zip(middles, lines, strict=True)
        for place, text in enumerate((name, figure))
    )


def _words(path: Path, plane: Plane, *, fixed: tuple[Label, ...], frame: Frame) -> tuple[Label, ...]:
    """What the hatching means: in the plot where that is free, otherwise under the years."""
    if not path.ranges or not path.words:
        return ()
    lines = wrap(path.words, frame.words)
    size = (max(map(width, lines)), float(LINE * len(lines)))
    inside = Box(plane.box.left + 4, plane.box.top, plane.box.right, plane.box.bottom - 3)
    taken = [*_taken(path, plane), *(label.box for label in fixed)]
    middle = len(path.years) // 2
    near = (plane.x(middle), plane.y(path.lows[middle]) + GAP)
    edges = [plane.x(year) + GAP for year in range(plane.years)]
    place = free_place(size, within=inside, xs=edges, taken=taken, near=near)
    if place is None:
        lines, place = wrap(path.words, frame.width), (0.0, plane.box.bottom + LINE + GAP)
    left, top = place
    return tuple(Label(tidy(left), tidy(top + 13 + LINE * i), line) for i, line in enumerate(lines))


def _taken(path: Path, plane: Plane) -> list[Box]:
    """What the words may not touch: the range, and the level lines."""
    spans = zip(path.lows, path.highs, strict=True)
    heights = [(plane.y(high), plane.y(low)) for low, high in spans]
    between = [
        Box(plane.x(year), min(a[0], b[0]) - 4, plane.x(year + 1), max(a[1], b[1]) + 4)
        for year, (a, b) in enumerate(pairwise(heights))
    ]
    levels = [plane.y(value) for value in (path.target, path.ceiling) if value is not None]
    return between + [Box(plane.box.left, y - 3, plane.box.right, y + 3) for y in levels]


def _point(row: Row, column: Box, frame: Frame) -> Point:
    """A year to point at."""
    return Point(row.sentence, column, readout(row.sentence, room=frame.width))


def _column(year: int, plane: Plane) -> Box:
    """The room around a year, within the plot."""
    left, right = (max(plane.box.left, min(plane.box.right, plane.x(year) + side * plane.step / 2)) for side in (-1, 1))
    return Box(tidy(left), plane.box.top, tidy(right), plane.box.bottom)
