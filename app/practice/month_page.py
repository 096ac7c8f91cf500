"""One month of an account, opened: every cost and every receipt, and the month's figures made of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.filters import number
from app.practice import account_words as words
from app.practice.account_words import Unit
from app.practice.ledger_facts import Spent
from app.practice.ledger_lines import Line, Paid, Titles, added, cost_line, named, origin, paid_line
from app.practice.paging import Page, page_of
from course.curve import Month
from course.exact import EXACT
from course.ledger import last_day_of
from course.roi import Account, CostLine, account

LINES = 100


@dataclass(frozen=True)
class MonthPage:
    """Everything the page prints. costs and receipts: one page each; put_in and attributed: of all of them."""

    account: Account
    month: Month
    costs: Page[Line]
    receipts: Page[Paid]
    put_in: Decimal
    attributed: Decimal

    @property
    def unit(self) -> Unit:
        return Unit(self.account.ledger.currency)

    @property
    def name(self) -> str:
        return words.month_name(self.account, self.month.t)

    @property
    def until(self) -> date:
        """The last day that belongs to the month."""
        return last_day_of(self.month.t, self.account.ledger.start)

    @property
    def title(self) -> str:
        """What the month brought."""
        if not self.put_in and not self.attributed:
            return f"{self.name}: nothing put in and nothing back"
        put_in, back = self.unit.short(self.month.invested), self.unit.short(self.month.returned)
        return f"{self.name}: {put_in} put in, {back} back"

    @property
    def returned_formula(self) -> str:
        """What was attributed in the month, scaled down to what may be claimed."""
        scale = self.account.scale
        if scale is None or scale == 1:
            return f"Everything attributed may be claimed: {number(self.attributed, 2)}"
        claimed, whole = number(self.account.benefit_claimed, 2), number(self.account.benefit_attributed, 2)
        return f"{number(self.attributed, 2)} × {claimed} ÷ {whole} = {number(self.month.returned, 2)}"

    @property
    def net_formula(self) -> str:
        month = self.month
        return f"{number(month.returned, 2)} − {number(month.invested, 2)} = {number(month.net, 2, sign=True)}"

    @property
    def cumulative_formula(self) -> str:
        month = self.month
        before = EXACT.subtract(month.net_cumulative, month.net)
        apart = f"{number(before, 2, sign=True)} {'−' if month.net < 0 else '+'} {number(abs(month.net), 2)}"
        return f"{apart} = {number(month.net_cumulative, 2, sign=True)}"

    @property
    def discounted(self) -> Decimal:
        """The month's net, seen from the start."""
        growth = EXACT.power(EXACT.add(1, self.account.curve.monthly_rate), self.month.t)
        return EXACT.divide(self.month.net, growth)

    @property
    def discounted_formula(self) -> str:
        rate = number(self.account.curve.monthly_rate, 8)
        net, now = number(self.month.net, 2, sign=True), number(self.discounted, 2, sign=True)
        return f"{net} ÷ (1 + {rate}) to the power of {self.month.t} = {now}"


def month_page(drawn_up: Account, t: int, *, spent: Sequence[Spent], titles: Titles, number: int) -> MonthPage:
    """Month t of the account. spent: what was put in during it, one by one; number: which page of its lines."""
    in_it = account(replace(drawn_up.ledger, costs=tuple(spent), receipts=())).cost_lines
    paid = [paid_line(line) for line in drawn_up.receipt_lines if line.t == t]
    return MonthPage(
        account=drawn_up,
        month=drawn_up.months[t],
        costs=page_of([spent_line(line, titles) for line in in_it[::-1]], number, size=LINES),
        receipts=page_of(paid[::-1], number, size=LINES),
        put_in=added(in_it),
        attributed=added(paid),
    )


def spent_line(line: CostLine, titles: Titles) -> Line:
    """A cost as a line that says where it comes from."""
    if origin(line) == "typed":
        return cost_line(line)
    came = {"log": "The log", "lesson": "Lesson"}[origin(line)]
    return replace(cost_line(line), what=f"{came}: {named(line, titles)}")
