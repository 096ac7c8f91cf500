from datetime import timedelta

import pytest
from sqlalchemy import select

from app.access import password_fits
from app.cohorts.welcome_actions import confirm
from app.db import db
from app.models import Person, Session, Token
from tests.app.cohorts.signing import enrolment_of, link_in, mails, sound, taken, token_for
from tests.cast import NOON, enrol, open_cohort, person

ADDRESS = "nadia@example.org"
GOOD = {"password": "four quiet words here"}


@pytest.fixture
def winter(app):
    return open_cohort("winter", name="Winter, evenings")


@pytest.fixture
def link(client, winter):
    """The link that a new visitor was sent."""
    client.send("/cohorts/winter", sound(ADDRESS))
    return link_in(mails()[0])


def known(winter, status="offered", **given):
    """Somebody with a password, and their link."""
    given.setdefault("offered_until", NOON + timedelta(days=1))
    return token_for(enrol(person(ADDRESS), winter, status, **given))


def test_opening_the_link_only_asks(client, winter, link):
    page = client.get(link)
    assert page.status_code == 200
    assert "A seat is held for you" in page.text
    assert "Winter, evenings" in page.text
    assert "25\u00a0November 2026, 13:00 (Europe/Amsterdam)" in page.text
    assert enrolment_of(ADDRESS, winter).status == "offered"
    assert db.session.scalars(select(Token.used_at)).all() == [None]


def test_a_first_password_makes_the_seat_theirs_and_lets_them_in(client, winter, link):
    answer = client.send(link, GOOD)
    assert answer.status_code == 303
    enrolment = enrolment_of(ADDRESS, winter)
    assert (enrolment.status, enrolment.confirmed_at, enrolment.offered_until) == ("confirmed", NOON, None)
    assert enrolment.person.confirmed_at == NOON
    assert enrolment.person.ledger_start == winter.starts_on
    assert password_fits(enrolment.person.password_hash, GOOD["password"])
    assert taken(winter) == 1
    assert len(db.session.scalars(select(Session)).all()) == 1
    assert client.get("/cohorts/winter").text.count("You have a seat") == 1


def test_the_seat_is_welcomed_by_one_mail_however_often_the_link_is_sent(client, winter, link):
    for _ in range(2):
        client.send(link, GOOD)
    welcome = [mail for mail in mails(ADDRESS) if mail.kind == "welcome"]
    assert [mail.subject for mail in welcome] == ["You are in Winter, evenings"]
    assert "The course begins on Sunday 3 January and ends on 7 March 2027. Nine Tuesdays, 19:00." in welcome[0].body


def test_somebody_elses_session_in_the_same_browser_ends(browser_of, winter, link):
    browser = browser_of(person("ada@example.org"))
    assert browser.send(link, GOOD).status_code == 303
    live = select(Person.email).join(Session, Session.person_id == Person.id).where(Session.ended_at.is_(None))
    assert db.session.scalars(live).all() == [ADDRESS]


def test_an_earlier_ledger_keeps_its_start(client, winter):
    link = known(winter)
    enrolled = enrolment_of(ADDRESS, winter)
    enrolled.person.ledger_start = NOON.date()
    db.session.commit()
    client.send(link)
    assert enrolment_of(ADDRESS, winter).person.ledger_start == NOON.date()


@pytest.mark.parametrize(
    "password", ["", "short", "elevenchars", "x" * 129, "Nadia@Example.org"], ids=["none", "5", "11", "129", "address"]
)
def test_a_weak_password_confirms_nothing_and_spends_nothing(client, winter, link, password):
    answer = client.send(link, {"password": password})
    assert answer.status_code == 422
    assert "Nothing is confirmed yet." in answer.text
    assert enrolment_of(ADDRESS, winter).status == "offered"
    assert client.send(link, GOOD).status_code == 303


def test_who_has_a_password_confirms_with_a_button_and_then_signs_in(client, winter):
    link = known(winter)
    page = client.get(link).text
    assert 'type="password"' not in page
    answer = client.send(link)
    assert answer.status_code == 303
    assert "sign" in answer.location
    assert enrolment_of(ADDRESS, winter).status == "confirmed"
    assert db.session.scalars(select(Session)).all() == []


def test_a_link_never_replaces_a_password(client, winter):
    link = known(winter)
    before = enrolment_of(ADDRESS, winter).person.password_hash
    # Also when the password was chosen by another link, after this form had been shown.
    confirmed = confirm(link.rpartition("/")[2], GOOD["password"])
    db.session.commit()
    assert not confirmed.chose_password
    assert enrolment_of(ADDRESS, winter).person.password_hash == before


def test_who_is_signed_in_goes_straight_on(browser_of, winter):
    link = known(winter)
    browser = browser_of(db.session.scalars(select(Person)).one())
    answer = browser.send(link)
    assert answer.status_code == 303
    assert "today" in answer.location


def test_a_place_in_line_is_confirmed_with_its_number_counted_now(client, app):
    full = open_cohort("winter", capacity=1, taken=1)
    enrol(person("first@example.org"), full, "waiting", line=3)
    client.send("/cohorts/winter", sound(ADDRESS))
    link = link_in(mails(ADDRESS)[0])
    assert "You are second in line" in client.get(link).text
    answer = client.send(link, GOOD)
    assert answer.status_code == 303
    enrolment = enrolment_of(ADDRESS, full)
    assert (enrolment.status, enrolment.confirmed_at, enrolment.person.confirmed_at) == ("waiting", None, NOON)
    assert taken(full) == 1


def test_who_confirms_a_place_while_a_seat_is_free_is_offered_it(client, app):
    full = open_cohort("winter", capacity=1, taken=1)
    client.send("/cohorts/winter", sound(ADDRESS))
    full.taken = 0
    db.session.commit()
    client.send(link_in(mails(ADDRESS)[0]), GOOD)
    assert enrolment_of(ADDRESS, full).status == "offered"
    assert mails(ADDRESS)[1].subject == "A seat in Winter is yours to take"


def test_a_link_works_once(client, app, winter, link):
    client.send(link, GOOD)
    for answer in (app.test_client().get(link), app.test_client().send(link, GOOD)):
        assert answer.status_code == 410
        assert "Your seat is confirmed already" in answer.text
        assert "Sign in" in answer.text
    assert taken(winter) == 1


def test_the_other_links_to_a_seat_are_spent_with_it(client, app, winter, link):
    client.send("/cohorts/winter", sound(ADDRESS))
    second = link_in(mails()[1])
    client.send(second, GOOD)
    assert app.test_client().send(link, {"password": "another one altogether"}).status_code == 410
    assert password_fits(enrolment_of(ADDRESS, winter).person.password_hash, GOOD["password"])


def test_a_link_is_good_until_its_last_instant_which_is_not_in_it(client, winter, link, at):
    at(NOON + timedelta(days=1, microseconds=-1))
    assert client.get(link).status_code == 200
    at(NOON + timedelta(days=1))
    for answer in (client.get(link), client.send(link, GOOD)):
        assert answer.status_code == 410
        assert "This link has run out" in answer.text
        assert "/cohorts/winter" in answer.text
    assert enrolment_of(ADDRESS, winter).status == "offered"


def test_the_link_to_a_seat_that_was_given_back_says_so(client, winter):
    link = token_for(enrol(person(ADDRESS), winter, "withdrawn"))
    answer = client.send(link)
    assert answer.status_code == 410
    assert "This seat was given back" in answer.text


@pytest.mark.parametrize("token", ["x", "A" * 43, "A" * 5000, "%00", "%F0%9F%98%80", "..%2f..", "'; DROP TABLE token"])
def test_a_token_we_never_sent_is_answered_kindly(client, app, token):
    for answer in (client.get(f"/welcome/{token}"), client.send(f"/welcome/{token}", GOOD)):
        assert answer.status_code == 404
        assert "500" not in answer.text


def test_a_tampered_token_is_a_foreign_one(client, winter, link):
    answer = client.send(link[:-1] + ("A" if link[-1] != "A" else "B"), GOOD)
    assert answer.status_code == 404
    assert "not one of ours any more" in answer.text
    assert enrolment_of(ADDRESS, winter).status == "offered"


def test_a_token_for_another_purpose_opens_nothing_here(client, winter):
    link = token_for(enrol(person(ADDRESS), winter, "offered", offered_until=NOON), purpose="reset")
    assert client.get(link).status_code == 404


def test_a_link_to_an_account_that_is_switched_off_opens_nothing(client, winter):
    who = person(ADDRESS, disabled_at=NOON)
    link = token_for(enrol(who, winter, "offered", offered_until=NOON + timedelta(days=1)))
    assert client.get(link).status_code == 404
    assert client.send(link).status_code == 404


def test_a_link_without_the_forms_own_token_confirms_nothing(client, winter, link):
    answer = client.send(link, {**GOOD, "csrf_token": "stale"})
    assert answer.status_code == 422
    assert enrolment_of(ADDRESS, winter).status == "offered"


def test_only_its_hash_is_kept_of_a_link(client, winter, link):
    secret = link.rpartition("/")[2]
    assert len(secret) >= 43
    assert secret not in {token.token_hash for token in db.session.scalars(select(Token))}
