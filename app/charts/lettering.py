"""How much room words take, so that labels can be placed where they touch nothing.

The server cannot ask a browser how wide a text is. It keeps an upper estimate of the interface face (Source Sans 3,
both weights in use) in five classes of letters; a fallback face as wide as Segoe UI still fits.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SIZE = 14
"""Height of chart lettering in units of the view box; charts.css sets the same."""

LINE = 17
"""From one baseline to the next."""

_CLASSES = (
    ("iIjl.,:;'’·|", 0.30),
    ('frt()-/“”"–', 0.42),
    (" \u00a0", 0.21),
    ("mwMW%@…", 0.90),
    ("abcdeghknopqsuvxyz0123456789+−€£$×", 0.56),
)
_WIDTHS = {letter: share for letters, share in _CLASSES for letter in letters}
_OTHER = 0.68


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, right, bottom in units of the view box, y growing downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return round(self.right - self.left, 1)

    @property
    def height(self) -> float:
        """From top to bottom."""
        return round(self.bottom - self.top, 1)

    def meets(self, other: "Box") -> bool:
        """Whether the two share any area; touching edges do not count."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True)
class Label:
    """One line of text. x is its start, middle or end as its classes say; y its baseline."""

    x: float
    y: float
    text: str
    css: str = ""

    @property
    def box(self) -> Box:
        """The room the line takes, by the estimate."""
        across = width(self.text)
        classes = self.css.split()
        share = 1 if "end" in classes else 0.5 if "mid" in classes else 0
        left = self.x - share * across
        return Box(left, self.y - 0.8 * SIZE, left + across, self.y + 0.25 * SIZE)


def width(text: str) -> float:
    """Upper estimate of a text's width in units of the view box."""
    return SIZE * sum(_WIDTHS.get(letter, _OTHER) for letter in text)


def wrap(text: str, room: float) -> tuple[str, ...]:
    """The text in lines no wider than room; a single word wider than that keeps a line to itself."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def free_place(
    size: tuple[float, float], *, within: Box, xs: Sequence[float], taken: Sequence[Box], near: tuple[float, float]
) -> tuple[float, float] | None:
    """Top left corner of a free place for a block of that width and height, None if there is none.

    Tries each of the left edges at every height, those nearest to the corner `near` first; a step up or down is
    twice as far as one to the side, since words are read along the line.
    """
    wide, tall = size
    tops = [within.top + 4 * i for i in range(int((within.bottom - tall - within.top) / 4) + 1)]
    edges = [x for x in xs if within.left <= x <= within.right - wide]
    free = [(x, top) for x in edges for top in _free_tops(tops, tall, between=(x, x + wide), taken=taken)]
    # Of two places as near, the higher one.
    return min(free, key=lambda at: (abs(at[0] - near[0]) + 2 * abs(at[1] - near[1]), at[1]), default=None)


def _free_tops(
    tops: Sequence[float], tall: float, *, between: tuple[float, float], taken: Sequence[Box]
) -> Sequence[float]:
    """The heights at which a block between two edges meets nothing."""
    left, right = between
    for box in taken:
        if left < box.right and box.left < right:
            tops = [top for top in tops if not (box.top < top + tall and top < box.bottom)]
    return tops
