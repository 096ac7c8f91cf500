"""The curve: drawn from zero, in proportion, with labels that touch nothing whatever the account."""

from decimal import Decimal
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.charts import Month, RoiCurve, Uncertain, roi_curve
from app.charts.roi_drawing import RoiDrawing
from app.filters import money
from tests.app.charts.sheets import heights, outside, places, touching

NAMES = ("Start", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
INVESTED = (1200, 1700, 2200, 2700, 3200, 3400, 3600, 3800, 4000, 4200, 4400, 4600, 4800)
RETURNED = (0, 0, 0, 0, 1440, 1440, 1650, 1860, 2070, 4296, 4506, 4716, 4926)
WORDS = "Hatched: one receipt, 70\u00a0% sure of its share"


def months(invested: tuple[int, ...], returned: tuple[int, ...]) -> list[Month]:
    reached = [Month(name, a, b) for name, a, b in zip(NAMES, invested, returned, strict=False)]
    return reached + [Month(name) for name in NAMES[len(reached) :]]


def published() -> RoiCurve:
    """The account worked through in the method: break-even in month 9."""
    return roi_curve(months(INVESTED, RETURNED), break_even=9, uncertain=Uncertain(9, 2016, WORDS))


def sheets(curve: RoiCurve) -> tuple[RoiDrawing, RoiDrawing]:
    assert curve.narrow is not None
    assert curve.wide is not None
    return curve.narrow, curve.wide


def euros(amount: int | float | Decimal) -> str:
    return money(int(amount) * 100, "EUR", 0)


@st.composite
def accounts(draw: st.DrawFn) -> RoiCurve:
    """Any account of one to thirteen months, up to a few millions, with any marks."""
    reached = draw(st.integers(1, 13))
    amounts = st.one_of(st.just(0), st.integers(0, 300), st.integers(0, 150_000))
    sums = st.lists(amounts, min_size=reached, max_size=reached).map(lambda steps: tuple(accumulate(steps)))
    invested, returned = draw(sums), draw(sums)
    month = draw(st.integers(0, reached - 1))
    part = Uncertain(month, draw(st.integers(0, max(returned))), draw(st.sampled_from((WORDS, "Hatched: unsure"))))
    return roi_curve(
        months(invested, returned),
        break_even=draw(st.none() | st.integers(0, reached - 1)),
        uncertain=draw(st.sampled_from((None, part))),
        money=euros,
    )


@given(accounts())
@settings(max_examples=150, deadline=None)
def test_labels_touch_nothing_and_nothing_leaves_the_view_box(curve: RoiCurve) -> None:
    for sheet in (curve.narrow, curve.wide):
        if sheet is None:
            assert curve.empty
            continue
        assert touching(sheet.labels) == []
        assert outside(sheet.labels, width=sheet.width, height=sheet.height) == []
        for path in (sheet.invested, sheet.returned, sheet.hatched, sheet.without, *sheet.short, *sheet.over):
            assert all(sheet.plot.top <= y <= sheet.plot.bottom for y in heights(path))
            assert all(sheet.plot.left <= x <= sheet.plot.right + 0.1 for x in places(path))


@given(accounts())
@settings(max_examples=50, deadline=None)
def test_the_figures_of_a_month_pointed_at_fit_above_the_drawing(curve: RoiCurve) -> None:
    for sheet in (curve.narrow, curve.wide):
        if sheet is not None:
            lines = [line for point in sheet.points for line in point.lines]
            assert outside(lines, width=sheet.width, height=sheet.plot.top) == []
            assert not any(touching(point.lines) for point in sheet.points)


def test_the_axis_starts_at_nought_and_heights_are_in_proportion() -> None:
    for sheet in sheets(published()):
        foot = sheet.plot.bottom
        up = [foot - y for y in heights(sheet.invested)]
        assert up[0] / up[-1] == pytest.approx(1200 / 4800, abs=0.002)
        assert heights(sheet.returned)[0] == foot
        assert [label.y - 5 for label in sheet.labels if label.text == "0"] == [foot]


def test_the_break_even_is_marked_where_the_net_turns() -> None:
    _, wide = sheets(published())
    assert wide.even == (wide.points[9].column.left, pytest.approx(wide.plot.bottom - 250 * 4200 / 5000, abs=0.1))
    assert {"Break-even", "month 9, +96"} <= {label.text for label in wide.labels}


def test_an_account_without_break_even_has_no_marker() -> None:
    _, wide = sheets(roi_curve(months(INVESTED, (0,) * 13)))
    assert wide.even is None
    assert "Break-even" not in {label.text for label in wide.labels}


def test_a_return_short_of_the_investment_and_one_above_it_are_two_areas() -> None:
    _, wide = sheets(published())
    assert (len(wide.short), len(wide.over)) == (1, 1)
    assert places(wide.short[0])[0] == wide.plot.left
    assert places(wide.over[0])[0] == wide.points[9].column.left


def test_equal_curves_enclose_nothing() -> None:
    _, wide = sheets(roi_curve(months((100,) * 13, (100,) * 13), break_even=0))
    assert wide.short == wide.over == ()
    assert "at the start, 0" in {label.text for label in wide.labels}


def test_the_hatching_begins_with_the_receipt_and_ends_where_the_rest_stands() -> None:
    _, wide = sheets(published())
    foot = wide.plot.bottom
    assert min(places(wide.hatched)) == wide.points[9].column.left
    assert heights(wide.without)[-1] == pytest.approx(foot - 250 * (4926 - 2016) / 5000, abs=0.1)


def test_a_receipt_larger_than_the_sum_is_hatched_down_to_nought_and_no_further() -> None:
    _, wide = sheets(roi_curve(months((100,), (50,)), uncertain=Uncertain(0, 80, WORDS)))
    assert max(heights(wide.hatched)) == wide.plot.bottom


def test_months_not_yet_reached_stay_empty_on_an_axis_that_runs_to_twelve() -> None:
    _, wide = sheets(roi_curve(months(INVESTED[:5], RETURNED[:5])))
    assert len(wide.points) == 5
    assert max(places(wide.invested)) < wide.plot.left + (wide.plot.right - wide.plot.left) / 2
    assert [label.text for label in wide.labels if label.text in NAMES] == list(NAMES)


def test_the_end_labels_of_close_curves_stand_apart_with_the_higher_on_top() -> None:
    for sheet in sheets(published()):
        by_name = {label.text: label.y for label in sheet.labels}
        assert by_name["Returned"] < by_name["4\u00a0926"] < by_name["Invested"] < by_name["4\u00a0800"]


def test_the_table_prints_every_month_reached_with_its_net() -> None:
    rows = published().rows
    assert [(row.net, row.marked) for row in rows[8:10]] == [("\u22121\u00a0930", False), ("+96", True)]
    assert rows[12].sentence == "Month 12, Dec: invested 4\u00a0800, returned 4\u00a0926, net +126"
    assert rows[0].sentence.startswith("Start: invested 1\u00a0200")


def test_the_summary_says_where_it_stands_and_where_it_broke_even() -> None:
    assert published().summary.endswith("net +126. Break-even in month 9, Sep.")
    assert roi_curve(months((5,), (0,))).summary.endswith("No break-even so far.")


def test_exact_decimals_stay_exact() -> None:
    curve = roi_curve([Month("Start", Decimal("0.10"), Decimal("0.30"))], money=str)
    assert curve.rows[0].net == "+0.20"


def test_an_account_of_noughts_is_empty() -> None:
    assert roi_curve(months((0, 0), (0, 0))).empty
    assert roi_curve([]).empty


@pytest.mark.parametrize(
    "wrong",
    [
        [Month("Start", 1, 1), Month("Jan"), Month("Feb", 2, 2)],
        [Month("Start", 1, None)],
        [Month("Start", -1, 0)],
    ],
)
def test_a_gap_or_a_sum_below_nought_is_refused(wrong: list[Month]) -> None:
    with pytest.raises(ValueError, match=r"month|sum"):
        roi_curve(wrong)


def test_a_mark_on_a_month_not_yet_reached_is_refused() -> None:
    with pytest.raises(ValueError, match="month 3"):
        roi_curve(months((1, 2), (0, 0)), break_even=3)
