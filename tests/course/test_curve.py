from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from course.curve import curve_of
from course.exact import EXACT


@dataclass(frozen=True)
class Line:
    t: int
    counts: Decimal


def lines(amounts):
    return [Line(t, Decimal(amount)) for t, amount in amounts.items()]


def curve(costs, receipts, *, last=3, scale=Fraction(1), rate="0"):
    with localcontext(EXACT):
        return curve_of(lines(costs), lines(receipts), last=last, scale=scale, yearly_rate=Decimal(rate))


def test_every_month_is_there_even_where_nothing_happened():
    months = curve({0: 10}, {2: 4}).months
    assert [(month.t, month.invested, month.returned, month.net) for month in months] == [
        (0, 10, 0, -10),
        (1, 0, 0, 0),
        (2, 0, 4, 4),
        (3, 0, 0, 0),
    ]
    assert [month.invested_cumulative for month in months] == [10, 10, 10, 10]
    assert [month.returned_cumulative for month in months] == [0, 0, 4, 4]
    assert [month.net_cumulative for month in months] == [-10, -10, -6, -6]


def test_what_counts_nothing_may_lie_outside_the_months():
    assert curve({0: 10, 99: 0}, {14: 0}).months[-1].net_cumulative == -10


def test_break_even_is_the_month_from_which_the_net_stays_up():
    assert curve({0: 10}, {2: 10}).break_even == 2


def test_a_net_that_falls_below_again_has_not_broken_even_yet():
    assert curve({0: 10, 2: 5}, {1: 12, 3: 4}).break_even == 3


def test_a_net_that_ends_below_never_broke_even():
    assert curve({0: 10, 3: 5}, {1: 12}).break_even is None


def test_with_nothing_invested_there_is_nothing_to_break_even_on():
    nothing = curve({}, {1: 12})
    assert (nothing.break_even, nothing.discounted_break_even) == (None, None)


def test_a_break_even_on_exactly_nought_is_found_though_the_months_are_thirds():
    months = curve({0: 10}, {1: 1, 2: 1, 3: 1}, scale=Fraction(10, 3))
    assert months.break_even == 3
    assert months.discounted_break_even == 3
    assert months.months[-1].net_cumulative == 0


def test_twelve_months_at_the_monthly_rate_make_the_yearly_one():
    discounted = curve({12: 110}, {}, last=12, rate=".10")
    assert discounted.present_investment == pytest.approx(100)
    assert discounted.monthly_rate == pytest.approx(Decimal("0.00797414"), abs=Decimal("5e-9"))


def test_money_now_is_worth_itself():
    assert curve({0: 100}, {}, rate=".10").present_investment == 100
