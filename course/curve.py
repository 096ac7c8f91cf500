"""An account month by month: invested, returned, and from when on it has paid for itself. Method §4.6, §4.7 and §8."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Protocol

from course.exact import decimal_of


class Dated(Protocol):
    """A line of the account: what it counts, and in which month."""

    @property
    def t(self) -> int: ...
    @property
    def counts(self) -> Decimal: ...


@dataclass(frozen=True)
class Month:
    """One month of the curve: t = 0 is the start. `returned` is the claimed benefit, `net` is returned − invested."""

    t: int
    invested: Decimal
    returned: Decimal
    net: Decimal
    invested_cumulative: Decimal
    returned_cumulative: Decimal
    net_cumulative: Decimal


@dataclass(frozen=True)
class Curve:
    """The months 0…last, and what they are worth seen from the start.

    break_even: the first month from which the net added up stays at nought or more; None without one, and with
    nothing invested. monthly_rate: the rate that compounds to the yearly one over twelve months. present amounts and
    discounted break-even: each month discounted by that rate.
    """

    months: tuple[Month, ...]
    break_even: int | None
    monthly_rate: Decimal
    present_investment: Decimal
    present_benefit: Decimal
    discounted_break_even: int | None


def curve_of(
    costs: Iterable[Dated], receipts: Iterable[Dated], *, last: int, scale: Fraction, yearly_rate: Decimal
) -> Curve:
    """The curve from month 0 to `last`, each month's benefit times `scale`. To be called where decimals are exact."""
    invested = _by_month(costs, last)
    returned = [scale * benefit for benefit in _by_month(receipts, last)]
    growth = (1 + yearly_rate) ** (Decimal(1) / 12)
    discounts = [Fraction(growth**-t) for t in range(last + 1)]
    invested_now, returned_now = _times(invested, discounts), _times(returned, discounts)
    return Curve(
        months=_months(invested, returned),
        break_even=_stays_from(invested, returned),
        monthly_rate=growth - 1,
        present_investment=decimal_of(sum(invested_now, Fraction(0))),
        present_benefit=decimal_of(sum(returned_now, Fraction(0))),
        discounted_break_even=_stays_from(invested_now, returned_now),
    )


def _by_month(lines: Iterable[Dated], last: int) -> list[Fraction]:
    """The sums of months 0…last. A line that counts nothing may lie outside them."""
    sums = [Decimal(0)] * (last + 1)
    for line in lines:
        if line.counts:
            sums[line.t] += line.counts
    return [Fraction(amount) for amount in sums]


def _times(flows: Sequence[Fraction], discounts: Sequence[Fraction]) -> list[Fraction]:
    return [flow * by for flow, by in zip(flows, discounts, strict=True)]


def _net(invested: Sequence[Fraction], returned: Sequence[Fraction]) -> list[Fraction]:
    return [back - put_in for put_in, back in zip(invested, returned, strict=True)]


def _months(invested: Sequence[Fraction], returned: Sequence[Fraction]) -> tuple[Month, ...]:
    net = _net(invested, returned)
    rows = zip(invested, returned, net, accumulate(invested), accumulate(returned), accumulate(net), strict=True)
    return tuple(Month(t, *map(decimal_of, row)) for t, row in enumerate(rows))


def _stays_from(invested: Sequence[Fraction], returned: Sequence[Fraction]) -> int | None:
    """The first month from which the net so far stays at nought or more to the end."""
    since = None
    for t, total in enumerate(accumulate(_net(invested, returned))):
        if total < 0:
            since = None
        elif since is None:
            since = t
    return since if any(invested) else None
