"""The people a learner tends: who is due, ten seats, everybody else, and the page of each."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.models import Relationship
from tests import cast as builders
from tests.app.practice.telling import aliases, counted, entries, promised, promises
from tests.cast import TODAY

NEW = {"alias": "Brouwer", "layer": "core", "cadence": "", "seat": "1", "known_since": ""}


def person(alias="Brouwer"):
    return db.session.scalar(select(Relationship).where(Relationship.alias == alias))


def listed(page):
    """The part of the page with those who have no seat."""
    return page.partition('id="others"')[2]


def test_a_beginner_sees_ten_empty_seats_and_how_to_begin(cast, browser_of):
    page = browser_of(cast.ada).get("/people/").text
    assert "Ten seats, none taken" in page
    assert page.count("An empty seat") == 10
    assert "Nobody is on your list yet" in page


def test_somebody_is_given_the_first_free_seat(cast, browser_of):
    ada = browser_of(cast.ada)
    assert '<option selected value="1">Seat 1</option>' in ada.get("/people/").text
    answer = ada.send("/people/", NEW)
    assert answer.status_code == 303
    found = person()
    assert (found.seat, found.layer, found.cadence_days, found.known_since) == (1, "core", 30, TODAY)
    assert "Brouwer: known, never spoke" in ada.get(answer.location).text
    page = ada.get("/people/").text
    assert "Ten seats, one taken" in page
    assert '<option value="1">Seat 1</option>' not in page


def test_a_rhythm_of_ones_own_and_a_day_long_ago_are_kept(cast, browser_of):
    browser_of(cast.ada).send("/people/", {**NEW, "layer": "active", "cadence": "45", "known_since": "2019-03-12"})
    assert (person().cadence_days, person().known_since) == (45, date(2019, 3, 12))


REFUSED = {
    "no alias is given": ({"alias": " "}, "Write an alias."),
    "the alias is an address": ({"alias": "jan@brouwer.example"}, "not an address"),
    "the alias is a phone number": ({"alias": "0612345678"}, "not a phone number"),
    "the alias is long": ({"alias": "x" * 41}, "40 characters"),
    "the alias is taken": ({"alias": "k-07"}, "has this alias already"),
    "the layer is unheard of": ({"layer": "inner"}, "valid choice"),
    "the seat is taken": ({"seat": "2"}, "That seat is not free"),
    "the seat is the eleventh": ({"seat": "11"}, "That seat is not free"),
    "the seat is a word": ({"seat": "best"}, "That seat is not free"),
    "the rhythm is no day": ({"cadence": "0"}, "between 1 and 1000 days"),
    "the rhythm is negative": ({"cadence": "-3"}, "between 1 and 1000 days"),
    "the rhythm is a word": ({"cadence": "often"}, "whole number"),
    "they will be known": ({"known_since": "2027-01-01"}, "day in the past"),
    "they were known in another century": ({"known_since": "1800-01-01"}, "day in the past"),
    "the day is none": ({"known_since": "long ago"}, "not a day"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_nobody_is_added_and_what_was_typed_is_kept_when(case, cast, browser_of):
    builders.relationship(cast.ada, "K-07", seat=2)
    changed, words = REFUSED[case]
    answer = browser_of(cast.ada).send("/people/", {**NEW, **changed})
    assert answer.status_code == 422
    assert words in answer.text
    assert aliases() == ["K-07"]


@pytest.mark.parametrize("case", REFUSED)
def test_nothing_is_changed_about_somebody_when(case, cast, browser_of):
    builders.relationship(cast.ada, "K-07", seat=2)
    about = builders.relationship(cast.ada, "Brouwer", seat=1)
    changed, words = REFUSED[case]
    answer = browser_of(cast.ada).send(f"/people/{about.id}/tend", {**NEW, **changed})
    assert answer.status_code == 422
    assert words in answer.text
    db.session.expire_all()
    assert (person().seat, person().layer, person().cadence_days) == (1, "core", 30)


def test_how_somebody_is_tended_can_be_changed(cast, browser_of):
    about = builders.relationship(cast.ada, "Brouwer", seat=1)
    ada = browser_of(cast.ada)
    answer = ada.send(f"/people/{about.id}/tend", {**NEW, "alias": "B.", "layer": "network", "seat": "7"})
    assert answer.status_code == 303
    db.session.expire_all()
    found = person("B.")
    assert (found.seat, found.layer, found.cadence_days) == (7, "network", 365)
    assert ada.send(f"/people/{about.id}/tend", {**NEW, "alias": "b.", "seat": ""}).status_code == 303
    db.session.expire_all()
    assert person("b.").seat is None


def test_a_seat_is_freed_and_everything_else_stays(cast, browser_of):
    about = builders.relationship(cast.ada, "Brouwer", seat=3)
    builders.entry(cast.ada, about)
    ada = browser_of(cast.ada)
    assert "Free seat 3" in ada.get("/people/").text
    answer = ada.send(f"/people/{about.id}/free-seat")
    page = ada.get(answer.location).text
    assert "Ten seats, none taken" in page
    assert "Everybody else" in page
    assert len(entries()) == 1


def test_whoever_is_due_stands_on_top_with_the_reason(cast, browser_of):
    late = builders.relationship(cast.ada, "Brouwer", seat=1)
    builders.relationship(cast.ada, "Zaal 4")
    builders.entry(cast.ada, late, "22211", day=TODAY - timedelta(days=41))
    page = browser_of(cast.ada).get("/people/").text
    assert "Eleven days past the rhythm" in page
    assert "41 of 30 days" in page
    assert "One of two. The rest can wait, and so can you." in page
    assert f"/practice/?who={late.id}" in page
    assert "never the person" in page


def test_a_long_due_list_shows_the_first_ten(cast, browser_of):
    for n in range(12):
        about = builders.relationship(cast.ada, f"P{n:02}")
        builders.entry(cast.ada, about, day=TODAY - timedelta(days=40))
    page = browser_of(cast.ada).get("/people/").text
    assert "Twelve of twelve; the first ten are here." in page
    assert page.count("40 of 30 days</td>") == 10


def test_everybody_else_is_turned_page_by_page(cast, browser_of):
    for n in range(25):
        builders.relationship(cast.ada, f"P{n:02}")
    ada = browser_of(cast.ada)
    assert "Page 1 of 2" in ada.get("/people/").text
    second = listed(ada.get("/people/?page=2").text)
    assert "P24" in second
    assert "P03" not in second


def test_another_learners_people_and_promises_are_not_found_and_not_changed(cast, browser_of):
    about = builders.relationship(cast.ben, "Quiet one", seat=4)
    promise = promised(cast.ben, about)
    ada, before = browser_of(cast.ada), counted()
    assert ada.get(f"/people/{about.id}").status_code == 404
    assert ada.send(f"/people/{about.id}/tend", NEW).status_code == 404
    assert ada.send(f"/people/{about.id}/free-seat").status_code == 404
    assert ada.send(f"/people/promises/{promise.id}", {"outcome": "kept"}).status_code == 404
    assert "Quiet one" not in ada.get("/people/").text
    db.session.expire_all()
    assert (counted(), person("Quiet one").seat, promises()[0].kept_on) == (before, 4, None)


def test_pressing_twice_adds_one_person(cast, browser_of):
    ada = browser_of(cast.ada)
    first, second = (ada.send("/people/", {**NEW, "once": "twice"}) for _ in range(2))
    assert first.location == second.location
    assert aliases() == ["Brouwer"]


def test_a_stale_token_keeps_the_alias(cast, browser_of):
    answer = browser_of(cast.ada).send("/people/", {**NEW, "csrf_token": "old"})
    assert answer.status_code == 422
    assert 'value="Brouwer"' in answer.text
    assert aliases() == []


@pytest.mark.parametrize("address", ["tend", "free-seat"])
def test_buttons_ask_for_the_token(address, cast, browser_of):
    about = builders.relationship(cast.ada, "Brouwer", seat=1)
    answer = browser_of(cast.ada).post(f"/people/{about.id}/{address}", data=NEW)
    assert answer.status_code in (400, 422)
    db.session.expire_all()
    assert person().seat == 1


@pytest.mark.parametrize("who", ["tess", "olga"])
def test_only_learners_have_people(who, cast, browser_of):
    assert browser_of(getattr(cast, who)).get("/people/").status_code == 404


def test_everybody_else_is_found_by_letters_and_by_rhythm(cast, browser_of):
    for n in range(8):
        builders.relationship(cast.ada, f"P{n}")
    builders.entry(cast.ada, person("P3"), day=TODAY - timedelta(days=200))
    ada = browser_of(cast.ada)
    assert "P5" in listed(ada.get("/people/?alias=p5").text)
    assert "P3" not in listed(ada.get("/people/?alias=p5").text)
    dormant = listed(ada.get("/people/?status=dormant").text)
    assert "P3" in dormant
    assert "P5" not in dormant
    assert "Nobody without a seat is like that" in ada.get("/people/?alias=zzz").text
    assert "Everybody else" in ada.get("/people/?status=unheard-of").text


def test_a_dormant_tie_stands_apart_from_who_is_due_with_something_to_do(cast, browser_of):
    old = builders.relationship(cast.ada, "Old captain")
    builders.entry(cast.ada, old, "22222", day=TODAY - timedelta(days=200))
    page = browser_of(cast.ada).get("/people/").text
    assert "Silent for 200 days, of a rhythm of 30. Your last talks connected." in page
    assert "Nobody is due today" in page


def test_a_dormant_tie_with_a_promise_for_these_days_is_due(cast, browser_of):
    old = builders.relationship(cast.ada, "Old captain")
    builders.entry(cast.ada, old, "22222", day=TODAY - timedelta(days=200))
    promised(cast.ada, old, made=3, due=-3)
    page = browser_of(cast.ada).get("/people/").text
    assert "Silent for" not in page
    assert "Promised for Friday: The list" in page


def test_the_page_of_everybody_asks_four_questions_however_many_there_are(cast, browser_of, queries):
    for n in range(30):
        about = builders.relationship(cast.ada, f"P{n:02}", seat=n + 1 if n < 10 else None)
        builders.entry(cast.ada, about, day=TODAY - timedelta(days=n))
    builders.receipt(cast.ada, relationship_id=about.id)
    ada = browser_of(cast.ada)
    for address in ("/people/", f"/people/{about.id}", "/people/promises", "/people/introductions"):
        queries.clear()
        assert ada.get(address).status_code == 200
        assert len(queries) <= 4, address
