"""The account of one learner: what was put in, what came back, and what may be said of it. Method §4 and §8.

An account is never proof of cause. Every figure in it opens into the lines it is made of; figures are not rounded.
"""

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeVar

from course.account_lines import CostLine, ReceiptLine, cost_lines_of, receipt_lines_of
from course.curve import Curve, Month, curve_of
from course.exact import EXACT, decimal_of
from course.forecast import Trend, TrendLine, trend
from course.ledger import COST_KINDS, WINDOW_MONTHS, Cost, CostKind, Ledger, Receipt, month_of

__all__ = [
    "COST_KINDS",
    "LEAST_MONTHS",
    "WINDOW_MONTHS",
    "Account",
    "Cost",
    "CostKind",
    "CostLine",
    "Ledger",
    "Month",
    "Receipt",
    "ReceiptLine",
    "Sensitivity",
    "TrendLine",
    "account",
    "month_of",
    "sensitivity",
    "sensitivity_of",
]

Item = TypeVar("Item")

LEAST_MONTHS = 6  # A rule of this course, not a finding: before that month no return is shown.


@dataclass(frozen=True)
class Account:
    """A ledger added up to its day. Amounts in the ledger's currency, shares and ratios, all unrounded.

    t: the month reached, 0…12. The lines are all entries by date, those left out too. above: the margins against what
    would have come anyway, None without a baseline. benefit_claimed: what may be called benefit.
    """

    ledger: Ledger
    t: int
    cost_lines: tuple[CostLine, ...]
    receipt_lines: tuple[ReceiptLine, ...]
    above: Trend | None
    investment: Decimal
    benefit_attributed: Decimal
    benefit_claimed: Decimal

    @cached_property
    def curve(self) -> Curve:
        """The months of the account. Made when it is read: a cohort of a thousand accounts never looks at theirs."""
        with localcontext(EXACT):
            attributed = Fraction(self.benefit_attributed)
            scale = _claim(attributed, self.above) / attributed if attributed else Fraction(1)
            yearly = self.ledger.discount_rate
            return curve_of(self.cost_lines, self.receipt_lines, last=self.t, scale=scale, yearly_rate=yearly)

    @property
    def trend_lines(self) -> tuple[TrendLine, ...]:
        """The months against their forecasts; empty without a baseline."""
        return self.above.lines if self.above else ()

    @property
    def benefit_trend(self) -> Decimal | None:
        """What the margin rose by above its forecasts; None without a baseline."""
        return decimal_of(self.above.benefit) if self.above else None

    @property
    def grade(self) -> Literal["B", "C"]:
        """How well the claim is supported: B by a ledger and a baseline, C by a ledger alone."""
        return "C" if self.benefit_trend is None else "B"

    @property
    def net(self) -> Decimal:
        """Benefit claimed − investment."""
        return EXACT.subtract(self.benefit_claimed, self.investment)

    @property
    def scale(self) -> Decimal | None:
        """The part of the attributed benefit that is claimed, 0…1; each month is scaled by it. None with no benefit."""
        if not self.benefit_attributed:
            return None
        return EXACT.divide(self.benefit_claimed, self.benefit_attributed)

    @property
    def bcr(self) -> Decimal | None:
        """Benefit-cost ratio, claimed / invested; None while it is too early, and with nothing invested."""
        if self.too_early or not self.investment:
            return None
        return EXACT.divide(self.benefit_claimed, self.investment)

    @property
    def roi_percent(self) -> Decimal | None:
        """100 · (claimed − invested) / invested; None while it is too early, and with nothing invested."""
        if self.too_early or not self.investment:
            return None
        return EXACT.divide(EXACT.multiply(100, self.net), self.investment)

    @property
    def payback_months(self) -> Decimal | None:
        """12 · invested / claimed; None while it is too early, and with nothing to claim."""
        if self.too_early or not self.benefit_claimed:
            return None
        return EXACT.divide(EXACT.multiply(12, self.investment), self.benefit_claimed)

    @property
    def npv(self) -> Decimal:
        """What benefit − investment is worth on the day of the start, at the ledger's discount rate."""
        return EXACT.subtract(self.curve.present_benefit, self.curve.present_investment)

    @property
    def months(self) -> tuple[Month, ...]:
        """One month for each of 0…t."""
        return self.curve.months

    @property
    def cumulative(self) -> tuple[Decimal, ...]:
        """Net added up, for each of 0…t."""
        return tuple(month.net_cumulative for month in self.months)

    @property
    def break_even_month(self) -> int | None:
        """The first month from which the net stays at nought or more; None without one, and with nothing invested."""
        return self.curve.break_even

    @property
    def discounted_break_even_month(self) -> int | None:
        """The same with each month discounted."""
        return self.curve.discounted_break_even

    @property
    def too_early(self) -> bool:
        """Whether a ratio would promise more than so few months can carry."""
        return bool(self.too_early_reasons)

    @property
    def too_early_reasons(self) -> tuple[str, ...]:
        """Why no ratio may be shown yet, a sentence each; empty when it may."""
        reached, cycle = month_of(self.ledger.as_of, self.ledger.start), self.ledger.sales_cycle_months
        sentences = {
            f"A return is shown from month {LEAST_MONTHS} on; this is month {reached}.": LEAST_MONTHS,
            f"Your sales take {cycle} months, measured by the median; this is month {reached}.": cycle,
        }
        return tuple(sentence for sentence, least in sentences.items() if reached < least)


def account(ledger: Ledger) -> Account:
    """Add the ledger up by the rules of method §4. Neither a clock nor the order of the rows has a say in it."""
    with localcontext(EXACT):
        above = trend(ledger.baseline, ledger.margins)
        return _added_up(ledger, cost_lines_of(ledger), receipts=receipt_lines_of(ledger), above=above)


def _added_up(
    ledger: Ledger, costs: tuple[CostLine, ...], *, receipts: tuple[ReceiptLine, ...], above: Trend | None
) -> Account:
    """The account of a ledger whose lines are known. To be called where decimals are exact."""
    attributed = sum((line.counts for line in receipts), Decimal(0))
    return Account(
        ledger=ledger,
        t=min(month_of(ledger.as_of, ledger.start), WINDOW_MONTHS),
        cost_lines=costs,
        receipt_lines=receipts,
        above=above,
        investment=sum((line.counts for line in costs), Decimal(0)),
        benefit_attributed=attributed,
        benefit_claimed=decimal_of(_claim(Fraction(attributed), above)),
    )


def _claim(attributed: Fraction, above: Trend | None) -> Fraction:
    """The lower of what was attributed and what the margin rose by, never below nought."""
    return attributed if above is None else max(Fraction(0), min(attributed, above.benefit))


@dataclass(frozen=True)
class Sensitivity:
    """How much of an account hangs on one receipt: `account` is what remains if it was not due to the training."""

    receipt: Receipt
    account: Account

    @property
    def net(self) -> Decimal:
        """What would be claimed − invested without that receipt."""
        return self.account.net

    @property
    def break_even_month(self) -> int | None:
        """The break-even without that receipt; None without one."""
        return self.account.break_even_month


def sensitivity(ledger: Ledger) -> Sensitivity | None:
    """How much of the ledger's account hangs on one receipt; None when no receipt counts."""
    return sensitivity_of(account(ledger))


def sensitivity_of(whole: Account) -> Sensitivity | None:
    """The account without its largest counted receipt, of equals the earliest; None when no receipt counts.

    The monthly margins stay as they were: the money came, only its cause is in doubt.
    """
    counted = [line for line in whole.receipt_lines if line.counts]
    if not counted:
        return None
    largest = min(counted, key=lambda line: (-line.counts, line.receipt.date, line.receipt.person))
    without = replace(whole.ledger, receipts=_but(whole.ledger.receipts, largest.receipt))
    with localcontext(EXACT):
        lines = _but(whole.receipt_lines, largest)
        return Sensitivity(largest.receipt, _added_up(without, whole.cost_lines, receipts=lines, above=whole.above))


def _but(those: tuple[Item, ...], one: Item) -> tuple[Item, ...]:
    """All of them without the first that is equal to this one."""
    at = those.index(one)
    return those[:at] + those[at + 1 :]
