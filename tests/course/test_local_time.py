from datetime import UTC, date, datetime, timedelta

import pytest

from course.local_time import NoSuchTime, first_instant, instant, moved, wall_of, zones


@pytest.mark.parametrize(
    ("zone", "wall", "at"),
    [
        ("Europe/Amsterdam", datetime(2026, 7, 1, 12), datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("Pacific/Kiritimati", datetime(2026, 1, 1), datetime(2025, 12, 31, 10, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2026, 1, 1), datetime(2025, 12, 31, 13, tzinfo=UTC)),
        # Shown twice that night: the first time counts.
        ("Europe/Amsterdam", datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("America/Lima", datetime(2028, 2, 29, 23, 59), datetime(2028, 3, 1, 4, 59, tzinfo=UTC)),
    ],
)
def test_a_time_on_the_wall_is_one_instant(zone, wall, at):
    assert instant(wall, zone) == at
    assert wall_of(at, zone) == wall


@pytest.mark.parametrize(
    ("zone", "wall", "words"),
    [
        ("Europe/Amsterdam", datetime(2026, 3, 29, 2, 30), "jump from 02:00 to 03:00"),
        ("Africa/Cairo", datetime(2026, 4, 24, 0, 0), "jump from 00:00 to 01:00"),
        ("America/Santiago", datetime(2026, 9, 6, 0, 59), "jump from 00:00 to 01:00"),
        ("Australia/Lord_Howe", datetime(2026, 10, 4, 2, 15), "jump from 02:00 to 02:30"),
        ("Europe/Amsterdam", datetime(1, 1, 1), "No calendar reaches so far"),
        ("America/Lima", datetime(9999, 12, 31, 23, 59), "No calendar reaches so far"),
    ],
)
def test_a_time_that_the_clocks_skip_is_refused_and_the_jump_named(zone, wall, words):
    with pytest.raises(NoSuchTime, match=words):
        instant(wall, zone)


def test_an_evening_stays_an_evening_when_it_is_moved_over_a_change_of_clocks():
    evening = instant(datetime(2026, 10, 20, 19), "Europe/Amsterdam")
    assert wall_of(moved(evening, 7, "Europe/Amsterdam"), "Europe/Amsterdam") == datetime(2026, 10, 27, 19)


def test_a_time_moved_onto_one_that_is_skipped_comes_after_the_jump():
    early = instant(datetime(2026, 3, 22, 2, 30), "Europe/Amsterdam")
    assert wall_of(moved(early, 7, "Europe/Amsterdam"), "Europe/Amsterdam") == datetime(2026, 3, 29, 3, 30)


@pytest.mark.parametrize(("zone", "day"), [("Africa/Cairo", date(2026, 4, 24)), ("America/Santiago", date(2026, 9, 6))])
def test_a_day_without_a_midnight_begins_when_the_one_before_has_ended(zone, day):
    first = first_instant(day, zone)
    assert wall_of(first, zone).date() == day
    assert wall_of(first - timedelta(microseconds=1), zone).date() == day - timedelta(days=1)


def test_there_are_zones_and_atlantis_is_none():
    assert "Europe/Amsterdam" in zones()
    assert "Europe/Atlantis" not in zones()
