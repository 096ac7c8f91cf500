"""The entries of a ledger as lines of an account: what each counts, by which formula, or why it doesn't. Method §8."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from course.exact import plain
from course.ledger import WINDOW_MONTHS, Cost, Ledger, Receipt, month_of

NBSP = "\u00a0"
UNKNOWN = "0 (unknown)"


@dataclass(frozen=True)
class CostLine:
    """A cost, its month t, its formula filled in, and what it counts; `left_out` says in words why that is 0."""

    cost: Cost
    t: int
    formula: str
    counts: Decimal
    left_out: str = ""


@dataclass(frozen=True)
class ReceiptLine:
    """A receipt, its month t, its formula filled in (paid × margin × attribution × confidence), and what it counts.

    `left_out` says in words why it counts 0; empty where it counts.
    """

    receipt: Receipt
    t: int
    formula: str
    counts: Decimal
    left_out: str = ""


def cost_lines_of(ledger: Ledger) -> tuple[CostLine, ...]:
    """Every cost of the ledger, by date. To be called where decimals are exact."""
    hour = amount_filled_in(ledger.hourly_value)
    return tuple(_cost_line(cost, ledger, hour) for cost in sorted(ledger.costs, key=lambda cost: cost.date))


def receipt_lines_of(ledger: Ledger) -> tuple[ReceiptLine, ...]:
    """Every receipt of the ledger, by date. To be called where decimals are exact."""
    return tuple(_receipt_line(paid, ledger) for paid in sorted(ledger.receipts, key=lambda receipt: receipt.date))


def _cost_line(cost: Cost, ledger: Ledger, hour: str) -> CostLine:
    t = month_of(cost.date, ledger.start)
    reason = _outside(cost.date, t, ledger)
    value = cost.value(ledger.hourly_value)
    return CostLine(
        cost=cost,
        t=t,
        formula=amount_filled_in(value) if cost.hours is None else f"{plain(cost.hours)} h × {hour}",
        counts=Decimal(0) if reason else value,
        left_out=reason,
    )


def _receipt_line(receipt: Receipt, ledger: Ledger) -> ReceiptLine:
    t = month_of(receipt.date, ledger.start)
    reason = _outside(receipt.date, t, ledger) or _unearned(receipt, t)
    shares = (receipt.margin, receipt.attribution, receipt.confidence)
    benefit = receipt.amount
    for share in shares:
        benefit *= share or Decimal(0)
    return ReceiptLine(
        receipt=receipt,
        t=t,
        formula=" × ".join([amount_filled_in(receipt.amount), *map(share_filled_in, shares)]),
        counts=Decimal(0) if reason else benefit,
        left_out=reason,
    )


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
