"""The published and the worked oracles of method §4, and what must hold for any ledger."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.exact import fixed
from course.roi import account, sensitivity
from tests.course.ledgers import (
    LEDGERS,
    RECEIPTS,
    START,
    WORKED_COSTS,
    WORKED_RECEIPTS,
    fee,
    hours,
    ledger,
    month_end,
    months,
    paid,
    worked,
)

D = Decimal


def test_sixty_thousand_from_twenty_thousand_as_phillips_and_phillips_published_it():
    found = account(ledger(costs=(fee("20000"),), receipts=(paid("60000", 12),)))
    assert (found.bcr, found.roi_percent, found.payback_months) == (3, 200, 4)


def test_saved_hours_at_two_shares_as_anderson_and_anderson_published_it():
    saved = 4 * 65 * 48
    assert saved == 12_480
    found = account(ledger(receipts=(paid(str(saved), 12, a=".80", c=".70"),)))
    assert found.benefit_attributed == D("6988.80")


def test_the_learners_ledger_adds_up_to_the_cent():
    found = account(worked())
    assert (found.investment, found.benefit_attributed, found.benefit_trend) == (4800, 4926, 6000)
    assert (found.benefit_claimed, found.grade, found.net) == (4926, "B", 126)
    assert (found.roi_percent, found.bcr) == (D("2.625"), D("1.02625"))
    assert fixed(found.payback_months, 6) == "11.693057"
    assert (found.too_early, found.t, found.scale) == (False, 12, 1)


def test_the_learners_curve_breaks_even_in_month_nine():
    found = account(worked())
    assert found.cumulative == (
        *(-1200, -1700, -2200, -2700, -1760, -1960, -1950),
        *(-1940, -1930, 96, 106, 116, 126),
    )
    assert found.break_even_month == 9


def test_discounted_the_learners_account_does_not_break_even():
    found = account(worked())
    assert fixed(found.curve.monthly_rate, 8) == "0.00797414"
    assert fixed(found.curve.present_benefit, 2) == "4640.65"
    assert fixed(found.curve.present_investment, 2) == "4656.55"
    assert fixed(found.npv, 2) == "-15.90"
    assert found.discounted_break_even_month is None


def test_the_lower_of_trend_and_attribution_is_claimed():
    found = account(worked(trend=4200))
    assert (found.benefit_trend, found.benefit_claimed, found.roi_percent) == (4200, 4200, D("-12.5"))
    assert found.cumulative[-1] == -600
    assert found.break_even_month is None


@pytest.mark.parametrize(("margin", "percent"), [(None, "177.083333"), ("1", "337.500000")])
def test_without_isolation_or_on_revenue_the_same_ledger_would_flatter(margin, percent):
    flattered = tuple(
        replace(paid, attribution=D(1), confidence=D(1), margin=D(margin) if margin else paid.margin)
        for paid in WORKED_RECEIPTS
    )
    assert fixed(account(worked(trend=None, receipts=flattered)).roi_percent, 6) == percent


def test_without_a_baseline_the_claim_is_what_was_attributed_and_graded_so():
    found = account(worked(trend=None))
    assert (found.benefit_trend, found.benefit_claimed, found.grade) == (None, 4926, "C")
    assert found.trend_lines == ()


def test_a_margin_below_its_forecast_leaves_nothing_to_claim_but_no_loss_either():
    found = account(worked(trend=-1200))
    assert (found.benefit_trend, found.benefit_claimed, found.roi_percent) == (-1200, 0, -100)
    assert found.payback_months is None
    assert found.cumulative[-1] == -4800


def test_a_baseline_with_no_month_known_since_supports_no_claim():
    found = account(worked(margins=(None,) * 12))
    assert (found.grade, found.benefit_trend, found.benefit_claimed) == ("B", 0, 0)


def test_each_months_benefit_shrinks_by_what_may_be_claimed():
    found = account(ledger(costs=(fee("10"),), receipts=(paid("30", 1), paid("60", 2)), **trend_of("45")))
    assert found.scale == D("0.5")
    assert [month.returned for month in found.months[:3]] == [0, 15, 30]


def test_a_claim_that_ends_on_exactly_the_investment_breaks_even():
    found = account(ledger(costs=(fee("10"),), receipts=tuple(paid("7", t) for t in (1, 2, 3)), **trend_of("10")))
    assert found.benefit_claimed == 10
    assert (found.cumulative[-1], found.break_even_month) == (0, 3)


def trend_of(above):
    return {"baseline": months("0", 6), "margins": (D(above),)}


@pytest.mark.parametrize(
    ("t", "sales_cycle", "reasons"),
    [
        (5, 0, ("A return is shown from month 6 on; this is month 5.",)),
        (6, 0, ()),
        (6, 6, ()),
        (6, 8, ("Your sales take 8 months, measured by the median; this is month 6.",)),
        (12, 18, ("Your sales take 18 months, measured by the median; this is month 12.",)),
        (18, 18, ()),
    ],
)
def test_no_ratio_is_shown_before_month_six_and_one_sales_cycle(t, sales_cycle, reasons):
    found = account(worked(as_of=month_end(t), sales_cycle_months=sales_cycle))
    assert found.too_early_reasons == reasons
    assert found.too_early is bool(reasons)
    for ratio in (found.bcr, found.roi_percent, found.payback_months):
        assert (ratio is None) is bool(reasons)


def test_too_early_the_curve_and_what_was_invested_are_there_all_the_same():
    found = account(worked(trend=None, as_of=month_end(4)))
    assert (found.t, found.investment, found.benefit_claimed) == (4, 3200, 1440)
    assert found.cumulative == (-1200, -1700, -2200, -2700, -1760)


def test_on_the_day_of_the_start_only_what_was_paid_up_front_counts():
    found = account(worked(trend=None, as_of=START))
    assert (found.t, found.cumulative, found.break_even_month) == (0, (-1200,), None)


def test_the_window_closes_after_twelve_months_however_late_it_is_read():
    late = account(worked(as_of=date(2029, 5, 5)))
    assert late.t == 12
    assert late.cumulative == account(worked()).cumulative


def test_with_nothing_invested_there_is_no_ratio_and_no_break_even():
    found = account(ledger(receipts=(paid("100", 3),)))
    assert (found.bcr, found.roi_percent, found.break_even_month, found.discounted_break_even_month) == (None,) * 4
    assert found.payback_months == 0


def test_an_empty_ledger_is_an_account_of_nothing():
    found = account(ledger())
    assert (found.investment, found.benefit_claimed, found.npv, found.scale) == (0, 0, 0, None)
    assert found.cumulative == (0,) * 13


def test_with_no_discount_both_break_evens_agree():
    found = account(worked(discount_rate=D(0)))
    assert (found.npv, found.discounted_break_even_month) == (126, 9)


def test_every_entry_is_a_line_and_the_lines_add_up():
    found = account(worked(trend=None, as_of=month_end(8)))
    assert len(found.cost_lines) == len(WORKED_COSTS)
    assert len(found.receipt_lines) == len(WORKED_RECEIPTS)
    assert sum(line.counts for line in found.cost_lines) == found.investment
    assert sum(line.counts for line in found.receipt_lines) == found.benefit_attributed
    assert [line.left_out for line in found.receipt_lines if not line.counts] == [
        "dated after the day of this account"
    ] * 5


def test_without_its_largest_receipt_the_learner_stands_below():
    found = sensitivity(worked())
    assert (found.receipt.date, found.receipt.amount) == (month_end(9), 8000)
    assert (found.net, found.break_even_month) == (-1890, None)


def test_the_largest_receipt_is_the_one_that_counts_most_not_the_one_that_was_paid_most():
    found = sensitivity(ledger(costs=(fee("10"),), receipts=(paid("900", 1, a=".01"), paid("50", 2))))
    assert found.receipt.amount == 50


def test_of_two_equal_receipts_the_earlier_one_is_left_out_and_only_that():
    found = sensitivity(ledger(costs=(fee("40"),), receipts=(paid("50", 3), paid("50", 2))))
    assert found.receipt.date == month_end(2)
    assert (found.net, found.break_even_month) == (10, 3)


def test_with_no_receipt_that_counts_nothing_hangs_on_one():
    assert sensitivity(ledger(costs=(fee("10"),), receipts=(paid("50", 2, c=None),))) is None


def figures(found):
    """What an account says, without the lines it says it from."""
    return (
        *(found.investment, found.benefit_attributed, found.benefit_claimed, found.benefit_trend, found.curve),
        *(found.bcr, found.roi_percent, found.payback_months),
    )


@given(LEDGERS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_has_no_say(given, random):
    costs, receipts = list(given.costs), list(given.receipts)
    random.shuffle(costs)
    random.shuffle(receipts)
    shuffled = replace(given, costs=tuple(costs), receipts=tuple(receipts))
    assert figures(account(shuffled)) == figures(account(given))


@given(LEDGERS, RECEIPTS)
def test_one_more_receipt_never_lowers_what_is_attributed(given, receipt):
    more = replace(given, receipts=(*given.receipts, receipt))
    assert account(more).benefit_attributed >= account(given).benefit_attributed


@given(LEDGERS)
def test_the_claim_is_never_above_what_was_attributed_and_never_below_nought(given):
    found = account(given)
    assert 0 <= found.benefit_claimed <= found.benefit_attributed


@given(LEDGERS)
def test_the_curve_ends_where_claim_less_investment_ends(given):
    found = account(given)
    assert fixed(found.cumulative[-1], 80) == fixed(found.net, 80)
    assert len(found.months) == found.t + 1


@given(LEDGERS)
def test_after_break_even_the_net_is_never_below_nought_and_just_before_it_is(given):
    found = account(given)
    since = found.break_even_month
    if since is None:
        assert found.cumulative[-1] < 0 or found.investment == 0
        return
    assert min(found.cumulative[since:]) >= 0
    assert since == 0 or found.cumulative[since - 1] < 0


@given(LEDGERS)
def test_hours_cost_what_the_same_amount_in_cash_would(given):
    hour, day = given.hourly_value, month_end(2)
    timed = account(replace(given, costs=(*given.costs, replace(hours("3", 2), date=day))))
    cash = account(replace(given, costs=(*given.costs, fee(str(3 * hour), day))))
    assert timed.cumulative == cash.cumulative
