"""The self-assessment: four moments on one scale, missing shown as missing, the log beside it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.charts import Construct, Reading, change_chart, whisker
from app.charts.change import ChangeRow
from tests.app.charts.sheets import outside, touching

VALUES = st.none() | st.floats(0, 5, allow_nan=False)


def row(*readings: Reading) -> ChangeRow:
    return change_chart([Construct("Attending", readings)]).rows[0]


@given(st.tuples(VALUES, VALUES, VALUES, VALUES), st.integers(1, 3))
@settings(max_examples=150, deadline=None)
def test_labels_touch_nothing_and_nothing_leaves_the_view_box(
    values: tuple[float | None, float | None, float | None, float | None], answered: int
) -> None:
    before, then, after, later = values
    chart = change_chart(
        [
            Construct(
                "Attending",
                [
                    Reading("before", before, answered),
                    Reading("then", then, answered),
                    Reading("after", after, answered),
                    Reading("later", later, answered),
                ],
            )
        ]
    )
    drawn = chart.rows[0]
    assert touching(drawn.labels) == []
    assert outside(drawn.labels, width=chart.width, height=chart.height) == []
    assert all(6 <= mark.x <= chart.width - 6 for mark in drawn.marks)


def test_the_scale_runs_from_nought_to_five_in_equal_steps() -> None:
    drawn = row(Reading("before", 0), Reading("after", 2.5), Reading("later", 5))
    assert [mark.x for mark in drawn.marks] == [
        drawn.ticks[0],
        pytest.approx((drawn.ticks[0] + drawn.ticks[5]) / 2),
        drawn.ticks[5],
    ]


def test_what_was_left_unanswered_is_shown_as_missing() -> None:
    drawn = row(Reading("before", 3.3), Reading("after", None))
    assert drawn.missing == ("After: not answered",)
    assert drawn.figures == ("3.3", "–", "not answered", "–")
    assert len(drawn.marks) == 1


def test_a_mean_over_some_of_the_items_says_over_how_many() -> None:
    drawn = row(Reading("before", 3.5, answered=2))
    assert drawn.marks[0].partial
    assert [label.text for label in drawn.labels] == ["before 3.5 (2 of 3)"]


def test_how_it_was_stands_above_how_it_is() -> None:
    drawn = row(Reading("before", 1), Reading("then", 1), Reading("after", 1), Reading("later", 1))
    was, seen, now, later = drawn.marks
    assert was.y == seen.y < now.y == later.y


def test_a_row_is_heard_as_one_sentence_with_the_log() -> None:
    construct = Construct("Attending", [Reading("before", 2)], whisker(0.44, 0.33, 0.55))
    assert change_chart([construct]).rows[0].sentence == (
        "Attending, 0 to 5: before 2.0. The log: 44\u00a0%, likely between 33 and 55\u00a0%"
    )


def test_a_chart_without_answers_is_empty() -> None:
    assert change_chart([Construct("Attending", [])]).empty
    assert not change_chart([Construct("Attending", [Reading("before", None)])]).empty


def test_a_value_off_the_scale_or_a_moment_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="scale"):
        row(Reading("before", 5.1))
    with pytest.raises(ValueError, match="twice"):
        row(Reading("before", 1), Reading("before", 2))
