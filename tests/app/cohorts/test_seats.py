from datetime import timedelta

import pytest
from sqlalchemy import select

from app.cohorts.actions import release_expired
from app.db import db
from app.models import Consent, Enrolment, Mail, Person, Token
from tests.app.cohorts.signing import enrolment_of, link_in, mails, sound, taken, token_for
from tests.cast import NOON, enrol, open_cohort, person

DAY = timedelta(days=1)
TWO_DAYS = timedelta(days=2)


@pytest.fixture
def full(app):
    """Three seats: two confirmed, one held until tomorrow by somebody we know. Two wait."""
    cohort = open_cohort("full", name="Full", capacity=3)
    enrol(person("in1@example.org"), cohort)
    enrol(person("in2@example.org"), cohort)
    enrol(person("held@example.org"), cohort, "offered", offered_until=NOON + DAY)
    enrol(person("next@example.org"), cohort, "waiting", line=4)
    enrol(person("then@example.org"), cohort, "waiting", line=9)
    return cohort


def statuses(cohort):
    db.session.rollback()
    asked = select(Person.email, Enrolment.status).join(Enrolment).where(Enrolment.cohort_id == cohort.id)
    return {email.partition("@")[0]: status for email, status in db.session.execute(asked)}


def test_a_seat_is_held_up_to_its_last_instant(full):
    assert release_expired(NOON + DAY - timedelta(microseconds=1)) == 0
    assert statuses(full)["held"] == "offered"


def test_a_seat_that_was_not_taken_in_time_is_offered_to_the_next_for_48_hours(full, at, client):
    at(NOON + DAY)
    assert release_expired(NOON + DAY) == 1
    assert statuses(full) | {"held": "withdrawn", "next": "offered", "then": "waiting"} == statuses(full)
    offered = enrolment_of("next@example.org", full)
    assert (offered.offered_until, offered.line) == (NOON + DAY + TWO_DAYS, 4)
    assert enrolment_of("held@example.org", full).ended_at == NOON + DAY
    assert taken(full) == 3
    mail = mails("next@example.org")[0]
    assert mail.subject == "A seat in Full is yours to take"
    assert "until 27 November 2026, 13:00 (Europe/Amsterdam)" in mail.body
    assert client.send(link_in(mail)).status_code == 303
    assert statuses(full)["next"] == "confirmed"


def test_releasing_twice_at_one_instant_frees_and_offers_once(full):
    assert [release_expired(NOON + DAY), release_expired(NOON + DAY)] == [1, 0]
    assert len(mails()) == 1
    assert taken(full) == 3


def test_an_offer_that_lapses_goes_to_the_one_after(full):
    release_expired(NOON + DAY)
    assert release_expired(NOON + DAY + TWO_DAYS) == 1
    assert statuses(full)["next"] == "withdrawn"
    assert statuses(full)["then"] == "offered"
    assert release_expired(NOON + DAY + 2 * TWO_DAYS) == 1
    assert taken(full) == 2


def test_what_the_worker_did_is_committed(full):
    release_expired(NOON + DAY)
    db.session.rollback()
    assert statuses(full)["held"] == "withdrawn"


def test_nothing_is_offered_once_a_course_without_late_joiners_has_begun(full):
    later = NOON + timedelta(days=41)
    assert release_expired(later) == 1
    assert statuses(full)["next"] == "waiting"
    assert taken(full) == 2
    assert mails() == []


def test_a_course_with_late_joiners_offers_seats_until_it_ends(full):
    full.late_joiners = True
    db.session.commit()
    release_expired(NOON + timedelta(days=41))
    assert statuses(full)["next"] == "offered"


def test_more_seats_reach_those_who_wait_in_their_order(full):
    full.capacity = 4
    db.session.commit()
    assert release_expired(NOON) == 0
    assert (statuses(full)["next"], statuses(full)["then"], taken(full)) == ("offered", "waiting", 4)
    full.capacity = 9
    db.session.commit()
    release_expired(NOON)
    assert (statuses(full)["then"], taken(full)) == ("offered", 5)


@pytest.mark.parametrize("unfit", [{"confirmed_at": None}, {"disabled_at": NOON}], ids=["unconfirmed", "switched off"])
def test_a_free_seat_passes_by_who_can_not_take_it_and_their_place_stays(full, unfit):
    ahead = enrol(person("ahead@example.org", **unfit), full, "waiting", line=1)
    token_for(ahead, days=9)
    release_expired(NOON + DAY)
    assert (statuses(full)["ahead"], statuses(full)["next"]) == ("waiting", "offered")


def test_an_address_that_nobody_confirmed_is_forgotten_with_its_seat(client, app):
    winter = open_cohort("winter")
    client.send("/cohorts/winter", sound())
    link = link_in(mails()[0])
    assert release_expired(NOON + DAY) == 1
    assert taken(winter) == 0
    for model in (Person, Enrolment, Consent, Token, Mail):
        assert db.session.scalars(select(model)).all() == []
    answer = client.get(link)
    assert answer.status_code == 404


def test_a_place_that_nobody_confirmed_is_forgotten_after_14_days(client, app):
    full = open_cohort("full", capacity=1, taken=1)
    client.send("/cohorts/full", sound())
    release_expired(NOON + 14 * DAY - timedelta(microseconds=1))
    assert statuses(full) == {"nadia": "waiting"}
    release_expired(NOON + 14 * DAY)
    assert db.session.scalars(select(Person)).all() == []
    assert taken(full) == 1


def test_an_address_with_something_else_here_is_not_forgotten(client, app):
    open_cohort("winter")
    full = open_cohort("full", capacity=1, taken=1)
    client.send("/cohorts/winter", sound())
    client.send("/cohorts/full", sound())
    release_expired(NOON + DAY)
    assert statuses(full) == {"nadia": "waiting"}


def test_who_signs_up_after_their_hold_ran_out_gets_a_new_one_though_no_worker_came_by(client, app, at):
    winter = open_cohort("winter", capacity=1)
    client.send("/cohorts/winter", sound())
    at(NOON + DAY)
    client.send("/cohorts/winter", sound())
    assert enrolment_of("nadia@example.org", winter).offered_until == NOON + 2 * DAY
    assert taken(winter) == 1


def test_a_seat_that_ran_out_goes_to_the_line_before_it_goes_to_who_comes_new(full, client, at):
    at(NOON + DAY)
    client.send("/cohorts/full", sound())
    assert (statuses(full)["next"], statuses(full)["nadia"]) == ("offered", "waiting")
    assert enrolment_of("nadia@example.org", full).line == 10


def test_no_seat_is_given_back_below_none(app):
    cohort = open_cohort("odd")
    enrol(person("held@example.org"), cohort, "offered", offered_until=NOON)
    cohort.taken = 0
    db.session.commit()
    assert release_expired(NOON) == 1
    assert taken(cohort) == 0


def test_each_cohort_is_settled_by_itself(full):
    other = open_cohort("other", capacity=1)
    enrol(person("else@example.org"), other, "offered", offered_until=NOON + DAY)
    assert release_expired(NOON + DAY) == 2
    assert (taken(full), taken(other)) == (3, 0)
