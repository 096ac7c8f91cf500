"""The return of a cohort over everybody enrolled, and how sure it is. Method §4.12, §4.13 and §8."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from course.exact import decimal_of
from course.share import Interval, Share

# From how many learners on, and from which reporting rate on, what may be shown: rules of this course, not findings.
COUNTS_FROM, INTERVAL_FROM, HEADLINE_FROM = 5, 10, 30
LEAST_REPORTING = 0.70
MOST_OF_ONE = Decimal(".5")

RESAMPLES = 10_000
CELLS_AT_ONCE = 250_000  # resampled values held in memory at a time: a few MB, whatever the cohort's size
LEVELS = (0.025, 0.975)

Display = Literal["nothing", "counts", "indicative", "headline"]
Floats = NDArray[np.float64]


class NothingInvested(ValueError):
    """A learner without a positive cost: a return on nothing has no meaning. `path` is their place in the input."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path}: must be above 0, for there is no return on nothing invested")
        self.path = path


@dataclass(frozen=True)
class Learner:
    """One enrolled learner: invested, claimed benefit, and whether they reported. Who didn't counts with benefit 0."""

    id: str
    cost: Decimal
    benefit: Decimal
    reported: bool


@dataclass(frozen=True)
class Summary:
    """A cohort's return. Percentages are of what was invested; None where there is nothing to compute from.

    reporting: how many of all reported; positive: how many of all came out above what they put in. leave_top_out: the
    return without the learner with the largest benefit; top_share: that learner's share of all benefit, 0…1.
    interval_percent: 95 %, by bootstrap-t, approximate. at_least_percent: the 2.5th percentile of resampled returns.
    Neither with fewer than 10 learners, nor where all learners had the same return.
    """

    reporting: Share
    roi_percent: Decimal | None
    median_percent: Decimal | None
    positive: Share
    leave_top_out_percent: Decimal | None
    top_share: Decimal | None
    interval_percent: Interval | None
    at_least_percent: float | None

    @property
    def n(self) -> int:
        """How many were enrolled."""
        return self.reporting.n

    @property
    def display(self) -> Display:
        """What a page may show: nothing, counts and median, an interval marked indicative, or a headline."""
        if self.n < COUNTS_FROM:
            return "nothing"
        if self.n < INTERVAL_FROM:
            return "counts"
        sure = self.n >= HEADLINE_FROM and (self.reporting.value or 0) >= LEAST_REPORTING
        return "headline" if sure else "indicative"

    @property
    def total_suppressed(self) -> bool:
        """Whether no total may be shown, because one learner is over half of it."""
        return self.top_share is not None and self.top_share > MOST_OF_ONE


@dataclass(frozen=True)
class _Enrolled:
    cost: Fraction
    benefit: Fraction

    @property
    def percent(self) -> Fraction:
        return 100 * (self.benefit / self.cost - 1)


def summarise(learners: Sequence[Learner], *, seed: int) -> Summary:
    """Add up all enrolled learners. The same learners and seed give the same figures, in whatever order they come.

    seed: a whole number from 0 on, stored with the report. NothingInvested for a learner with cost 0 or less.
    """
    for place, learner in enumerate(learners):
        if learner.cost <= 0:
            raise NothingInvested(f"learners[{place}].cost")
    # In the order of their ids, because resampling draws by place.
    enrolled = [_counted(learner) for learner in sorted(learners, key=lambda learner: learner.id)]
    total = sum((each.benefit for each in enrolled), Fraction(0))
    # Of equal benefits the one with the smaller cost is left out: the lower of the possible returns remains.
    by_benefit = sorted(enrolled, key=lambda each: (-each.benefit, each.cost))
    interval, at_least = _uncertainty(enrolled, seed)
    return Summary(
        reporting=Share(sum(learner.reported for learner in learners), len(learners)),
        roi_percent=_roi_percent(enrolled),
        median_percent=decimal_of(median(each.percent for each in enrolled)) if enrolled else None,
        positive=Share(sum(each.benefit > each.cost for each in enrolled), len(enrolled)),
        leave_top_out_percent=_roi_percent(by_benefit[1:]),
        top_share=decimal_of(by_benefit[0].benefit / total) if total else None,
        interval_percent=interval,
        at_least_percent=at_least,
    )


def _counted(learner: Learner) -> _Enrolled:
    return _Enrolled(Fraction(learner.cost), Fraction(learner.benefit) if learner.reported else Fraction(0))


def _roi_percent(enrolled: Sequence[_Enrolled]) -> Decimal | None:
    cost = sum((each.cost for each in enrolled), Fraction(0))
    benefit = sum((each.benefit for each in enrolled), Fraction(0))
    return decimal_of(100 * (benefit / cost - 1)) if cost else None


def _uncertainty(enrolled: Sequence[_Enrolled], seed: int) -> tuple[Interval | None, float | None]:
    """The interval and the "at least", in percent; None where resampling has nothing to say."""
    if len(enrolled) < INTERVAL_FROM or len({each.percent for each in enrolled}) == 1:
        return None, None
    cost = np.array([float(each.cost) for each in enrolled])
    benefit = np.array([float(each.benefit) for each in enrolled])
    ratio, error = _ratio_and_error(cost[np.newaxis], benefit[np.newaxis])
    ratios, errors = _resampled(cost, benefit, seed)
    # A resample of one learner, or of equal ones, has no error of its own: infinitely far from the cohort's ratio.
    tiny = errors <= 1e-9 * (benefit / cost).max()
    away = ratios - ratio
    far = np.where(np.isclose(away, 0, atol=1e-9 * ratio[0]), 0.0, np.copysign(np.inf, away))
    distances = np.where(tiny, far, away / np.where(tiny, 1.0, errors))
    below, above = _outer_quantiles(distances)
    ends = ratio[0] - np.array([above, below]) * error[0]
    interval = Interval(*(_percent(end) for end in ends)) if np.isfinite(ends).all() else None
    return interval, _percent(_outer_quantiles(ratios)[0])


def _resampled(cost: Floats, benefit: Floats, seed: int) -> tuple[Floats, Floats]:
    """The ratio and its error of each resample of the learners, drawn with replacement, some thousand at a time."""
    draw = np.random.default_rng(seed)
    rows = max(1, CELLS_AT_ONCE // len(cost))
    parts = []
    for first in range(0, RESAMPLES, rows):
        drawn = draw.integers(0, len(cost), (min(rows, RESAMPLES - first), len(cost)))
        parts.append(_ratio_and_error(cost[drawn], benefit[drawn]))
    ratios, errors = zip(*parts, strict=True)
    return np.concatenate(ratios), np.concatenate(errors)


def _ratio_and_error(cost: Floats, benefit: Floats) -> tuple[Floats, Floats]:
    """Benefit / cost of each row, and its linearised standard error."""
    n = cost.shape[1]
    ratio = benefit.sum(axis=1) / cost.sum(axis=1)
    rest = benefit - ratio[:, np.newaxis] * cost
    return ratio, np.sqrt((rest**2).sum(axis=1) / (n * (n - 1))) / cost.mean(axis=1)


def _outer_quantiles(values: Floats) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile, each the observed value next outside: never narrower than the sample."""
    lower, upper = LEVELS
    return float(np.quantile(values, lower, method="lower")), float(np.quantile(values, upper, method="higher"))


def _percent(ratio: float) -> float:
    return float(100 * (ratio - 1))
