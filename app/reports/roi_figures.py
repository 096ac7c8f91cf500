"""The figures of a cohort's return in print: each with its name, its value and what it is.

A figure's whole numbers come first, and its print is made of them: so a page and a workbook say the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from math import floor
from typing import TYPE_CHECKING, Literal

from app.filters import NBSP, number
from course.roi_words import Figure
from course.share import Interval

if TYPE_CHECKING:
    from course.cohort import Summary

Kind = Literal["count", "part", "percent", "range"]


@dataclass(frozen=True)
class Stated:
    """One figure that may be printed. `numbers` are those that its print is made of, none where it is unknown."""

    name: str
    value: str
    meaning: str
    numbers: tuple[int, ...] = ()
    unit: str = ""

    @property
    def printed(self) -> dict[str, str]:
        """What a page says of it, and nothing that only a file holds."""
        return {"name": self.name, "value": self.value, "meaning": self.meaning}


Numbers = Callable[["Summary"], tuple[int, ...]]

FIGURES: Mapping[Figure, tuple[str, Kind, Numbers, str]] = {
    "n": ("Learners in the sum", "count", lambda s: (s.n,), "Everybody enrolled, but for those left out below."),
    "reporting": (
        "Reported",
        "part",
        lambda s: (s.reporting.successes, s.reporting.n),
        "A receipt or a known monthly margin in their twelve months. The others count with no benefit and all their "
        "costs.",
    ),
    "positive": (
        "Got back more than they put in",
        "part",
        lambda s: (s.positive.successes, s.positive.n),
        "Whose claimed benefit is above what they put in.",
    ),
    "positive_interval": (
        "Share of learners above, likely between",
        "range",
        lambda s: ends(s.positive.interval, times=100),
        "95 % by Wilson’s interval.",
    ),
    "median_percent": (
        "Median return",
        "percent",
        lambda s: whole(s.median_percent),
        "Half of the learners are above it, half below.",
    ),
    "roi_percent": (
        "Return on what was put in",
        "percent",
        lambda s: whole(s.roi_percent),
        "All benefits less all costs, divided by all costs.",
    ),
    "leave_top_out_percent": (
        "Return without the largest",
        "percent",
        lambda s: whole(s.leave_top_out_percent),
        "What remains if the learner with the largest benefit is left out.",
    ),
    "interval_percent": (
        "Likely between",
        "range",
        lambda s: ends(s.interval_percent),
        "95 %, approximate: learners drawn again 10 000 times (bootstrap-t).",
    ),
    "at_least_percent": (
        "At least",
        "percent",
        lambda s: () if s.at_least_percent is None else (floor(s.at_least_percent),),
        "97.5 % of the drawings lie above it; rounded down.",
    ),
}


def stated(figure: Figure, summary: "Summary") -> Stated:
    """The figure as it is printed. Whether it may be is for `course.roi_words` to say."""
    name, kind, numbers, meaning = FIGURES[figure]
    found = numbers(summary)
    return Stated(name, printed(kind, found), meaning, found, "%" if kind in {"percent", "range"} else "")


def printed(kind: Kind, numbers: tuple[int, ...]) -> str:
    """Whole numbers as a page says them."""
    if not numbers:
        return "Unknown" if kind == "range" else "–"
    if kind == "part":
        return f"{numbers[0]} of {numbers[1]}"
    if kind == "range":
        return f"{number(numbers[0])} and {number(numbers[1])}{NBSP}%"
    return number(numbers[0]) + (f"{NBSP}%" if kind == "percent" else "")


def in_percent(value: Decimal | None) -> str:
    """A percentage as a whole one."""
    return printed("percent", whole(value))


def whole(value: Decimal | float | None) -> tuple[int, ...]:
    """A percentage rounded to a whole one, half to even; none where it is unknown."""
    return () if value is None else (int(Decimal(str(value)).to_integral_value(ROUND_HALF_EVEN)),)


def ends(interval: Interval | None, *, times: int = 1) -> tuple[int, ...]:
    """Both ends of a range, in whole percent."""
    return () if interval is None else tuple(place for end in interval for place in whole(times * end))
