from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.review import (
    Card,
    Confidence,
    Grade,
    State,
    bias,
    brier,
    due_count,
    due_tomorrow,
    first,
    grade,
    graded,
    queue,
)

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def intervals(answer, times):
    """Days between returns when every question is answered alike, on the moment it is due."""
    card, now, days = first(NOW), NOW, []
    for _ in range(times):
        card = graded(card, answer, now)
        days.append((card.due - now).days)
        now = card.due
    return days


def test_a_question_never_answered_is_due_at_once():
    card = first(NOW)
    assert (card.due, card.state, card.stability) == (NOW, State.NEW, None)


@pytest.mark.parametrize(
    ("correct", "sure", "expected"),
    [(False, False, Grade.AGAIN), (False, True, Grade.AGAIN), (True, False, Grade.HARD), (True, True, Grade.GOOD)],
)
def test_being_right_but_unsure_counts_less_than_being_right(correct, sure, expected):
    assert grade(correct, sure) is expected


def test_right_answers_come_back_ever_later_and_never_beyond_sixty_days():
    assert intervals(Grade.GOOD, 8) == [2, 11, 46, 60, 60, 60, 60, 60]


def test_unsure_answers_come_back_sooner_than_sure_ones():
    assert all(unsure <= sure for unsure, sure in zip(intervals(Grade.HARD, 6), intervals(Grade.GOOD, 6), strict=True))


def test_a_wrong_answer_comes_back_the_next_day():
    assert intervals(Grade.AGAIN, 3) == [1, 1, 1]
    learnt = graded(graded(first(NOW), Grade.GOOD, NOW), Grade.GOOD, NOW + 2 * DAY)
    forgotten = graded(learnt, Grade.AGAIN, learnt.due)
    assert forgotten.due < learnt.due + (learnt.due - (NOW + 2 * DAY))


def test_there_are_no_learning_steps():
    assert graded(first(NOW), Grade.AGAIN, NOW).state is State.REVIEW


def test_the_same_answers_at_the_same_times_give_the_same_card():
    assert graded(first(NOW), Grade.GOOD, NOW) == graded(first(NOW), Grade.GOOD, NOW)


def test_a_time_in_any_zone_is_kept_in_utc():
    tokyo = NOW.astimezone(ZoneInfo("Asia/Tokyo"))
    card = graded(first(tokyo), Grade.GOOD, tokyo)
    assert card == graded(first(NOW), Grade.GOOD, NOW)
    assert card.due.tzinfo is UTC


def test_a_naive_time_is_refused_everywhere():
    naive = NOW.replace(tzinfo=None)
    for attempt in (
        lambda: first(naive),
        lambda: Card(due=naive),
        lambda: graded(first(NOW), Grade.GOOD, naive),
        lambda: queue({}, naive, 1),
        lambda: due_count([], naive),
        lambda: due_tomorrow([], naive),
    ):
        with pytest.raises(ValueError, match="time zone"):
            attempt()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(Grade), st.integers(-100, 10_000)), max_size=12))
def test_whatever_is_answered_and_whenever_it_comes_back_in_one_to_sixty_days(answers):
    card, now = first(NOW), NOW
    for answer, hours in answers:
        now += timedelta(hours=hours)
        card = graded(card, answer, now)
        assert DAY <= card.due - now <= 60 * DAY


def test_the_queue_holds_what_is_due_the_longest_due_first():
    cards = {
        "a": first(NOW - DAY),
        "b": first(NOW - 3 * DAY),
        "c": first(NOW + DAY),
        "d": first(NOW),
        "e": first(NOW - DAY),
    }
    assert queue(cards, NOW, 10) == ("b", "a", "e", "d")
    assert queue(cards, NOW, 2) == ("b", "a")
    assert queue(cards, NOW, 0) == ()
    assert due_count(cards.values(), NOW) == 4


def test_tomorrow_is_tomorrow_where_the_learner_is():
    cards = [
        first(NOW),
        first(datetime(2026, 11, 24, 22, 0, tzinfo=UTC)),
        first(datetime(2026, 11, 24, 10, 30, tzinfo=UTC)),
    ]
    assert due_tomorrow(cards, NOW) == 2
    # On Kiritimati it is 22:00 on the 23rd already, and 22:00 UTC of the 24th is noon of the 25th.
    assert due_tomorrow(cards, NOW.astimezone(ZoneInfo("Pacific/Kiritimati"))) == 0
    assert due_tomorrow(cards, NOW.astimezone(ZoneInfo("America/Santiago"))) == 2


def test_confidence_is_one_of_four_words_and_two_of_them_are_sure():
    assert [level.probability for level in Confidence] == [0.25, 0.50, 0.75, 0.95]
    assert [level for level in Confidence if level.sure] == [Confidence.FAIRLY, Confidence.CERTAIN]


def test_the_brier_score_is_nought_for_the_perfect_and_a_quarter_for_the_undecided():
    assert brier([(1.0, True), (0.0, False)]) == 0
    assert brier([(0.5, True), (0.5, False)]) == 0.25
    assert brier([(0.95, False), (0.75, True)]) == pytest.approx((0.9025 + 0.0625) / 2)


def test_bias_is_above_nought_for_the_overconfident():
    assert bias([(0.95, False), (0.95, True)]) == pytest.approx(0.45)
    assert bias([(0.25, True)]) == -0.75


def test_without_answers_nothing_is_known_of_calibration():
    assert brier([]) is None
    assert bias([]) is None
