from datetime import date, timedelta

import pytest

from course.outcome import Deeds, what_followed

SPOKE = date(2026, 11, 2)


def days(*later):
    return tuple(SPOKE + timedelta(days=each) for each in later)


def on(later):
    return SPOKE + timedelta(days=later)


def test_the_fourteen_days_after_stand_beside_the_fourteen_before_and_the_day_belongs_to_neither():
    deeds = Deeds(entries=days(-15, -14, -1, 0, 1, 14, 15), connecting=days(14), lessons=days(-1, 3))
    followed = what_followed(SPOKE, deeds, on(30))
    assert followed.words == (
        "Two entries, one of them connecting, and one lesson in the 14 days after; "
        "two entries and one lesson in the 14 before."
    )
    assert followed.more is False


def test_nothing_is_claimed_before_the_fourteen_days_are_over():
    deeds = Deeds(entries=days(1, 2), connecting=days(1, 2))
    followed = what_followed(SPOKE, deeds, on(14))
    assert followed.words == (
        "Two entries, all connecting, and no lessons so far, since 2 November; "
        "no entries and no lessons in the 14 before."
    )
    assert followed.more is None
    assert what_followed(SPOKE, deeds, on(15)).more is True


@pytest.mark.parametrize(
    ("entries", "lessons", "more"),
    [
        ((-3, 2, 5), (), True),
        ((-3, 2), (), False),
        ((-3, -5, 2), (1, 2), False),
        ((-3, 2), (4,), True),
        ((), (), False),
    ],
)
def test_more_is_more_entries_or_as_many_and_more_lessons(entries, lessons, more):
    assert what_followed(SPOKE, Deeds(entries=days(*entries), lessons=days(*lessons)), on(40)).more is more
