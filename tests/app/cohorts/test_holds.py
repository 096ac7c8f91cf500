"""How many seats one visitor can keep from others with addresses that nobody confirms."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.cohorts.actions import release_expired
from app.cohorts.seats import FROM_ONE_PLACE
from app.db import db
from app.models import Attempt, Enrolment
from tests.app.cohorts.signing import enrolment_of, link_in, mails, sound, taken, use_link
from tests.cast import NOON, open_cohort, person

HOME, AWAY = "2001:db8:0:1::7", "2001:db8:0:2::7"


@pytest.fixture
def winter(app):
    return open_cohort("winter", name="Winter", capacity=12)


def sign_up(app, *names, network="127.0.0.1", slug="winter"):
    """What each is answered, in a browser of their own."""
    where = {"REMOTE_ADDR": network}
    return [
        app.test_client().send(f"/cohorts/{slug}", sound(f"{name}@example.org"), environ_base=where) for name in names
    ]


def status(name, cohort):
    return enrolment_of(f"{name}@example.org", cohort).status


def holds():
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Attempt.kind.startswith("seat ")))


def test_one_visitor_holds_three_seats_with_invented_addresses_and_no_more(app, winter):
    answers = sign_up(app, *(f"invented{number}" for number in range(9)))
    assert {(each.status_code, each.location) for each in answers} == {(303, "/cohorts/winter/thanks")}
    assert taken(winter) == FROM_ONE_PLACE == 3
    statuses = db.session.scalars(select(Enrolment.status).order_by(Enrolment.id)).all()
    assert statuses == ["offered"] * 3 + ["waiting"] * 6


def test_another_network_and_another_cohort_have_seats_of_their_own(app, winter):
    spring = open_cohort("spring")
    sign_up(app, "a", "b", "c", "d", network=HOME)
    sign_up(app, "e", network="2001:db8:0:1:ffff::9")
    sign_up(app, "f", network=AWAY)
    sign_up(app, "g", network=HOME, slug="spring")
    assert [status(name, winter) for name in "def"] == ["waiting", "waiting", "offered"]
    assert status("g", spring) == "offered"


def test_a_class_that_confirms_as_it_goes_gets_all_the_seats_from_one_room(app, winter):
    for number in range(12):
        sign_up(app, f"pupil{number}")
        assert use_link(app.test_client(), mails(f"pupil{number}@example.org")[0]).status_code == 303
    assert taken(winter) == 12
    assert set(db.session.scalars(select(Enrolment.status))) == {"confirmed"}
    assert holds() == 0


def test_who_comes_after_the_third_is_told_the_truth_and_gets_a_free_seat_by_confirming(app, winter):
    sign_up(app, "a", "b", "c", "nadia")
    mail = mails("nadia@example.org")[0]
    assert mail.subject == "Confirm your place in line for Winter"
    assert "This address is first on the waiting list for Winter." in mail.body
    assert "All seats" not in mail.body
    use_link(app.test_client(), mail)
    assert status("nadia", winter) == "offered"
    use_link(app.test_client(), mails("nadia@example.org")[1])
    assert status("nadia", winter) == "confirmed"


def test_the_mails_and_the_answers_are_the_same_for_a_known_address_beyond_the_limit(app, winter):
    person("known@example.org")
    sign_up(app, "a", "b", "c")
    known, new = sign_up(app, "known", "unknown")
    assert known.get_data() == new.get_data()
    first, second = (mails(f"{name}@example.org")[0] for name in ("known", "unknown"))
    assert first.subject == second.subject
    assert link_in(first) != link_in(second)
    assert {status("known", winter), status("unknown", winter)} == {"waiting"}


@pytest.mark.parametrize("taken_before", [0, 12], ids=["seats free", "full"])
def test_a_place_asked_for_with_a_known_address_is_offered_nothing_before_its_owner_wants_it(app, at, taken_before):
    cohort = open_cohort("winter", capacity=12, taken=taken_before)
    person("known@example.org")
    sign_up(app, "a", "b", "c", "known")
    at(NOON + timedelta(hours=1))
    cohort.taken = 3
    db.session.commit()
    release_expired(NOON + timedelta(hours=1))
    assert status("known", cohort) == "waiting"
    sign_up(app, "known")
    assert use_link(app.test_client(), mails("known@example.org")[1]).status_code == 303
    assert status("known", cohort) == "offered"


def test_a_place_that_its_owner_never_wanted_is_given_up_after_14_days(app, winter):
    person("known@example.org")
    sign_up(app, "a", "b", "c", "known")
    release_expired(NOON + timedelta(days=14, microseconds=-1))
    assert status("known", winter) == "waiting"
    release_expired(NOON + timedelta(days=14))
    place = enrolment_of("known@example.org", winter)
    assert (place.status, place.ending) == ("withdrawn", "lapsed")


def test_what_was_ticked_for_a_place_that_ended_holds_up_no_later_one(app, winter, browser_of):
    known = person("known@example.org")
    sign_up(app, "a", "b", "c", "known")
    release_expired(NOON + timedelta(days=14))
    winter.taken = 12
    db.session.commit()
    browser_of(known).send("/cohorts/winter", sound("known@example.org"))
    assert status("known", winter) == "waiting"
    winter.taken = 11
    db.session.commit()
    release_expired(NOON)
    assert status("known", winter) == "offered"


def test_a_declined_seat_and_one_that_ran_out_make_room_for_another(app, winter, at):
    sign_up(app, "a", "b", "c")
    path = link_in(mails("a@example.org")[0])
    assert app.test_client().send(f"{path}/decline").status_code == 303
    sign_up(app, "d", "e")
    assert [status(name, winter) for name in "de"] == ["offered", "waiting"]
    at(NOON + timedelta(days=1))
    release_expired(NOON + timedelta(days=1))
    sign_up(app, "f")
    assert status("f", winter) == "offered"


def test_who_is_signed_in_with_the_address_is_not_counted_and_not_held_up(app, winter, browser_of):
    sign_up(app, "a", "b", "c")
    for name in ("ada", "ben"):
        browser_of(person(f"{name}@example.org")).send("/cohorts/winter", sound(f"{name}@example.org"))
    assert [status(name, winter) for name in ("ada", "ben")] == ["offered", "offered"]
    assert holds() == FROM_ONE_PLACE


def test_signing_up_again_counts_no_seat_twice(app, winter):
    for _ in range(4):
        sign_up(app, "a")
    assert holds() == 1
    sign_up(app, "b", "c", "d")
    assert [status(name, winter) for name in "bcd"] == ["offered", "offered", "waiting"]
