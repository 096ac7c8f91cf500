from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.review import (
    SECONDS_A_QUESTION,
    SITTING,
    Card,
    Confidence,
    Grade,
    State,
    coming,
    due_count,
    first,
    grade,
    graded,
    minutes,
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
        lambda: coming([], naive, 1),
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


def test_a_day_is_one_where_the_learner_is():
    cards = [
        first(NOW),
        first(datetime(2026, 11, 24, 22, 0, tzinfo=UTC)),
        first(datetime(2026, 11, 24, 10, 30, tzinfo=UTC)),
    ]
    assert coming(cards, NOW, 2) == (2, 0)
    # On Kiritimati it is 22:00 on the 23rd already, and 22:00 UTC of the 24th is noon of the 25th.
    assert coming(cards, NOW.astimezone(ZoneInfo("Pacific/Kiritimati")), 2) == (0, 2)
    assert coming(cards, NOW.astimezone(ZoneInfo("America/Santiago")), 2) == (2, 0)


def test_what_comes_back_later_today_is_tomorrows():
    assert coming([first(NOW + timedelta(hours=3))], NOW, 1) == (1,)


@given(st.lists(st.integers(-200, 300), max_size=40))
def test_every_card_is_due_now_or_comes_on_one_day_within_its_horizon(hours):
    cards = [first(NOW + timedelta(hours=h)) for h in hours]
    assert due_count(cards, NOW) + sum(coming(cards, NOW, 14)) == len(cards)


def test_five_minutes_hold_six_questions():
    assert (SECONDS_A_QUESTION, SITTING) == (45, 6)
    assert [minutes(n) for n in (0, 1, 2, 6, 40)] == [0, 1, 2, 5, 30]
    assert minutes(SITTING) <= 5


def test_confidence_is_one_of_four_words_and_two_of_them_are_sure():
    assert [level.probability for level in Confidence] == [0.25, 0.50, 0.75, 0.95]
    assert [level for level in Confidence if level.sure] == [Confidence.FAIRLY, Confidence.CERTAIN]
