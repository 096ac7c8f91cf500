"""Recall questions as they return, one at a time."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.db import db
from app.models import Answer, Card
from tests.app.study.shelf import IDS
from tests.app.study.test_views import card
from tests.cast import NOON, Cast

DAY = timedelta(days=1)
SURE = {"text": "One answer.", "confidence": "certain", "lesson": "money", "recall": "polite-no"}


def rows(table: Any) -> list[Any]:
    db.session.rollback()
    return list(db.session.scalars(select(table).order_by(table.id)))


def test_who_has_answered_nothing_yet_is_told_what_comes_here(ada: Any) -> None:
    text = ada.get("/review/").text
    assert "No question has come back yet" in text
    assert "Answer the recall questions at the end of a lesson" in text


def test_nothing_due_says_when_the_next_comes(ada: Any, cast: Cast) -> None:
    card(cast.ada_enrolled, due_at=NOON + 3 * DAY)
    text = ada.get("/review/").text
    assert "Nothing to review" in text
    assert "The next comes back on Friday 27\u00a0November." in text


def test_what_comes_back_tomorrow_is_counted(ada: Any, cast: Cast) -> None:
    card(cast.ada_enrolled, due_at=NOON + DAY)
    card(cast.ada_enrolled, "seven", due_at=NOON + DAY)
    assert "Two questions come back tomorrow." in ada.get("/review/").text


def test_the_longest_due_is_asked_first_and_alone(ada: Any, cast: Cast) -> None:
    card(cast.ada_enrolled, "seven", due_at=NOON - DAY)
    card(cast.ada_enrolled, due_at=NOON - 5 * DAY)
    text = ada.get("/review/").text
    assert "What is a polite no in Follow the money?" in text
    assert "Seven of ten" not in text
    assert "Review, two to go" in text
    assert "It opens the exchange." not in text


def test_a_question_is_answered_compared_graded_and_gone(ada: Any, cast: Cast) -> None:
    card(cast.ada_enrolled)
    sent = ada.send("/review/", SURE)
    assert (sent.status_code, sent.location) == (303, "/review/")
    text = ada.get("/review/").text
    assert "Compare it with yours" in text
    assert "It opens the exchange." in text
    graded = ada.send("/review/money/polite-no/grade", {"answer": rows(Answer)[0].id, "correct": "yes"})
    assert (graded.status_code, graded.location) == (303, "/review/?done=1")
    assert rows(Card)[0].due_at > NOON
    text = ada.get("/review/?done=1").text
    assert "Done for today" in text
    assert "You have answered what was due. The next comes back on " in text


def test_the_page_sends_what_it_asks(ada: Any, cast: Cast) -> None:
    card(cast.ada_enrolled)
    hidden = dict(re.findall(r'name="(lesson|recall)" type="hidden" value="([^"]*)"', ada.get("/review/").text))
    assert hidden == {"lesson": "money", "recall": "polite-no"}
    ada.send("/review/", SURE)
    assert f'name="answer" type="hidden" value="{rows(Answer)[0].id}"' in ada.get("/review/").text


def test_a_refused_answer_is_never_put_beside_another_question(ada: Any, cast: Cast) -> None:
    card(cast.ada_enrolled, "seven")
    answer = ada.send("/review/", {**SURE, "confidence": "", "text": "About the polite no"})
    assert answer.status_code == 409
    assert '<p class="typed">About the polite no</p>' in answer.text
    assert "About the polite no</textarea>" not in answer.text


def test_an_answer_left_uncompared_waits_on_another_device(ada: Any, cast: Cast, browser_of: Any) -> None:
    card(cast.ada_enrolled)
    ada.send("/review/", SURE)
    assert "Compare it with yours" in browser_of(cast.ada).get("/review/").text


def test_an_answer_from_before_the_question_came_back_is_not_compared_now(ada: Any, cast: Cast) -> None:
    facts = {"enrolment_id": cast.ada_enrolled.id, "lesson_id": "money", "recall_id": "polite-no"}
    old = Answer(**facts, content_hash="x", text="Old.", confidence="unsure", answered_at=NOON - 9 * DAY)
    db.session.add(old)
    db.session.commit()
    card(cast.ada_enrolled)
    assert "Old." not in ada.get("/review/").text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": ""}, "Write an answer first."),
        ({"text": "a" * 4001}, "An answer holds 4 000 characters"),
        ({"confidence": ""}, "Say how sure you are"),
        ({"csrf_token": "stale"}, "open for too long"),
    ],
)
def test_a_refused_answer_is_kept_on_the_page(ada: Any, cast: Cast, given: dict[str, str], words: str) -> None:
    card(cast.ada_enrolled)
    answer = ada.send("/review/", {**SURE, **given})
    assert answer.status_code == 422
    assert words in answer.text
    assert {**SURE, **given}["text"] in answer.text
    assert rows(Answer) == []


@pytest.mark.parametrize("gone", [{"recall": "gone"}, {"lesson": "vanished"}, {"lesson": "", "recall": ""}])
def test_an_answer_to_a_question_that_is_gone_is_given_back(ada: Any, cast: Cast, gone: dict[str, str]) -> None:
    card(cast.ada_enrolled)
    answer = ada.send("/review/", {**SURE, "text": "My own words", **gone})
    assert answer.status_code == 409
    assert "My own words" in answer.text
    assert rows(Answer) == []


def test_five_minutes_are_enough_for_today_and_one_may_go_on(ada: Any, cast: Cast) -> None:
    card(cast.ada_enrolled)
    card(cast.ada_enrolled, "seven", due_at=NOON + DAY)
    for done in (6, 10):
        text = ada.get(f"/review/?done={done}").text
        assert "That is enough for today" in text
        assert "You have answered six. One more is due; it can wait until tomorrow." in text
        assert "One question left over and one that comes back, about two minutes a sitting" in text
    assert "What is a polite no" in ada.get("/review/").text


def test_a_sitting_is_six_questions_and_says_what_can_wait(ada: Any, cast: Cast) -> None:
    for lesson_id in IDS:
        card(cast.ada_enrolled, lesson_id=lesson_id)
        card(cast.ada_enrolled, "seven", lesson_id=lesson_id)
    text = ada.get("/review/").text
    assert "Review, six to go" in text
    assert "About five minutes. Two more are due, and can wait until tomorrow." in text
    assert "Still about one minute. Seven more are due" in ada.get("/review/?done=5").text
    assert "About five minutes a day; two can wait until tomorrow." in ada.get("/today").text


def test_the_week_ahead_is_counted_by_the_learners_own_days(ada: Any, cast: Cast) -> None:
    late = NOON.replace(hour=23, minute=30)  # half an hour into tomorrow in Amsterdam
    for recall, due in (("polite-no", late), ("seven", NOON + 3 * DAY)):
        card(cast.ada_enrolled, recall, due_at=due)
    text = ada.get("/review/").text
    assert "One question comes back tomorrow." in text
    assert "<dt>Tomorrow</dt><dd>One question, about one minute</dd>" in text
    assert "<dt>Friday 27\u00a0November</dt><dd>One question, about one minute</dd>" in text
    assert text.count("<dt>") == 2


def test_a_week_without_questions_says_when_the_next_is_due(ada: Any, cast: Cast) -> None:
    card(cast.ada_enrolled, due_at=NOON + 20 * DAY)
    text = ada.get("/review/").text
    assert "Nothing comes back within a week. The next is due on Monday 14\u00a0December." in text


@pytest.mark.parametrize(
    ("confidence", "right", "wrong", "says"),
    [
        ("certain", "Thursday 26", "Wednesday 25", "If you had it, it comes back on Thursday 26\u00a0November. If"),
        ("unsure", "Wednesday 25", "Wednesday 25", ", sooner because you weren’t sure. If you didn’t, on Wednesday 25"),
    ],
)
def test_what_a_grade_means_is_said_before_it_is_given_and_kept(
    ada: Any, cast: Cast, *, confidence: str, right: str, wrong: str, says: str
) -> None:
    for correct, day in (("yes", right), ("no", wrong)):
        recall = "polite-no" if correct == "yes" else "seven"
        card(cast.ada_enrolled, recall, stability=None, difficulty=None, state=1, reviewed_at=None)
        wording = {"recall": recall, "confidence": confidence}
        ada.send("/review/", {**SURE, **wording})
        assert says in ada.get("/review/").text
        ada.send(f"/review/money/{recall}/grade", {"answer": rows(Answer)[-1].id, "correct": correct})
        assert f"{rows(Card)[-1].due_at:%A} {rows(Card)[-1].due_at.day}" == day


@pytest.mark.parametrize("count", [1, 60])
def test_the_page_costs_four_queries_however_much_is_due(ada: Any, cast: Cast, queries: list[str], count: int) -> None:
    for number in range(count):
        card(cast.ada_enrolled, f"gone-{number}")
    card(cast.ada_enrolled)
    ada.send("/review/", SURE)
    queries.clear()
    assert "Compare it with yours" in ada.get("/review/").text
    assert len(queries) <= 4


@pytest.mark.parametrize("done", ["-3", "x", "99999999999999999999"])
def test_a_count_in_the_address_that_makes_no_sense_breaks_nothing(ada: Any, done: str) -> None:
    assert ada.get(f"/review/?done={done}").status_code == 200


def test_a_grade_posted_twice_counts_once(ada: Any, cast: Cast) -> None:
    card(cast.ada_enrolled)
    ada.send("/review/", SURE)
    sent = {"answer": rows(Answer)[0].id, "correct": "yes", "once": "same-key"}
    first, second = (ada.send("/review/money/polite-no/grade", sent) for _ in range(2))
    assert first.location == second.location
    assert rows(Card)[0].reviewed_at == NOON


def test_a_grade_without_a_verdict_asks_again(ada: Any, cast: Cast) -> None:
    card(cast.ada_enrolled)
    ada.send("/review/", SURE)
    answer = ada.send("/review/money/polite-no/grade", {"answer": rows(Answer)[0].id})
    assert answer.status_code == 422
    assert "Say whether you had it." in answer.text


def test_one_learner_reviews_nothing_of_another(ben: Any, cast: Cast) -> None:
    card(cast.ada_enrolled)
    assert "No question has come back yet" in ben.get("/review/").text
