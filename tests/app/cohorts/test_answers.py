"""Whoever has the address: the page answers the same, the mail tells its owner the truth."""

import re
from collections import Counter

import pytest
from sqlalchemy import func, select

from app.db import db
from app.models import Attempt, Consent, Enrolment, Person
from tests.app.cohorts.signing import enrolment_of, link_in, mails, sound, taken, token_for
from tests.cast import NOON, enrol, open_cohort, person

ADDRESS = "nadia@example.org"
EVENING = NOON.replace(hour=18)


def nobody(winter):
    """No such address here."""


def somebody(winter):
    person(ADDRESS)


def unconfirmed(winter):
    enrol(
        person(ADDRESS, confirmed_at=None, password_hash=None), winter, "offered", offered_until=NOON.replace(hour=18)
    )


def offered(winter):
    enrol(person(ADDRESS), winter, "offered", offered_until=EVENING)


def confirmed(winter):
    enrol(person(ADDRESS), winter)


def waiting(winter):
    winter.taken = winter.capacity
    enrol(person(ADDRESS), winter, "waiting", line=9)


def waiting_unconfirmed(winter):
    winter.taken = winter.capacity
    enrol(person(ADDRESS, confirmed_at=None, password_hash=None), winter, "waiting", line=9)
    # With a link that can still confirm the place: else it is given up.
    token_for(enrolment_of(ADDRESS, winter), days=3)


def withdrawn(winter):
    enrol(person(ADDRESS), winter, "withdrawn", confirmed_at=NOON, ended_at=NOON)


def completed(winter):
    enrol(person(ADDRESS), winter, "completed", confirmed_at=NOON)


def disabled(winter):
    person(ADDRESS, disabled_at=NOON)


def trainer(winter):
    person(ADDRESS, is_trainer=True)


EVERYBODY = [
    nobody,
    somebody,
    unconfirmed,
    offered,
    confirmed,
    waiting,
    waiting_unconfirmed,
    withdrawn,
    completed,
    disabled,
    trainer,
]


def sign_up(client):
    answer = client.send("/cohorts/winter", sound(ADDRESS))
    return answer.status_code, answer.location, answer.get_data(), client.get(answer.location).get_data()


@pytest.mark.parametrize("held", [4, 9], ids=["seats free", "full"])
@pytest.mark.parametrize("who", EVERYBODY)
def test_the_answer_is_the_same_to_the_byte_whoever_has_the_address(client, app, who, held):
    winter = open_cohort("winter", capacity=9, taken=held)
    plain = app.test_client()
    expected = plain.send("/cohorts/winter", sound("nobody-at-all@example.org"))
    page = plain.get(expected.location).get_data()
    who(winter)
    status, location, body, thanks = sign_up(client)
    assert (status, location, body) == (expected.status_code, expected.location, expected.get_data())
    assert thanks == page.replace(b"nobody-at-all@example.org", ADDRESS.encode())
    assert len(mails(ADDRESS)) == 1


@pytest.mark.parametrize("held", [4, 9], ids=["seats free", "full"])
@pytest.mark.parametrize("who", EVERYBODY)
def test_the_answer_takes_the_same_work_whoever_has_the_address(client, app, queries, who, held):
    """Statement by statement, what is read and what is written. What is done for nothing leaves nothing."""
    winter = open_cohort("winter", capacity=9, taken=held)
    who(winter)
    expected = work(app, queries, "nobody-at-all@example.org")
    before = seats_and_rows(winter)
    done = work(app, queries, ADDRESS)
    assert Counter(done) == Counter(expected)
    if who in (offered, confirmed, waiting, completed, disabled):
        assert seats_and_rows(winter) == before


def work(app, queries, address):
    """What a sign-up with this address asks of the database: what it reads and writes, table by table."""
    visitor, sent = app.test_client(), sound(address)
    visitor.csrf()
    queries.clear()
    assert visitor.send("/cohorts/winter", sent).status_code == 303
    tables = [re.search(r'(?:FROM|INTO|UPDATE) "?(\w+)|pg_advisory', each)[1] for each in queries]
    return [("reads" if each.startswith("SELECT") else "writes", of) for each, of in zip(queries, tables, strict=True)]


def seats_and_rows(cohort):
    """Seats held, and how many people, places, consents and notes of a hold there are."""
    seats = taken(cohort)
    held = func.count().filter(Attempt.kind != "sign up")
    counts = [db.session.scalar(select(func.count()).select_from(each)) for each in (Person, Enrolment, Consent)]
    return seats, *counts, db.session.scalar(select(held))


@pytest.mark.parametrize("who", [unconfirmed, offered, confirmed, waiting, completed])
def test_signing_up_again_moves_nobody(client, app, who):
    winter = open_cohort("winter", capacity=3, taken=1 if who is not waiting else 3)
    who(winter)
    before = enrolment_of(ADDRESS, winter)
    facts = (before.status, before.line, before.offered_until, before.goal, taken(winter))
    sign_up(client)
    after = enrolment_of(ADDRESS, winter)
    assert (after.status, after.line, after.offered_until, after.goal, taken(winter)) == facts


def the_mail(client, who, **given):
    winter = open_cohort("winter", name="Winter, evenings", **given)
    who(winter)
    sign_up(client)
    return mails(ADDRESS)[0]


def test_a_new_address_gets_a_link_to_confirm_and_the_hour_it_runs_out(client, app):
    mail = the_mail(client, nobody)
    assert mail.subject == "Confirm your seat in Winter, evenings"
    assert "held for this address until 25 November 2026, 13:00 (Europe/Amsterdam)" in mail.body
    assert link_in(mail)


def test_who_has_an_account_gets_a_link_that_confirms_this_seat_too(client, app):
    assert the_mail(client, somebody).subject == "Confirm your seat in Winter, evenings"


def test_who_has_a_seat_to_confirm_gets_a_fresh_link_with_the_old_end(client, app):
    mail = the_mail(client, unconfirmed)
    assert "until 24 November 2026, 19:00" in mail.body
    assert client.get(link_in(mail)).status_code == 200


@pytest.mark.parametrize("who", [confirmed, completed])
def test_who_is_in_is_told_so_and_where_to_sign_in(client, app, who):
    mail = the_mail(client, who)
    assert mail.subject == "You have a seat in Winter, evenings already"
    assert "http://127.0.0.1:8000/sign-in" in mail.body
    assert "/welcome/" not in mail.body


def test_who_waits_is_told_the_place_counted_now(client, app):
    winter = open_cohort("winter", name="Winter, evenings", capacity=1, taken=1)
    for line, status in ((1, "waiting"), (2, "withdrawn"), (3, "waiting")):
        enrol(person(f"p{line}@example.org"), winter, status, line=line)
    enrol(person(ADDRESS), winter, "waiting", line=9)
    sign_up(client)
    mail = mails(ADDRESS)[0]
    assert mail.subject == "You are third in line for Winter, evenings"
    assert "http://127.0.0.1:8000/cohorts/winter" in mail.body
    assert "/welcome/" not in mail.body


def test_a_new_address_in_line_is_asked_to_confirm_its_place(client, app):
    mail = the_mail(client, nobody, capacity=1, taken=1)
    assert mail.subject == "Confirm your place in line for Winter, evenings"
    assert "first on the waiting list" in mail.body
    assert link_in(mail)


def test_an_account_that_is_switched_off_takes_no_seat_and_is_told(client, app):
    mail = the_mail(client, disabled)
    assert "switched off" in mail.body
    assert db.session.scalar(select(func.count()).select_from(Enrolment)) == 0


def test_who_left_comes_back_as_new(client, app):
    winter = open_cohort("winter")
    withdrawn(winter)
    sign_up(client)
    enrolment = enrolment_of(ADDRESS, winter)
    assert (enrolment.status, enrolment.ended_at, taken(winter)) == ("offered", None, 1)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("capacity", [5, 1])
def test_no_mail_carries_a_word_that_the_visitor_typed(client, app, who, capacity):
    winter = open_cohort("winter", capacity=capacity, taken=capacity - 1)
    who(winter)
    typed = sound(ADDRESS, name="Buy at evil.example now", goal="Or at worse.example")
    client.send("/cohorts/winter", typed)
    for mail in mails(ADDRESS):
        assert "evil" not in mail.subject + mail.body
        assert "worse" not in mail.subject + mail.body


def test_links_are_made_from_the_settings_and_never_from_what_the_request_calls_itself(client, app):
    open_cohort("winter")
    client.send("/cohorts/winter", sound(ADDRESS), headers={"X-Forwarded-Host": "evil.example"})
    addresses = re.findall(r"https?://[^/\s]+", mails(ADDRESS)[0].body)
    assert set(addresses) == {"http://127.0.0.1:8000"}


def test_the_thanks_page_can_be_opened_by_somebody_who_did_not_sign_up(client, app):
    open_cohort("winter")
    assert "the address you gave" in client.get("/cohorts/winter/thanks").text
