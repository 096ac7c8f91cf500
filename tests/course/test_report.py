from dataclasses import replace
from datetime import date, timedelta

import pytest

from course.report import Column, Learner, headline, progress, state_of
from course.share import Share

TODAY = date(2026, 11, 23)
FIRST, SECOND, THIRD = (Column(f"lesson-{n}", f"1.{n}", f"hash-{n}") for n in (1, 2, 3))
COURSE = (FIRST, SECOND, THIRD)
ADA = Learner(id=1, name="Ada", joined=TODAY, read={}, practised=frozenset(), connecting=0, rated=0)


def ago(days):
    return TODAY - timedelta(days=days)


def read(*lessons, old=()):
    return {lesson.id: "an older hash" if lesson in old else lesson.hash for lesson in lessons}


# The grid


def test_a_lesson_neither_read_nor_practised_is_none():
    assert state_of(FIRST, ADA) == "none"


def test_a_lesson_read_as_it_stands_is_read_and_one_edited_since_is_updated():
    learner = replace(ADA, read=read(FIRST, SECOND, old=[SECOND]))
    assert [state_of(lesson, learner) for lesson in COURSE] == ["read", "updated", "none"]


def test_what_was_practised_stays_practised_when_the_text_changes():
    assert state_of(FIRST, replace(ADA, read=read(FIRST, old=[FIRST]), practised=frozenset([FIRST.id]))) == "practised"


def test_a_lesson_practised_without_being_read_is_practised_and_not_counted_as_read():
    (row,) = progress(COURSE, [replace(ADA, practised=frozenset([SECOND.id]))]).rows
    assert row.cells == ("none", "practised", "none")
    assert (row.read, row.practised) == (0, 1)


def test_reading_does_not_drop_when_a_lesson_is_updated():
    (row,) = progress(COURSE, [replace(ADA, read=read(FIRST, SECOND, old=[FIRST]))]).rows
    assert (row.read, row.updated, row.practised) == (2, 1, 0)


def test_a_lesson_that_left_the_course_is_not_counted():
    gone = Column("gone", "0.9", "hash")
    (row,) = progress(COURSE, [replace(ADA, read=read(gone, FIRST), practised=frozenset(["gone"]))]).rows
    assert (row.read, row.practised, len(row.cells)) == (1, 0, 3)


def test_learners_stand_by_name_never_by_rank():
    best = replace(ADA, id=2, name="zoe", practised=frozenset([FIRST.id]))
    rows = progress(COURSE, [best, replace(ADA, id=4), replace(ADA, id=3, name="ben"), ADA]).rows
    assert [(row.learner.name, row.learner.id) for row in rows] == [("Ada", 1), ("Ada", 4), ("ben", 3), ("zoe", 2)]


def test_the_connecting_rate_of_a_cohort_is_of_all_entries_and_not_a_mean_of_rates():
    grid = progress(COURSE, [replace(ADA, connecting=1, rated=1), replace(ADA, id=2, connecting=0, rated=9)])
    assert [row.connecting for row in grid.rows] == [Share(1, 1), Share(0, 9)]
    assert grid.connecting == Share(1, 10)


def test_a_cohort_without_learners_has_columns_and_no_rate():
    grid = progress(COURSE, [])
    assert (grid.columns, grid.rows, grid.connecting.value) == (COURSE, (), None)


# The title


def test_the_title_says_how_many_practised_in_seven_days():
    assert headline([*[ago(1)] * 8, *[ago(20)] * 3, None], TODAY) == "Eight of twelve practised in the last seven days"


def test_an_entry_six_days_old_is_of_the_last_seven_and_one_seven_days_old_is_not():
    assert headline([ago(6), ago(7)], TODAY) == "One of two practised in the last seven days"


@pytest.mark.parametrize(
    ("last_entries", "title"),
    [
        ([], "No learners yet"),
        ([None, ago(30)], "Nobody practised in the last seven days"),
        ([ago(0), ago(1), ago(2)], "All three practised in the last seven days"),
        ([ago(0)], "One of one practised in the last seven days"),
        ([ago(-1)], "Nobody practised in the last seven days"),
    ],
    ids=["nobody enrolled", "none", "all", "one alone", "an entry dated tomorrow"],
)
def test_the_title_is_said_plainly_at_the_ends(last_entries, title):
    assert headline(last_entries, TODAY) == title
