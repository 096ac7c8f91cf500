"""Lesson 4.3: a hundred and forty people in three layers, the hours they take, and the hours there are."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from course.figures.svg import (
    ACCENT,
    CONTACTING,
    EDGE,
    INK,
    LINE,
    PALE,
    SHADE,
    WASH,
    WIDTH,
    Anchor,
    box,
    line,
    path,
    picture,
    through,
    words,
)
from course.goal import attention_hours

PEOPLE = {"core": 10, "active": 30, "network": 100}
HOURS = {name: float(attention_hours(**{**dict.fromkeys(PEOPLE, 0), name: count})) for name, count in PEOPLE.items()}
THERE = 154
"""The hours he has been giving: three and a half a week, 44 weeks."""

_COLOURS = {"core": (ACCENT, WASH), "active": (CONTACTING, PALE), "network": (EDGE, SHADE)}
_UPPER, _LOWER, _THICK = 54, 170, 28
_SAID = _LOWER + _THICK + LINE
_FOOT = _SAID + LINE + 44

Edges = tuple[float, float]


def drawing() -> str:
    """Two bars of one length, people above and hours below, and what joins them."""
    layers = zip(PEOPLE, _edges(list(PEOPLE.values())), _edges(list(HOURS.values())), strict=True)
    parts = [words(0, 18, f"{sum(PEOPLE.values())} people", bold=True)]
    for name, above, below in layers:
        parts += _layer(name, above, below)
    parts += _budget(sum(HOURS.values()))
    return picture("Ten of 140 people take 120 of the 205 hours", _FOOT + 8, parts)


def _edges(sizes: Sequence[float]) -> list[Edges]:
    """Left and right of each part, all together as wide as the picture."""
    return list(pairwise(WIDTH * size / sum(sizes) for size in accumulate(sizes, initial=0)))


def _layer(name: str, above: Edges, below: Edges) -> Iterator[str]:
    strong, tint = _COLOURS[name]
    (left, right), (left_below, right_below) = above, below
    corners = [(left, _UPPER + _THICK), (right - 2, _UPPER + _THICK), (right_below - 2, _LOWER), (left_below, _LOWER)]
    yield path(through(corners) + "Z", fill=tint)
    yield box(left, _UPPER, right=right - 2, bottom=_UPPER + _THICK, fill=strong)
    yield box(left_below, _LOWER, right=right_below - 2, bottom=_LOWER + _THICK, fill=strong)
    yield words(left, _UPPER - 8, str(PEOPLE[name]))
    anchor: Anchor = "end" if right_below >= WIDTH else "start"
    x = WIDTH - 1 if anchor == "end" else left_below
    yield words(x, _SAID, name, anchor=anchor)
    yield words(x, _SAID + LINE, f"{HOURS[name]:g}", anchor=anchor)


def _budget(total: float) -> Iterator[str]:
    """How far along the lower bar the hours reach that are there."""
    x = WIDTH * THERE / total
    yield line((x, _LOWER - 10), (x, _FOOT + 6), stroke=INK, width=2)
    yield words(0, _FOOT, f"{total:.0f} hours a year", bold=True)
    yield words(x - 8, _FOOT, f"he has {THERE}", anchor="end")
    yield words(x + 8, _FOOT, f"{total - THERE:.0f} short", bold=True)
