"""A learner's ledger as a file that anyone can recompute, and the account it answers with. Method §8.

The pages and the command read the same contract: what `ledger_to_json` writes, `ledger_from_json` reads unchanged.
"""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator

from course.currency import Original, places_of
from course.exact import fixed, plain
from course.file_rules import Amount, Currency, Day, ShareOfOne, SignedAmount, Strict, checked
from course.ledger import MOST_BASELINE_MONTHS, WINDOW_MONTHS, Cost, CostKind, Ledger, Receipt
from course.roi import Account
from course.strict_json import Faults

MONEY_PLACES, RATIO_PLACES = 2, 6


class _OriginalRow(Strict):
    amount: Amount
    currency: Currency
    rate: Amount
    source: str = ""


class _CostRow(Strict):
    date: Day
    kind: CostKind
    amount: Amount | None = Field(default=None, validate_default=True)
    hours: Amount | None = Field(default=None, validate_default=True)
    what: str = ""
    id: int | None = None
    original: _OriginalRow | None = None

    @field_validator("amount", "hours")
    @classmethod
    def _fits_the_kind(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        kind = info.data.get("kind")
        wanted = "hours" if kind == "time" else "amount"
        if kind and info.field_name == wanted and value is None:
            raise ValueError(f"is missing: a {kind} cost has {wanted}")
        if kind and info.field_name != wanted and value is not None:
            raise ValueError(f"does not belong here: a {kind} cost has {wanted}")
        return value


class _ReceiptRow(Strict):
    date: Day
    person: Annotated[str, Field(min_length=1)]
    amount: Amount
    margin: ShareOfOne
    attribution: ShareOfOne | None = None
    confidence: ShareOfOne | None = None
    what: str = ""
    id: int | None = None
    original: _OriginalRow | None = None


class _LedgerFile(Strict):
    start: Day
    as_of: Day
    currency: Currency
    hourly_value: Amount
    discount_rate: ShareOfOne = Decimal(".10")
    sales_cycle_months: Annotated[int, Field(ge=0, le=120)] = 0
    costs: list[_CostRow]
    receipts: list[_ReceiptRow]
    baseline: list[SignedAmount | None] = Field(default=[], max_length=MOST_BASELINE_MONTHS)
    margins: list[SignedAmount | None] = Field(default=[], max_length=WINDOW_MONTHS)

    @field_validator("as_of")
    @classmethod
    def _not_before_the_start(cls, value: Day, info: ValidationInfo) -> Day:
        start = info.data.get("start")
        if start and value < start:
            raise ValueError(f"is before the start, {start}")
        return value


def ledger_from_json(data: object, spotted: Faults | None = None) -> Ledger:
    """The ledger in a file that was parsed. BadFile with every fault, those the parser spotted first."""
    file = checked(_LedgerFile, data, spotted)
    return Ledger(
        start=file.start,
        as_of=file.as_of,
        currency=file.currency,
        hourly_value=file.hourly_value,
        costs=tuple(Cost(**_fields(row)) for row in file.costs),
        receipts=tuple(Receipt(**_fields(row)) for row in file.receipts),
        baseline=tuple(file.baseline),
        margins=tuple(file.margins),
        discount_rate=file.discount_rate,
        sales_cycle_months=file.sales_cycle_months,
    )


def _fields(row: _CostRow | _ReceiptRow) -> dict[str, Any]:
    original = row.original and Original(**dict(row.original))
    return {**dict(row), "original": original}


def ledger_to_json(ledger: Ledger) -> dict[str, object]:
    """The ledger as its file holds it: amounts and shares as text, row by row in the ledger's order."""
    return {
        "start": ledger.start.isoformat(),
        "as_of": ledger.as_of.isoformat(),
        "currency": ledger.currency,
        "hourly_value": plain(ledger.hourly_value, MONEY_PLACES),
        "discount_rate": plain(ledger.discount_rate, MONEY_PLACES),
        "sales_cycle_months": ledger.sales_cycle_months,
        "costs": [_cost_row(cost) for cost in ledger.costs],
        "receipts": [_receipt_row(receipt) for receipt in ledger.receipts],
        "baseline": [_money(margin) for margin in ledger.baseline],
        "margins": [_money(margin) for margin in ledger.margins],
    }


def account_to_json(account: Account) -> dict[str, object]:
    """The account as the command prints it: amounts with 2 decimals, ratios with 6, months whole, None for none."""
    return {
        "investment": fixed(account.investment, MONEY_PLACES),
        "benefit_attributed": fixed(account.benefit_attributed, MONEY_PLACES),
        "benefit_trend": fixed(account.benefit_trend, MONEY_PLACES),
        "benefit_claimed": fixed(account.benefit_claimed, MONEY_PLACES),
        "grade": account.grade,
        "bcr": fixed(account.bcr, RATIO_PLACES),
        "roi_percent": fixed(account.roi_percent, RATIO_PLACES),
        "payback_months": fixed(account.payback_months, RATIO_PLACES),
        "break_even_month": account.break_even_month,
        "npv": fixed(account.npv, MONEY_PLACES),
        "discounted_break_even_month": account.discounted_break_even_month,
        "cumulative": [fixed(net, MONEY_PLACES) for net in account.cumulative],
        "too_early": account.too_early,
    }


def _cost_row(cost: Cost) -> dict[str, object]:
    row = {
        "date": cost.date.isoformat(),
        "kind": cost.kind,
        "amount": _money(cost.amount),
        "hours": None if cost.hours is None else plain(cost.hours),
    }
    return _known(row) | _origin(cost)


def _receipt_row(receipt: Receipt) -> dict[str, object]:
    row = {
        "date": receipt.date.isoformat(),
        "person": receipt.person,
        "amount": _money(receipt.amount),
        "margin": _share(receipt.margin),
        "attribution": _share(receipt.attribution),
        "confidence": _share(receipt.confidence),
    }
    return _known(row) | _origin(receipt)


def _known(row: dict[str, str | None]) -> dict[str, object]:
    return {key: value for key, value in row.items() if value is not None}


def _origin(entry: Cost | Receipt) -> dict[str, object]:
    """Where a row comes from: its words, its number and what was paid for it abroad, where it has them."""
    found: dict[str, object] = {"what": entry.what} if entry.what else {}
    if entry.id is not None:
        found["id"] = entry.id
    return found if entry.original is None else found | {"original": _original_row(entry.original)}


def _original_row(original: Original) -> dict[str, str]:
    """What was paid in another currency; nothing is computed from it any more."""
    return {
        "amount": plain(original.amount, places_of(original.currency)),
        "currency": original.currency,
        "rate": plain(original.rate.normalize()),
        "source": original.source,
    }


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount, MONEY_PLACES)


def _share(share: Decimal | None) -> str | None:
    return None if share is None else plain(share, MONEY_PLACES)
