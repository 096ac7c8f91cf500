from decimal import Decimal
from pathlib import Path

import pytest

from course.assessment import HIGHEST, Moment, load
from course.share import Share
from course.trainer_figures import Trend, self_rated

INSTRUMENT = load(Path(__file__).resolve().parents[2] / "lessons" / "self-assessment.toml")


@pytest.mark.parametrize(
    ("before", "lately", "heading"),
    [
        ((10, 10), (0, 10), "falling"),
        ((0, 10), (10, 10), "rising"),
        ((5, 10), (6, 10), "level"),
        ((5, 10), (5, 10), "level"),
        ((0, 4), (10, 10), "too few"),
        ((0, 10), (4, 4), "too few"),
        ((0, 0), (0, 0), "too few"),
        ((0, 5), (5, 5), "rising"),
    ],
)
def test_a_rate_rises_or_falls_only_where_the_difference_is_clear(before, lately, heading):
    assert Trend(Share(*before), Share(*lately)).heading == heading


def answers(value, **but):
    return {**{item.id: value for item in INSTRUMENT.items}, **but}


def test_a_change_is_the_mean_over_the_constructs_answered_in_full_at_both_moments():
    taken = {Moment.BEFORE: answers(2), Moment.AFTER: answers(3)}
    found = self_rated(INSTRUMENT, taken)
    assert (found.change, found.whole, found.of, found.until) == (1, 12, 12, Moment.AFTER)


def test_an_answer_left_open_takes_its_construct_out_and_that_is_counted():
    first = INSTRUMENT.items[0].id
    found = self_rated(INSTRUMENT, {Moment.BEFORE: answers(0), Moment.AFTER: answers(HIGHEST, **{first: None})})
    assert (found.change, found.whole) == (Decimal(HIGHEST), 11)


def test_ninety_days_on_counts_before_the_end_of_the_course():
    taken = {Moment.BEFORE: answers(2), Moment.AFTER: answers(5), Moment.LATER: answers(1)}
    found = self_rated(INSTRUMENT, taken)
    assert (found.change, found.until) == (-1, Moment.LATER)


@pytest.mark.parametrize("taken", [{}, {Moment.BEFORE: {}}, {Moment.AFTER: {}, Moment.THEN: {}}])
def test_one_moment_alone_has_no_change(taken):
    assert self_rated(INSTRUMENT, taken) is None


def test_nothing_answered_in_full_is_no_change_of_nought():
    found = self_rated(INSTRUMENT, {Moment.BEFORE: {}, Moment.AFTER: answers(3)})
    assert (found.change, found.whole) == (None, 0)


def test_an_item_that_was_reworded_under_a_new_id_is_passed_over():
    found = self_rated(INSTRUMENT, {Moment.BEFORE: answers(2, gone=5), Moment.AFTER: answers(2)})
    assert found.change == 0
