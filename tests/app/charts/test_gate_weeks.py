"""The gate's weeks: the tests that held, and the lane of states above them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.charts import GateWeek, GateWeeks, gate_weeks
from app.charts.gate_weeks import GateDrawing
from tests.app.charts.sheets import outside, touching

FIRST = date(2025, 11, 25)
READ = st.tuples(st.integers(0, 7), st.sampled_from(["closed", "on probation", "open"]))


def drawn(*read: tuple[int, str]) -> GateWeeks:
    return gate_weeks([GateWeek(FIRST + timedelta(weeks=i), held, state) for i, (held, state) in enumerate(read)])


def wide(chart: GateWeeks) -> GateDrawing:
    assert chart.wide is not None
    return chart.wide


@given(st.lists(READ, max_size=53))
@settings(max_examples=100, deadline=None)
def test_labels_touch_nothing_and_nothing_leaves_the_view_box(read: list[tuple[int, str]]) -> None:
    chart = drawn(*read)
    assert chart.empty == (not read)
    for sheet in (chart.narrow, chart.wide):
        if sheet is not None:
            assert touching(sheet.labels) == []
            assert outside(sheet.labels, width=sheet.width, height=sheet.height) == []
            for point in sheet.points:
                assert outside(point.lines, width=sheet.width, height=sheet.head) == []
            for _, box in (*sheet.lane, *sheet.bars):
                assert sheet.left <= box.left < box.right <= sheet.width + 0.1
                assert sheet.head < box.top <= box.bottom <= sheet.foot


def test_bars_stand_on_nought_and_seven_reach_the_line() -> None:
    sheet = wide(drawn((0, "closed"), (3, "closed"), (6, "on probation"), (7, "open")))
    none, three, six, seven = (box for _, box in sheet.bars)
    assert {box.bottom for _, box in sheet.bars} == {sheet.foot}
    assert (none.height, seven.top) == (0, sheet.top)
    assert six.height == pytest.approx(2 * three.height)


def test_weeks_that_are_alike_are_one_bar_and_one_point() -> None:
    sheet = wide(drawn((4, "closed"), (4, "closed"), (5, "closed"), (7, "open")))
    assert [state for state, _ in sheet.lane] == ["closed", "open"]
    assert [point.sentence for point in sheet.points] == [
        "25\u00a0Nov 2025 to 2\u00a0Dec 2025: 4 of 7 hold, closed",
        "9\u00a0Dec 2025: 5 of 7 hold, closed",
        "16\u00a0Dec 2025: 7 of 7 hold, open",
    ]


def test_the_table_has_every_week_the_latest_first() -> None:
    table = drawn((4, "closed"), (7, "open")).table
    assert [(row.name, row.figures) for row in table.rows] == [
        ("2\u00a0Dec 2025", ("7", "open")),
        ("25\u00a0Nov 2025", ("4", "closed")),
    ]


def test_more_than_a_year_or_eight_tests_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at most 53 weeks"):
        drawn(*[(1, "closed")] * 54)
    with pytest.raises(ValueError, match="up to 7 tests"):
        drawn((8, "open"))
