"""Confidence against correctness: what a word stands for, across, and how often it was right, upwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.charts.figures import Number
from app.charts.frame import Point, Table, TableRow, readout
from app.charts.lettering import LINE, Box, Label, free_place, width, wrap
from app.charts.scale import spread, tidy
from app.filters import number, percent

HEAD = 42
"""Room above the plot: what is counted upwards, or the figures of the word pointed at."""

AXIS = 52
"""Room left of the plot for 100 %."""

MARGIN = 52
"""Room right of it for the figures of the surest word."""

FOOT = 2 * LINE + 8
GAP = 9
DOT = 6

EXACT = "As right as sure"
MORE, FEWER = "Right more often than said", "Right less often than said"


@dataclass(frozen=True)
class Stated:
    """One word: the share 0…1 it stands for, and how many of the answers given with it were right.

    The interval is None while there are too few answers: then the word has its place below, and nothing is drawn.
    """

    word: str
    share: Number
    right: int
    answers: int
    low: Number | None = None
    high: Number | None = None

    @property
    def drawn(self) -> bool:
        return self.low is not None and self.high is not None and self.answers > 0

    @property
    def achieved(self) -> float:
        """The share right, 0…1; 0 where nothing was answered."""
        return self.right / self.answers if self.answers else 0.0

    @property
    def likely(self) -> str:
        """The interval as printed; an en dash while there is none."""
        if self.low is None or self.high is None:
            return "–"
        return f"{number(float(self.low) * 100)} to {percent(float(self.high))}"

    @property
    def result(self) -> str:
        """What came of it, in words."""
        if not self.drawn:
            return f"{number(self.answers)} answered, too few to say"
        return f"right {number(self.right)} of {number(self.answers)}, {percent(self.achieved)}, likely {self.likely}"

    @property
    def sentence(self) -> str:
        """The word in one line, for a tooltip and a screen reader."""
        return f"{self.word}, {percent(float(self.share))}: {self.result}"


@dataclass(frozen=True)
class Dot:
    """A word's share right with its interval upwards."""

    x: float
    y: float
    low: float
    high: float


@dataclass(frozen=True)
class CalibrationDrawing:
    """One drawing for one width: the plot with its diagonal, a dot and its interval for each word drawn."""

    width: float
    height: float
    plot: Box
    grid: tuple[float, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    points: tuple[Point, ...]
    head: float = HEAD - 3


@dataclass(frozen=True)
class CalibrationChart:
    """All words; empty while none has answers enough to be drawn."""

    words: tuple[Stated, ...]
    narrow: CalibrationDrawing | None
    wide: CalibrationDrawing | None

    @property
    def empty(self) -> bool:
        return self.wide is None

    @property
    def summary(self) -> str:
        """Every word in turn."""
        return ". ".join(word.sentence for word in self.words) + "."

    @property
    def table(self) -> Table:
        """What each word stands for, and what came of it."""
        return Table(
            columns=("You said", "Stands for", "Answers", "Right", "Share right", "Likely between"),
            rows=tuple(
                TableRow(
                    word.word,
                    (
                        percent(float(word.share)),
                        number(word.answers),
                        number(word.right) if word.drawn else "too few",
                        percent(word.achieved) if word.drawn else "–",
                        word.likely,
                    ),
                )
                for word in self.words
            ),
            stacked=True,
        )


@dataclass(frozen=True)
class _Frame:
    width: float
    tall: float


_NARROW = _Frame(width=320, tall=220)
_WIDE = _Frame(width=720, tall=300)


def calibration_chart(words: Sequence[Stated]) -> CalibrationChart:
    """Draw the words, the least sure first.

    Raises ValueError unless shares rise, and right lies between 0 and the answers, within its interval.
    """
    if any(a.share >= b.share for a, b in pairwise(words)):
        raise ValueError("words stand in the order of what they stand for")
    for word in words:
        if not 0 <= word.right <= word.answers:
            raise ValueError(f"{word.right} of {word.answers} is not a share")
        if word.low is not None and word.high is not None and not 0 <= word.low <= word.achieved <= word.high <= 1:
            raise ValueError(f"{word.word} lies outside its interval")
    some = any(word.drawn for word in words)
    return CalibrationChart(
        words=tuple(words),
        narrow=_drawing(words, _NARROW) if some else None,
        wide=_drawing(words, _WIDE) if some else None,
    )


def _drawing(words: Sequence[Stated], frame: _Frame) -> CalibrationDrawing:
    plot = Box(AXIS, HEAD, frame.width - MARGIN, HEAD + frame.tall)
    dots = {word.word: _dot(word, plot) for word in words if word.drawn}
    figures = tuple(label for word in words if word.drawn for label in _figures(word, dots[word.word], plot))
    fixed = (*_axes(plot, frame), *_words(words, plot, frame), *figures)
    return CalibrationDrawing(
        width=frame.width,
        height=tidy(plot.bottom + FOOT + 4),
        plot=plot,
        grid=tuple(tidy(_y(share, plot)) for share in (0.5, 1)),
        dots=tuple(dots.values()),
        labels=(*fixed, *_sides(plot, dots=list(dots.values()), figures=figures)),
        points=_points(words, plot, frame),
    )


def _x(share: Number, plot: Box) -> float:
    return plot.left + plot.width * float(share)


def _y(share: Number, plot: Box) -> float:
    return plot.bottom - plot.height * float(share)


def _dot(word: Stated, plot: Box) -> Dot:
    low, high = _y(word.low or 0, plot), _y(word.high or 0, plot)
    return Dot(tidy(_x(word.share, plot)), tidy(_y(word.achieved, plot)), tidy(low), tidy(high))


def _axes(plot: Box, frame: _Frame) -> list[Label]:
    """The scale upwards, what it counts, and what the diagonal is, where it ends."""
    scale = [
        Label(plot.left - GAP, tidy(_y(share, plot) + 5), percent(share), "tick-label end") for share in (0, 0.5, 1)
    ]
    return [
        *scale,
        Label(0, 15, "You were right", "strong"),
        Label(tidy(plot.right), HEAD - 8, EXACT, "tick-label end"),
    ]


def _words(words: Sequence[Stated], plot: Box, frame: _Frame) -> list[Label]:
    """Each word under its place, and below it what it stands for; muted where nothing is drawn."""
    room = [width(word.word) for word in words]
    middles = spread([_x(word.share, plot) for word in words], room, gap=6, low=0, high=frame.width)
    labels = []
    for word, middle in zip(words, middles, strict=True):
        css = "mid" if word.drawn else "tick-label mid"
        labels.append(Label(tidy(middle), plot.bottom + LINE + 2, word.word, css))
        labels.append(Label(tidy(middle), plot.bottom + 2 * LINE + 2, percent(float(word.share)), "tick-label mid"))
    return labels


def _figures(word: Stated, dot: Dot, plot: Box) -> list[Label]:
    """The share right and of how many, beside the dot: left and up or right and down, away from the diagonal."""
    below = word.achieved < float(word.share)
    x, side = (dot.x + GAP, "") if below else (dot.x - GAP, " end")
    y = min(max(dot.y + 1 - (0 if below else LINE), plot.top + 12), plot.bottom - LINE - 4)
    lines = [Label(tidy(x), tidy(y), percent(word.achieved), f"strong halo{side}")]
    count = f"of {number(word.answers)}"
    if width(count) <= MARGIN - GAP:
        lines.append(Label(tidy(x), tidy(y + LINE), count, f"tick-label halo{side}"))
    return lines


def _sides(plot: Box, *, dots: Sequence[Dot], figures: Sequence[Label]) -> list[Label]:
    """What it means to stand above the diagonal and below it, where that meets nothing."""
    taken = [label.box for label in figures]
    taken += [Box(dot.x - DOT, dot.high - 2, dot.x + DOT, dot.low + 2) for dot in dots]
    steps = 40
    for i in range(steps):
        x, y = plot.left + plot.width * i / steps, plot.bottom - plot.height * (i + 1) / steps
        taken.append(Box(x, y, x + plot.width / steps, y + plot.height / steps))
    above = Box(plot.left + 6, plot.top + 4, plot.left + plot.width / 2, plot.bottom)
    below = Box(plot.left + plot.width / 2, plot.top, plot.right, plot.bottom - 4)
    upper = _side(MORE, above, taken=taken, near=(above.left, above.top))
    return upper + _side(FEWER, below, taken=taken + [label.box for label in upper], near=(below.right, below.bottom))


def _side(text: str, room: Box, *, taken: Sequence[Box], near: tuple[float, float]) -> list[Label]:
    """The words in as few lines as find a place; none where they find none."""
    for wide in (room.width, 110, 70):
        lines = wrap(text, wide)
        size = (max(width(line) for line in lines), float(LINE * len(lines)))
        xs = (room.left, room.right - size[0])
        if place := free_place(size, within=room, xs=xs, taken=taken, near=near):
            left, top = place
            return [Label(tidy(left), tidy(top + 13 + LINE * i), line, "tick-label") for i, line in enumerate(lines)]
    return []


def _points(words: Sequence[Stated], plot: Box, frame: _Frame) -> tuple[Point, ...]:
    """A column a word, from half-way to its neighbour before to half-way to the one after."""
    places = [_x(word.share, plot) for word in words]
    edges = [plot.left, *((a + b) / 2 for a, b in pairwise(places)), plot.right]
    return tuple(
        Point(
            sentence=word.sentence,
            column=Box(tidy(left), plot.top, tidy(right), plot.bottom),
            lines=readout(
                word.sentence, (f"{word.word}, {percent(float(word.share))}:", word.result), room=frame.width
            ),
        )
        for word, (left, right) in zip(words, pairwise(edges), strict=True)
    )
