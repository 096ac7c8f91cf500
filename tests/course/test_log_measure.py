from datetime import date, timedelta
from decimal import Decimal

import pytest

from course.assessment import CONSTRUCTS, Score
from course.calibration import Verdict
from course.log_measure import LogMeasure, beside, log_measure, widest
from course.practice import Entry, Promise, Rubric
from course.share import Share

TODAY = date(2026, 11, 23)  # a Monday


def touch(entry_id, person=1, days_ago=0, points=(1, 1, 1, 1, 1)):
    on = TODAY - timedelta(days=days_ago)
    return Entry(entry_id, on, person, "mail", 10, "me", Rubric(*points))


def promise(promise_id, due, kept=None):
    return Promise(promise_id, 1, "send the note", due - timedelta(days=1), due, kept)


def share(construct, entries=(), promises=(), since=None):
    return log_measure(construct, entries=entries, promises=promises, today=TODAY, since=since).share


def test_every_construct_has_a_measure_or_says_that_the_log_cannot_see_it():
    for construct in CONSTRUCTS:
        measure = log_measure(construct, entries=[], promises=[], today=TODAY)
        assert measure.words
        assert measure.share == Share(0, 0) or measure.words.startswith("The log can’t see this")


def test_a_construct_that_is_none_is_refused():
    with pytest.raises(KeyError):
        share("charisma")


@pytest.mark.parametrize(
    ("construct", "points", "counts"),
    [
        ("attending", (0, 0, 1, 0, 0), True),
        ("attending", (2, 2, 0, 2, 2), False),
        ("holding", (0, 0, 2, 0, 0), True),
        ("holding", (2, 2, 1, 2, 2), False),
        ("responding", (0, 0, 0, 1, 0), True),
        ("responding", (2, 2, 2, 0, 2), False),
        ("building", (1, 0, 0, 0, 0), True),
        ("building", (0, 2, 2, 2, 2), False),
        ("asking", (0, 0, 0, 0, 1), True),
        ("asking", (2, 2, 2, 2, 0), False),
        ("low-self-focus", (0, 0, 1, 1, 0), True),
        ("low-self-focus", (2, 2, 2, 0, 2), False),
        ("low-self-focus", (2, 2, 0, 2, 2), False),
    ],
)
def test_each_construct_looks_at_its_own_line_of_the_rubric(construct, points, counts):
    assert share(construct, [touch(1, points=points)]) == Share(int(counts), 1)


def test_keeping_is_people_with_two_answered_touches_of_all_people():
    silent = (1, 0, 1, 1, 1)
    entries = [
        touch(1),
        touch(2),
        touch(3, person=2),
        touch(4, person=2, points=silent),
        touch(5, person=3, points=silent),
    ]
    assert share("keeping", entries) == Share(1, 3)


def test_dependability_is_promises_kept_in_time_of_those_decided():
    promises = [
        promise(1, TODAY, kept=TODAY),
        promise(2, TODAY - timedelta(days=5), kept=TODAY),
        promise(3, TODAY - timedelta(days=1)),
        promise(4, TODAY + timedelta(days=3)),
    ]
    assert share("dependability", promises=promises) == Share(1, 3)
    assert share("dependability", promises=promises, since=TODAY) == Share(1, 1)


def test_patience_is_weeks_with_a_touch_since_the_first_one():
    entries = [touch(1, days_ago=28), touch(2, days_ago=27), touch(3, days_ago=8), touch(4)]
    assert share("patience", entries) == Share(3, 5)


def test_only_the_window_counts_and_never_the_future():
    entries = [touch(1, days_ago=15), touch(2, days_ago=14), touch(3, days_ago=-1)]
    assert share("attending", entries) == Share(2, 2)
    assert share("attending", entries, since=TODAY - timedelta(days=14)) == Share(1, 1)


def test_a_corrected_entry_counts_once_and_as_corrected():
    wrong = touch(1, points=(0, 0, 0, 0, 0))
    right = Entry(2, TODAY, 1, "mail", 10, "me", Rubric(1, 1, 1, 1, 1), replaces=1)
    assert share("attending", [wrong, right]) == Share(1, 1)
    assert share("keeping", [wrong, right]) == Share(0, 1)


def test_an_exercise_done_alone_is_no_touch():
    alone = Entry(1, TODAY, None, None, 30, None, None, exercise="alpha")
    assert share("keeping", [alone]) == share("patience", [alone]) == Share(0, 0)


def score(mean, answered=3):
    return Score("attending", mean, answered=answered, of=3)


def counted(successes, n):
    return LogMeasure("attending", Share(successes, n), "entries")


def test_what_is_said_of_five_is_set_beside_the_share_that_the_log_counts():
    one = beside(score(Decimal(4)), counted(12, 30))
    assert (one.said, one.gap, one.verdict) == (0.8, pytest.approx(0.4), Verdict.OVER)
    assert beside(score(Decimal(0)), counted(12, 30)).verdict is Verdict.UNDER
    assert beside(score(Decimal(2)), counted(12, 30)).verdict is Verdict.FITS


@pytest.mark.parametrize(
    ("said", "log"),
    [
        (score(None, answered=2), counted(12, 30)),
        (score(Decimal(4)), counted(4, 9)),
        (score(Decimal(4)), LogMeasure("attending", None, "The log can’t see this")),
    ],
)
def test_nothing_is_compared_where_an_answer_is_missing_or_the_log_is_thin_or_blind(said, log):
    assert beside(said, log) is None


def test_the_widest_is_one_that_the_log_contradicts():
    near, far = beside(score(Decimal(3)), counted(12, 30)), beside(score(Decimal(5)), counted(12, 30))
    fits = beside(score(Decimal(4)), counted(9, 10))
    assert widest([near, far, fits]) is far
    assert widest([fits]) is None
