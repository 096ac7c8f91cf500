"""The accounts of a cohort that can be added up, and what they come to. Method §4.12."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from app.reports.roi_queries import Enrolled
from course.ledger import WINDOW_MONTHS, Ledger, month_of
from course.roi import Account, account

if TYPE_CHECKING:
    from course.cohort import Learner, Summary


@dataclass(frozen=True)
class Counted:
    """One enrolled person whose account stands in the sum."""

    enrolled: Enrolled
    account: Account

    @property
    def reported(self) -> bool:
        return has_reported(self.account.ledger)

    @property
    def benefit(self) -> Decimal:
        """What counts in the conservative case: the claim where a baseline supports it, else nothing."""
        return self.account.benefit_claimed if self.account.grade == "B" else Decimal(0)

    @property
    def hours(self) -> Decimal:
        """The time in the window, valued or not."""
        return sum((line.cost.hours or Decimal(0) for line in self.account.cost_lines if not line.left_out), Decimal(0))

    @property
    def receipts(self) -> int:
        """How many receipts lie in the window, whatever they count."""
        return sum(in_window(receipt.date, self.account.ledger) for receipt in self.account.ledger.receipts)


@dataclass(frozen=True)
class Book:
    """The accounts of a cohort in its currency, and how many of the enrolled are not among them, and why.

    without_cost: nothing put in is recorded, and a return on nothing has no meaning. in_other_currency: an amount
    converted on some day of ours would be nobody's figure.
    """

    counted: tuple[Counted, ...]
    without_cost: int
    in_other_currency: int
    currency: str

    @property
    def investment(self) -> Decimal:
        return sum((each.account.investment for each in self.counted), Decimal(0))

    @property
    def hours(self) -> Decimal:
        return sum((each.hours for each in self.counted), Decimal(0))

    @property
    def receipts(self) -> int:
        return sum(each.receipts for each in self.counted)


def book_of(enrolled: Iterable[Enrolled], currency: str) -> Book:
    """The accounts that can be added up: those with something put in, in this currency."""
    counted, without_cost, elsewhere = [], 0, 0
    for each in enrolled:
        theirs = account(each.ledger) if each.ledger else None
        if theirs is None or theirs.investment <= 0:
            without_cost += 1
        elif theirs.ledger.currency != currency:
            elsewhere += 1
        else:
            counted.append(Counted(each, theirs))
    return Book(tuple(counted), without_cost, elsewhere, currency)


def summary_of(book: Book, *, seed: int) -> "Summary":
    """The return over everybody who stands in the sum; the seed makes its interval repeatable."""
    # numpy comes with it: a worker that never shows this page needn't carry that.
    from course.cohort import summarise

    return summarise(learners_of(book), seed=seed)


def learners_of(book: Book) -> "list[Learner]":
    """What each put in and may claim, as the cohort's rules take it."""
    from course.cohort import Learner

    return [
        Learner(str(each.enrolled.person_id), each.account.investment, each.benefit, each.reported)
        for each in book.counted
    ]


def has_reported(ledger: Ledger) -> bool:
    """Whether there is money to look at: a receipt or a known monthly margin in the window."""
    paid = any(in_window(receipt.date, ledger) for receipt in ledger.receipts)
    return paid or any(margin is not None for margin in ledger.margins)


def in_window(day: date, ledger: Ledger) -> bool:
    """Whether a day lies in the ledger's twelve months, and not after its last day."""
    return ledger.start <= day <= ledger.as_of and month_of(day, ledger.start) <= WINDOW_MONTHS
