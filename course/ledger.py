"""What a learner put in and what came back: the dated facts an account is made of. Method §4 and §8."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal, get_args

from course.currency import Original

WINDOW_MONTHS = 12
MOST_BASELINE_MONTHS = 24

CostKind = Literal["fee", "time", "cash"]
COST_KINDS: tuple[CostKind, ...] = get_args(CostKind)


# Asked of every line of a ledger, and a ledger of years has hundreds of days for its thousands of lines.
@lru_cache(maxsize=4096)
def month_of(day: date, start: date) -> int:
    """The month t of a day, counted from the start: 0 on or before it, then 1, 2, …

    Month k ends k calendar months after the start, on the same day of the month or on the month's last if it is
    shorter: from 31 January month 1 ends on 28 or 29 February and month 2 on 31 March.
    """
    if day <= start:
        return 0
    months = (day.year - start.year) * 12 + day.month - start.month
    last_day = monthrange(day.year, day.month)[1]
    return months if day.day <= min(start.day, last_day) else months + 1


def last_day_of(t: int, start: date) -> date:
    """The last day that belongs to month t: the start itself for 0, then so many calendar months after it."""
    year, month = divmod(start.year * 12 + start.month - 1 + t, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Cost:
    """One investment. `time` has hours, valued at the ledger's hour; `fee` and `cash` have an amount in its currency.

    original: what was paid, where that was in another currency; the amount is what it was converted to on its day.
    ValueError for an unknown kind, or for the wrong one of amount and hours.
    """

    date: date
    kind: CostKind
    amount: Decimal | None = None
    hours: Decimal | None = None
    what: str = ""
    id: int | None = None
    original: Original | None = None

    def __post_init__(self) -> None:
        if self.kind not in COST_KINDS:
            raise ValueError(f"{self.kind!r} is no kind of cost: {', '.join(COST_KINDS)}")
        wanted, other = (self.hours, self.amount) if self.kind == "time" else (self.amount, self.hours)
        if wanted is None or other is not None:
            raise ValueError("a time cost has hours and no amount, every other cost an amount and no hours")

    def value(self, hourly_value: Decimal) -> Decimal:
        """What it cost, in the ledger's currency."""
        return self.hours * hourly_value if self.hours is not None else self.amount or Decimal(0)


@dataclass(frozen=True)
class Receipt:
    """Money that came. `amount` is what was paid, without VAT; margin, attribution and confidence are shares 0…1.

    attribution: the share due to the training; confidence: how sure the learner is of that share; None is unknown.
    original: what was paid, where that was in another currency; the amount is what it was converted to on its day.
    """

    date: date
    person: str
    amount: Decimal
    margin: Decimal
    attribution: Decimal | None = None
    confidence: Decimal | None = None
    what: str = ""
    id: int | None = None
    original: Original | None = None


@dataclass(frozen=True)
class Ledger:
    """The facts of one learner's account, amounts in one currency.

    start: first day of the programme; as_of: the last day that counts, read as `start` if it is earlier, for before
    the start there is no account to draw up. baseline: monthly margins before the start, oldest first, at most 24.
    margins: monthly margins of the window, t = 1, 2, …, at most 12; None is a month not known or not over yet: every
    known one counts. discount_rate: a year, .10 is ten percent. sales_cycle_months: the learner's median.
    ValueError for more months than that.
    """

    start: date
    as_of: date
    currency: str
    hourly_value: Decimal
    costs: tuple[Cost, ...]
    receipts: tuple[Receipt, ...]
    baseline: tuple[Decimal | None, ...] = ()
    margins: tuple[Decimal | None, ...] = ()
    discount_rate: Decimal = Decimal(".10")
    sales_cycle_months: int = 0

    def __post_init__(self) -> None:
        if len(self.baseline) > MOST_BASELINE_MONTHS or len(self.margins) > WINDOW_MONTHS:
            raise ValueError(f"at most {MOST_BASELINE_MONTHS} baseline months and {WINDOW_MONTHS} of the window")
        object.__setattr__(self, "as_of", max(self.as_of, self.start))
