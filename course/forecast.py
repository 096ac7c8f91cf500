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
    known = {x: margin for x, margin in enumerate(baseline, 1) if margin is not None}
    if len(known) < LEAST_KNOWN_MONTHS:
        return None
    mean, middle, slope = _line(known)
    months = []
    for t, margin in enumerate(margins, 1):
        x = len(baseline) + t
        forecasts = {MEAN: mean, LINE: mean + slope * (x - middle)}
        if x - 12 in known:
            forecasts[SAME_MONTH] = Fraction(known[x - 12])
        months.append(Month(t, margin, forecasts))
    return Trend(tuple(months))


def _line(known: Mapping[int, Decimal]) -> tuple[Fraction, Fraction, Fraction]:
    """The mean of the known months, their middle, where the line passes through it, and the line's slope a month.

    Sums of decimals are exact and quick, fractions exact and slow: there is one of these for each sum.
    """
    n, xs, total = len(known), sum(known), Fraction(sum(known.values(), Decimal(0)))
    products = Fraction(sum((x * margin for x, margin in known.items()), Decimal(0)))
    slope = (n * products - xs * total) / (n * sum(x * x for x in known) - xs * xs)
    return total / n, Fraction(xs, n), slope


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
