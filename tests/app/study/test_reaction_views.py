"""What the course is worth to a learner: asked once, kept once, and not at all by those who rather don't."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.db import db
from app.models import Cohort, Reaction
from tests.app.study.shelf import IDS
from tests.app.study.test_views import read
from tests.cast import TODAY, Cast

URL = "/reaction/"
SAID = {"relevance": "4", "intent": "5", "recommend": "2", "line": "More site visits."}


@pytest.fixture
def finished(ada: Any, cast: Cast) -> Any:
    """Ada's browser, with every lesson read."""
    for lesson_id in IDS:
        read(cast.ada_enrolled, lesson_id)
    return ada


def rows() -> list[Reaction]:
    db.session.rollback()
    return list(db.session.scalars(select(Reaction)))


def test_it_is_not_asked_before_everything_is_read(ada: Any) -> None:
    assert "Was it worth" not in ada.get(URL).text
    assert "You are asked once" in ada.get(URL).text
    assert URL not in ada.get("/today").text
    assert ada.send(URL, SAID).status_code == 409
    assert rows() == []


def test_today_asks_for_it_once_and_no_more_when_it_was_said(finished: Any, queries: list[str]) -> None:
    finished.get("/today")
    queries.clear()
    assert f'href="{URL}"' in finished.get("/today").text
    assert len(queries) <= 4
    assert finished.send(URL, SAID).status_code == 303
    assert f'href="{URL}"' not in finished.get("/today").text


def test_who_has_read_little_is_asked_when_the_course_is_over(ada: Any, cast: Cast) -> None:
    db.session.get_one(Cohort, cast.autumn.id).ends_on = TODAY - timedelta(days=1)
    db.session.commit()
    assert "Was it worth" in ada.get(URL).text


def test_what_is_said_is_kept_and_shown_to_who_said_it(finished: Any, queries: list[str]) -> None:
    assert finished.send(URL, SAID).location == URL
    kept = rows()[0]
    assert (kept.relevance, kept.intent, kept.recommend, kept.line) == (4, 5, 2, "More site visits.")
    queries.clear()
    text = finished.get(URL).text
    assert len(queries) <= 4
    assert "Most of it" in text
    assert "It has its day" in text
    assert "More site visits." in text


def test_the_first_answer_stands_whatever_comes_later(finished: Any) -> None:
    finished.send(URL, SAID)
    assert finished.send(URL, {**SAID, "relevance": "1"}).status_code == 409
    assert [row.relevance for row in rows()] == [4]


def test_rather_not_keeps_nothing_and_is_not_asked_again(finished: Any) -> None:
    assert finished.send("/reaction/no", {}).status_code == 303
    assert [(row.relevance, row.line) for row in rows()] == [(None, "")]
    assert "You preferred not to say" in finished.get(URL).text
    assert f'href="{URL}"' not in finished.get("/today").text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"relevance": ""}, "Choose one of the five."),
        ({"intent": "6"}, "Choose one of the five."),
        ({"recommend": "0"}, "Choose one of the five."),
        ({"line": "x" * 201}, "Keep it to 200 characters."),
        ({"line": "one\ntwo"}, "Keep it to one line."),
        ({"csrf_token": "stale"}, "open for too long"),
    ],
)
def test_a_refused_answer_stays_on_the_page_and_says_why(finished: Any, given: dict[str, str], words: str) -> None:
    answer = finished.send(URL, {**SAID, **given})
    assert answer.status_code == 422
    assert words in answer.text
    assert ("More site visits." in answer.text) is ("line" not in given)
    assert rows() == []
