"""The ledger of lesson 9.3, of which two pictures are drawn."""

from datetime import date
from decimal import Decimal

from course.exact import fixed
from course.ledger import WINDOW_MONTHS, Cost, Ledger, Receipt


def _end(month: int) -> date:
    """The day on which a month of a programme ends that starts on 1 January."""
    return date(2026 + month // 12, month % 12 + 1, 1)


def _paid(month: int, amount: int, *shares: str) -> Receipt:
    margin, attribution, confidence = map(Decimal, shares)
    return Receipt(_end(month), "a town", Decimal(amount), margin, attribution, confidence)


LEDGER = Ledger(
    start=_end(0),
    as_of=_end(WINDOW_MONTHS),
    currency="EUR",
    hourly_value=Decimal(50),
    costs=(
        Cost(_end(0), "fee", amount=Decimal(1200)),
        *(Cost(_end(month), "time", hours=Decimal(10 if month <= 4 else 4)) for month in range(1, 13)),
    ),
    receipts=(
        _paid(4, 6000, ".60", ".5", ".8"),
        *(_paid(month, 1000, ".70", ".4", ".75") for month in range(6, 13)),
        _paid(9, 8000, ".60", ".6", ".7"),
    ),
    baseline=(Decimal(5000),) * 12,
    margins=(Decimal(5500),) * 12,
)
"""Noor's binder. Of its monthly margins the lesson tells only that they came out 6 000 above the forecast."""


def spaced(amount: Decimal) -> str:
    """An amount in whole units, its thousands apart, as the lessons write it: 4 926."""
    return f"{int(fixed(amount, 0) or 0):,}".replace(",", "\u00a0").replace("-", "−")
