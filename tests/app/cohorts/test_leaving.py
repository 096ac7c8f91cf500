from datetime import timedelta

import pytest

from app.access import SESSION_KEY, load
from tests.app.cohorts.signing import enrolment_of, mails, sound, taken
from tests.cast import NOON, cohort, enrol, open_cohort, person


@pytest.fixture
def winter(app):
    made = open_cohort("winter", capacity=1)
    enrol(person("ada@example.org"), made)
    enrol(person("ben@example.org"), made, "waiting", line=1)
    enrol(person("cleo@example.org"), made, "waiting", line=2)
    return made


def browser(browser_of, winter, name):
    return browser_of(enrolment_of(f"{name}@example.org", winter).person)


def test_a_seat_that_is_given_up_is_offered_to_the_next(browser_of, winter):
    ada = browser(browser_of, winter, "ada")
    answer = ada.send("/cohorts/winter/leave")
    assert (answer.status_code, answer.location) == (303, "/cohorts/winter")
    gone = enrolment_of("ada@example.org", winter)
    assert (gone.status, gone.ended_at) == ("withdrawn", NOON)
    assert enrolment_of("ben@example.org", winter).status == "offered"
    assert taken(winter) == 1
    assert [mail.recipient for mail in mails()] == ["ben@example.org"]
    assert "You have given it up." in ada.get("/cohorts/winter").text


def test_who_leaves_the_line_frees_no_seat_and_those_behind_move_up(browser_of, winter):
    browser(browser_of, winter, "ben").send("/cohorts/winter/leave")
    assert taken(winter) == 1
    assert mails() == []
    assert "You are first in line" in browser(browser_of, winter, "cleo").get("/cohorts/winter").text


def test_an_offer_can_be_declined(browser_of, winter):
    browser(browser_of, winter, "ada").send("/cohorts/winter/leave")
    browser(browser_of, winter, "ben").send("/cohorts/winter/leave")
    assert enrolment_of("cleo@example.org", winter).status == "offered"
    assert taken(winter) == 1


def test_leaving_twice_frees_one_seat(browser_of, winter):
    ada = browser(browser_of, winter, "ada")
    ada.send("/cohorts/winter/leave")
    assert ada.send("/cohorts/winter/leave").status_code == 404
    assert taken(winter) == 1


def test_who_left_a_seat_reads_on_also_while_they_wait_for_another(browser_of, winter, client):
    ada = browser(browser_of, winter, "ada")
    ada.send("/cohorts/winter/leave")
    client.send("/cohorts/winter", sound("ada@example.org"))
    assert enrolment_of("ada@example.org", winter).status == "waiting"
    assert learns(ada, winter)


def learns(reader, where):
    """Whether somebody is a learner to the guard: their navigation has a course."""
    return 'aria-label="Main"' in reader.get(f"/cohorts/{where.slug}").text


def test_a_place_in_line_an_offer_and_a_lapsed_one_open_no_course(browser_of, winter):
    ben = browser(browser_of, winter, "ben")
    assert not learns(ben, winter)
    browser(browser_of, winter, "ada").send("/cohorts/winter/leave")
    assert not learns(ben, winter)
    ben.send("/cohorts/winter/leave")
    assert enrolment_of("ben@example.org", winter).status == "withdrawn"
    assert not learns(ben, winter)


def test_the_course_that_runs_comes_before_one_that_is_completed(browser_of, app):
    ada = person("ada@example.org")
    done, runs = cohort("done", starts_on=NOON.date() + timedelta(days=1)), cohort("runs")
    enrol(ada, done, "completed", confirmed_at=NOON)
    enrol(ada, runs)
    reader = browser_of(ada)
    with reader.session_transaction() as kept:
        signed_in = load(kept[SESSION_KEY])
    assert signed_in.cohort.id == runs.id


def test_nobody_leaves_what_they_are_not_in(browser_of, winter):
    stranger = browser_of(person("dora@example.org"))
    assert stranger.send("/cohorts/winter/leave").status_code == 404
    assert stranger.send("/cohorts/nowhere/leave").status_code == 404
    assert taken(winter) == 1


def test_a_course_that_is_over_is_not_left(browser_of, app):
    over = cohort("over", ends_on=NOON.date() - timedelta(days=1))
    ada = person("ada@example.org")
    enrol(ada, over)
    assert browser_of(ada).send("/cohorts/over/leave").status_code == 404
    assert taken(over) == 1


def test_a_visitor_is_asked_to_sign_in_and_a_page_without_its_token_is_refused(client, browser_of, winter):
    assert client.send("/cohorts/winter/leave").status_code == 302
    ada = browser(browser_of, winter, "ada")
    assert ada.post("/cohorts/winter/leave").status_code == 400
    assert ada.get("/cohorts/winter/leave").status_code == 405
    assert enrolment_of("ada@example.org", winter).status == "confirmed"
