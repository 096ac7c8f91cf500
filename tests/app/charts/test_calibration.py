"""Confidence against correctness: a dot a word, its interval, the diagonal, words that touch nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.charts import CalibrationChart, Stated, calibration_chart
from app.charts.calibration import CalibrationDrawing
from course.share import Share
from tests.app.charts.sheets import outside, touching

WORDS = (("Guessing", 0.25), ("Unsure", 0.5), ("Fairly sure", 0.75), ("Certain", 0.95))
COUNTS = st.integers(0, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def chart(*counts: tuple[int, int], least: int = 10) -> CalibrationChart:
    return calibration_chart(
        [
            Stated(word, share, right, n, *((Share(right, n).interval or ()) if n >= least else ()))
            for (word, share), (right, n) in zip(WORDS, counts, strict=True)
        ]
    )


def wide(of: CalibrationChart) -> CalibrationDrawing:
    assert of.wide is not None
    return of.wide


@given(st.tuples(COUNTS, COUNTS, COUNTS, COUNTS))
@settings(max_examples=150, deadline=None)
def test_labels_touch_nothing_and_nothing_leaves_the_view_box(
    counts: tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]],
) -> None:
    drawn = chart(*counts)
    for sheet in (drawn.narrow, drawn.wide):
        if sheet is not None:
            assert touching(sheet.labels) == []
            assert outside(sheet.labels, width=sheet.width, height=sheet.height) == []
            lines = [line for point in sheet.points for line in point.lines]
            assert outside(lines, width=sheet.width, height=sheet.head) == []


def test_both_axes_begin_at_nought_and_the_diagonal_is_where_stated_and_achieved_are_one() -> None:
    sheet = wide(chart((10, 40), (20, 40), (30, 40), (38, 40)))
    for dot, (_, share) in zip(sheet.dots, WORDS, strict=True):
        across = (dot.x - sheet.plot.left) / sheet.plot.width
        assert across == pytest.approx(share, abs=0.001)
        assert (sheet.plot.bottom - dot.y) / sheet.plot.height == pytest.approx(across, abs=0.001)


def test_an_interval_reaches_around_its_dot() -> None:
    dot = wide(chart((0, 0), (0, 0), (0, 0), (30, 43))).dots[0]
    assert dot.high < dot.y < dot.low


def test_a_word_with_too_few_answers_keeps_its_place_and_draws_nothing() -> None:
    drawn = chart((3, 9), (0, 0), (0, 0), (30, 43))
    assert len(wide(drawn).dots) == 1
    assert "Guessing" in [label.text for label in wide(drawn).labels]
    assert drawn.table.rows[0].figures == ("25\u00a0%", "9", "too few", "–", "–")
    assert drawn.words[0].sentence == "Guessing, 25\u00a0%: 9 answered, too few to say"


def test_a_word_is_heard_with_its_interval() -> None:
    word = chart((0, 0), (0, 0), (0, 0), (30, 43)).words[3]
    assert word.sentence == "Certain, 95\u00a0%: right 30 of 43, 70\u00a0%, likely 55 to 81\u00a0%"


def test_the_figures_stand_away_from_the_diagonal() -> None:
    sheet = wide(chart((0, 0), (35, 40), (0, 0), (20, 40)))
    figures = {label.text: label for label in sheet.labels if "strong halo" in label.css}
    assert figures["88\u00a0%"].box.right < sheet.dots[0].x
    assert figures["50\u00a0%"].box.left > sheet.dots[1].x


def test_what_stands_above_the_plot_is_covered_by_the_figures_of_a_word_pointed_at() -> None:
    sheet = wide(chart((0, 0), (0, 0), (0, 0), (30, 43)))
    above = [label.box.bottom for label in sheet.labels if label.y < sheet.plot.top and "strong halo" not in label.css]
    assert len(above) == 2
    assert max(above) <= sheet.head <= sheet.plot.top


def test_nothing_to_say_yet_draws_nothing() -> None:
    drawn = chart((3, 9), (9, 9), (0, 0), (0, 0))
    assert drawn.empty
    assert not chart((3, 9), (9, 10), (0, 0), (0, 0)).empty


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([Stated("Certain", 0.9, 1, 2), Stated("Unsure", 0.5, 1, 2)], "order"),
        ([Stated("Unsure", 0.5, 3, 2)], "not a share"),
        ([Stated("Unsure", 0.5, 10, 10, 0.2, 0.6)], "outside its interval"),
    ],
)
def test_what_cannot_be_is_refused(words: list[Stated], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        calibration_chart(words)
