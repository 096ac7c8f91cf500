"""Lesson 1.2: one prospect approached twice, on the five lines."""

from collections.abc import Iterator

from course.figures.svg import (
    ACCENT,
    CONTACTING,
    EDGE,
    INK,
    LARGE,
    LINE,
    MUTED,
    WIDTH,
    box,
    circle,
    line,
    picture,
    words,
)
from course.practice import LINES, THRESHOLD, Rubric

# The two versions of the lesson's example; a test holds them against its scores.
VERSIONS = (
    ("Tuesday’s message", Rubric(personal=1, two_way=0, about_them=0, value=0, next_step=1)),
    ("After the fair", Rubric(personal=1, two_way=2, about_them=2, value=2, next_step=1)),
)

_STARTS = (130, 318)
_POINT = 62  # how far one point reaches
_TOP, _ROW, _THICK = 38, 50, 22
_FOOT = _TOP + _ROW * len(LINES)
_CONDITIONS = ("two_way", "about_them")


def drawing() -> str:
    """Two panels of five bars, and the totals as under an account."""
    parts = [*_names(), *_total()]
    for start, (label, rubric) in zip(_STARTS, VERSIONS, strict=True):
        parts += _panel(start, label, rubric)
    return picture("Two approaches to one prospect on the five lines of the rubric", _FOOT + 76, parts)


def _middle(row: int) -> float:
    return _TOP + _ROW * (row + 0.5)


def _names() -> Iterator[str]:
    """The five lines; the two without which no total is enough say so."""
    for row, rated in enumerate(LINES):
        if rated.key in _CONDITIONS:
            yield words(0, _middle(row) - 4, rated.name, bold=True)
            yield words(0, _middle(row) + LINE - 5, "1 or more", fill=MUTED)
        else:
            yield words(0, _middle(row) + 6, rated.name, bold=True)


def _panel(start: int, label: str, rubric: Rubric) -> Iterator[str]:
    colour = ACCENT if rubric.connecting else CONTACTING
    yield words(start, 18, label, bold=True)
    for row, (rated, points) in enumerate(zip(LINES, rubric.points, strict=True)):
        middle = _middle(row)
        if rated.key in _CONDITIONS:
            x = start + _POINT - 1
            yield line((x, middle - 19), (x, middle + 19), stroke=EDGE, width=1.5, stroke_dasharray="3 3")
        yield from _bar(start, middle, points=points, colour=colour)
        yield words(start + _POINT * points + 9, middle + 6, str(points))
    yield line((start, _TOP), (start, _FOOT - 4), stroke=INK, width=1.5)
    yield from _verdict(start, rubric, colour)


def _bar(start: int, middle: float, *, points: int, colour: str) -> Iterator[str]:
    """One box a point, so that they can be counted."""
    for point in range(points):
        left = start + _POINT * point
        yield box(left, middle - _THICK / 2, right=left + _POINT - 2, bottom=middle + _THICK / 2, fill=colour)


def _total() -> Iterator[str]:
    yield line((0, _FOOT + 0.5), (WIDTH, _FOOT + 0.5), stroke=INK)
    yield words(0, _FOOT + 31, "Together", bold=True)
    yield words(0, _FOOT + 55, f"{THRESHOLD} or more", fill=MUTED)
    for y in (_FOOT + 69.5, _FOOT + 73.5):
        yield line((0, y), (WIDTH, y), stroke=INK)


def _verdict(start: int, rubric: Rubric, colour: str) -> Iterator[str]:
    """The total and the rule's word for it: filled for connecting, a ring for contacting."""
    yield words(start, _FOOT + 31, str(rubric.total), size=LARGE, bold=True)
    yield words(start + 17 * len(str(rubric.total)) + 2, _FOOT + 31, "of 10")
    fill = colour if rubric.connecting else "none"
    yield circle(start + 6, _FOOT + 49, 5, fill=fill, stroke=colour, stroke_width=2)
    yield words(start + 18, _FOOT + 55, rubric.verdict)
