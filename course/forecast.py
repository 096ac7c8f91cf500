"""What the margin would have been anyway, and how far it came out above that. Method §4.3 and §8."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cached_property

from course.exact import EXACT, decimal_of

LEAST_KNOWN_MONTHS = 6
MEAN, SAME_MONTH, LINE = "mean", "same month last year", "line"


@dataclass(frozen=True)
class TrendLine:
    """One month of the window against its forecasts, amounts in the ledger's currency.

    `highest` names the forecast that was taken, `forecast` is its amount, `difference` is margin − forecast: 0 where
    the margin is unknown. `same_month_last_year` is None where the baseline does not hold it.
    """

    t: int
    margin: Decimal | None
    mean: Decimal
    same_month_last_year: Decimal | None
    line: Decimal
    highest: str
    forecast: Decimal
    difference: Decimal


@dataclass(frozen=True)
class Month:
    """A month of the window with its forecasts by name, exactly."""

    t: int
    margin: Decimal | None
    forecasts: Mapping[str, Fraction]

    @property
    def difference(self) -> Fraction:
        """Margin − the highest forecast; 0 where the margin is unknown."""
        return Fraction(0) if self.margin is None else Fraction(self.margin) - max(self.forecasts.values())


@dataclass(frozen=True)
class Trend:
    """The months of the window against what would have come anyway."""

    months: tuple[Month, ...]

    @cached_property
    def benefit(self) -> Fraction:
        """The sum of the months' differences."""
        return sum((month.difference for month in self.months), Fraction(0))

    @cached_property
    def lines(self) -> tuple[TrendLine, ...]:
        """The months in decimals. Made when they are read: a cohort looks at the sum alone."""
        return tuple(map(_trend_line, self.months))


def trend(baseline: Sequence[Decimal | None], margins: Sequence[Decimal | None]) -> Trend | None:
    """Margins of months 1, 2, … against the highest available forecast; None with fewer than 6 baseline months known.

    baseline: months before the start, oldest first, at x = 1…n; an unknown month keeps its number. The straight line
    is fitted by least squares to the known months and read at x = n + t.
    """
    known = {x: Fraction(margin) for x, margin in enumerate(baseline, 1) if margin is not None}
    if len(known) < LEAST_KNOWN_MONTHS:
        return None
    mean = sum(known.values(), Fraction(0)) / len(known)
    middle, slope = _line(known, mean)
    months = []
    for t, margin in enumerate(margins, 1):
        x = len(baseline) + t
        forecasts = {MEAN: mean, LINE: mean + slope * (x - middle)}
        if x - 12 in known:
            forecasts[SAME_MONTH] = known[x - 12]
        months.append(Month(t, margin, forecasts))
    return Trend(tuple(months))


def _line(known: dict[int, Fraction], mean: Fraction) -> tuple[Fraction, Fraction]:
    """The middle of the known months, where the line passes through their mean, and its slope a month."""
    middle = Fraction(sum(known), len(known))
    rise = sum(((x - middle) * (margin - mean) for x, margin in known.items()), Fraction(0))
    return middle, rise / sum(((x - middle) ** 2 for x in known), Fraction(0))


def _trend_line(month: Month) -> TrendLine:
    with localcontext(EXACT):
        decimals = {name: decimal_of(forecast) for name, forecast in month.forecasts.items()}
        highest = max(month.forecasts, key=month.forecasts.__getitem__)
        return TrendLine(
            t=month.t,
            margin=month.margin,
            mean=decimals[MEAN],
            same_month_last_year=decimals.get(SAME_MONTH),
            line=decimals[LINE],
            highest=highest,
            forecast=decimals[highest],
            difference=decimal_of(month.difference),
        )
