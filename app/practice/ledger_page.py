"""The ROI page: an account with every figure opened into the lines it is made of."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app import charts
from app.practice import account_words as words
from app.practice.account_words import Unit, duration
from app.practice.ledger_curve import curve_of
from app.practice.ledger_facts import UNNAMED, Gathered
from app.practice.ledger_lines import (
    COSTS,
    RECEIPTS,
    LeftOut,
    Line,
    MonthSum,
    Paid,
    Time,
    Titles,
    cost_line,
    left_out_of,
    origin,
    paid_line,
    sums_if_many,
    times_of,
)
from app.practice.life_words import life_words
from course.evidence import Beside, Evidence, evidence
from course.forecast import LEAST_KNOWN_MONTHS, TrendLine
from course.goal import DEFAULTS
from course.ledger import WINDOW_MONTHS, month_of
from course.lifetime import ClientLife, client_life
from course.months import first_day, month_from
from course.roi import Account, Sensitivity, account, sensitivity_of
from course.wording import counted, dated

WHY_HOUR = "Time is most of what the practice costs. The log and the lessons count it by themselves."
WHY_BEFORE = "Six months of margins from before the start, better twelve, show what would have come anyway."
WHY_PAID = "Money that came, and the part of it you would put down to the practice. None yet is a fair answer."


@dataclass(frozen=True)
class TrendRow:
    """A month of the window with its forecasts; `month` is its first day."""

    month: date
    line: TrendLine


@dataclass(frozen=True)
class Step:
    """One of the three things an account begins with."""

    name: str
    why: str
    verb: str
    endpoint: str
    done: bool


@dataclass(frozen=True)
class RoiPage:
    """Everything the page prints."""

    gathered: Gathered
    account: Account
    hangs: Sensitivity | None
    curve: charts.RoiCurve
    costs: tuple[Line, ...]
    costs_by_month: tuple[MonthSum, ...]
    times: tuple[Time, ...]
    receipts: tuple[Paid, ...]
    receipts_by_month: tuple[MonthSum, ...]
    trend: tuple[TrendRow, ...]
    left_out: tuple[LeftOut, ...]
    evidence: Evidence
    life: ClientLife | None
    steps: tuple[Step, ...]

    @property
    def unit(self) -> Unit:
        return Unit(self.account.ledger.currency)

    @property
    def kicker(self) -> str:
        ledger = self.account.ledger
        if month_of(ledger.as_of, ledger.start) > WINDOW_MONTHS:
            return f"Your account of the twelve months from {dated(ledger.start)}"
        if self.account.t == 0:
            return f"Your account begins on {dated(ledger.start)}"
        return f"Your account on {dated(ledger.as_of)}, month {self.account.t} of twelve since {dated(ledger.start)}"

    @property
    def title(self) -> str:
        return words.title(self.gathered, self.account)

    @property
    def lede(self) -> str:
        return " ".join(words.lede(self.gathered, self.account, self.hangs))

    @property
    def grade(self) -> str:
        return words.grade(self.account)

    @property
    def curve_title(self) -> str:
        return words.curve_title(self.account)

    @property
    def sure(self) -> str:
        return " ".join(words.sure(self.account, self.hangs))

    @property
    def time_so_far(self) -> str:
        return duration(self.gathered.minutes)

    @property
    def curve_note(self) -> str:
        """What the drawing leaves unsaid of its figures."""
        reduced = self.account.benefit_claimed < self.account.benefit_attributed
        return words.SCALED if reduced else "Every figure opens into its entries below."

    @property
    def baseline_words(self) -> str:
        return words.baseline_so_far(self.gathered.baseline_known)

    @property
    def claim_formula(self) -> str:
        return words.claim_formula(self.account)

    @property
    def net_name(self) -> str:
        """What claim less investment is called."""
        if self.account.too_early:
            return "So far, claimed − invested"
        return "Less than it cost" if self.account.net < 0 else "More than it cost"

    @property
    def even_formula(self) -> str:
        return words.even_formula(self.account)

    @property
    def life_words(self) -> tuple[str, ...]:
        """How the lifetime value is reckoned, term by term."""
        return life_words(self.life) if self.life else ()

    @property
    def no_ratio(self) -> str:
        return words.no_ratio(self.account)

    @property
    def starts_on_the_first(self) -> bool:
        return self.account.ledger.start.day == 1

    def month_name(self, t: int) -> str:
        """Month t of the window by its calendar name: the start, April, May, …"""
        return words.month_name(self.account, t)

    def ratio(self, value: Decimal) -> str:
        return words.ratio(value, 3)

    @property
    def counted_receipts(self) -> str:
        return words.receipts_counted(self.account.receipt_lines)

    @property
    def begun(self) -> bool:
        """Whether all that an account begins with is there."""
        return all(step.done for step in self.steps)


def roi_page(gathered: Gathered, beside: Beside, titles: Titles) -> RoiPage:
    """The page of a ledger and of what stands beside it. titles: of every lesson by its id."""
    drawn_up = account(gathered.ledger)
    hangs = sensitivity_of(drawn_up)
    counting = [line for line in drawn_up.cost_lines if not line.left_out]
    costs = tuple(cost_line(line) for line in counting if origin(line) == "typed")
    receipts = tuple(paid_line(line) for line in drawn_up.receipt_lines if not line.left_out)
    return RoiPage(
        gathered=gathered,
        account=drawn_up,
        hangs=hangs,
        curve=curve_of(drawn_up, hangs),
        costs=costs,
        costs_by_month=sums_if_many(costs, COSTS),
        times=tuple(times_of(counting)),
        receipts=receipts,
        receipts_by_month=sums_if_many(receipts, RECEIPTS),
        trend=trend_rows(drawn_up),
        left_out=left_out_of(gathered, drawn_up, titles),
        evidence=evidence(drawn_up.receipt_lines, beside),
        life=life_of(gathered),
        steps=steps_of(gathered),
    )


def life_of(gathered: Gathered) -> ClientLife | None:
    """What a client may be worth, from the receipts that name who paid."""
    ledger = gathered.ledger
    named = [receipt for receipt in ledger.receipts if receipt.person != UNNAMED]
    return client_life(named, ledger.as_of, default=DEFAULTS["retention"].value)


def trend_rows(drawn_up: Account) -> tuple[TrendRow, ...]:
    first = first_day(drawn_up.ledger.start)
    return tuple(TrendRow(month_from(first, line.t - 1), line) for line in drawn_up.trend_lines)


def steps_of(gathered: Gathered) -> tuple[Step, ...]:
    """What an account begins with; the months since the start too, once there is a baseline to hold them against."""
    known, since = gathered.baseline_known, gathered.since_unknown
    missing = f"Known so far: {counted(known, 'month')}. " if known else ""
    enough = known >= LEAST_KNOWN_MONTHS
    hour = Step("Put a value on your hour", WHY_HOUR, "Set it", "practice.ledger_settings", gathered.priced)
    before = Step("Note the months before", missing + WHY_BEFORE, "Note them", "practice.baseline", enough)
    paid = Step(
        "Write down the first receipt", WHY_PAID, "Write it down", "practice.receipts", bool(gathered.ledger.receipts)
    )
    after = Step(
        "Note the months since", words.months_missing(since), "Note them", "practice.baseline", not enough or since == 0
    )
    return (hour, before, paid) if after.done else (hour, before, paid, after)
