from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.cohorts.actions import release_expired
from app.db import db
from app.models import Change, Consent, Enrolment
from tests.app.cohorts.signing import enrolment_of, mails, sound, taken, use_link
from tests.cast import NOON, TODAY, enrol, open_cohort, person, save

DAY = clock.DAY
BEGINS = NOON + 40 * DAY


@pytest.fixture
def spring(app):
    return open_cohort("spring", starts_on=TODAY + timedelta(days=100), ends_on=TODAY + timedelta(days=160), capacity=1)


@pytest.fixture
def winter(spring):
    """A full cohort that begins in forty days, and the one after it."""
    return open_cohort("winter", capacity=1, taken=1, next_id=spring.id)


def waits(name, cohort, line, **given):
    return enrol(person(f"{name}@example.org"), cohort, "waiting", line=line, **given)


def test_who_agreed_goes_on_to_the_next_cohort_in_their_order_when_the_first_begins(winter, spring, at):
    first, second = waits("first", winter, 3, rolls_over=True), waits("second", winter, 7, rolls_over=True)
    waits("third", winter, 8)
    at(BEGINS - DAY)
    release_expired(BEGINS - DAY)
    assert taken(spring) == 0
    at(BEGINS)
    release_expired(BEGINS)
    assert enrolment_of("first@example.org", spring).status == "offered"
    assert enrolment_of("second@example.org", spring).status == "waiting"
    assert taken(spring) == 1
    ended = select(Enrolment.status, Enrolment.ending).where(Enrolment.cohort_id == winter.id)
    rows = db.session.execute(ended.order_by(Enrolment.id)).all()
    assert rows == [("withdrawn", "rolled over"), ("withdrawn", "rolled over"), ("waiting", None)]
    changes = db.session.execute(select(Change.enrolment_id, Change.what, Change.why).order_by(Change.id)).all()
    assert changes == [(first.id, "rolled over", "Spring"), (second.id, "rolled over", "Spring")]
    assert mails("first@example.org")[0].subject == "A seat in Spring is yours to take"
    assert mails("second@example.org")[0].subject == "You are first in line for Spring"
    before = len(mails())
    release_expired(BEGINS)
    assert len(mails()) == before


def test_who_has_a_place_there_already_keeps_that_one(winter, spring, at):
    place = waits("first", winter, 1, rolls_over=True)
    enrol(place.person, spring)
    at(BEGINS)
    release_expired(BEGINS)
    assert enrolment_of("first@example.org", spring).status == "confirmed"
    assert taken(spring) == 1


def test_nobody_goes_on_to_a_cohort_that_was_called_off(winter, spring, at):
    waits("first", winter, 1, rolls_over=True)
    spring.archived_at = NOON
    save(spring)
    at(BEGINS)
    release_expired(BEGINS)
    assert enrolment_of("first@example.org", winter).status == "waiting"


def test_the_question_is_asked_of_those_who_wait_and_what_was_answered_is_kept(winter, client, app):
    page = client.get("/cohorts/winter").text
    assert "If no seat falls free, take my name and my place to the next cohort." in page
    assert 'href="/cohorts/spring"' in page
    client.send("/cohorts/winter", sound("yes@example.org", roll_over="y"))
    client.send("/cohorts/winter", sound("no@example.org"))
    for name in ("yes", "no"):
        use_link(app.test_client(), mails(f"{name}@example.org")[0])
    assert enrolment_of("yes@example.org", winter).rolls_over
    assert not enrolment_of("no@example.org", winter).rolls_over
    assert db.session.scalars(select(Consent.given).where(Consent.kind == "roll-over")).all() == [True]


@pytest.mark.parametrize("known", [True, False])
def test_nobody_goes_on_before_the_owner_of_the_address_has_said_so(winter, spring, client, at, known):
    if known:
        person("nadia@example.org")
    client.send("/cohorts/winter", sound(roll_over="y"))
    assert not enrolment_of("nadia@example.org", winter).rolls_over
    at(BEGINS)
    release_expired(BEGINS)
    assert not db.session.scalars(select(Enrolment).where(Enrolment.cohort_id == spring.id)).all()
    assert not db.session.scalars(select(Consent)).all()


def test_who_is_known_and_says_yes_by_the_link_goes_on(winter, spring, client, at):
    person("nadia@example.org")
    client.send("/cohorts/winter", sound(roll_over="y"))
    assert use_link(client, mails()[0]).status_code == 303
    at(BEGINS)
    release_expired(BEGINS)
    assert enrolment_of("nadia@example.org", spring).status == "offered"


def test_the_answer_can_be_changed_and_every_answer_stays(winter, browser_of):
    place = waits("ada", winter, 1)
    browser = browser_of(place.person)
    assert "Go on to Spring if no seat falls free" in browser.get("/cohorts/winter").text
    browser.send("/cohorts/winter/roll-over", {"wanted": "y"})
    assert "your place goes on to Spring" in browser.get("/cohorts/winter").text
    browser.send("/cohorts/winter/roll-over", {"wanted": "y"})
    browser.send("/cohorts/winter/roll-over", {"wanted": ""})
    assert not enrolment_of("ada@example.org", winter).rolls_over
    assert db.session.scalars(select(Consent.given).order_by(Consent.id)).all() == [True, False]


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        ("lapsed", "Your offer has run out"),
        ("declined", "You declined the seat"),
        ("left", "You gave up your place"),
        ("withdrawn", "Your trainer has ended your place"),
        ("rolled over", "Your place went on to the next cohort"),
    ],
)
def test_who_has_a_place_no_more_reads_how_it_ended(winter, browser_of, ending, words):
    place = enrol(person("ada@example.org"), winter, "withdrawn", ending=ending, ended_at=NOON)
    page = browser_of(place.person).get("/cohorts/winter").text
    assert words in page
    assert 'name="email"' in page


def test_an_offer_stands_as_long_as_the_trainer_says(app, at):
    full = open_cohort("full", capacity=1, offer_hours=6)
    waits("next", full, 1)
    release_expired(NOON)
    offered = enrolment_of("next@example.org", full)
    assert offered.offered_until == NOON + timedelta(hours=6)
    at(NOON + timedelta(hours=6))
    release_expired(NOON + timedelta(hours=6))
    assert enrolment_of("next@example.org", full).ending == "lapsed"
