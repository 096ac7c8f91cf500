"""What the margin would have been anyway, and how far it came out above that. Method §4.3 and §8."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from course.exact import decimal_of

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
class Trend:
    """The months of the window, and the sum of their differences, exactly."""

    lines: tuple[TrendLine, ...]
    benefit: Fraction


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
    lines, benefit = [], Fraction(0)
    for t, margin in enumerate(margins, 1):
        x = len(baseline) + t
        forecasts = {MEAN: mean, LINE: mean + slope * (x - middle)}
        if x - 12 in known:
            forecasts[SAME_MONTH] = known[x - 12]
        difference = Fraction(0) if margin is None else Fraction(margin) - max(forecasts.values())
        benefit += difference
        lines.append(_trend_line(forecasts, t=t, margin=margin, difference=difference))
    return Trend(tuple(lines), benefit)


def _line(known: dict[int, Fraction], mean: Fraction) -> tuple[Fraction, Fraction]:
    """The middle of the known months, where the line passes through their mean, and its slope a month."""
    middle = Fraction(sum(known), len(known))
    rise = sum(((x - middle) * (margin - mean) for x, margin in known.items()), Fraction(0))
    return middle, rise / sum(((x - middle) ** 2 for x in known), Fraction(0))


def _trend_line(forecasts: dict[str, Fraction], *, t: int, margin: Decimal | None, difference: Fraction) -> TrendLine:
    decimals = {name: decimal_of(forecast) for name, forecast in forecasts.items()}
    highest = max(forecasts, key=forecasts.__getitem__)
    return TrendLine(
        t=t,
        margin=margin,
        mean=decimals[MEAN],
        same_month_last_year=decimals.get(SAME_MONTH),
        line=decimals[LINE],
        highest=highest,
        forecast=decimals[highest],
        difference=decimal_of(difference),
    )
