from datetime import UTC, date, datetime, timedelta

import pytest

from course.reaction import AGREES_FROM, ITEMS, Reaction, agreeing, asked, lines_of, told

FIRST = datetime(2026, 11, 1, 9, tzinfo=UTC)
END = date(2026, 11, 24)
DAY = timedelta(days=1)


def said(place, *, step=5, line=""):
    return Reaction(FIRST + place * DAY, {item.id: step for item in ITEMS}, line)


@pytest.mark.parametrize(
    ("all_read", "today", "due"),
    [
        (False, END, False),
        (False, END + DAY, True),
        (True, END - 100 * DAY, True),
        (True, END + 90 * DAY, True),
        (True, END + 91 * DAY, False),
    ],
)
def test_it_is_asked_when_all_is_read_or_the_course_is_over_and_for_ninety_days(all_read, today, due):
    assert asked(said=False, all_read=all_read, today=today, ends_on=END) is due
    assert not asked(said=True, all_read=all_read, today=today, ends_on=END)


@pytest.mark.parametrize(("answers", "counted"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (12, 10)])
def test_answers_count_five_at_a_time_the_earliest_first(answers, counted):
    found = told(said(place) for place in reversed(range(answers)))
    assert [each.said_at for each in found] == [FIRST + place * DAY for place in range(counted)]


def test_between_two_days_nobody_or_at_least_five_are_added():
    before = ()
    for answers in range(31):
        now = told(said(place) for place in range(answers))
        assert now[: len(before)] == before
        assert len(now) - len(before) in {0, 5}
        before = now


def test_the_upper_two_of_five_steps_are_a_yes():
    people = [said(place, step=step) for place, step in enumerate((1, 2, 3, 4, 5))]
    for item in ITEMS:
        assert (agreeing(people, item.id).successes, agreeing(people, item.id).n) == (2, 5)
    assert AGREES_FROM == 4


def test_lines_come_by_the_alphabet_and_empty_ones_not_at_all():
    people = [said(0, line="zeal"), said(1), said(2, line="Air"), said(3, line="more")]
    assert lines_of(people) == ("Air", "more", "zeal")
