"""One entry: read with its history, corrected by a new line, taken back."""

from datetime import date

import pytest

from app.practice import actions, queries
from tests import cast as builders
from tests.app.practice.telling import counted, entries, promises, talk
from tests.cast import TODAY

CORRECTED = {"minutes": "40", "value": "2", "note": "The seals held."}


@pytest.fixture
def written(cast, browser_of):
    """Ada's first entry, made in her browser."""
    browser_of(cast.ada).send("/practice/", talk(promise="Send the drawing", promise_due="2026-11-27"))
    return entries()[0]


def test_an_entry_is_shown_and_its_form_holds_what_it_says(cast, browser_of, written):
    page = browser_of(cast.ada).get(f"/practice/{written.id}").text
    assert "K-07: 7 of 10, connecting" in page
    assert "2, builds on something they told you" in page
    assert "Send the drawing, by 27 November 2026" in page
    assert 'checked id="minutes-2" name="minutes" type="radio" value="20"' in page
    assert "This didn’t happen" in page


def test_a_correction_replaces_the_line_and_both_stay_readable(cast, browser_of, written):
    ada = browser_of(cast.ada)
    answer = ada.send(f"/practice/{written.id}", talk(**CORRECTED))
    assert answer.status_code == 303
    old, new = entries()
    assert (old.minutes, old.note, old.replaces_id) == (20, "The seals hold.", None)
    assert (new.minutes, new.note, new.replaces_id) == (40, "The seals held.", old.id)
    page = ada.get(answer.location).text
    assert "K-07: 8 of 10, connecting" in page
    assert "The seals hold." in page
    assert "corrected once" in ada.get("/practice/").text
    assert [entry.minutes for entry in queries.book_of(cast.ada).entries] == [40]


def test_a_replaced_entry_leads_to_what_stands_and_is_not_written_over(cast, browser_of, written):
    ada = browser_of(cast.ada)
    ada.send(f"/practice/{written.id}", talk(**CORRECTED))
    page = ada.get(f"/practice/{written.id}").text
    assert f'action="/practice/{entries()[1].id}"' in page


def test_the_second_of_two_tabs_is_shown_both_texts_and_nothing_is_written(cast, browser_of, written):
    ada = browser_of(cast.ada)
    ada.send(f"/practice/{written.id}", talk(note="The first tab."))
    answer = ada.send(f"/practice/{written.id}", talk(note="The second tab."))
    assert answer.status_code == 409
    assert "The first tab." in answer.text
    assert "The second tab." in answer.text
    assert f'action="/practice/{entries()[1].id}"' in answer.text
    assert len(entries()) == 2
    assert ada.send(f"/practice/{entries()[1].id}", talk(note="The second tab.")).status_code == 303
    assert queries.book_of(cast.ada).log[-1].note == "The second tab."


def test_an_unsound_post_over_a_replaced_entry_is_told_of_the_change_first(cast, browser_of, written):
    ada = browser_of(cast.ada)
    ada.send(f"/practice/{written.id}", talk(**CORRECTED))
    assert ada.send(f"/practice/{written.id}", talk(minutes="-1")).status_code == 409


def test_an_entry_replaced_between_reading_and_writing_is_not_replaced_again(app, cast, written):
    from app.db import db
    from app.practice.facts import Facts

    facts = Facts(day=TODAY, minutes=1)
    actions.correct_entry(cast.ada, written.id, facts)
    with pytest.raises(actions.AlreadyCorrected):
        actions.correct_entry(cast.ada, written.id, facts)
    db.session.rollback()


def test_a_doubled_press_corrects_once(cast, browser_of, written):
    ada = browser_of(cast.ada)
    first, second = (ada.send(f"/practice/{written.id}", talk(once="twice", **CORRECTED)) for _ in range(2))
    assert first.location == second.location
    assert len(entries()) == 2


def test_a_refused_correction_keeps_what_was_typed(cast, browser_of, written):
    answer = browser_of(cast.ada).send(f"/practice/{written.id}", talk(minutes="-3", note="As corrected"))
    assert answer.status_code == 422
    assert "As corrected" in answer.text
    assert len(entries()) == 1


def test_an_entry_that_did_not_happen_counts_nowhere_and_stays_readable(cast, browser_of, written):
    ada = browser_of(cast.ada)
    answer = ada.send(f"/practice/{written.id}/take-back")
    assert answer.status_code == 303
    page = ada.get(answer.location).text
    assert "This didn’t happen" in page
    assert "The seals hold." in page
    assert queries.book_of(cast.ada).entries == ()
    assert queries.promises_of(cast.ada) == ()
    assert "Nothing is written here yet" in ada.get("/practice/").text
    assert ada.send(f"/practice/{written.id}/take-back").status_code == 409
    assert ada.send(f"/practice/{entries()[1].id}/take-back").status_code == 409


def test_what_was_taken_back_can_be_corrected_back_with_its_promise(cast, browser_of, written):
    ada = browser_of(cast.ada)
    ada.send(f"/practice/{written.id}/take-back")
    void = entries()[1]
    assert 'value="Send the drawing"' in ada.get(f"/practice/{void.id}").text
    ada.send(f"/practice/{void.id}", talk(promise="Send the drawing", promise_due="2026-11-27"))
    (stands,) = queries.book_of(cast.ada).entries
    assert stands.id == entries()[2].id
    assert [promise.text for promise in queries.promises_of(cast.ada)] == ["Send the drawing"]


def test_a_promise_goes_with_its_entry_to_whom_it_was_really_made(cast, browser_of, written):
    ada = browser_of(cast.ada)
    (promise,) = promises()
    ada.send(f"/people/promises/{promise.id}", {"outcome": "kept"})
    ada.send(
        f"/practice/{written.id}", talk(alias="Brouwer", promise="Send the drawing of K", promise_due="2026-11-28")
    )
    (stands,) = queries.promises_of(cast.ada)
    assert (stands.text, stands.due, stands.kept) == ("Send the drawing of K", date(2026, 11, 28), TODAY)
    assert stands.person == entries()[1].relationship_id != written.relationship_id
    book = queries.book_of(cast.ada)
    assert {person.alias: len(person.promises) for person in book.people} == {"Brouwer": 1, "K-07": 0}
    assert len(promises()) == 2  # the first wording stays readable


def test_a_promise_corrected_away_does_not_stand(cast, browser_of, written):
    browser_of(cast.ada).send(f"/practice/{written.id}", talk())
    assert queries.promises_of(cast.ada) == ()
    assert len(promises()) == 1


def test_an_entry_can_turn_out_to_have_been_done_alone(cast, browser_of, written):
    ada = browser_of(cast.ada)
    answer = ada.send(f"/practice/{written.id}", talk(who="alone", alias=""))
    assert "On my own, 20 minutes" in ada.get(answer.location).text
    assert entries()[1].personal is None


@pytest.mark.parametrize("method", ["get", "send"])
def test_another_learners_entry_is_not_found_and_not_changed(method, cast, browser_of, written):
    ben = browser_of(cast.ben)
    before = counted()
    assert getattr(ben, method)(f"/practice/{written.id}").status_code == 404
    assert ben.send(f"/practice/{written.id}/take-back").status_code == 404
    assert ben.send(f"/practice/{written.id}", talk(**CORRECTED)).status_code == 404
    assert counted() == before


def test_an_entry_that_never_was_is_not_found(cast, browser_of):
    assert browser_of(cast.ada).get("/practice/99999999").status_code == 404


def test_taking_back_asks_for_the_token(cast, browser_of, written):
    assert browser_of(cast.ada).post(f"/practice/{written.id}/take-back").status_code == 400
    assert len(entries()) == 1


def test_an_entry_asks_four_questions_at_most(cast, browser_of, queries, written):
    ada = browser_of(cast.ada)
    who = builders.relationship(cast.ada, "Brouwer")
    for _ in range(30):
        builders.entry(cast.ada, who)
    address = f"/practice/{written.id}"
    ada.get("/practice/")
    queries.clear()
    ada.get(address)
    assert len(queries) <= 4
