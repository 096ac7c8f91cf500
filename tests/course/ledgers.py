"""The ledgers that the tests of the account share."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from course.ledger import Cost, Ledger, Receipt

START = date(2026, 1, 1)


def month_end(t: int) -> date:
    """The last day that belongs to month t of a programme that starts on 1 January 2026."""
    return date(2026 + t // 12, t % 12 + 1, 1)


def ledger(**changes: Any) -> Ledger:
    """A year's empty ledger, but for what is given."""
    empty = Ledger(start=START, as_of=month_end(12), currency="EUR", hourly_value=Decimal(50), costs=(), receipts=())
    return replace(empty, **changes)


def fee(amount: str, day: date = START) -> Cost:
    return Cost(date=day, kind="fee", amount=Decimal(amount))


def hours(count: str, t: int) -> Cost:
    return Cost(date=month_end(t), kind="time", hours=Decimal(count))


def paid(amount: str, t: int, *, margin: str = "1", a: str | None = "1", c: str | None = "1") -> Receipt:
    return Receipt(
        date=month_end(t),
        person="K-07",
        amount=Decimal(amount),
        margin=Decimal(margin),
        attribution=None if a is None else Decimal(a),
        confidence=None if c is None else Decimal(c),
    )


def months(amount: str, count: int = 12) -> tuple[Decimal, ...]:
    """The same monthly margin over and over."""
    return (Decimal(amount),) * count


WORKED_COSTS = (fee("1200"), *(hours("10", t) for t in range(1, 5)), *(hours("4", t) for t in range(5, 13)))
WORKED_RECEIPTS = (
    paid("6000", 4, margin=".60", a=".5", c=".8"),
    *(paid("1000", t, margin=".70", a=".4", c=".75") for t in range(6, 13)),
    paid("8000", 9, margin=".60", a=".6", c=".7"),
)


def worked(*, trend: int | None = 6000, **changes: Any) -> Ledger:
    """The learner's ledger of the method; `trend` is how far the twelve months lie above an even baseline."""
    with_trend = {} if trend is None else {"baseline": months("5000"), "margins": months(str(5000 + trend // 12))}
    return ledger(**{"costs": WORKED_COSTS, "receipts": WORKED_RECEIPTS, **with_trend, **changes})


def decimals(most: int, places: int = 2) -> st.SearchStrategy[Decimal]:
    return st.decimals(0, most, places=places, allow_nan=False, allow_infinity=False)


# From before the start until after the window, so that rows are left out on either side.
DAYS = st.integers(-40, 420).map(lambda days: START + timedelta(days))
SHARES = decimals(1, 3)
COSTS = st.one_of(
    st.builds(
        lambda day, kind, amount, number: Cost(day, kind, amount=amount, id=number),
        DAYS,
        st.sampled_from(["fee", "cash"]),
        decimals(9_999),
        st.none() | st.integers(1, 99),
    ),
    st.builds(
        lambda day, count, what: Cost(day, "time", hours=count, what=what), DAYS, decimals(99, 1), st.just("read")
    ),
)
RECEIPTS = st.builds(
    Receipt,
    date=DAYS,
    person=st.sampled_from(["K-07", "Dunlin", "Ærø 3"]),
    amount=decimals(99_999),
    margin=SHARES,
    attribution=st.none() | SHARES,
    confidence=st.none() | SHARES,
    what=st.sampled_from(["", "invoice 12"]),
    id=st.none() | st.integers(1, 99),
)
MARGINS = st.none() | st.decimals(-9_999, 99_999, places=2, allow_nan=False, allow_infinity=False)
LEDGERS = st.builds(
    Ledger,
    start=st.just(START),
    as_of=st.integers(0, 800).map(lambda days: START + timedelta(days)),
    currency=st.sampled_from(["EUR", "CHF"]),
    hourly_value=decimals(200),
    costs=st.lists(COSTS, max_size=6).map(tuple),
    receipts=st.lists(RECEIPTS, max_size=6).map(tuple),
    baseline=st.lists(MARGINS, max_size=24).map(tuple),
    margins=st.lists(MARGINS, max_size=12).map(tuple),
    discount_rate=decimals(1),
    sales_cycle_months=st.integers(0, 18),
)
