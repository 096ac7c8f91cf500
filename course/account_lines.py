"""The entries of a ledger as lines of an account: what each counts, by which formula, or why it doesn't. Method §8."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter

from course.exact import plain
from course.ledger import WINDOW_MONTHS, Cost, Ledger, Receipt, month_of

NBSP = "\u00a0"
UNKNOWN = "0 (unknown)"
_DAY = attrgetter("date")


@dataclass(frozen=True)
class CostLine:
    """A cost, its month t, and what it counts; `left_out` says in words why that is 0. `hour` is what an hour costs."""

    cost: Cost
    t: int
    hour: Decimal
    counts: Decimal
    left_out: str = ""

    @property
    def formula(self) -> str:
        """Its formula filled in. Made when it is read: of thousands of lines a page shows a few."""
        hours = self.cost.hours
        return (
            amount_filled_in(self.cost.value(self.hour))
            if hours is None
            else f"{plain(hours)} h × {amount_filled_in(self.hour)}"
        )


@dataclass(frozen=True)
class ReceiptLine:
    """A receipt, its month t, and what it counts; `left_out` says in words why it counts 0, empty where it counts."""

    receipt: Receipt
    t: int
    counts: Decimal
    left_out: str = ""

    @property
    def formula(self) -> str:
        """Its formula filled in: paid × margin × attribution × confidence."""
        receipt = self.receipt
        shares = (receipt.margin, receipt.attribution, receipt.confidence)
        return " × ".join([amount_filled_in(receipt.amount), *map(share_filled_in, shares)])


def cost_lines_of(ledger: Ledger) -> tuple[CostLine, ...]:
    """Every cost of the ledger, by date. To be called where decimals are exact."""
    return tuple(_cost_line(cost, ledger) for cost in sorted(ledger.costs, key=_DAY))


def receipt_lines_of(ledger: Ledger) -> tuple[ReceiptLine, ...]:
    """Every receipt of the ledger, by date. To be called where decimals are exact."""
    return tuple(_receipt_line(paid, ledger) for paid in sorted(ledger.receipts, key=_DAY))


def _cost_line(cost: Cost, ledger: Ledger) -> CostLine:
    t, hour = month_of(cost.date, ledger.start), ledger.hourly_value
    reason = _outside(cost.date, t, ledger)
    return CostLine(cost, t, hour, counts=Decimal(0) if reason else cost.value(hour), left_out=reason)


def _receipt_line(receipt: Receipt, ledger: Ledger) -> ReceiptLine:
    t = month_of(receipt.date, ledger.start)
    reason = _outside(receipt.date, t, ledger) or _unearned(receipt, t)
    return ReceiptLine(receipt, t, counts=Decimal(0) if reason else _benefit(receipt), left_out=reason)


def _benefit(receipt: Receipt) -> Decimal:
    """Paid × margin × attribution × confidence; an unknown share counts 0."""
    benefit = receipt.amount
    for share in (receipt.margin, receipt.attribution, receipt.confidence):
        benefit *= share or Decimal(0)
    return benefit


def _outside(day: date, t: int, ledger: Ledger) -> str:
    """Why an entry of this day, in month t, is left out of the window; empty if it is inside."""
    if day > ledger.as_of:
        return "dated after the day of this account"
    return "dated after the twelve months of this account" if t > WINDOW_MONTHS else ""


def _unearned(receipt: Receipt, t: int) -> str:
    """Why a receipt inside the window counts nothing; empty if it may count."""
    if t == 0:
        return "paid by the day of the start, so the training cannot have earned it"
    if receipt.attribution is None:
        return "the share due to the training is unknown, which counts as 0"
    return "" if receipt.confidence is not None else "how sure you are is unknown, which counts as 0"


def amount_filled_in(value: Decimal) -> str:
    """An amount as it stands in a formula: thousands apart, decimals only where there are any, then at least two."""
    whole, _, decimals = plain(value.normalize()).partition(".")
    grouped = f"{int(whole):,}".replace(",", NBSP)
    return f"{grouped}.{decimals.ljust(2, '0')}" if decimals else grouped


def share_filled_in(value: Decimal | None) -> str:
    """A share as it stands in a formula: .60, 1.00."""
    return UNKNOWN if value is None else plain(value.normalize(), places=2).removeprefix("0")
