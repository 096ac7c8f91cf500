"""Notes go by themselves when they reach their age, and the entry says so."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from app.db import db
from app.models import Contact, Entry, Person, Plan, Promise
from app.privacy import notes
from tests.browsing import Browser
from tests.cast import NOON, TODAY, Cast, entry, relationship, save

Browsers = Callable[[Any], Browser]
# The first day that is too young, and the last that isn't, at 24 months.
YOUNG, OLD = date(2024, 11, 24), date(2024, 11, 23)


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that has not looked today."""
    monkeypatch.setattr(notes, "last", {})


def words() -> list[tuple[date, str, str, date | None]]:
    db.session.rollback()
    columns = (Entry.day, Entry.note, Entry.step, Entry.words_removed_on)
    return [tuple(row) for row in db.session.execute(select(*columns).order_by(Entry.day, Entry.id))]


def written(who: Person, *days: date) -> None:
    tended = relationship(who, f"K-{who.id:02}")
    for day in days:
        entry(who, tended, day=day, note="She moved.", step="Send it", step_due=day)


def test_words_go_at_their_age_and_not_a_day_before_and_the_entry_stays(cast: Cast) -> None:
    written(cast.ada, OLD, YOUNG)
    notes.forget(TODAY)
    assert words() == [(OLD, "", "", TODAY), (YOUNG, "She moved.", "Send it", None)]
    old = db.session.scalars(select(Entry).order_by(Entry.day)).first()
    assert old is not None
    assert (old.minutes, old.personal, old.step_due, old.channel) == (20, 1, OLD, "call")


def test_somebody_may_choose_a_shorter_time_and_not_a_longer_one(cast: Cast) -> None:
    recent = TODAY - timedelta(days=100)
    cast.ada.note_months, cast.ben.note_months = 3, 60
    written(cast.ada, recent)
    written(cast.ben, OLD, recent)
    notes.forget(TODAY)
    assert [(day, removed) for day, _, _, removed in words()] == [(OLD, TODAY), (recent, TODAY), (recent, None)]


def test_the_installation_says_how_long_at_most(cast: Cast, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "NOTE_MONTHS", 1)
    written(cast.ada, TODAY - timedelta(days=40))
    notes.forget(TODAY)
    assert words()[0][1:] == ("", "", TODAY)


def test_the_words_of_settled_promises_and_of_reported_plans_go_too_and_those_of_open_ones_stay(cast: Cast) -> None:
    tended = relationship(cast.ada, "Heron")
    for due, settled in ((OLD, {"kept_on": OLD}), (OLD, {"dropped_on": OLD}), (OLD, {}), (YOUNG, {"kept_on": OLD})):
        facts = {"person_id": cast.ada.id, "relationship_id": tended.id, "text": "The list for Mr Blum"}
        save(Promise(**facts, made_on=OLD, due_on=due, **settled))
    for due, outcome in ((OLD, "done"), (OLD, "didnt"), (OLD, None), (YOUNG, "done")):
        said = {"if_text": "Blum calls", "then_text": "I ask", "because": "Blum was ill"}
        save(Plan(enrolment_id=cast.ada_enrolled.id, lesson_id="one", due_on=due, outcome=outcome, **said))
    assert notes.forget(TODAY) is False
    db.session.expire_all()
    promises = db.session.scalars(select(Promise).order_by(Promise.id)).all()
    assert [promise.text for promise in promises] == [notes.GONE] * 2 + ["The list for Mr Blum"] * 2
    assert promises[0].kept_on == OLD
    plans = db.session.scalars(select(Plan).order_by(Plan.id)).all()
    whole = ("Blum calls", "I ask", "Blum was ill")
    gone = (notes.GONE, notes.GONE, "")
    assert [(plan.if_text, plan.then_text, plan.because) for plan in plans] == [gone, gone, whole, whole]


def test_a_promise_whose_words_have_gone_says_so_wherever_it_stands(cast: Cast, browser_of: Browsers) -> None:
    tended = relationship(cast.ada, "Heron")
    facts = {"person_id": cast.ada.id, "relationship_id": tended.id, "text": "The list for Mr Blum"}
    save(Promise(**facts, made_on=OLD, due_on=OLD, kept_on=OLD))
    ada = browser_of(cast.ada)
    assert "The list for Mr Blum" in ada.get(f"/people/{tended.id}").text
    notes.forget(TODAY)
    page = ada.get(f"/people/{tended.id}").text
    assert "Mr Blum" not in page
    assert notes.GONE in page


def test_what_a_trainer_noted_goes_too(cast: Cast) -> None:
    for day in (OLD, YOUNG):
        facts = {"enrolment_id": cast.ada_enrolled.id, "trainer_id": cast.tess.id, "kind": "spoke", "note": "Tired."}
        save(Contact(**facts, day=day, until=day))
    notes.forget(TODAY)
    db.session.expire_all()
    assert db.session.scalars(select(Contact.note).order_by(Contact.day)).all() == ["", "Tired."]


def test_a_long_log_goes_a_thousand_at_a_time_and_the_worker_looks_once_a_day(
    cast: Cast, at: Callable[[datetime], None], queries: list[str]
) -> None:
    row = {"person_id": cast.ada.id, "day": OLD, "minutes": 5, "note": "n", "step": "", "void": False}
    db.session.execute(insert(Entry), [{**row, "created_at": NOON}] * (notes.AT_ONCE + 1))
    db.session.commit()
    assert notes.forget_daily() is True
    assert sum(bool(note) for _, note, _, _ in words()) == 1
    assert notes.forget_daily() is False
    assert not any(note for _, note, _, _ in words())
    queries.clear()
    assert notes.forget_daily() is False
    assert not queries
    at(NOON + timedelta(days=1))
    assert notes.forget_daily() is False
    assert queries


def test_it_is_one_of_the_workers_duties(cast: Cast, app: Any) -> None:
    written(cast.ada, OLD)
    app.test_cli_runner().invoke(args=["work", "--once"])
    assert words() == [(OLD, "", "", TODAY)]


def test_the_entry_says_when_its_note_went_and_the_form_promises_it(cast: Cast, browser_of: Browsers) -> None:
    written(cast.ada, OLD)
    notes.forget(TODAY)
    id = db.session.scalars(select(Entry.id)).one()
    ada = browser_of(cast.ada)
    assert "Removed on 24 November 2026" in ada.get(f"/practice/{id}").text.replace("\u00a0", " ")
    assert "It goes after 24 months." in ada.get("/practice/").text
    cast.ada.note_months = 1
    db.session.commit()
    assert "It goes after 1 month." in ada.get("/practice/").text


def test_a_time_is_chosen_in_the_settings(cast: Cast, browser_of: Browsers, queries: list[str]) -> None:
    ada = browser_of(cast.ada)
    queries.clear()
    page = ada.get("/settings/notes").text
    assert len(queries) <= 4
    assert "Your notes go after 24 months" in page
    assert ada.send("/settings/notes", {"months": "3"}).status_code == 303
    db.session.expire_all()
    assert cast.ada.note_months == 3
    assert "Your notes go after three months" in ada.get("/settings/notes").text


@pytest.mark.parametrize("months", ["", "0", "-3", "999", "three", "25", "٣"])
def test_no_other_time_is_taken(cast: Cast, browser_of: Browsers, months: str) -> None:
    answer = browser_of(cast.ada).send("/settings/notes", {"months": months})
    assert answer.status_code == 422
    assert "Choose one of these." in answer.text
    db.session.expire_all()
    assert cast.ada.note_months is None
