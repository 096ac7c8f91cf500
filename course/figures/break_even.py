"""Lesson 9.3: the year from month to month, put in against come back, and how much of it hangs on one receipt."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from course.figures.binder import LEDGER, spaced
from course.figures.svg import (
    ACCENT,
    EDGE,
    INK,
    LINE,
    MUTED,
    WASH,
    WIDTH,
    Anchor,
    circle,
    line,
    path,
    picture,
    through,
    words,
)
from course.ledger import WINDOW_MONTHS
from course.roi import account, sensitivity

ACCOUNT = account(LEDGER)
_INVESTED = [month.invested_cumulative for month in ACCOUNT.months]
_RETURNED = [month.returned_cumulative for month in ACCOUNT.months]
_LEFT, _RIGHT, _TOP, _FOOT = 50, WIDTH - 2, 60, 340
_MOST = 5000

Points = list[tuple[float, float]]


def drawing() -> str:
    """Two stairs that meet in month nine, and below them the one that is left without the largest receipt."""
    parts = [*_axes(), *_without(), *_stairs(), *_said()]
    return picture("Invested and returned over twelve months; break-even in month nine", _FOOT + 32, parts)


def _x(month: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * month / (WINDOW_MONTHS + 1)


def _y(amount: float | Decimal) -> float:
    return _FOOT - (_FOOT - _TOP) * float(amount) / _MOST


def _stair(amounts: Sequence[Decimal], first: int = 0) -> Points:
    """The corners of level treads, one a month."""
    treads = [(_x(month), _x(month + 1), _y(amount)) for month, amount in enumerate(amounts, first)]
    return [corner for left, right, y in treads for corner in ((left, y), (right, y))]


def _axes() -> Iterator[str]:
    for amount in range(0, _MOST + 1, 1000):
        yield words(_LEFT - 8, _y(amount) + 6, spaced(Decimal(amount)), anchor="end", fill=MUTED)
        yield line((_LEFT - 4, _y(amount)), (_LEFT, _y(amount)))
    for month in (0, 3, 6, 9, 12):
        said = f"month {month}" if month == WINDOW_MONTHS else str(month)
        anchor: Anchor = "end" if month == WINDOW_MONTHS else "middle"
        x = _RIGHT if month == WINDOW_MONTHS else _x(month + 0.5)
        yield words(x, _FOOT + 24, said, anchor=anchor, fill=MUTED)
    yield path(through([(_LEFT, _TOP), (_LEFT, _FOOT), (_RIGHT, _FOOT)]), fill="none", stroke=EDGE)


def _stairs() -> Iterator[str]:
    invested, returned = _stair(_INVESTED), _stair(_RETURNED)
    yield path(through(invested), fill="none", stroke=INK, stroke_width=2.5)
    yield path(through(returned), fill="none", stroke=ACCENT, stroke_width=3)


def _without() -> Iterator[str]:
    """What would have come back without the largest receipt."""
    left = sensitivity(LEDGER)
    if left is None:
        return
    first = ACCOUNT.break_even_month or 0
    amounts = [month.returned_cumulative for month in left.account.months][first:]
    stair = _stair(amounts, first)
    upper = _stair(_RETURNED[first:], first)
    yield path(through([*stair, *reversed(upper)]) + "Z", fill=WASH)
    yield path(through(stair), fill="none", stroke=ACCENT, stroke_width=2, stroke_dasharray="5 4")
    yield words(_RIGHT, _y(amounts[0]) + LINE + 5, "without one", anchor="end")
    yield words(_RIGHT, _y(amounts[0]) + 2 * LINE + 5, f"receipt {spaced(amounts[-1])}", anchor="end")


def _said() -> Iterator[str]:
    month = ACCOUNT.break_even_month or 0
    x, y = _x(month), _y(_INVESTED[month])
    yield line((x, 30), (x, y - 6), stroke=INK, stroke_dasharray="2 3")
    yield circle(x, y, 6, fill="none", stroke=INK, stroke_width=2)
    yield words(x - 6, 20, f"even in month {month}", bold=True, anchor="end")
    yield words(_x(5) - 8, _y(_INVESTED[5]) - 14, f"put in {spaced(ACCOUNT.investment)}", bold=True, anchor="end")
    yield words(_x(5), _y(1100), f"came back {spaced(ACCOUNT.benefit_claimed)}", bold=True, fill=ACCENT)
