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
    """A month of the window. `counted`, its margin, and the forecasts by name are times the trend's denominator."""

    t: int
    margin: Decimal | None
    counted: Decimal
    forecasts: Mapping[str, Decimal]

    @property
    def difference(self) -> Decimal:
        """Margin − the highest forecast, times the denominator; 0 where the margin is unknown."""
        return Decimal(0) if self.margin is None else self.counted - max(self.forecasts.values())


@dataclass(frozen=True)
class Trend:
    """The months of the window against what would have come anyway.

    Its figures share one denominator: decimals add up exactly and quickly, fractions slowly.
    """

    months: tuple[Month, ...]
    denominator: int

    @cached_property
    def benefit(self) -> Fraction:
        """The sum of the months' differences."""
        with localcontext(EXACT):
            return Fraction(sum((month.difference for month in self.months), Decimal(0))) / self.denominator

    @cached_property
    def lines(self) -> tuple[TrendLine, ...]:
        """The months in decimals. Made when they are read: a cohort looks at the sum alone."""
        return tuple(_trend_line(month, self.denominator) for month in self.months)


def trend(baseline: Sequence[Decimal | None], margins: Sequence[Decimal | None]) -> Trend | None:
    """Margins of months 1, 2, … against the highest available forecast; None with fewer than 6 baseline months known.

    baseline: months before the start, oldest first, at x = 1…n; an unknown month keeps its number. The straight line
    is fitted by least squares to the known months and read at x = n + t.
    """
    known = {x: margin for x, margin in enumerate(baseline, 1) if margin is not None}
    if len(known) < LEAST_KNOWN_MONTHS:
        return None
    with localcontext(EXACT):
        line = _line(known)
        months = []
        for t, margin in enumerate(margins, 1):
            x = len(baseline) + t
            forecasts = {MEAN: line.mean, LINE: line.mean + line.rise * (line.n * x - line.xs)}
            if x - 12 in known:
                forecasts[SAME_MONTH] = known[x - 12] * line.denominator
            months.append(Month(t, margin, (margin or Decimal(0)) * line.denominator, forecasts))
        return Trend(tuple(months), line.denominator)


@dataclass(frozen=True)
class _Line:
    """Least squares through n known months whose numbers come to xs.

    mean and rise are times the denominator n·(n·Σx² − (Σx)²): at x the line is mean + rise·(n·x − xs).
    """

    n: int
    xs: int
    mean: Decimal
    rise: Decimal
    denominator: int


def _line(known: Mapping[int, Decimal]) -> _Line:
    n, xs, total = len(known), sum(known), sum(known.values(), Decimal(0))
    spread = n * sum(x * x for x in known) - xs * xs
    rise = n * sum((x * margin for x, margin in known.items()), Decimal(0)) - xs * total
    return _Line(n, xs, mean=total * spread, rise=rise, denominator=n * spread)


def _trend_line(month: Month, denominator: int) -> TrendLine:
    with localcontext(EXACT):
        decimals = {name: _over(forecast, denominator) for name, forecast in month.forecasts.items()}
        highest = max(month.forecasts, key=month.forecasts.__getitem__)
        return TrendLine(
            t=month.t,
            margin=month.margin,
            mean=decimals[MEAN],
            same_month_last_year=decimals.get(SAME_MONTH),
            line=decimals[LINE],
            highest=highest,
            forecast=decimals[highest],
            difference=_over(month.difference, denominator),
        )


def _over(amount: Decimal, denominator: int) -> Decimal:
    return decimal_of(Fraction(amount) / denominator)
