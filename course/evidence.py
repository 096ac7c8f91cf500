"""The four kinds of evidence: paid, signed, possible, and what is no money. Method §4, rule 8.

Only money that came is return. The others are shown beside it and never added, neither to the return nor to each other.
Nothing here was earned by the training as far as anybody knows: signed and possible money carry no share due to it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from typing import Literal, get_args

from course.account_lines import ReceiptLine, amount_filled_in, share_filled_in
from course.exact import EXACT
from course.wording import dated

State = Literal["open", "signed", "paid", "lost"]
STATES: tuple[State, ...] = get_args(State)
NOUGHT = Decimal(0)


@dataclass(frozen=True)
class Opportunity:
    """A possible gain as it stands. Amounts in the ledger's currency, shares 0…1, None for unknown.

    came_up: the day it was first known; day: since when it is in this state. paid: what receipts brought of it so far,
    through `receipts` of them. ValueError for an unknown state.
    """

    what: str
    state: State
    amount: Decimal
    margin: Decimal
    came_up: date
    day: date
    probability: Decimal | None = None
    expected_on: date | None = None
    person: str = ""
    paid: Decimal = NOUGHT
    receipts: int = 0
    id: int | None = None

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise ValueError(f"{self.state!r} is no state of an opportunity: {', '.join(STATES)}")

    @property
    def outstanding(self) -> Decimal:
        """What is still to come of it, if it comes: never below nought."""
        return max(NOUGHT, EXACT.subtract(self.amount, self.paid))


@dataclass(frozen=True)
class Intangible:
    """What came back and is no money, in the learner's words."""

    day: date
    text: str
    person: str = ""
    id: int | None = None


@dataclass(frozen=True)
class Beside:
    """What stands beside a ledger on a day of its learner's."""

    start: date
    today: date
    opportunities: tuple[Opportunity, ...] = ()
    intangibles: tuple[Intangible, ...] = ()


@dataclass(frozen=True)
class OpportunityLine:
    """An opportunity with its formula filled in and what it shows; `left_out` says in words why that is 0."""

    opportunity: Opportunity
    formula: str
    shows: Decimal
    left_out: str = ""


@dataclass(frozen=True)
class Evidence:
    """The four tiers. `paid` is what receipts count in the account; the sums below it are margins, unrounded.

    signed: T2, Σ (amount − paid)·margin. pipeline: T3, Σ (amount − paid)·margin·probability, an unknown one being 0.
    Lines that show nothing are kept with their reason; settled ones, paid in full or lost, are in neither.
    """

    receipts: tuple[ReceiptLine, ...]
    signed_lines: tuple[OpportunityLine, ...]
    pipeline_lines: tuple[OpportunityLine, ...]
    intangibles: tuple[Intangible, ...]

    @property
    def paid(self) -> Decimal:
        """T1: the attributed benefit, the one tier that is return."""
        return _sum(line.counts for line in self.receipts)

    @property
    def signed(self) -> Decimal:
        """T2."""
        return _sum(line.shows for line in self.signed_lines)

    @property
    def pipeline(self) -> Decimal:
        """T3."""
        return _sum(line.shows for line in self.pipeline_lines)


def evidence(receipts: Sequence[ReceiptLine], beside: Beside) -> Evidence:
    """The tiers of an account's receipts and of what stands beside it."""
    lines = [line_of(each, beside) for each in sorted(beside.opportunities, key=_by_expectation)]
    known = [each for each in beside.intangibles if each.day <= beside.today]
    return Evidence(
        receipts=tuple(receipts),
        signed_lines=tuple(line for line in lines if line.opportunity.state == "signed"),
        pipeline_lines=tuple(line for line in lines if line.opportunity.state == "open"),
        intangibles=tuple(sorted(known, key=lambda each: each.day, reverse=True)),
    )


def line_of(opportunity: Opportunity, beside: Beside) -> OpportunityLine:
    """What one opportunity shows: nothing once it is paid or lost."""
    reason = _why_nothing(opportunity, beside)
    shares = [opportunity.margin]
    if opportunity.state == "open":
        shares.append(opportunity.probability or NOUGHT)
    with localcontext(EXACT):
        value = opportunity.outstanding
        for share in shares:
            value *= share
    return OpportunityLine(opportunity, formula_of(opportunity), NOUGHT if reason else value, reason)


def formula_of(opportunity: Opportunity) -> str:
    """(amount − paid) × margin, and × probability while it is open."""
    amount = amount_filled_in(opportunity.amount)
    if opportunity.paid:
        amount = f"({amount} − {amount_filled_in(opportunity.paid)})"
    shares = [opportunity.margin] + ([opportunity.probability] if opportunity.state == "open" else [])
    return " × ".join([amount, *map(share_filled_in, shares)])


def _why_nothing(opportunity: Opportunity, beside: Beside) -> str:
    if opportunity.state == "lost":
        return f"lost on {dated(opportunity.day)}"
    if opportunity.state == "paid":
        return "paid, and counted by its receipts" if opportunity.receipts else "its receipt was taken out again"
    if opportunity.day > beside.today:
        return "dated after today"
    if opportunity.came_up <= beside.start:
        return "known by the day of the start, so the training cannot have brought it"
    if opportunity.state == "open":
        return _why_not_likely(opportunity, beside.today)
    return ""


def _why_not_likely(opportunity: Opportunity, today: date) -> str:
    """A hope whose day is over is no evidence until somebody has looked at it again: a rule of this course."""
    if opportunity.probability is None:
        return "its probability is unknown, which counts as 0"
    if opportunity.expected_on and opportunity.expected_on < today:
        return f"it was expected by {dated(opportunity.expected_on)}, which is over"
    return ""


def _by_expectation(opportunity: Opportunity) -> tuple[date, date, int]:
    return (opportunity.expected_on or date.max, opportunity.came_up, opportunity.id or 0)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    total = NOUGHT
    for amount in amounts:
        total = EXACT.add(total, amount)
    return total
