from datetime import timedelta

import pytest
from sqlalchemy import select

from app.clock import DAY
from app.cohorts import consents
from app.cohorts.actions import release_expired, set_news
from app.db import db
from app.models import Consent, Person, Token
from tests.app.cohorts.signing import link_in, mails, sound, use_link
from tests.cast import NOON, enrol, open_cohort, person

HERE = "/settings/consents"
NADIA = "nadia@example.org"


def said():
    db.session.rollback()
    asked = select(Consent.kind, Consent.given, Consent.method).order_by(Consent.id)
    return [tuple(row) for row in db.session.execute(asked)]


def test_news_is_taken_back_and_given_again_by_rows_that_only_append(client, browser_of, app):
    open_cohort("winter")
    ada = person("nadia@example.org")
    client.send("/cohorts/winter", sound(news="y"))
    use_link(client, mails()[0])
    browser = browser_of(ada)
    assert "You said yes." in browser.get(HERE).text
    for wanted in ("", "", "y"):
        assert browser.send(HERE, {"wanted": wanted}).status_code == 303
    assert said() == [
        ("process", True, "signup form"),
        ("news", True, "signup form"),
        ("news", False, "settings"),
        ("news", True, "settings"),
    ]
    row = db.session.scalars(select(Consent).order_by(Consent.id.desc())).first()
    assert (row.version, row.text_hash) == (consents.NEWS.version, consents.NEWS.text_hash)


def test_what_somebody_else_said_last_is_not_taken_for_ones_own(cast):
    for who, wanted in ((cast.ben, True), (cast.ada, True), (cast.cleo, False)):
        set_news(who, wanted=wanted)
    kept = db.session.execute(
        select(Consent.person_id, Consent.given).where(Consent.kind == "news").order_by(Consent.id)
    )
    assert [tuple(row) for row in kept] == [(cast.ben.id, True), (cast.ada.id, True)]


def test_everybody_reads_their_own_list_only(browser_of, app, client):
    open_cohort("winter")
    client.send("/cohorts/winter", sound("nadia@example.org"))
    page = browser_of(person("ben@example.org")).get(HERE).text
    assert "You have not been asked for anything yet" in page


def test_each_line_shows_the_very_words_that_were_asked_and_their_fingerprint(client, browser_of, app):
    """Words that were changed since are told of as other words, never shown in the place of those that were read."""
    open_cohort("winter")
    ada = person("nadia@example.org")
    client.send("/cohorts/winter", sound(news="y"))
    use_link(client, mails()[0])
    db.session.add(
        Consent(person_id=ada.id, kind="news", given=False, version="2019", text_hash="f" * 64, method="paper")
    )
    db.session.commit()
    page = browser_of(ada).get(HERE).text
    assert consents.NEWS.text_hash[:16] in page
    assert "Other words, about: news" in page
    assert "words of 2019" in page
    assert page.index("Other words") < page.index(consents.NEWS.text_hash[:16])


@pytest.fixture(params=["seats free", "full"])
def winter(request, app):
    return open_cohort("winter", capacity=9, taken=9 if request.param == "full" else 0)


def test_a_stranger_who_types_somebodys_address_says_nothing_for_them(client, browser_of, winter):
    nadia = person(NADIA)
    for wanted in (True, False):
        set_news(nadia, wanted=wanted)
    db.session.commit()
    before = said()
    assert before[-1] == ("news", False, "settings")
    client.send("/cohorts/winter", sound(news="y"))
    client.send("/cohorts/winter", sound(news="y"))
    assert said() == before
    assert "You have not said yes." in browser_of(nadia).get(HERE).text


@pytest.mark.parametrize("known", [True, False])
def test_the_owner_of_the_address_says_it_by_the_link_at_that_moment(client, winter, at, known):
    if known:
        person(NADIA)
    client.send("/cohorts/winter", sound(news="y"))
    assert said() == []
    at(NOON + timedelta(hours=3))
    assert use_link(client, mails()[0]).status_code == 303
    assert said() == [("process", True, "signup form"), ("news", True, "signup form")]
    assert set(db.session.scalars(select(Consent.at))) == {NOON + timedelta(hours=3)}


def test_looking_at_the_link_or_giving_the_place_up_says_nothing(client, winter):
    client.send("/cohorts/winter", sound(news="y"))
    client.send("/cohorts/winter", sound(news="y"))
    first, second = mails()
    use_link(client, first, password="short")
    path = f"/welcome/{second.body.partition('/welcome/')[2].split()[0]}"
    assert client.send(f"{path}/decline").status_code == 303
    assert said() == []


@pytest.mark.parametrize("known", [True, False])
def test_what_nobody_confirmed_in_time_was_never_said(client, winter, at, known):
    if known:
        person(NADIA)
    client.send("/cohorts/winter", sound(news="y"))
    at(NOON + 20 * DAY)
    release_expired(NOON + 20 * DAY)
    assert use_link(client, mails()[0]).status_code == 410 if known else not mails()
    assert said() == []


def test_each_link_says_what_its_own_form_was_answered_and_the_others_say_nothing_more(client, winter):
    client.send("/cohorts/winter", sound(news="y"))
    client.send("/cohorts/winter", sound())
    yes, no = mails()
    assert use_link(client, no).status_code == 303
    assert use_link(client, yes).status_code == 410
    assert said() == [("process", True, "signup form"), ("news", False, "signup form")]
    assert [kept is None for kept in db.session.scalars(select(Token.answers))] == [True, True]


def test_who_is_signed_in_and_types_their_own_address_has_said_it_at_once_and_once(browser_of, winter):
    browser = browser_of(person(NADIA))
    browser.send("/cohorts/winter", sound(news="y"))
    once = [("process", True, "signup form"), ("news", True, "signup form")]
    assert said() == once
    if "/welcome/" in mails()[0].body:
        use_link(browser, mails()[0])
    assert said() == once


def test_who_is_signed_in_and_types_another_address_says_nothing_for_that_one(browser_of, winter):
    person(NADIA)
    browser_of(person("ben@example.org")).send("/cohorts/winter", sound(news="y"))
    assert said() == []


def test_what_somebody_said_after_the_form_was_sent_stands(client, winter, at):
    nadia = person(NADIA)
    client.send("/cohorts/winter", sound(news="y"))
    at(NOON + timedelta(hours=1))
    set_news(db.session.get(Person, nadia.id), wanted=True)
    set_news(db.session.get(Person, nadia.id), wanted=False)
    db.session.commit()
    at(NOON + timedelta(hours=2))
    use_link(client, mails()[0])
    assert said()[-2:] == [("news", False, "settings"), ("process", True, "signup form")]


def test_who_is_in_already_is_sent_no_link_that_could_say_anything(client, winter):
    nadia = enrol(person(NADIA), winter, "confirmed").person
    client.send("/cohorts/winter", sound(news="y"))
    assert said() == []
    assert not db.session.scalars(select(Token).where(Token.person_id == nadia.id)).all()


def test_whoever_follows_the_link_reads_what_they_say_by_it(client, app):
    open_cohort("winter")
    client.send("/cohorts/winter", sound(news="y"))
    page = client.get(link_in(mails()[0])).text
    assert "you also say what was ticked" in page
    assert consents.PROCESS.sentence in page
    assert consents.NEWS.sentence in page
    assert consents.ROLL_OVER.sentence not in page
