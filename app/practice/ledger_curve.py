"""The account of a ledger as the curve draws it."""

from decimal import Decimal

from app import charts
from app.filters import number
from course.exact import EXACT, fixed
from course.ledger import WINDOW_MONTHS
from course.months import first_day, month_from
from course.roi import Account, Sensitivity


def curve_of(drawn_up: Account, hangs: Sensitivity | None) -> charts.RoiCurve:
    """The account as a curve over the whole window, with what hangs on one receipt."""
    first = first_day(drawn_up.ledger.start)
    names = ["Start", *(f"{month_from(first, t):%b}" for t in range(WINDOW_MONTHS))]
    reached = [charts.Month(names[m.t], m.invested_cumulative, m.returned_cumulative) for m in drawn_up.months]
    return charts.roi_curve(
        [*reached, *(charts.Month(name) for name in names[len(reached) :])],
        break_even=drawn_up.break_even_month,
        uncertain=uncertain_part(drawn_up, hangs),
        money=in_the_curve,
    )


def uncertain_part(drawn_up: Account, hangs: Sensitivity | None) -> charts.Uncertain | None:
    """What the largest receipt adds to the curve."""
    line = next((line for line in drawn_up.receipt_lines if hangs and line.receipt is hangs.receipt), None)
    if line is None or not drawn_up.scale:
        return None
    sure = number(EXACT.multiply(100, line.receipt.confidence or Decimal(0)))
    return charts.Uncertain(
        line.t,
        EXACT.multiply(line.counts, drawn_up.scale),
        f"Hatched: one receipt, {sure}\u00a0% sure of its share",
    )


def in_the_curve(value: int | float | Decimal) -> str:
    """An amount beside the curve, to the cent: with cents only where there are any."""
    cents = Decimal(fixed(value, 2) or 0)
    return number(cents, 0 if cents == int(cents) else 2)
