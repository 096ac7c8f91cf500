from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.forecast import trend

D = Decimal
AMOUNTS = st.decimals(-9_999, 99_999, places=2, allow_nan=False, allow_infinity=False)


def test_five_known_months_carry_no_forecast():
    assert trend((D(1), None, D(1), D(1), D(1), D(1)), (D(9),)) is None


def test_six_known_months_do():
    assert trend((D(1), None, D(1), D(1), D(1), D(1), D(1)), (D(9),)).benefit == 8


def test_a_level_baseline_forecasts_itself():
    lines = trend((D(5000),) * 12, (D(5500), D(4900))).lines
    assert [(line.forecast, line.difference, line.highest) for line in lines] == [
        (D(5000), D(500), "mean"),
        (D(5000), D(-100), "mean"),
    ]


def test_a_rising_baseline_is_carried_on_so_that_mere_growth_earns_nothing():
    above = trend(tuple(D(100 * x) for x in range(1, 7)), (D(700), D(900)))
    assert [(line.mean, line.line, line.highest) for line in above.lines] == [
        (D(350), D(700), "line"),
        (D(350), D(800), "line"),
    ]
    assert above.benefit == 100


def test_a_falling_baseline_is_held_to_its_mean():
    line = trend(tuple(D(100 * x) for x in range(6, 0, -1)), (D(400),)).lines[0]
    assert (line.line, line.highest, line.forecast, line.difference) == (D(0), "mean", D(350), D(50))


def test_a_season_is_held_against_the_same_month_last_year():
    baseline = (D(9000), *(D(1000),) * 11)
    first, second = trend(baseline, (D(9000), D(2000))).lines
    assert (first.same_month_last_year, first.highest, first.difference) == (D(9000), "same month last year", D(0))
    assert second.same_month_last_year == D(1000)


def test_the_same_month_last_year_is_looked_up_twelve_months_back_in_a_longer_baseline():
    baseline = tuple(D(x) for x in range(1, 25))
    assert [line.same_month_last_year for line in trend(baseline, (None,) * 12).lines] == list(baseline[12:])


def test_a_short_baseline_holds_no_same_month_until_the_window_reaches_it():
    lines = trend(tuple(D(x) for x in range(1, 7)), (None,) * 12).lines
    assert [line.same_month_last_year for line in lines] == [None] * 6 + [D(x) for x in range(1, 7)]


def test_an_unknown_month_of_the_baseline_keeps_its_number():
    line = trend((D(1), D(2), None, D(4), D(5), D(6), D(7), None), (D(10),)).lines[0]
    assert (line.line, line.difference) == (D(9), D(1))


def test_an_unknown_month_of_the_window_counts_nothing_above_its_forecast():
    above = trend((D(5),) * 6, (None, D(7), None))
    assert above.benefit == 2
    assert [line.difference for line in above.lines] == [0, 2, 0]
    assert above.lines[0].margin is None


def test_three_thirds_make_exactly_one():
    assert trend((D(1), D(0), D(0)) * 2, (D(1), D(1), D(1))).benefit == Fraction(2)


@given(st.lists(st.none() | AMOUNTS, min_size=6, max_size=24), st.integers(1, 12))
def test_the_line_is_the_one_of_least_squares(baseline, t):
    known = [(x, float(margin)) for x, margin in enumerate(baseline, 1) if margin is not None]
    above = trend(baseline, (None,) * t)
    if len(known) < 6:
        assert above is None
        return
    expected = np.polyval(np.polyfit(*zip(*known, strict=True), 1), len(baseline) + t)
    assert float(above.lines[-1].line) == pytest.approx(expected, abs=1e-4)


@given(st.lists(AMOUNTS, min_size=6, max_size=24), st.lists(st.none() | AMOUNTS, max_size=12))
def test_no_forecast_is_above_the_one_that_was_taken(baseline, margins):
    for line in trend(baseline, margins).lines:
        available = {line.mean, line.line, line.same_month_last_year} - {None}
        assert line.forecast == max(available)
