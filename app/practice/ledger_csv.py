"""The ledger as a table for a spreadsheet: numbers as plain decimals, and text that can't act as a formula."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from app.practice.ledger_facts import Spent
from course.account_lines import CostLine, ReceiptLine
from course.csv_cells import harmless
from course.currency import Original
from course.exact import plain
from course.months import first_day, month_from, months_before
from course.roi import Account

COLUMNS = ("kind", "date", "month", "who", "what", "amount", "margin", "attribution", "confidence", "hours")
SUMS = ("hourly_value", "counts", "left_out", "original_amount", "original_currency", "rate", "rate_source")


def ledger_to_csv(account: Account) -> str:
    """Every row of the ledger with what it counts. A mark at the front tells every program that it is UTF-8."""
    text = io.StringIO()
    table = csv.DictWriter(text, (*COLUMNS, *SUMS), restval="", lineterminator="\r\n")
    table.writeheader()
    for row in rows(account):
        table.writerow(row)
    return "\ufeff" + text.getvalue()


def rows(account: Account) -> Iterator[dict[str, object]]:
    """Costs and receipts by date, then the margins by month."""
    yield from (cost_row(line, account) for line in account.cost_lines)
    yield from (receipt_row(line) for line in account.receipt_lines)
    ledger = account.ledger
    before = months_before(first_day(ledger.start), len(ledger.baseline))
    after = [month_from(first_day(ledger.start), t) for t in range(len(ledger.margins))]
    for kind, months, margins in (("baseline", before, ledger.baseline), ("margin", after, ledger.margins)):
        for month, margin in zip(months, margins, strict=True):
            yield {"kind": kind, "date": month, "amount": "" if margin is None else plain(margin, 2)}


def cost_row(line: CostLine, account: Account) -> dict[str, object]:
    cost = line.cost
    origin = cost.origin if isinstance(cost, Spent) else "typed"
    row = {
        "kind": cost.kind if origin == "typed" else f"{cost.kind} ({origin})",
        "date": cost.date,
        "month": line.t,
        "what": harmless(cost.what),
        "counts": plain(line.counts, 2),
        "left_out": line.left_out,
        **original_of(cost.original),
    }
    if cost.hours is None:
        return row | {"amount": plain(cost.amount or Decimal(0), 2)}
    return row | {"hours": plain(cost.hours), "hourly_value": plain(account.ledger.hourly_value, 2)}


def receipt_row(line: ReceiptLine) -> dict[str, object]:
    receipt = line.receipt
    shares = {"margin": receipt.margin, "attribution": receipt.attribution, "confidence": receipt.confidence}
    return {
        "kind": "receipt",
        "date": receipt.date,
        "month": line.t,
        "who": harmless(receipt.person),
        "what": harmless(receipt.what),
        "amount": plain(receipt.amount, 2),
        **{name: "" if share is None else plain(share, 2) for name, share in shares.items()},
        "counts": plain(line.counts, 2),
        "left_out": line.left_out,
        **original_of(receipt.original),
    }


def original_of(original: Original | None) -> dict[str, object]:
    """What was paid in another currency, and what it was converted at."""
    if original is None:
        return {}
    return {
        "original_amount": plain(original.amount, 2),
        "original_currency": original.currency,
        "rate": plain(original.rate.normalize()),
        "rate_source": harmless(original.source),
    }
