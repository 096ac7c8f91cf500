import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.app.cohorts.signing import mails, sound, taken
from tests.cast import NOON, enrol, open_cohort, person

INSTANT = timedelta(microseconds=1)
OPENS = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
CLOSES = datetime(2027, 1, 10, 22, 59, tzinfo=UTC)
# Midnight in Amsterdam.
BEGINS = datetime(2027, 1, 11, 23, 0, tzinfo=UTC)
ENDS = datetime(2027, 3, 16, 23, 0, tzinfo=UTC)
FACTS = {"opens_at": OPENS, "closes_at": CLOSES, "starts_on": date(2027, 1, 12), "ends_on": date(2027, 3, 16)}
LATE = {"late_joiners": True, "closes_at": datetime(2027, 3, 1, tzinfo=UTC)}
FULL = {"capacity": 12, "taken": 12}

NOT_YET, OPEN, FULL_UP = "Sign-up has not opened yet", "Twelve seats left", "All twelve seats are taken"
CLOSED, RUNNING, OVER = (
    "Sign-up has closed",
    "The course is under way and takes nobody new",
    "This cohort is over",
)
JOIN = "The course has begun, and you can still join: twelve seats left"
JOIN_LINE = "The course has begun, and all twelve seats are taken"
ALL = {NOT_YET, CLOSED, RUNNING, OVER, JOIN, JOIN_LINE}

CHANGES = [
    ({}, OPENS, NOT_YET, OPEN),
    (FULL, OPENS, NOT_YET, FULL_UP),
    ({}, CLOSES, OPEN, CLOSED),
    (FULL, CLOSES, FULL_UP, CLOSED),
    ({}, BEGINS, CLOSED, RUNNING),
    ({"closes_at": ENDS}, BEGINS, OPEN, RUNNING),
    (LATE, BEGINS, OPEN, JOIN),
    ({**LATE, **FULL}, BEGINS, FULL_UP, JOIN_LINE),
    (LATE, LATE["closes_at"], JOIN, RUNNING),
    ({}, ENDS, RUNNING, OVER),
]


@pytest.mark.parametrize(("facts", "instant", "before", "after"), CHANGES)
def test_the_page_says_what_is_true_on_either_side_of_every_boundary(client, app, at, facts, instant, before, after):
    open_cohort("winter", **{**FACTS, **facts})
    for moment, words in ((instant - INSTANT, before), (instant, after)):
        at(moment)
        page = client.get("/cohorts/winter").text
        assert words in page
        assert not [other for other in ALL - {words} if other in page]
        admits = words in {OPEN, FULL_UP, JOIN, JOIN_LINE}
        assert ('name="email"' in page) == admits


@pytest.mark.parametrize(("facts", "instant", "before", "after"), CHANGES)
def test_a_form_sent_at_a_boundary_is_judged_by_that_instant(client, app, at, facts, instant, before, after):
    winter = open_cohort("winter", **{**FACTS, **facts})
    had = taken(winter)
    for number, (moment, words) in enumerate(((instant - INSTANT, before), (instant, after))):
        at(moment)
        answer = client.send("/cohorts/winter", sound(f"p{number}@example.org"))
        admits = words in {OPEN, FULL_UP, JOIN, JOIN_LINE}
        assert answer.status_code == (303 if admits else 409)
        if not admits:
            assert words in answer.text
        assert len(mails(f"p{number}@example.org")) == admits
    assert taken(winter) >= had


@pytest.mark.parametrize(("zone", "day"), [("Africa/Cairo", date(2026, 4, 24)), ("America/Santiago", date(2026, 9, 6))])
def test_on_a_first_day_without_a_midnight_either_notice_or_form_is_shown(client, app, at, zone, day):
    first = datetime(day.year, day.month, day.day, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert (first - INSTANT).astimezone(ZoneInfo(zone)).date() == day - timedelta(days=1)
    open_cohort("winter", **{**FACTS, "opens_at": first - timedelta(days=9), "closes_at": first + timedelta(days=9)})
    winter = {"time_zone": zone, "starts_on": day, "ends_on": day + timedelta(days=63)}
    open_cohort("there", opens_at=first - timedelta(days=9), closes_at=first + timedelta(days=9), **winter)
    at(first - INSTANT)
    assert OPEN in client.get("/cohorts/there").text
    at(first)
    assert RUNNING in client.get("/cohorts/there").text


def test_instants_are_on_the_cohorts_clocks_with_their_name_and_readable_by_a_script(client, app):
    open_cohort("lima", time_zone="America/Lima", closes_at=datetime(2026, 12, 2, 4, 59, tzinfo=UTC))
    page = client.get("/cohorts/lima").text
    assert (
        '<time datetime="2026-12-02T04:59:00+00:00" data-zone="America/Lima">1\u00a0December 2026, 23:59</time>' in page
    )
    assert "in Lima" in page
    assert "America/Lima" in page


def test_the_line_is_counted_and_the_next_place_named(client, app):
    full = open_cohort("full", capacity=12, taken=12)
    for line in range(1, 5):
        enrol(person(f"p{line}@example.org"), full, "waiting", line=line)
    page = client.get("/cohorts/full").text
    assert "Four people wait. You would be <b>fifth</b>." in page
    assert "Join the waiting list" in page


def test_an_empty_line_says_who_would_be_first(client, app):
    open_cohort("full", capacity=1, taken=1)
    page = client.get("/cohorts/full").text
    assert "The one seat is taken" in page
    assert "Nobody waits yet. You would be <b>first</b>." in page


def test_the_question_about_time_carries_the_courses_own_dates(client, app):
    open_cohort("winter", starts_on=date(2027, 1, 12), ends_on=date(2027, 3, 16))
    page = client.get("/cohorts/winter").text
    assert "What should be different when the course is over?" in page
    assert "two hours a week until 16 March" in page
    assert "12\u00a0January to 16\u00a0March 2027" in page


def test_a_free_course_says_so(client, app):
    open_cohort("gift", price=0)
    page = client.get("/cohorts/gift").text
    assert "Free" in page
    assert "invoiced" not in page


STANDINGS = [
    ("confirmed", {}, "You have a seat", "Give up my seat"),
    ("waiting", {"line": 3}, "You are first in line", "Give up my place in line"),
    ("offered", {"offered_until": NOON + timedelta(days=2)}, "A seat is held for you", "Give up my seat"),
    ("completed", {}, "You completed this cohort", None),
]


@pytest.mark.parametrize(("status", "facts", "words", "button"), STANDINGS)
def test_who_has_a_place_reads_where_they_stand(browser_of, app, status, facts, words, button):
    winter = open_cohort("winter")
    ada = person("ada@example.org")
    enrol(ada, winter, status, **facts)
    page = browser_of(ada).get("/cohorts/winter").text
    assert words in page
    assert ("Give up my" in page) == bool(button)
    assert button is None or button in page
    assert ('name="email"' in page) == (status == "offered")


def test_the_places_of_others_are_nobodys_to_read(browser_of, app):
    winter = open_cohort("winter")
    enrol(person("ada@example.org", name="Canary"), winter)
    page = browser_of(person("ben@example.org")).get("/cohorts/winter").text
    assert "You have a seat" not in page
    assert "Canary" not in page


def carried(page):
    """What the page's form carries: its token, and its key."""
    return re.search(
        r'name="csrf_token" type="hidden" value="([^"]+)"><input name="once" type="hidden" value="([^"]+)"', page.text
    )


def test_visitors_share_a_page_and_nothing_that_their_forms_carry(app, at):
    open_cohort("winter", **FACTS)
    at(OPENS)
    first, second = (app.test_client().get("/cohorts/winter") for _ in range(2))
    mine, other = carried(first), carried(second)
    assert mine[1] != other[1]
    assert mine[2] != other[2]
    assert first.text.replace(mine[0], "") == second.text.replace(other[0], "")
    assert "<!--" not in first.text


def test_what_was_said_to_one_visitor_is_said_to_nobody_else(client, app, at):
    open_cohort("winter", **FACTS)
    at(OPENS)
    for _ in range(2):
        with client.session_transaction() as session:
            session["_flashes"] = [("message", "Only for you")]
        assert "Only for you" in client.get("/cohorts/winter").text
        assert "Only for you" not in app.test_client().get("/cohorts/winter").text


def test_a_page_without_a_form_sets_no_cookie(client, app, at):
    open_cohort("winter", **FACTS)
    at(ENDS)
    assert "Set-Cookie" not in client.get("/cohorts/winter").headers
