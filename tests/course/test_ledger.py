from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.ledger import Cost, last_day_of, month_of
from tests.course.ledgers import START, ledger, months


@pytest.mark.parametrize(
    ("day", "t"),
    [
        (date(2025, 6, 1), 0),
        (date(2026, 1, 1), 0),
        (date(2026, 1, 2), 1),
        (date(2026, 2, 1), 1),
        (date(2026, 2, 2), 2),
        (date(2027, 1, 1), 12),
        (date(2027, 1, 2), 13),
    ],
)
def test_a_month_ends_on_the_day_of_the_month_the_programme_started_on(day, t):
    assert month_of(day, START) == t


@pytest.mark.parametrize(
    ("start", "day", "t"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 3, 1), 2),
        (date(2026, 1, 31), date(2026, 3, 31), 2),
        (date(2026, 1, 31), date(2026, 4, 30), 3),
        (date(2026, 1, 31), date(2026, 5, 1), 4),
        (date(2028, 1, 31), date(2028, 2, 28), 1),
        (date(2028, 1, 31), date(2028, 2, 29), 1),
        (date(2028, 1, 31), date(2028, 3, 1), 2),
        (date(2028, 2, 29), date(2028, 3, 29), 1),
        (date(2028, 2, 29), date(2028, 3, 30), 2),
        (date(2028, 2, 29), date(2029, 2, 28), 12),
        (date(2028, 2, 29), date(2029, 3, 1), 13),
        (date(2026, 12, 31), date(2027, 1, 1), 1),
    ],
)
def test_a_shorter_month_ends_the_programmes_month_on_its_last_day(start, day, t):
    assert month_of(day, start) == t


def test_the_last_day_of_the_calendar_has_a_month_too():
    assert month_of(date.max, date(9999, 12, 1)) == 1


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.dates())
def test_a_later_day_never_falls_in_an_earlier_month(one, other, start):
    earlier, later = sorted((one, other))
    assert month_of(earlier, start) <= month_of(later, start)


def test_time_is_valued_at_the_learners_hour():
    assert Cost(START, "time", hours=Decimal("2.5")).value(Decimal(50)) == Decimal(125)


def test_a_fee_costs_its_amount_whatever_an_hour_is_worth():
    assert Cost(START, "fee", Decimal("1200")).value(Decimal(50)) == Decimal(1200)


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "time"},
        {"kind": "time", "amount": Decimal(1)},
        {"kind": "time", "amount": Decimal(1), "hours": Decimal(1)},
        {"kind": "fee"},
        {"kind": "cash", "hours": Decimal(1)},
    ],
)
def test_a_cost_without_its_own_measure_is_refused_rather_than_counted_as_nothing(given):
    with pytest.raises(ValueError, match="a time cost has hours and no amount"):
        Cost(START, **given)


def test_a_kind_of_cost_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="'gift' is no kind of cost: fee, time, cash"):
        Cost(START, "gift", amount=Decimal(1))


@pytest.mark.parametrize("many", [{"baseline": months("1", 25)}, {"margins": months("1", 13)}])
def test_more_months_than_the_method_knows_are_refused(many):
    with pytest.raises(ValueError, match="at most 24 baseline months and 12 of the window"):
        ledger(**many)


def test_before_the_programme_starts_the_account_stands_at_its_start():
    assert ledger(as_of=date(2025, 12, 1)).as_of == START


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 40))
def test_the_last_day_of_a_month_belongs_to_it_and_the_next_day_to_the_next(start, t):
    last = last_day_of(t, start)
    assert (month_of(last, start), month_of(last + timedelta(1), start)) == (t, t + 1)
