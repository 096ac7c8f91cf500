"""The people a learner tends: who is due, ten seats, everybody else, and the page of each."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.models import Promise, Relationship
from tests import cast as builders
from tests.app.practice.telling import aliases, counted, entries, promises, talk
from tests.cast import TODAY

NEW = {"alias": "Brouwer", "layer": "core", "cadence": "", "seat": "1", "known_since": ""}


def person(alias="Brouwer"):
    return db.session.scalar(select(Relationship).where(Relationship.alias == alias))


def promised(who, about, text="The list", made=10, due=5, **given):
    """A promise made and due so many days ago, with the entry that made it."""
    entry = builders.entry(who, about, day=TODAY - timedelta(days=made))
    return builders.save(
        Promise(
            person_id=who.id,
            relationship_id=about.id,
            entry_id=entry.id,
            text=text,
            made_on=TODAY - timedelta(days=made),
            due_on=TODAY - timedelta(days=due),
            **given,
        )
    )


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
    second = ada.get("/people/?page=2").text
    assert "P24" in second
    assert "P03" not in second


def test_the_ladder_shows_its_evidence_and_what_would_earn_the_next_stage(cast, browser_of):
    about = builders.relationship(cast.ada, "Brouwer", known_since=date(2024, 3, 12))
    builders.entry(cast.ada, about, "11111", day=TODAY - timedelta(days=2))
    page = browser_of(cast.ada).get(f"/people/{about.id}").text
    assert "Brouwer: conversing, fresh" in page
    assert "Known since 12 March 2024" in page
    assert "They answered, 22 November 2026" in page
    assert "To earn: another exchange, on 29 November 2026 or later; a promise to them, kept by its day." in page


def test_receipts_are_evidence_and_are_listed(cast, browser_of):
    about = builders.relationship(cast.ada, "Brouwer")
    builders.receipt(cast.ada, 740_000, relationship_id=about.id, what="First order")
    builders.receipt(cast.ada, 100, relationship_id=about.id, what="Typed wrong", removed_at=builders.NOON)
    page = browser_of(cast.ada).get(f"/people/{about.id}").text
    assert "One receipt, €7\xa0400" in page
    assert "First order" in page
    assert "Typed wrong" not in page
    assert "Bought, 24 November 2026 (counts already)" in page


def test_the_score_is_shown_in_its_parts(cast, browser_of):
    about = builders.relationship(cast.ada, "Brouwer")
    builders.entry(cast.ada, about, "22211", day=TODAY - timedelta(days=41))
    page = browser_of(cast.ada).get(f"/people/{about.id}").text
    for words in ("Rhythm", "41 of 30 days since you last spoke", "Reciprocity", "No promise has fallen due", "31.0"):
        assert words in page


def test_a_promise_is_kept_or_not_and_can_be_open_again(cast, browser_of):
    about = builders.relationship(cast.ada, "Brouwer")
    promise = promised(cast.ada, about, made=3, due=-3)
    ada = browser_of(cast.ada)
    address = f"/people/promises/{promise.id}"
    for outcome, words in (("kept", "Kept 24"), ("open", "I kept it"), ("dropped", "Dropped 24")):
        answer = ada.send(address, {"outcome": outcome})
        assert (answer.status_code, answer.location) == (303, f"/people/{about.id}#promises")
        assert words in ada.get(f"/people/{about.id}").text


def test_a_promise_past_its_day_says_so(cast, browser_of):
    about = builders.relationship(cast.ada, "Brouwer")
    promised(cast.ada, about)
    page = browser_of(cast.ada).get(f"/people/{about.id}").text
    assert "The day has passed" in page
    assert "I didn’t" in page


@pytest.mark.parametrize("outcome", ["", "forgotten", None])
def test_a_promise_takes_no_other_outcome(outcome, cast, browser_of):
    promise = promised(cast.ada, builders.relationship(cast.ada, "Brouwer"))
    answer = browser_of(cast.ada).send(f"/people/promises/{promise.id}", {"outcome": outcome} if outcome else {})
    assert answer.status_code == 400
    assert (promises()[0].kept_on, promises()[0].dropped_on) == (None, None)


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


def test_a_promise_of_a_corrected_entry_cannot_be_settled_any_more(cast, browser_of):
    ada = browser_of(cast.ada)
    ada.send("/practice/", talk(promise="The list", promise_due="2026-11-27"))
    ada.send(f"/practice/{entries()[0].id}", talk())
    assert ada.send(f"/people/promises/{promises()[0].id}", {"outcome": "kept"}).status_code == 404


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
