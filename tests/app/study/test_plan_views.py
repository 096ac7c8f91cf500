"""What came of an if-then plan."""

from typing import Any

import pytest
from sqlalchemy import select

from app.db import db
from app.models import Enrolment, Plan
from tests.cast import NOON, TODAY, Cast, save


def plan_of(enrolment: Enrolment, **given: Any) -> Plan:
    facts = {"lesson_id": "contact-or-connect", "if_text": "it rains", "then_text": "open the folder", "due_on": TODAY}
    return save(Plan(enrolment_id=enrolment.id, **{**facts, **given}))


def kept(plan: Plan) -> Plan:
    db.session.rollback()
    return db.session.scalars(select(Plan).where(Plan.id == plan.id)).one()


def test_a_plan_that_was_done_is_told_leaves_the_list_and_leads_into_the_log(ada: Any, cast: Cast) -> None:
    plan = plan_of(cast.ada_enrolled)
    assert "Say what came of your plan" in ada.get("/today").text
    told = ada.send(f"/plans/{plan.id}/report", {"outcome": "done"})
    assert (told.status_code, told.location) == (303, f"/practice/?plan={plan.id}")
    assert (kept(plan).outcome, kept(plan).reported_at) == ("done", NOON)
    assert "Say what came of your plan" not in ada.get("/today").text


def test_not_having_done_it_is_an_answer_with_its_reason(ada: Any, cast: Cast) -> None:
    plan = plan_of(cast.ada_enrolled)
    ada.send(f"/plans/{plan.id}/report", {"outcome": "didnt", "because": "the visit was moved"})
    assert (kept(plan).outcome, kept(plan).because) == ("didnt", "the visit was moved")
    assert "because the visit was moved" in ada.get("/course/contact-or-connect").text


def test_a_reason_told_at_the_lesson_leads_back_to_it(ada: Any, cast: Cast) -> None:
    plan = plan_of(cast.ada_enrolled)
    given = {"outcome": "didnt", "because": "it rained"}
    told = ada.send(f"/plans/{plan.id}/report?lesson=contact-or-connect", given)
    assert told.location == "/course/contact-or-connect#plans"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Say whether you did it."),
        ({"outcome": "maybe"}, "Not a valid choice"),
        ({"outcome": "didnt", "because": " "}, "Say what came between."),
        ({"outcome": "didnt", "because": "b" * 281}, "Keep it to 280 characters."),
        ({"outcome": "done", "csrf_token": "stale", "because": "typed"}, "open for too long"),
    ],
)
@pytest.mark.parametrize("where", ["", "?lesson=contact-or-connect"])
def test_a_refused_report_keeps_what_was_typed_on_the_page_it_came_from(
    ada: Any, cast: Cast, where: str, given: dict[str, str], words: str
) -> None:
    plan = plan_of(cast.ada_enrolled)
    answer = ada.send(f"/plans/{plan.id}/report{where}", given)
    assert answer.status_code == 422
    assert words in answer.text
    assert given.get("because", "").strip() in answer.text
    assert kept(plan).outcome is None


def test_the_first_report_stands(ada: Any, cast: Cast) -> None:
    plan = plan_of(cast.ada_enrolled)
    ada.send(f"/plans/{plan.id}/report", {"outcome": "didnt", "because": "it rained"})
    assert ada.send(f"/plans/{plan.id}/report", {"outcome": "done"}).status_code == 303
    assert kept(plan).outcome == "didnt"


def test_a_foreign_plan_is_not_found_and_stays_as_it_is(ben: Any, cast: Cast) -> None:
    plan = plan_of(cast.ada_enrolled)
    assert ben.send(f"/plans/{plan.id}/report", {"outcome": "done"}).status_code == 404
    assert kept(plan).outcome is None
    assert ben.send("/plans/2147483647/report", {"outcome": "done"}).status_code == 404
    assert ben.send("/plans/99999999999/report", {"outcome": "done"}).status_code == 404


def test_a_plan_for_a_lesson_that_is_gone_can_still_be_told(ada: Any, cast: Cast) -> None:
    plan = plan_of(cast.ada_enrolled, lesson_id="vanished")
    assert "it rains" in ada.get("/today").text
    given = {"outcome": "didnt", "because": "the lesson went"}
    assert ada.send(f"/plans/{plan.id}/report?lesson=vanished", given).location == "/today"
    assert kept(plan).outcome == "didnt"
