"""Lesson 1.3: the 312 names of a list, by what has passed between them and the firm."""

from collections.abc import Iterator

from course.figures.svg import ACCENT, CONTACTING, EDGE, INK, LARGE, LINE, WIDTH, Anchor, circle, group, picture, words

NEVER, SENT, ANSWERED, CONNECTED = 97, 168, 41, 6

_PITCH = 20
_COLUMNS = WIDTH // _PITCH
_ROWS = 13  # 24 times 13 is 312: the field is full
_TOP = 62
_FOOT = _TOP + _PITCH * _ROWS
_UNDER = _FOOT + 26


def drawing() -> str:
    """A dot a name in four lots, column after column: the more has passed, the fuller the dot."""
    return picture("312 names on a customer list, six of them connected", _UNDER + LINE + 8, [*_dots(), *_labels()])


def _dots() -> Iterator[str]:
    """The lots one after another; what all dots of a lot share is said once."""
    yield from _lot(0, NEVER, radius=2, fill=EDGE)
    yield from _lot(NEVER, SENT, radius=5.5, fill="none", stroke=CONTACTING, stroke_width=1.5)
    yield from _lot(NEVER + SENT, ANSWERED, radius=6.25, fill=CONTACTING)
    yield from _lot(NEVER + SENT + ANSWERED, CONNECTED, radius=8.5, fill=ACCENT)


def _lot(first: int, count: int, *, radius: float, **given: object) -> Iterator[str]:
    places = (divmod(number, _ROWS) for number in range(first, first + count))
    dots = (circle(_PITCH * (column + 0.5), _TOP + _PITCH * (row + 0.5), radius) for column, row in places)
    yield group(dots, **given)


def _labels() -> Iterator[str]:
    """Each count at its lot: the long ones and the last below, the third above."""
    yield from _label(2, _UNDER, (NEVER, "never written to"))
    yield from _label(_PITCH * (NEVER // _ROWS + 1) + 2, _UNDER, (SENT, "something sent, no answer"))
    yield from _label(WIDTH - 1, 22, (ANSWERED, "answered at some time"), anchor="end")
    yield from _label(WIDTH - 1, _UNDER, (CONNECTED, "connected"), anchor="end", fill=ACCENT)


def _label(x: float, y: float, lot: tuple[int, str], *, anchor: Anchor = "start", fill: str = INK) -> Iterator[str]:
    count, what = lot
    yield words(x, y, str(count), size=LARGE, bold=True, anchor=anchor, fill=fill)
    yield words(x, y + LINE, what, anchor=anchor, fill=fill, bold=fill == ACCENT)
