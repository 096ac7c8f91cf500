"""The days a question returns after, against the published formulas of FSRS-6 written out by hand.

Source: open-spaced-repetition, "The Algorithm", FSRS-6 with its default weights; R = .90, at most 60 days.
"""

from datetime import UTC, datetime, timedelta
from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.review import Grade, first, grade, graded

W = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
WRONG, RIGHT_BUT_UNSURE, RIGHT = (False, True), (True, False), (True, True)


def difficulty_at_first(mark):
    return W[4] - exp(W[5] * (mark - 1)) + 1


def harder(difficulty, mark):
    moved = difficulty - W[6] * (mark - 3) * (10 - difficulty) / 9
    return min(10, max(1, W[7] * difficulty_at_first(4) + (1 - W[7]) * moved))


def recalled(days, stability):
    factor = 0.9 ** (-1 / W[20]) - 1
    return (1 + factor * days / stability) ** -W[20]


def firmer(stability, difficulty, *, days, mark):
    chance = recalled(days, stability)
    if mark == Grade.AGAIN:
        lost = W[11] * difficulty ** -W[12] * ((stability + 1) ** W[13] - 1) * exp(W[14] * (1 - chance))
        return min(lost, stability / exp(W[17] * W[18]))
    held = W[15] if mark == Grade.HARD else 1
    grown = exp(W[8]) * (11 - difficulty) * stability ** -W[9] * (exp(W[10] * (1 - chance)) - 1)
    return stability * (1 + grown * held)


def interval(stability):
    return min(60, max(1, round(stability)))


def by_hand(history):
    """The days after each answer; history: how it went, and how many days after it was due it was asked."""
    days, stability, difficulty, waited = [], None, None, 0
    for (correct, sure), late in history:
        mark = Grade.AGAIN if not correct else Grade.GOOD if sure else Grade.HARD
        if stability is None:
            stability, difficulty = W[mark - 1], min(10, max(1, difficulty_at_first(mark)))
        else:
            stability = firmer(stability, difficulty, days=waited + late, mark=mark)
            difficulty = harder(difficulty, mark)
        waited = interval(stability)
        days.append(waited)
    return days


def by_the_course(history):
    card, days = first(NOW), []
    for (correct, sure), late in history:
        now = card.due + timedelta(days=late)
        card = graded(card, grade(correct, sure), now)
        days.append((card.due - now).days)
    return days


@pytest.mark.parametrize(
    ("answers", "days"),
    [
        ([WRONG, WRONG], [1, 1]),
        ([RIGHT_BUT_UNSURE, RIGHT_BUT_UNSURE], [1, 3]),
        ([RIGHT, RIGHT, RIGHT], [2, 11, 46]),
        ([RIGHT, RIGHT, WRONG, RIGHT], [2, 11, 2, 5]),
    ],
)
def test_each_grade_moves_a_question_as_the_formulas_say(answers, days):
    history = [(answer, 0) for answer in answers]
    assert by_hand(history) == by_the_course(history)
    assert by_the_course(history) == days


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([WRONG, RIGHT_BUT_UNSURE, RIGHT]), st.integers(0, 90)), min_size=1, max_size=10)
)
def test_any_history_gives_the_days_of_the_formulas(history):
    assert by_the_course(history) == by_hand(history)
