from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from course.signup import State, Terms, invites, offers_seats, state

INSTANT = timedelta(microseconds=1)
TERMS = Terms(
    opens_at=datetime(2026, 12, 1, 8, 0, tzinfo=UTC),
    closes_at=datetime(2027, 1, 10, 22, 59, tzinfo=UTC),
    starts_on=date(2027, 1, 12),
    ends_on=date(2027, 3, 16),
    time_zone="Europe/Amsterdam",
    capacity=12,
    taken=9,
)
LATE = replace(TERMS, late_joiners=True, closes_at=datetime(2027, 2, 1, tzinfo=UTC))
# Midnight in Amsterdam, where winter is an hour ahead of UTC.
FIRST_DAY = datetime(2027, 1, 11, 23, 0, tzinfo=UTC)
DAY_AFTER = datetime(2027, 3, 16, 23, 0, tzinfo=UTC)


def around(terms: Terms, instant: datetime) -> tuple[State, State]:
    """The state just before an instant, and at it."""
    return state(terms, instant - INSTANT), state(terms, instant)


def test_sign_up_opens_at_its_first_instant():
    assert around(TERMS, TERMS.opens_at) == (State.NOT_YET_OPEN, State.OPEN)


def test_sign_up_closes_at_its_last_instant_which_is_not_in_it():
    assert around(TERMS, TERMS.closes_at) == (State.OPEN, State.CLOSED)


def test_the_course_runs_from_midnight_of_its_first_day_where_it_is_given():
    assert around(TERMS, FIRST_DAY) == (State.CLOSED, State.RUNNING)


def test_the_start_ends_sign_up_that_nobody_closed():
    forgotten = replace(TERMS, closes_at=DAY_AFTER)
    assert around(forgotten, FIRST_DAY) == (State.OPEN, State.RUNNING)


def test_it_is_over_at_midnight_after_the_last_day():
    assert around(TERMS, DAY_AFTER) == (State.RUNNING, State.OVER)


def test_late_joiners_can_sign_up_from_the_first_day_until_sign_up_closes():
    assert around(LATE, FIRST_DAY) == (State.OPEN, State.RUNNING_OPEN)
    assert around(LATE, LATE.closes_at) == (State.RUNNING_OPEN, State.RUNNING)


def test_late_joiners_wait_in_line_for_a_full_cohort():
    assert around(replace(LATE, taken=12), FIRST_DAY) == (State.FULL, State.RUNNING_FULL)


def test_late_joiners_find_it_over_after_the_last_day_though_sign_up_was_never_closed():
    unending = replace(LATE, closes_at=DAY_AFTER + timedelta(days=365))
    assert around(unending, DAY_AFTER) == (State.RUNNING_OPEN, State.OVER)


def test_the_last_seat_makes_the_difference_between_open_and_full():
    now = TERMS.opens_at
    assert state(replace(TERMS, taken=11), now) is State.OPEN
    assert state(replace(TERMS, taken=12), now) is State.FULL


def test_more_seats_taken_than_there_are_is_full_and_leaves_none():
    crowded = replace(TERMS, taken=14)
    assert state(crowded, TERMS.opens_at) is State.FULL
    assert crowded.seats_left == 0


@pytest.mark.parametrize(
    ("zone", "day", "hour"),
    [
        ("Africa/Cairo", date(2026, 4, 24), 1),
        ("America/Santiago", date(2026, 9, 6), 1),
        ("Australia/Lord_Howe", date(2026, 10, 4), 0),
        ("Pacific/Kiritimati", date(2026, 2, 28), 0),
        ("America/Havana", date(2026, 11, 1), 0),
    ],
)
def test_the_first_day_begins_with_its_first_instant_also_where_it_has_no_midnight(zone, day, hour):
    first = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    terms = replace(
        TERMS,
        time_zone=zone,
        starts_on=day,
        ends_on=day,
        opens_at=first - timedelta(days=9),
        closes_at=first - timedelta(days=1),
    )
    assert around(terms, first) == (State.CLOSED, State.RUNNING)
    assert (first - INSTANT).astimezone(ZoneInfo(zone)).date() == day - timedelta(days=1)


def test_a_course_may_begin_and_end_on_the_29th_of_february():
    leap = replace(TERMS, time_zone="UTC", starts_on=date(2028, 2, 29), ends_on=date(2028, 2, 29))
    assert around(leap, datetime(2028, 2, 29, tzinfo=UTC)) == (State.CLOSED, State.RUNNING)
    assert around(leap, datetime(2028, 3, 1, tzinfo=UTC)) == (State.RUNNING, State.OVER)


def test_only_states_with_a_form_admit_anybody():
    assert {each for each in State if each.admits} == {
        State.OPEN,
        State.FULL,
        State.RUNNING_OPEN,
        State.RUNNING_FULL,
    }
    assert not any(each.has_seats and each.has_line for each in State)


def test_a_free_seat_is_offered_until_the_course_begins_though_sign_up_has_closed():
    assert offers_seats(TERMS, TERMS.closes_at)
    assert offers_seats(TERMS, FIRST_DAY - INSTANT)
    assert not offers_seats(TERMS, FIRST_DAY)


def test_a_free_seat_is_offered_to_the_end_where_late_joiners_are_welcome():
    assert offers_seats(LATE, DAY_AFTER - INSTANT)
    assert not offers_seats(LATE, DAY_AFTER)


def test_a_hand_closes_sign_up_before_its_date_also_before_it_opened_and_the_course_still_begins():
    shut = replace(TERMS, shut_at=TERMS.opens_at + timedelta(days=3))
    assert around(shut, shut.closed_at) == (State.OPEN, State.CLOSED)
    assert state(replace(TERMS, shut_at=TERMS.opens_at - timedelta(days=9)), TERMS.opens_at) is State.CLOSED
    assert state(shut, FIRST_DAY) is State.RUNNING
    assert state(replace(LATE, shut_at=FIRST_DAY), FIRST_DAY) is State.RUNNING


def test_who_waits_is_offered_seats_also_after_sign_up_was_closed_by_hand():
    assert offers_seats(replace(TERMS, shut_at=TERMS.opens_at), FIRST_DAY - INSTANT)


def test_a_cohort_called_off_takes_nobody_until_it_would_have_been_over():
    off = replace(TERMS, called_off=True)
    assert {state(off, instant) for instant in (TERMS.opens_at, FIRST_DAY, DAY_AFTER - INSTANT)} == {State.CALLED_OFF}
    assert state(off, DAY_AFTER) is State.OVER
    assert not offers_seats(off, TERMS.opens_at)
    assert not invites(off, TERMS.opens_at)


def test_an_invitation_lets_in_before_sign_up_opens_and_after_it_closes_until_the_course_begins():
    assert invites(TERMS, TERMS.opens_at - timedelta(days=90))
    assert invites(TERMS, FIRST_DAY - INSTANT)
    assert not invites(TERMS, FIRST_DAY)
    assert invites(LATE, DAY_AFTER - INSTANT)
    assert not invites(LATE, DAY_AFTER)
