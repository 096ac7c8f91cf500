from datetime import timedelta

import pytest
from sqlalchemy import select

from app.access import digest
from app.db import db
from app.models import Change, Invite
from tests.app.cohorts.desk import at as desk_at
from tests.app.cohorts.signing import enrolment_of, mails, sound, taken
from tests.app.cohorts.test_seats_race import at_once
from tests.cast import NOON, enrol, open_cohort, person, save

SOON = {"opens_at": NOON + timedelta(days=5)}


def invite(cohort, token="a-secret", **given):
    facts = {"expires_at": NOON + timedelta(days=3), "token_hash": digest(token)}
    return save(Invite(cohort_id=cohort.id, **{**facts, **given}))


def used(row):
    db.session.rollback()
    return db.session.scalar(select(Invite.used).where(Invite.id == row.id))


def test_a_trainer_makes_an_invitation_whose_link_is_shown_once(desk, winter, client):
    page = desk.send(
        desk_at("winter", "invitations"),
        {"label": "Kees’s team", "expires_at": "2026-11-30T21:00", "cap": "3", "domain": "@Company.com"},
    )
    assert page.status_code == 201
    link = page.text.split("http://127.0.0.1:8000/join/")[1].split("<")[0]
    kept = db.session.scalars(select(Invite)).one()
    assert (kept.token_hash, kept.cap, kept.domain) == (digest(link), 3, "company.com")
    assert link not in desk.get(desk_at("winter", "invitations")).text
    shown = client.get(f"/join/{link}").text
    assert "You are invited to Winter" in shown
    assert "@company.com" in shown


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"expires_at": ""}, "Choose until when it works."),
        ({"expires_at": "2027-03-28T02:30"}, "there is no 02:30"),
        ({"cap": "0"}, "Type a number from 1 to 1000"),
        ({"cap": "few"}, "Type a whole number"),
        ({"domain": "com pany"}, "Write what stands behind the @"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_beside_its_field(desk, winter, wrong, words):
    answer = desk.send(desk_at("winter", "invitations"), {"expires_at": "2026-11-30T21:00", **wrong})
    assert answer.status_code == 422
    assert words in answer.text
    assert not db.session.scalars(select(Invite)).all()


def test_an_invitation_lets_in_before_sign_up_opens_and_looking_at_it_uses_nothing(client, app):
    soon = open_cohort("soon", **SOON)
    row = invite(soon, cap=1)
    assert "Sign-up has not opened yet" in client.get("/cohorts/soon").text
    assert client.get("/join/a-secret").status_code == 200
    assert used(row) == 0
    assert client.send("/join/a-secret", sound()).status_code == 303
    assert enrolment_of("nadia@example.org", soon).status == "offered"
    assert (used(row), taken(soon)) == (1, 1)
    assert db.session.scalars(select(Change.what)).all() == ["invited"]
    assert [mail.subject for mail in mails()] == ["Confirm your seat in Soon"]


def test_who_is_in_already_uses_none_of_it(client, app):
    soon = open_cohort("soon", **SOON)
    row = invite(soon, cap=1)
    enrol(person("nadia@example.org"), soon)
    assert client.send("/join/a-secret", sound()).status_code == 303
    assert used(row) == 0
    assert [mail.subject for mail in mails()] == ["You have a seat in Soon already"]


def test_an_invitation_makes_no_seat(client, app):
    full = open_cohort("full", capacity=1, taken=1)
    invite(full)
    assert "An invitation makes no seat" in client.get("/join/a-secret").text
    client.send("/join/a-secret", sound())
    assert enrolment_of("nadia@example.org", full).status == "waiting"


@pytest.mark.parametrize(
    ("given", "cohort", "words"),
    [
        ({"revoked_at": NOON}, {}, "has been taken back"),
        ({"expires_at": NOON}, {}, "has run out"),
        ({"cap": 2, "used": 2}, {}, "has let in all it was for"),
        ({}, {"starts_on": NOON.date()}, "takes nobody now"),
        ({}, {"archived_at": NOON}, "takes nobody now"),
    ],
)
def test_a_link_that_leads_nowhere_says_why_and_takes_nobody(client, app, given, cohort, words):
    winter = open_cohort("winter", **cohort)
    row = invite(winter, **given)
    before = used(row)
    page = client.get("/join/a-secret")
    assert page.status_code == 410
    assert words in page.text
    assert "To Winter" in page.text
    assert client.send("/join/a-secret", sound()).status_code == 410
    assert (used(row), taken(winter)) == (before, 0)


def test_a_link_that_never_was_is_not_found(client, app):
    assert client.get("/join/a-guess").status_code == 404
    assert client.send("/join/a-guess", sound()).status_code == 404


@pytest.mark.parametrize(("email", "status"), [("kees@company.com", 303), ("kees@notcompany.com", 422)])
def test_an_invitation_for_one_domain_takes_addresses_of_that_domain_only(client, app, email, status):
    winter = open_cohort("winter")
    row = invite(winter, domain="company.com")
    assert client.send("/join/a-secret", sound(email)).status_code == status
    assert used(row) == taken(winter) == (status == 303)


def test_an_invitation_taken_back_keeps_those_who_came(desk, winter, client):
    row = invite(winter)
    client.send("/join/a-secret", sound())
    assert desk.send(desk_at("winter", f"invitations/{row.id}/revoke")).status_code == 303
    assert client.get("/join/a-secret").status_code == 410
    assert enrolment_of("nadia@example.org", winter).status == "offered"


def test_of_sixteen_at_one_moment_an_invitation_for_five_lets_in_five(app):
    winter = open_cohort("winter", capacity=30)
    row = invite(winter, cap=5)
    sends = [lambda b, n=n: b.send("/join/a-secret", sound(f"p{n}@example.org")) for n in range(16)]
    assert sorted(at_once(app, sends)) == [303] * 5 + [410] * 11
    assert (used(row), taken(winter)) == (5, 5)
    assert len(mails()) == 5
