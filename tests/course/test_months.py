"""Calendar months around a start: which make the baseline, and which of the window are over."""

from datetime import date

import pytest

from course.months import first_day, month_from, months_before, months_of_window


def test_a_month_is_named_by_its_first_day() -> None:
    assert first_day(date(2026, 2, 28)) == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("count", "month"), [(0, date(2026, 1, 1)), (1, date(2026, 2, 1)), (12, date(2027, 1, 1)), (-1, date(2025, 12, 1))]
)
def test_months_are_counted_over_the_turn_of_the_year(count: int, month: date) -> None:
    assert month_from(date(2026, 1, 31), count) == month


def test_the_baseline_ends_with_the_month_before_the_start_and_begins_with_the_oldest() -> None:
    months = months_before(date(2026, 10, 20), 12)
    assert (months[0], months[-1], len(months)) == (date(2025, 10, 1), date(2026, 9, 1), 12)


def test_the_first_month_of_the_window_is_the_one_that_holds_the_start() -> None:
    assert months_of_window(date(2026, 10, 20), date(2026, 12, 31)) == (date(2026, 10, 1), date(2026, 11, 1))


def test_a_month_that_is_not_over_is_not_counted_until_its_last_day_has_gone() -> None:
    assert months_of_window(date(2026, 10, 1), date(2026, 10, 31)) == ()
    assert months_of_window(date(2026, 10, 1), date(2026, 11, 1)) == (date(2026, 10, 1),)


def test_a_window_has_twelve_months_however_long_ago_it_began() -> None:
    months = months_of_window(date(2026, 10, 1), date(2029, 1, 1))
    assert (len(months), months[-1]) == (12, date(2027, 9, 1))


def test_before_the_start_no_month_of_the_window_is_over() -> None:
    assert months_of_window(date(2026, 12, 1), date(2026, 11, 24)) == ()
