"""All promises in one place: what is open, what counts, and the day on which one was kept."""

from datetime import timedelta

import pytest

from app.db import db
from app.practice import actions
from tests import cast as builders
from tests.app.practice.telling import promised, promises
from tests.cast import TODAY


def test_all_open_promises_stand_by_when_they_are_due(cast, browser_of):
    brouwer, mill = builders.relationship(cast.ada, "Brouwer"), builders.relationship(cast.ada, "Mill")
    promised(cast.ada, mill, "Two names", made=3, due=-20)
    promised(cast.ada, brouwer, "The list", made=10, due=5)
    promised(cast.ada, brouwer, "The drawing", made=3, due=-3)
    promised(cast.ben, builders.relationship(cast.ben, "Quiet one"), "Something of Ben’s")
    page = browser_of(cast.ada).get("/people/promises").text
    assert "Three promises are open, one is late" in page
    told = [page.index(words) for words in ("Past their day", "The list", "Due within a week", "The drawing", "Later")]
    assert told == sorted(told)
    assert "Ben’s" not in page


def test_without_promises_the_page_says_how_one_is_made(cast, browser_of):
    page = browser_of(cast.ada).get("/people/promises").text
    assert "No promise is open" in page
    assert "A promise is made with an entry" in page


def test_a_promise_is_settled_from_the_list_and_one_comes_back_to_it(cast, browser_of):
    promise = promised(cast.ada, builders.relationship(cast.ada, "Brouwer"), made=3, due=-3)
    ada = browser_of(cast.ada)
    answer = ada.send(f"/people/promises/{promise.id}", {"outcome": "kept", "back": "all"})
    assert (answer.status_code, answer.location) == (303, "/people/promises")
    page = ada.get(answer.location).text
    assert "Kept in time: it counts as kept" in page
    assert "One of one kept in time." in page


def test_what_was_kept_on_another_day_is_kept_on_that_day(cast, browser_of):
    promise = promised(cast.ada, builders.relationship(cast.ada, "Brouwer"), made=10, due=5)
    day = TODAY - timedelta(days=6)
    browser_of(cast.ada).send(f"/people/promises/{promise.id}", {"outcome": "kept", "day": day.isoformat()})
    db.session.expire_all()
    assert promises()[0].kept_on == day


REFUSED = {
    "before it was made": ("2026-11-13", "You made this promise on 14 November 2026."),
    "on a day to come": ("2026-11-25", "still to come"),
    "on no day": ("soon", "not a day"),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("outcome", ["kept", "dropped"])
def test_nothing_is_settled(case, outcome, cast, browser_of):
    promise = promised(cast.ada, builders.relationship(cast.ada, "Brouwer"), made=10, due=5)
    day, words = REFUSED[case]
    answer = browser_of(cast.ada).send(f"/people/promises/{promise.id}", {"outcome": outcome, "day": day})
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{day}"' in answer.text
    db.session.expire_all()
    assert (promises()[0].kept_on, promises()[0].dropped_on) == (None, None)


@pytest.mark.parametrize(
    ("due", "words"),
    [(5, "Dropped after its day: it counts as not kept"), (-5, "Told in time: it isn’t counted")],
)
def test_what_was_dropped_says_whether_it_counts(due, words, cast, browser_of):
    promised(cast.ada, builders.relationship(cast.ada, "Brouwer"), made=10, due=due, dropped_on=TODAY)
    assert words in browser_of(cast.ada).get("/people/promises").text


def test_a_promise_that_goes_while_its_form_is_on_the_way_is_not_there(cast, browser_of, monkeypatch):
    def gone(*given, **named):
        raise actions.NotTheirs

    promise = promised(cast.ada, builders.relationship(cast.ada, "Brouwer"), made=3, due=3)
    monkeypatch.setattr(actions, "settle_promise", gone)
    assert browser_of(cast.ada).send(f"/people/promises/{promise.id}", {"outcome": "kept"}).status_code == 404
