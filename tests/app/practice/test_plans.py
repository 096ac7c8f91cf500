"""A plan that was done, in the log: prefilled from it, linked to it, and beside it for good."""

import pytest
from sqlalchemy import select

from app.db import db
from app.models import Plan
from tests import cast as builders
from tests.app.practice.telling import entries, talk
from tests.cast import NOON, TODAY, save

LESSON = "contact-or-connect"


def plan_of(enrolment, **given):
    words = {"if_text": "the visit at K-07 ends early", "then_text": "ask what changed", "due_on": TODAY}
    return save(Plan(enrolment_id=enrolment.id, lesson_id=LESSON, **{**words, **given}))


def kept(plan_id):
    db.session.rollback()
    return db.session.scalars(select(Plan).where(Plan.id == plan_id)).one()


@pytest.fixture
def plan(cast):
    return plan_of(cast.ada_enrolled).id


def test_the_form_begins_with_the_plans_exercise_and_whom_it_names(cast, browser_of, plan):
    known = builders.relationship(cast.ada, "K-07")
    builders.entry(cast.ada, known, channel="met", began="them", minutes=40)
    page = browser_of(cast.ada).get(f"/practice/?plan={plan}").text
    assert "If the visit at K-07 ends early, then I ask what changed." in page
    assert f'<option selected value="{LESSON}">' in page
    assert f'checked id="who-0" name="who" type="radio" value="{known.id}"' in page
    assert 'checked id="channel-0" name="channel" type="radio" value="met"' in page


def test_a_plan_that_names_two_people_or_nobody_picks_nobody(cast, browser_of):
    for alias in ("K-07", "K-0", "Mill"):
        builders.relationship(cast.ada, alias)
    for words in ("K-07 and Mill agree", "nobody rings"):
        plan = plan_of(cast.ada_enrolled, if_text=words)
        assert 'checked id="who-' not in browser_of(cast.ada).get(f"/practice/?plan={plan.id}").text


def test_what_is_logged_for_a_plan_reports_it_and_stands_beside_it(cast, browser_of, plan):
    ada = browser_of(cast.ada)
    answer = ada.send(f"/practice/?plan={plan}", talk(once="the-key"))
    (entry,) = entries()
    assert answer.location == f"/practice/{entry.id}?logged=the-key"
    told = kept(plan)
    assert (told.outcome, told.entry_id, told.reported_at) == ("done", entry.id, NOON)
    for address in (answer.location, f"/course/{LESSON}"):
        page = ada.get(address).text
        assert "Planned, by 24" in page
        assert "Happened, on 24" in page
        assert "7 of 10, connecting" in page
        assert "The seals hold." in page


def test_a_plan_reported_as_done_waits_at_its_lesson_for_an_entry(cast, browser_of, plan):
    ada = browser_of(cast.ada)
    ada.send(f"/plans/{plan}/report", {"outcome": "done"})
    assert f'href="/practice/?plan={plan}"' in ada.get(f"/course/{LESSON}").text
    ada.send(f"/practice/?plan={plan}", talk())
    assert kept(plan).entry_id == entries()[0].id


def test_the_plan_goes_with_the_corrections_of_its_entry(cast, browser_of, plan):
    ada = browser_of(cast.ada)
    ada.send(f"/practice/?plan={plan}", talk())
    ada.send(f"/practice/{entries()[0].id}", talk(value="2", note="The seals held."))
    assert kept(plan).entry_id == entries()[1].id
    lesson = ada.get(f"/course/{LESSON}").text
    assert "8 of 10, connecting" in lesson
    assert "The seals held." in lesson
    ada.send(f"/practice/{entries()[1].id}/take-back")
    assert kept(plan).entry_id == entries()[2].id
    assert "The entry was taken back." in ada.get(f"/course/{LESSON}").text
    assert "It was taken back." in ada.get(f"/practice/{entries()[0].id}").text


def test_a_reason_that_was_given_stands_and_the_entry_is_logged_all_the_same(cast, browser_of, plan):
    ada = browser_of(cast.ada)
    ada.send(f"/plans/{plan}/report", {"outcome": "didnt", "because": "it rained"})
    assert "it rained" in ada.get(f"/practice/?plan={plan}").text
    ada.send(f"/practice/?plan={plan}", talk())
    assert len(entries()) == 1
    assert (kept(plan).outcome, kept(plan).because, kept(plan).entry_id) == ("didnt", "it rained", None)


def test_a_second_entry_leaves_the_first_beside_the_plan(cast, browser_of, plan):
    ada = browser_of(cast.ada)
    for _ in range(2):
        ada.send(f"/practice/?plan={plan}", talk())
    assert len(entries()) == 2
    assert kept(plan).entry_id == entries()[0].id


def test_a_refused_entry_keeps_its_plan_in_view_and_unreported(cast, browser_of, plan):
    answer = browser_of(cast.ada).send(f"/practice/?plan={plan}", talk(minutes="-1"))
    assert answer.status_code == 422
    assert "then I ask what changed" in answer.text
    assert kept(plan).outcome is None


@pytest.mark.parametrize("method", ["get", "send"])
def test_another_learners_plan_is_not_found_and_nothing_is_logged_for_it(cast, browser_of, plan, method):
    ben = browser_of(cast.ben)
    answer = getattr(ben, method)(f"/practice/?plan={plan}", **({"data": talk()} if method == "send" else {}))
    assert answer.status_code == 404
    assert entries() == []
    assert kept(plan).outcome is None
    assert getattr(ben, method)("/practice/?plan=99999999999").status_code == 404
    assert ben.get("/practice/?plan=soon").status_code == 404


def test_the_log_with_a_plan_asks_four_questions(cast, browser_of, queries, plan):
    ada = browser_of(cast.ada)
    ada.get("/practice/")
    queries.clear()
    ada.get(f"/practice/?plan={plan}")
    assert len(queries) <= 4
