"""Confidence against correctness, in words first."""

from typing import Any

import pytest

from app.db import db
from app.models import Answer, Enrolment
from app.study.calibration_page import times
from course.share import Share
from tests.cast import Cast

URL = "/review/calibration"


def answers(enrolment: Enrolment, confidence: str, *, right: int = 0, wrong: int = 0, open_still: int = 0) -> None:
    facts = {"enrolment_id": enrolment.id, "lesson_id": "money", "recall_id": "polite-no", "content_hash": "x"}
    for correct, count in ((True, right), (False, wrong), (None, open_still)):
        db.session.add_all(Answer(**facts, text="One.", confidence=confidence, correct=correct) for _ in range(count))
    db.session.commit()


def test_who_has_compared_nothing_yet_is_told_what_comes_here_and_that_empty_is_fine(ada: Any, cast: Cast) -> None:
    answers(cast.ada_enrolled, "certain", open_still=12)
    text = ada.get(URL).text
    assert "How sure you are, and how right" in text
    assert "and that is fine" in text
    assert "<svg" not in text.partition("<main")[2].partition("</main>")[0]


def test_the_finding_comes_first_in_words(ada: Any, cast: Cast) -> None:
    answers(cast.ada_enrolled, "certain", right=28, wrong=12)
    answers(cast.ada_enrolled, "unsure", right=6, wrong=6)
    text = ada.get(URL).text
    assert "<h1>When you say certain, you are right 7 times of 10</h1>" in text
    assert "The word stands for 95\u00a0%. 28 of 40 were right. You know less there than you say." in text
    assert "Stands for 50\u00a0%. 6 of 12 were right" in text
    assert "no further from the word than chance may put it" in text
    assert "Certain lies off the line" in text
    assert "You judge your own answers" in text


def test_bias_and_score_are_shown_with_what_they_mean(ada: Any, cast: Cast) -> None:
    answers(cast.ada_enrolled, "certain", right=20, wrong=20)
    text = ada.get(URL).text
    assert "Surer than right, on the whole" in text
    assert "+45 points: what you expected less what was right." in text
    # (.05² + .95²) / 2
    assert "0.45, where 0 is perfect and whoever always says unsure gets 0.25" in text


def test_who_knows_more_than_they_say_hears_that_too(ada: Any, cast: Cast) -> None:
    answers(cast.ada_enrolled, "guessing", right=20, wrong=5)
    text = ada.get(URL).text
    assert "When you say you are guessing, you are right 8 times of 10" in text
    assert "More right than sure, on the whole" in text
    assert "\u221255 points" in text


def test_words_that_fit_are_not_made_into_a_fault(ada: Any, cast: Cast) -> None:
    answers(cast.ada_enrolled, "fairly", right=15, wrong=5)
    text = ada.get(URL).text
    assert "So far, you are about as right as you are sure" in text
    assert "No word can be told apart from its answers" in text
    assert "Chance alone may make as much of it." in text


def test_below_ten_answers_with_a_word_nothing_is_said_of_it_and_why(ada: Any, cast: Cast) -> None:
    answers(cast.ada_enrolled, "certain", wrong=9)
    text = ada.get(URL).text
    assert "Too few answers to say anything yet" in text
    assert "You have compared nine answers." in text
    assert "fewer than ten answers, so nothing is said" in text
    assert "From 20 answers on, your confidence on the whole stands here; eleven more." in text
    assert "of 9" not in text


def test_the_same_figures_stand_in_the_table(ada: Any, cast: Cast) -> None:
    answers(cast.ada_enrolled, "certain", right=28, wrong=12)
    answers(cast.ada_enrolled, "guessing", right=1)
    table = ada.get(URL).text.partition("The same figures as a table")[2].partition("</table>")[0]
    for figure in ("40", "28", "70\u00a0%", "55 to 82\u00a0%", "too few"):
        assert f">{figure}</td>" in table


@pytest.mark.parametrize(
    ("right", "words"),
    [
        (Share(28, 40), "7 times of 10"),
        (Share(39, 40), "39 of 40 times"),
        (Share(40, 40), "40 of 40 times"),
        (Share(1, 30), "1 of 30 times"),
        (Share(3, 30), "1 time of 10"),
    ],
)
def test_nearly_always_is_never_rounded_to_always(right: Share, words: str) -> None:
    assert times(right) == words


def test_one_learner_sees_nothing_of_anothers_answers(ben: Any, cast: Cast) -> None:
    answers(cast.ada_enrolled, "certain", right=28, wrong=12)
    assert "How sure you are, and how right" in ben.get(URL).text


@pytest.mark.parametrize("count", [1, 1500])
def test_the_page_costs_two_queries_however_much_was_answered(
    ada: Any, cast: Cast, queries: list[str], count: int
) -> None:
    answers(cast.ada_enrolled, "certain", right=count)
    queries.clear()
    assert ada.get(URL).status_code == 200
    assert len(queries) <= 2


@pytest.mark.parametrize("page", ["/today", "/course/", "/review/"])
def test_it_is_found_from_where_one_studies(ada: Any, page: str) -> None:
    assert f'href="{URL}"' in ada.get(page).text
