"""Recall on a lesson's page: answer, compare, grade."""

import re
from datetime import timedelta
from typing import Any

import pytest

from app.models import Answer, Card, Reading
from tests.app.study.desk import SURE, URL, answered, rows, text_of
from tests.cast import NOON


def test_an_answer_comes_before_the_model_answer(ada: Any) -> None:
    before = text_of(ada.get(URL))
    assert "One answer." not in before
    sent = ada.send(f"{URL}/recall/polite-no", SURE)
    assert (sent.status_code, sent.location) == (303, f"{URL}#recall-polite-no")
    after = text_of(ada.get(URL))
    assert "Contacting: nobody answered." in after
    assert "You were certain." in after
    assert "One answer." in after
    assert "It opens the exchange." in after
    assert "I had it" in after


def test_the_page_grades_the_answer_that_it_shows(ada: Any) -> None:
    answered(ada, text="Earlier.")
    given = answered(ada, text="Later.")
    text = text_of(ada.get(URL))
    assert re.findall(r'name="answer" type="hidden" value="(\d+)"', text) == [str(given.id)]
    assert "Earlier." not in text


def test_answering_is_beginning_to_read(ada: Any) -> None:
    answered(ada)
    assert rows(Reading)[0].completed_at is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": ""}, "Write an answer first."),
        ({"text": "  \n "}, "Write an answer first."),
        ({"text": "a" * 4001}, "An answer holds 4 000 characters"),
        ({"confidence": ""}, "Say how sure you are"),
        ({"confidence": "rather"}, "Choose one of the four."),
        ({"csrf_token": "stale"}, "open for too long"),
    ],
)
def test_a_refused_answer_is_kept_on_the_page_and_nowhere_else(ada: Any, given: dict[str, str], words: str) -> None:
    typed = {**SURE, **given}
    answer = ada.send(f"{URL}/recall/polite-no", typed)
    text = text_of(answer)
    assert answer.status_code == 422
    assert words in text
    if typed["text"].strip():
        assert typed["text"] in text
    assert rows(Answer) == []


def test_an_answer_of_4000_characters_and_hostile_text_is_kept_as_typed(ada: Any) -> None:
    hostile = "<script>alert(1)</script> & {{ 7*7 }} \u202e"
    assert answered(ada, text="ä" * 4000).text == "ä" * 4000
    assert answered(ada, text=hostile).text == hostile
    text = text_of(ada.get(URL))
    assert "&lt;script&gt;" in text
    assert "<script>alert" not in text


def test_the_same_answer_posted_twice_is_one_answer(ada: Any) -> None:
    twice = {**SURE, "once": "same-key"}
    first, second = (ada.send(f"{URL}/recall/polite-no", twice) for _ in range(2))
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert len(rows(Answer)) == 1


def test_an_answer_to_a_question_that_is_gone_is_given_back_kindly(ada: Any) -> None:
    answer = ada.send(f"{URL}/recall/was-here", {**SURE, "text": "My long answer"})
    assert answer.status_code == 409
    assert "This question has been taken out of the lesson" in text_of(answer)
    assert "My long answer" in text_of(answer)
    assert rows(Answer) == []


@pytest.mark.parametrize(("correct", "days"), [("yes", 2), ("no", 1)])
def test_a_grade_sends_the_question_away_for_as_long_as_it_will_be_remembered(
    ada: Any, correct: str, days: int
) -> None:
    given = answered(ada)
    graded = ada.send(f"{URL}/recall/polite-no/grade", {"answer": given.id, "correct": correct})
    assert (graded.status_code, graded.location) == (303, f"{URL}#recall-polite-no")
    (card,) = rows(Card)
    assert (card.due_at - NOON).days == days
    assert card.reviewed_at == NOON
    assert rows(Answer)[0].correct is (correct == "yes")


def test_right_but_unsure_comes_back_sooner_than_right_and_sure(ada: Any) -> None:
    for recall, confidence in (("polite-no", "unsure"), ("seven", "fairly")):
        given = answered(ada, recall, confidence=confidence)
        ada.send(f"{URL}/recall/{recall}/grade", {"answer": given.id, "correct": "yes"})
    unsure, fairly = rows(Card)
    assert unsure.due_at < fairly.due_at


def test_an_answer_is_graded_once(ada: Any) -> None:
    given = answered(ada)
    for correct in ("yes", "no"):
        ada.send(f"{URL}/recall/polite-no/grade", {"answer": given.id, "correct": correct})
    assert rows(Answer)[0].correct is True
    assert (rows(Card)[0].due_at - NOON).days == 2


def test_a_second_answer_moves_the_same_card(ada: Any, at: Any) -> None:
    first = answered(ada)
    ada.send(f"{URL}/recall/polite-no/grade", {"answer": first.id, "correct": "no"})
    at(NOON + timedelta(days=1))
    second = answered(ada)
    ada.send(f"{URL}/recall/polite-no/grade", {"answer": second.id, "correct": "yes"})
    (card,) = rows(Card)
    assert card.reviewed_at == NOON + timedelta(days=1)
    assert "You had it." in text_of(ada.get(URL))


def test_a_foreign_answer_is_not_found_and_not_graded(ada: Any, ben: Any) -> None:
    foreign = answered(ben)
    for url in (f"{URL}/recall/polite-no/grade", "/review/contact-or-connect/polite-no/grade"):
        assert ada.send(url, {"answer": foreign.id, "correct": "yes"}).status_code == 404
    assert rows(Answer)[0].correct is None
    assert rows(Card) == []


def test_an_answer_is_graded_only_at_its_own_question(ada: Any) -> None:
    given = answered(ada)
    assert ada.send(f"{URL}/recall/seven/grade", {"answer": given.id, "correct": "yes"}).status_code == 404


@pytest.mark.parametrize("sent", [{}, {"answer": "x", "correct": "yes"}, {"answer": 2**40, "correct": "yes"}])
def test_a_grade_that_makes_no_sense_changes_nothing(ada: Any, sent: dict[str, Any]) -> None:
    answered(ada)
    assert ada.send(f"{URL}/recall/polite-no/grade", sent).status_code == 422
    assert rows(Card) == []
