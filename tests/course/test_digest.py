"""When the daily mail may come: at the person's hour, never in quiet hours, once a day of their calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.digest import DueToday, Offer, Terms, digest_day, quiet_until

ZONES = (
    "Europe/Amsterdam",
    "Africa/Cairo",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "Pacific/Apia",
    "Asia/Kathmandu",
)
QUARTER = timedelta(minutes=15)


def sent_over(zone: str, terms: Terms, *, first: datetime, days: int) -> list[datetime]:
    """The local instants at which a worker that looks every quarter of an hour may send, over so many days."""
    last, found = None, []
    for step in range(days * 96):
        local = (first + step * QUARTER).astimezone(ZoneInfo(zone))
        day = digest_day(terms, local, last)
        if day is not None:
            last = day
            found.append(local)
    return found


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hour", [0, 2, 7, 23])
def test_over_a_year_of_any_zone_it_comes_once_on_every_day_that_has_its_hour_or_a_later_one(
    zone: str, hour: int
) -> None:
    first = datetime(2011, 12, 1, tzinfo=UTC)  # Samoa has no 30 December that year
    instants = sent_over(zone, Terms(digest_hour=hour, quiet_from=0, quiet_until=0), first=first, days=60)
    later = sent_over(
        zone, Terms(digest_hour=hour, quiet_from=0, quiet_until=0), first=first.replace(year=2026), days=400
    )
    for found in (instants, later):
        days = [instant.date() for instant in found]
        assert len(days) == len(set(days))
        assert all(instant.hour >= hour for instant in found)
    assert 399 <= len(later) <= 401


@pytest.mark.parametrize(
    ("zone", "day", "hour", "comes"),
    [
        # The clocks go from 2:00 to 3:00: the hour that isn't there is made up at once.
        ("Europe/Amsterdam", date(2026, 3, 29), 2, (3, 0)),
        # They go back from 3:00 to 2:00: once, at the first 2:00.
        ("Europe/Amsterdam", date(2026, 10, 25), 2, (2, 0)),
        # A day that begins at 1:00.
        ("Africa/Cairo", date(2026, 4, 24), 0, (1, 0)),
        ("America/Santiago", date(2026, 9, 6), 0, (1, 0)),
        # Half an hour that isn't there.
        ("Australia/Lord_Howe", date(2026, 10, 4), 2, (2, 30)),
    ],
)
def test_where_the_clocks_change_it_comes_once_and_at_the_first_moment_there_is(
    zone: str, day: date, hour: int, comes: tuple[int, int]
) -> None:
    terms = Terms(digest_hour=hour, quiet_from=0, quiet_until=0)
    start = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) - timedelta(days=2)
    that_day = [instant for instant in sent_over(zone, terms, first=start, days=4) if instant.date() == day]
    assert [(instant.hour, instant.minute) for instant in that_day] == [comes]
    assert that_day[0].fold == 0


def test_a_worker_that_comes_late_sends_the_same_day_but_never_in_the_quiet_hours() -> None:
    terms = Terms(digest_hour=7, quiet_from=21, quiet_until=7)
    tuesday = datetime(2026, 11, 24, tzinfo=ZoneInfo("Europe/Amsterdam"))
    allowed = [hour for hour in range(24) if digest_day(terms, tuesday.replace(hour=hour), None)]
    assert allowed == list(range(7, 21))


@given(st.integers(0, 23), st.integers(0, 23), st.integers(0, 23))
def test_quiet_hours_go_over_midnight_and_none_are_quiet_where_both_ends_are_one(
    start: int, length: int, hour: int
) -> None:
    terms = Terms(quiet_from=start, quiet_until=(start + length) % 24)
    assert terms.is_quiet(hour) == ((hour - start) % 24 < length)


def test_nothing_comes_to_who_wants_none_nor_twice_on_one_day() -> None:
    local = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert digest_day(Terms(), local, None) == date(2026, 11, 24)
    assert digest_day(Terms(), local, date(2026, 11, 23)) == date(2026, 11, 24)
    assert digest_day(Terms(), local, date(2026, 11, 24)) is None
    # Flown west over the date line: the day that was looked at is still to come here.
    assert digest_day(Terms(), local, date(2026, 11, 25)) is None
    assert digest_day(Terms(digest=False), local, None) is None


def test_what_is_due_is_counted_in_words_with_a_deadline_first() -> None:
    due = DueToday(
        plans=2, questions=5, people=1, promises=1, late_promises=1, offers=(Offer("Winter", "Friday, 9:00"),)
    )
    assert due.subject == (
        "Today: a seat held for you, two plans to report on, two promises, one person to get in touch with "
        "and five questions"
    )
    assert due.lines == (
        "A seat in Winter is held for you until Friday, 9:00. The link in our mail makes it yours.",
        "One promise is past the day you named.",
        "One promise is due today.",
        "Two plans wait for you to say what came of it.",
        "One person is due to hear from you.",
        "Five questions return for review.",
    )


def test_nothing_due_is_nothing_to_say() -> None:
    assert not DueToday()
    assert DueToday(questions=1)
    assert DueToday(questions=1).subject == "Today: one question"


@given(
    zone=st.sampled_from(ZONES),
    start=st.integers(0, 23),
    end=st.integers(0, 23),
    minutes=st.integers(0, 366 * 24 * 60),
)
def test_what_waits_for_the_end_of_the_quiet_hours_comes_at_their_end_and_never_within(
    zone: str, start: int, end: int, minutes: int
) -> None:
    terms = Terms(quiet_from=start, quiet_until=end)
    local = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    free = quiet_until(terms, local)
    assert not terms.is_quiet(free.hour)
    assert local <= free < local + timedelta(hours=26)
    before = free - QUARTER
    assert free == local or terms.is_quiet(before.astimezone(UTC).astimezone(ZoneInfo(zone)).hour)
