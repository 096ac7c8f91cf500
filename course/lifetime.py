"""What a client may be worth over the years: shown beside the return, never part of it. Method §4.9."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from course.exact import EXACT
from course.ledger import Receipt
from course.own_rates import YEAR, Known, retention
from course.share import Share

DISCOUNT_RATE = Decimal(".10")
PAYMENTS_COUNTED = 5  # Later years are too far off to be shown as money.
PRIOR_RENEWALS = 5  # How many observations the default retention weighs.


def five_payment_value(
    yearly_margin: Decimal, retention: Decimal, *, discount_rate: Decimal = DISCOUNT_RATE
) -> Decimal:
    """The value shown: M(1 − q⁵)/(1 − q) with q = ρ/(1 + d), five yearly payments, the first one now."""
    kept = retention / (1 + discount_rate)
    value = Decimal(0)
    for _ in range(PAYMENTS_COUNTED):
        value = yearly_margin + value * kept
    return value


def first_now_value(yearly_margin: Decimal, retention: Decimal, *, discount_rate: Decimal = DISCOUNT_RATE) -> Decimal:
    """The value without an end: M(1 + d)/(1 + d − ρ), the first payment now. ValueError if it has no bound."""
    if retention >= 1 + discount_rate:
        raise ValueError("with nobody leaving and nothing discounted a lifetime has no bound")
    return yearly_margin * (1 + discount_rate) / (1 + discount_rate - retention)


def own_retention(*, renewed: int, n: int, default: Decimal) -> Decimal:
    """The learner's own yearly retention, leaning on the default while n is small: (renewed + 5ρ₀)/(n + 5), 0…1."""
    if not 0 <= renewed <= n:
        raise ValueError(f"{renewed} of {n} can't have renewed")
    return (renewed + PRIOR_RENEWALS * default) / (n + PRIOR_RENEWALS)


@dataclass(frozen=True)
class ClientLife:
    """What one client may be worth, reckoned from the receipts of named payers.

    margin: what the last twelve months' receipts left, from so many clients; renewed: of those who paid in the year
    before, those who paid again. Nothing is annualised: who came last month counts with a month.
    """

    clients: int
    margin: Decimal
    renewed: Share
    retention: Decimal

    @property
    def yearly_margin(self) -> Decimal:
        """M: what a client left in the last twelve months, on average."""
        return EXACT.divide(self.margin, Decimal(self.clients))

    @property
    def five_payments(self) -> Decimal:
        """The value shown: five yearly payments, the first one now."""
        with localcontext(EXACT):
            return five_payment_value(self.yearly_margin, self.retention)

    @property
    def first_now(self) -> Decimal:
        """The value without an end."""
        with localcontext(EXACT):
            return first_now_value(self.yearly_margin, self.retention)


def client_life(receipts: Iterable[Receipt], as_of: date, *, default: Decimal) -> ClientLife | None:
    """From receipts that each name their payer; None while nobody has paid in the last twelve months."""
    paid: dict[str, list[date]] = defaultdict(list)
    last_year: dict[str, Decimal] = defaultdict(Decimal)
    with localcontext(EXACT):
        for receipt in receipts:
            paid[receipt.person].append(receipt.date)
            if as_of - YEAR < receipt.date <= as_of:
                last_year[receipt.person] += receipt.amount * receipt.margin
        if not last_year:
            return None
        known = [Known(number, days[0], paid=tuple(days)) for number, days in enumerate(paid.values())]
        renewed = retention(known, as_of)
        kept = own_retention(renewed=renewed.successes, n=renewed.n, default=default)
        return ClientLife(len(last_year), sum(last_year.values(), Decimal(0)), renewed, kept)
