"""Lesson 3.3: from seven clients, one new one a year, with introductions and without."""

from collections.abc import Iterator
from decimal import Decimal

from course.exact import fixed
from course.figures.svg import (
    ACCENT,
    CONTACTING,
    EDGE,
    INK,
    LINE,
    MUTED,
    WIDTH,
    Anchor,
    circle,
    line,
    path,
    picture,
    through,
    words,
)
from course.goal import DEFAULTS, Growth

START = Decimal(7)
WITH, WITHOUT = (
    Growth(
        retention=DEFAULTS["retention"].value,
        introductions=Decimal(introductions),
        close_rate=DEFAULTS["close_rate"].value,
        wins=Decimal(1),
    )
    for introductions in (".3", "0")
)

_YEARS, _MOST = 20, 12
_LEFT, _RIGHT, _TOP, _FOOT = 28, WIDTH - 2, 34, 334


def numbers(growth: Growth) -> tuple[Decimal, ...]:
    """How many clients there are after 0, 1, … 20 years."""
    found = [START]
    while len(found) <= _YEARS:
        found.append(growth.next_year(found[-1]))
    return tuple(found)


def drawing() -> str:
    """Two curves over twenty years, each on its way to its level."""
    parts = [*_axes(), *_apart(1, 3.9), *_apart(10, 2.1), *_curve(WITH, ACCENT), *_curve(WITHOUT, CONTACTING)]
    return picture("From seven clients, two sets of rates lead to 6.25 and to 11.76", _FOOT + 32, parts)


def _x(year: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * year / _YEARS


def _y(clients: float | Decimal) -> float:
    return _FOOT - (_FOOT - _TOP) * float(clients) / _MOST


def _axes() -> Iterator[str]:
    yield words(0, 14, "clients", fill=MUTED)
    for clients in range(0, _MOST + 1, 4):
        yield words(_LEFT - 8, _y(clients) + 6, str(clients), anchor="end", fill=MUTED)
        yield line((_LEFT - 4, _y(clients)), (_LEFT, _y(clients)))
    anchors: dict[int, Anchor] = {0: "start", _YEARS: "end"}
    for year in range(0, _YEARS + 1, 5):
        said = f"{year} years" if year == _YEARS else str(year)
        yield words(_x(year), _FOOT + 24, said, anchor=anchors.get(year, "middle"), fill=MUTED)
        yield line((_x(year), _FOOT), (_x(year), _FOOT + 5))
    yield path(through([(_LEFT, _TOP), (_LEFT, _FOOT), (_RIGHT, _FOOT)]), fill="none", stroke=EDGE)


def _curve(growth: Growth, colour: str) -> Iterator[str]:
    level, points = growth.plateau or Decimal(0), [(_x(year), _y(many)) for year, many in enumerate(numbers(growth))]
    rising = level > START
    yield line((_LEFT, _y(level)), (_RIGHT, _y(level)), stroke=colour, width=1.5, stroke_dasharray="5 4")
    yield path(through(points), fill="none", stroke=colour, stroke_width=3, stroke_linejoin="round")
    yield from (circle(*points[year], 5, fill=colour) for year in (1, 10))
    said = f"{'with introductions' if rising else 'without'}: level {fixed(level, 2)}"
    beside = _y(level) + (-9 if rising else LINE + 1)
    yield words(_RIGHT, beside, said, anchor="end", fill=colour, bold=True)


def _apart(year: int, height: float) -> Iterator[str]:
    """How far the two are apart after so many years, said in the empty part of the plot."""
    upper, lower = numbers(WITH)[year], numbers(WITHOUT)[year]
    x, y = _x(year), _y(height)
    yield line((x, _y(upper)), (x, y - 16), stroke=INK)
    when = f"after {year} year{'' if year == 1 else 's'}"
    yield words(x - 5, y, f"{fixed(upper, 1)} and {fixed(lower, 1)}", bold=True)
    yield words(x - 5, y + LINE, when)
