"""What a cohort's ROI may say, and which of its figures may be printed. Method §4, "when what may be shown".

Every page and file about a cohort's return asks here, so that none shows more than another.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import floor
from typing import Literal, Protocol

from course.share import Interval, Share
from course.wording import counted, of, sentence, spell

Figure = Literal[
    "n",
    "reporting",
    "positive",
    "positive_interval",
    "median_percent",
    "roi_percent",
    "leave_top_out_percent",
    "interval_percent",
    "at_least_percent",
]
COUNTS: tuple[Figure, ...] = ("n", "reporting", "positive", "median_percent")
ALWAYS_BESIDE: tuple[Figure, ...] = (*COUNTS, "positive_interval", "leave_top_out_percent")


class Summary(Protocol):
    """What is asked of a cohort's figures; `cohort.Summary` has them."""

    @property
    def n(self) -> int: ...
    @property
    def reporting(self) -> Share: ...
    @property
    def positive(self) -> Share: ...
    @property
    def roi_percent(self) -> Decimal | None: ...
    @property
    def median_percent(self) -> Decimal | None: ...
    @property
    def interval_percent(self) -> Interval | None: ...
    @property
    def at_least_percent(self) -> float | None: ...
    @property
    def display(self) -> Literal["nothing", "counts", "indicative", "headline"]: ...
    @property
    def total_suppressed(self) -> bool: ...


@dataclass(frozen=True)
class RoiWords:
    """The title of the report, and the figures that may stand below it, in their order."""

    title: str
    figures: tuple[Figure, ...]


def roi_words(summary: Summary) -> RoiWords:
    """The finding in words, and what may be printed of the figures.

    Fewer than five learners: nothing. Five to nine: counts and median. From ten on also the total with its interval,
    marked indicative; a title without that mark, and "at least", only where `display` is `headline`. Where one
    learner is over half of the total: no total and no interval of it.
    """
    if summary.display == "nothing":
        return RoiWords(_too_few(summary.n), ())
    if summary.display == "counts":
        return RoiWords(sentence(f"{of(summary.positive)} got back more than they put in; {_median(summary)}"), COUNTS)
    if summary.total_suppressed:
        title = f"No total, since one of {spell(summary.n)} learners is over half of it; {_median(summary)}"
        return RoiWords(title, ALWAYS_BESIDE)
    figures: tuple[Figure, ...] = ("roi_percent", "interval_percent", *ALWAYS_BESIDE)
    if summary.display == "indicative":
        return RoiWords(_indicative(summary), figures)
    return RoiWords(_claim(summary), ("at_least_percent", *figures))


def _too_few(n: int) -> str:
    if n == 0:
        return "No learners yet, so there is nothing to show"
    return sentence(f"{counted(n, 'learner')}: fewer than five, so nothing is shown")


def _indicative(summary: Summary) -> str:
    everybody = summary.reporting.successes == summary.reporting.n
    mark = "Indicative" if everybody else f"Indicative, {of(summary.reporting)} reported"
    range_ = summary.interval_percent
    likely = f", likely between {_whole(range_.low)} and {_whole(range_.high)} %" if range_ else ""
    return f"{mark}: the return is {_beside_investment(summary.roi_percent)}{likely}"


def _claim(summary: Summary) -> str:
    """ "At least" only from the lower bound, rounded down; where that allows a loss, the title says so."""
    everybody = f"over all {spell(summary.n)} enrolled"
    least = summary.at_least_percent
    if least is not None and least >= 0:
        sure = f"{floor(least)} % above the investment" if least >= 1 else "the investment"
        return f"The return is at least {sure}, {everybody}"
    doubt = ", and a loss is not ruled out" if (summary.roi_percent or 0) > 0 else ""
    return f"The return is {_beside_investment(summary.roi_percent)}, {everybody}{doubt}"


def _median(summary: Summary) -> str:
    return "the median is " + ("unknown" if summary.median_percent is None else f"{_whole(summary.median_percent)} %")


def _beside_investment(percent: Decimal | None) -> str:
    if percent is None:
        return "unknown"
    whole = round(percent)
    if whole == 0:
        return "about the investment"
    return f"{abs(whole)} % {'above' if whole > 0 else 'below'} the investment"


def _whole(percent: Decimal | float) -> str:
    return str(round(percent)).replace("-", "−")
