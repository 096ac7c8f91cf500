"""The figures of a cohort's return in print: each with its name, its value and what it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import floor
from typing import TYPE_CHECKING

from app.filters import NBSP, number, percent
from course.roi_words import Figure
from course.share import Interval

if TYPE_CHECKING:
    from course.cohort import Summary


@dataclass(frozen=True)
class Stated:
    """One figure that may be printed."""

    name: str
    value: str
    meaning: str


Print = Callable[["Summary"], str]

FIGURES: Mapping[Figure, tuple[str, Print, str]] = {
    "n": ("Learners in the sum", lambda s: number(s.n), "Everybody enrolled, but for those left out below."),
    "reporting": (
        "Reported",
        lambda s: f"{s.reporting.successes} of {s.reporting.n}",
        "A receipt or a known monthly margin in their twelve months. The others count with no benefit and all their "
        "costs.",
    ),
    "positive": (
        "Got back more than they put in",
        lambda s: f"{s.positive.successes} of {s.positive.n}",
        "Whose claimed benefit is above what they put in.",
    ),
    "positive_interval": (
        "Share of learners above, likely between",
        lambda s: ends(s.positive.interval, times=100),
        "95 % by Wilson’s interval.",
    ),
    "median_percent": (
        "Median return",
        lambda s: in_percent(s.median_percent),
        "Half of the learners are above it, half below.",
    ),
    "roi_percent": (
        "Return on what was put in",
        lambda s: in_percent(s.roi_percent),
        "All benefits less all costs, divided by all costs.",
    ),
    "leave_top_out_percent": (
        "Return without the largest",
        lambda s: in_percent(s.leave_top_out_percent),
        "What remains if the learner with the largest benefit is left out.",
    ),
    "interval_percent": (
        "Likely between",
        lambda s: ends(s.interval_percent),
        "95 %, approximate: learners drawn again 10 000 times (bootstrap-t).",
    ),
    "at_least_percent": (
        "At least",
        lambda s: "–" if s.at_least_percent is None else f"{number(floor(s.at_least_percent))}{NBSP}%",
        "97.5 % of the drawings lie above it; rounded down.",
    ),
}


def stated(figure: Figure, summary: "Summary") -> Stated:
    """The figure as it is printed. Whether it may be is for `course.roi_words` to say."""
    name, value, meaning = FIGURES[figure]
    return Stated(name, value(summary), meaning)


def in_percent(value: Decimal | None) -> str:
    """A percentage as a whole one."""
    return "–" if value is None else percent(value / 100)


def ends(interval: Interval | None, *, times: int = 1) -> str:
    """Both ends of a range, in percent."""
    if interval is None:
        return "Unknown"
    low, high = (number(times * end) for end in interval)
    return f"{low} and {high}{NBSP}%"
