"""The weeks: connecting above, contacting below, on one scale."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.charts import Week, WeekBars, week_bars
from app.charts.week_bars import WeekDrawing
from tests.app.charts.sheets import outside, touching

FIRST = date(2026, 9, 7)
COUNTS = st.one_of(st.integers(0, 9), st.integers(0, 300), st.integers(0, 99_999))


def weeks(*counts: tuple[int, int], begun: bool = False) -> list[Week]:
    last = len(counts) - 1
    return [
        Week(FIRST + timedelta(weeks=i), up, down, begun=begun and i == last) for i, (up, down) in enumerate(counts)
    ]


def wide(bars: WeekBars) -> WeekDrawing:
    assert bars.wide is not None
    return bars.wide


@given(st.lists(st.tuples(COUNTS, COUNTS), max_size=12), st.booleans())
@settings(max_examples=150, deadline=None)
def test_labels_touch_nothing_and_nothing_leaves_the_view_box(counts: list[tuple[int, int]], begun: bool) -> None:
    bars = week_bars(weeks(*counts, begun=begun))
    assert bars.empty == (not any(map(sum, counts)))
    for sheet in (bars.narrow, bars.wide):
        if sheet is not None:
            assert touching(sheet.labels) == []
            assert outside(sheet.labels, width=sheet.width, height=sheet.height) == []
            assert (
                outside([line for column in sheet.columns for line in column.lines], width=sheet.width, height=24) == []
            )
            assert all(
                column.connecting.top > 0 and column.contacting.bottom < sheet.height for column in sheet.columns
            )


def test_bars_are_in_proportion_to_one_scale_on_both_sides() -> None:
    first, second = wide(week_bars(weeks((1, 6), (3, 2)))).columns
    assert second.connecting.height == pytest.approx(3 * first.connecting.height)
    assert first.contacting.height == pytest.approx(6 * first.connecting.height)
    assert second.contacting.height == pytest.approx(2 * first.connecting.height)


def test_both_sides_start_at_nought() -> None:
    sheet = wide(week_bars(weeks((1, 6), (0, 0))))
    assert {column.connecting.bottom for column in sheet.columns} == {sheet.above}
    assert {column.contacting.top for column in sheet.columns} == {sheet.below}
    assert sheet.columns[1].connecting.height == sheet.columns[1].contacting.height == 0


def test_a_week_is_named_by_its_first_day_and_the_month_where_it_changes() -> None:
    texts = [label.text for label in wide(week_bars(weeks(*[(1, 1)] * 6))).labels]
    assert texts[:8] == ["7", "Sep", "14", "21", "28", "5", "Oct", "12"]


def test_every_bar_carries_its_count() -> None:
    labels = wide(week_bars(weeks((2, 5), (0, 1200)))).labels
    assert [label.text for label in labels if "mid" in label.css][3:] == ["2", "5", "0", "1\u00a0200"]


def test_a_count_too_long_for_a_phone_is_said_in_thousands_there_and_in_full_in_the_table() -> None:
    bars = week_bars(weeks((0, 12_345)))
    assert bars.narrow is not None
    assert "12k" in {label.text for label in bars.narrow.labels}
    assert bars.weeks[0].sentence == "Week of 7\u00a0Sep: 0 connecting, 12\u00a0345 contacting"


def test_a_running_week_is_said_to_have_only_begun() -> None:
    bars = week_bars(weeks((1, 1), (1, 0), begun=True))
    assert "Hatched: only begun" in {label.text for label in wide(bars).labels}
    assert bars.weeks[1].sentence.startswith("Week of 14\u00a0Sep, only begun:")


def test_a_running_week_without_entries_has_nothing_hatched_to_explain() -> None:
    texts = {label.text for label in wide(week_bars(weeks((1, 1), (0, 0), begun=True))).labels}
    assert "The last week has only begun" in texts


def test_the_sums_stand_under_the_table() -> None:
    bars = week_bars(weeks((1, 6), (2, 5)))
    assert (bars.connecting, bars.contacting) == (3, 11)
    assert bars.summary == "2 weeks: 3 connecting, 11 contacting."


def test_more_than_twelve_weeks_or_a_count_below_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 12"):
        week_bars(weeks(*[(1, 1)] * 13))
    with pytest.raises(ValueError, match="below zero"):
        week_bars(weeks((1, -1)))
