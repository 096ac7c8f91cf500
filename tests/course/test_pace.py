from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.library import load
from course.pace import WEEK, Pace, openings
from tests.test_house import ROOT

START = date(2026, 11, 3)
DAY = timedelta(days=1)
LIBRARY = load(ROOT / "lessons")
FIRST, SECOND, LAST = LIBRARY.modules[0], LIBRARY.modules[1], LIBRARY.modules[-1]
WEEKLY = Pace(kind="weekly", starts_on=START, joined_on=START - WEEK)
FREE = LIBRARY.free.id


def open_ids(pace, today, begun=()):
    return [lesson.id for lesson in openings(LIBRARY, pace).open(today, begun)]


def ids(module):
    return [lesson.id for lesson in module.lessons]


def test_where_all_is_open_no_lesson_has_a_day():
    assert not openings(LIBRARY, Pace(starts_on=START)).days
    assert len(open_ids(Pace(starts_on=START), START - WEEK)) == len(LIBRARY.lessons)


def test_weekly_a_module_opens_each_week_from_the_first_day_on_and_the_free_lesson_always():
    assert open_ids(WEEKLY, START - DAY) == [FREE]
    assert open_ids(WEEKLY, START) == ids(FIRST)
    assert open_ids(WEEKLY, START + 6 * DAY) == ids(FIRST)
    assert open_ids(WEEKLY, START + WEEK) == ids(FIRST) + ids(SECOND)
    assert len(open_ids(WEEKLY, START + (len(LIBRARY.modules) - 1) * WEEK)) == len(LIBRARY.lessons)


def test_by_dates_a_lessons_own_day_goes_before_its_modules_and_what_has_none_is_open():
    early = SECOND.lessons[0].id
    pace = Pace(kind="dates", starts_on=START, days={SECOND.folder: START + 2 * WEEK, early: START + DAY})
    found = openings(LIBRARY, pace)
    assert found.opens_on(early, START) == START + DAY
    assert found.opens_on(SECOND.lessons[1].id, START) == START + 2 * WEEK
    assert found.opens_on(LAST.lessons[0].id, START) is None
    assert found.next_day(START) == START + DAY
    assert found.next_day(START + 2 * WEEK) is None


def test_a_late_joiner_who_goes_on_from_now_begins_where_the_group_is_and_finds_the_rest_open_behind_it():
    late = replace(WEEKLY, joined_on=START + WEEK + 2 * DAY)
    assert open_ids(late, START + WEEK + 2 * DAY) == ids(SECOND) + ids(FIRST)
    assert openings(LIBRARY, late).opens_on(LAST.lessons[0].id, START + WEEK) == START + 8 * WEEK


def test_a_late_joiner_who_catches_up_has_every_day_moved_by_their_lateness():
    late = replace(WEEKLY, late="shifted", joined_on=START + 9 * DAY)
    assert open_ids(late, START + 9 * DAY) == ids(FIRST)
    assert openings(LIBRARY, late).opens_on(SECOND.lessons[0].id, START + 9 * DAY) == START + 9 * DAY + WEEK


def test_who_joined_before_the_first_day_is_not_late():
    for late in ("onward", "shifted"):
        assert openings(LIBRARY, replace(WEEKLY, late=late)) == openings(LIBRARY, replace(WEEKLY, joined_on=None))


def test_of_exceptions_the_nearest_one_wins():
    one = SECOND.lessons[0].id
    pace = replace(WEEKLY, exceptions={"": START + DAY, SECOND.folder: START + 2 * DAY, one: START + 3 * DAY})
    days = openings(LIBRARY, pace).days
    assert (days[one], days[SECOND.lessons[1].id], days[LAST.lessons[0].id]) == (
        START + 3 * DAY,
        START + 2 * DAY,
        START + DAY,
    )


def test_what_a_learner_has_begun_stays_open_to_them():
    begun = LAST.lessons[0].id
    assert open_ids(WEEKLY, START, {begun}) == [*ids(FIRST), begun]


PACES = st.builds(
    Pace,
    kind=st.sampled_from(["open", "weekly", "dates"]),
    starts_on=st.just(START),
    days=st.dictionaries(
        st.sampled_from([module.folder for module in LIBRARY.modules]), st.dates(START, START + 9 * WEEK)
    ),
    late=st.sampled_from(["onward", "shifted"]),
    joined_on=st.none() | st.dates(START - WEEK, START + 9 * WEEK),
)


@given(PACES, st.dates(START - WEEK, START + 20 * WEEK))
def test_every_lesson_is_offered_once_and_what_is_open_stays_open(pace, today):
    found = openings(LIBRARY, pace)
    assert sorted(lesson.id for lesson in found.order) == sorted(lesson.id for lesson in LIBRARY.lessons)
    assert {lesson.id for lesson in found.open(today)} <= {lesson.id for lesson in found.open(today + DAY)}
    assert (found.next_day(today) is None) == (len(found.open(today)) == len(LIBRARY.lessons))


@given(PACES)
def test_catching_up_never_opens_a_lesson_before_the_group_has_it(pace):
    group, own = openings(LIBRARY, replace(pace, joined_on=None)), openings(LIBRARY, pace)
    assert all(own.days[id] >= day for id, day in group.days.items())


@pytest.mark.parametrize("late", ["onward", "shifted"])
def test_nobody_is_greeted_by_a_lesson_that_is_shut(late):
    joined = START + 4 * WEEK
    assert openings(LIBRARY, replace(WEEKLY, late=late, joined_on=joined)).open(joined)[0].id == (
        ids(LIBRARY.modules[4])[0] if late == "onward" else ids(FIRST)[0]
    )
