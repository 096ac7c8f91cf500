"""Lessons open at their cohort's pace, on the pages of the real course."""

from datetime import timedelta

import pytest

from app.content import library
from app.models import PaceException, Reading
from tests.cast import NOON, TODAY, cohort, enrol, person, save

WEEK = timedelta(days=7)


@pytest.fixture
def weekly(app):
    """A cohort in its second week, a module a week."""
    return cohort("weekly", starts_on=TODAY - WEEK, pace="weekly", late_joiners=True)


@pytest.fixture
def early(weekly):
    return enrol(person("early@example.org"), weekly, confirmed_at=NOON - 2 * WEEK)


@pytest.fixture
def reader(early, browser_of):
    return browser_of(early.person)


def first_of(module):
    """The id of the first lesson of a module, counted from 1."""
    return library().modules[module - 1].lessons[0].id


def test_the_map_says_when_what_is_shut_will_open(reader):
    page = reader.get("/course/").text
    assert f'href="/course/{first_of(2)}"' in page
    assert f'href="/course/{first_of(3)}"' not in page
    assert "opens on Tuesday 1\u00a0December" in page


def test_a_lesson_opens_at_the_first_instant_of_its_day_where_the_cohort_is(reader, at):
    at(NOON.replace(day=30, hour=22, minute=59))
    page = reader.get(f"/course/{first_of(3)}").text
    assert "This opens on Tuesday 1\u00a0December" in page
    assert library().lesson(first_of(3)).claim not in page
    at(NOON.replace(day=30, hour=23, minute=0))
    assert library().lesson(first_of(3)).claim in reader.get(f"/course/{first_of(3)}").text


@pytest.mark.parametrize("action", ["begin", "complete", "note", "plan"])
def test_nothing_can_be_done_in_a_lesson_that_is_shut(reader, action):
    assert reader.send(f"/course/{first_of(3)}/{action}").status_code == 404
    assert reader.send(f"/course/{first_of(2)}/{action}").status_code != 404


def test_what_was_begun_stays_open(reader, early):
    begun = library().lesson(first_of(5))
    save(Reading(enrolment_id=early.id, lesson_id=begun.id, content_hash=begun.content_hash))
    assert begun.claim in reader.get(f"/course/{begun.id}").text
    assert f'href="/course/{begun.id}"' in reader.get("/course/").text
    assert reader.send(f"/course/{begun.id}/note", {"text": "Mine", "version": 0}).status_code == 303


def test_an_exception_opens_a_lesson_for_one_learner_only(reader, early, weekly, browser_of):
    save(PaceException(enrolment_id=early.id, what=library().modules[2].folder, opens_on=TODAY, reason="Away later"))
    lesson = library().lesson(first_of(3))
    assert lesson.claim in reader.get(f"/course/{lesson.id}").text
    assert f'href="/course/{lesson.id}"' in reader.get("/course/").text
    other = browser_of(enrol(person("other@example.org"), weekly, confirmed_at=NOON - 2 * WEEK).person)
    assert "This opens on" in other.get(f"/course/{lesson.id}").text


@pytest.mark.parametrize(("late", "module"), [("onward", 2), ("shifted", 1)])
def test_a_late_joiner_is_led_on_by_the_cohorts_policy_and_nothing_is_overdue(weekly, browser_of, late, module):
    weekly.late_pace = late
    save(weekly)
    late_joiner = enrol(person("late@example.org"), weekly, confirmed_at=NOON)
    browser = browser_of(late_joiner.person)
    browser.send("/self-assessment/", {})
    page = browser.get("/today").text
    assert "Nothing you have is late." in page
    assert "overdue" not in page.lower()
    shut = browser.get(f"/course/{first_of(2)}").text
    assert ("This opens on Tuesday 1\u00a0December" in shut) == (late == "shifted")
    assert library().modules[module - 1].lessons[0].claim in browser.get(f"/course/{first_of(module)}").text


def test_search_and_the_sheets_keep_shut_what_the_lessons_do(reader):
    assert "This opens on Tuesday 1\u00a0December" in reader.get("/course/module/3").text
    assert library().lesson(first_of(1)).title in reader.get("/course/module/1").text
    found = reader.get("/course/search?q=" + library().lesson(first_of(9)).title.split()[0]).text
    assert f'href="/course/{first_of(9)}' not in found


def test_before_the_first_day_only_the_free_lesson_is_open(weekly, browser_of, at):
    soon = cohort("soon", starts_on=TODAY + WEEK, ends_on=TODAY + 10 * WEEK, pace="weekly")
    browser = browser_of(enrol(person("keen@example.org"), soon).person)
    page = browser.get("/course/").text
    assert f'href="/course/{library().free.id}"' in page
    assert f'href="/course/{first_of(2)}"' not in page
    assert browser.get("/today").status_code == 200


@pytest.mark.parametrize("address", ["/today", "/course/", "/course/search?q=listen", "/course/module/1"])
def test_a_pace_costs_no_page_a_fifth_question(reader, early, queries, address):
    save(PaceException(enrolment_id=early.id, opens_on=TODAY, reason="Away"))
    for where in (address, f"/course/{first_of(2)}"):
        reader.get(where)
        queries.clear()
        assert reader.get(where).status_code == 200
        assert len(queries) <= 4
