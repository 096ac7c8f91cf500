"""What passes between the ledger's pages and its tables: rows to be, and a ledger that knows its origins."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from course.currency import Original
from course.ledger import Cost, CostKind, Ledger, Receipt

Origin = Literal["typed", "log", "lesson"]

# Who paid, where nobody of the learner's people is named: a ledger's file wants a word there.
UNNAMED = "unnamed"

_FINEST = Decimal(1).scaleb(-12)


# A log holds few lengths of time many times over.
@lru_cache(maxsize=2048)
def hours_of(minutes: int) -> Decimal:
    """Minutes as hours, to the twelve decimals that a ledger's file holds.

    Page and file count with this same number, so they agree; a line of 20 minutes is within a millionth of a cent of
    its true third of an hour.
    """
    return (Decimal(minutes) / 60).quantize(_FINEST).normalize()


def hours_together(minutes: int, *, ones: int, twos: int) -> Decimal:
    """The hours of several lines added up, to the last decimal what `hours_of` gives for each of them.

    ones, twos: how many of the lines leave 1 and 2 minutes when divided by three. A third of a minute's hours has no
    end and was rounded in each line; three minutes are a twentieth of an hour, exactly.
    """
    whole = Decimal(minutes - ones - 2 * twos) / 60
    return whole + ones * hours_of(1) + twos * hours_of(2)


@dataclass(frozen=True)
class Spent(Cost):
    """A cost that knows where it comes from: typed, an entry of the log, or a completed lesson.

    minutes: of a time cost. about: whom the entry was with, or the lesson's id. entries: how many of the log's are
    told in this one, where a month's are added up.
    """

    origin: Origin = "typed"
    minutes: int = 0
    about: str = ""
    entries: int = 1


@dataclass(frozen=True)
class Received(Receipt):
    """A receipt that knows where its client came from: a key of `course.origin.ORIGINS`, None for not said."""

    origin: str | None = None


@dataclass(frozen=True)
class Unmeasured:
    """A completed lesson whose minutes nobody knows any more."""

    lesson_id: str
    day: date


@dataclass(frozen=True)
class Gathered:
    """A learner's ledger, and what must be said beside it.

    priced: whether the learner has put a value on an hour; without one time counts 0. unmeasured: completed lessons
    that could not be counted.
    """

    ledger: Ledger
    priced: bool
    unmeasured: tuple[Unmeasured, ...] = ()

    @property
    def spent(self) -> tuple[Spent, ...]:
        """The costs, each with its origin."""
        return tuple(cost for cost in self.ledger.costs if isinstance(cost, Spent))

    @property
    def minutes(self) -> int:
        """All time in the ledger, whether it lies in the window or not."""
        return sum(cost.minutes for cost in self.spent)

    @property
    def baseline_known(self) -> int:
        """How many months before the start are known."""
        return sum(margin is not None for margin in self.ledger.baseline)

    @property
    def since_unknown(self) -> int:
        """How many months since the start are over and have no margin."""
        return sum(margin is None for margin in self.ledger.margins)

    @property
    def untouched(self) -> bool:
        """Whether the learner has typed nothing yet: no value of an hour, no cost, no receipt, no margin."""
        margins = (*self.ledger.baseline, *self.ledger.margins)
        typed = any(cost.origin == "typed" for cost in self.spent) or any(margin is not None for margin in margins)
        return not (self.priced or typed or self.ledger.receipts)


@dataclass(frozen=True)
class NewReceipt:
    """A receipt as it was typed: amount in minor units, shares 0…1, None for unknown.

    original: what was paid, if in another currency. origin: where the client came from, a key of
    `course.origin.ORIGINS`. opportunity_id: the state of the opportunity that it pays.
    """

    day: date
    what: str
    amount: int
    margin: Decimal
    relationship_id: int | None = None
    attribution: Decimal | None = None
    confidence: Decimal | None = None
    original: Original | None = None
    origin: str | None = None
    opportunity_id: int | None = None


@dataclass(frozen=True)
class NewCost:
    """A cost as it was typed: `time` has minutes, every other kind an amount in minor units."""

    day: date
    kind: CostKind
    what: str
    amount: int | None = None
    minutes: int | None = None
    original: Original | None = None


@dataclass(frozen=True)
class Terms:
    """What a ledger is counted by: the value of an hour in minor units, None if unknown, the first day, and the rest.

    discount_rate: what a year's wait takes off, a share.
    """

    hourly_value: int | None
    start: date
    sales_cycle_months: int
    currency: str
    discount_rate: Decimal = Decimal(".10")
