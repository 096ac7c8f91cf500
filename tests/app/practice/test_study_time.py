"""How long lessons took: the stated minutes unless the learner says otherwise."""

from typing import Any

import pytest

from app.content import library
from app.db import db
from tests.app.practice.ledger_rows import begin, heading, reading, text_of
from tests.cast import NOON, Cast, save


@pytest.fixture
def lesson(app: Any) -> Any:
    return library().lessons[0]


@pytest.fixture
def ada(cast: Cast, browser_of: Any) -> Any:
    begin(cast.ada, cast.autumn.starts_on)
    return browser_of(cast.ada)


def test_a_corrected_lesson_counts_its_own_minutes_in_the_account(cast: Cast, ada: Any, lesson: Any) -> None:
    row = save(reading(cast.ada_enrolled.id, lesson.id, NOON))
    page = ada.get("/roi/study-time").text
    assert heading(page) == "One lesson as long as stated"
    assert f"{lesson.title}{lesson.minutes}" in text_of(page)
    assert ada.send("/roi/study-time", {f"reading-{row.id}": "95"}).status_code == 303
    assert heading(ada.get("/roi/study-time").text) == "One of one lesson took another time than stated"
    assert "1 h 35 min × 50" in text_of(ada.get("/roi/").text)


def test_emptied_the_stated_minutes_stand_again(cast: Cast, ada: Any, lesson: Any) -> None:
    row = save(reading(cast.ada_enrolled.id, lesson.id, NOON))
    row.minutes = 95
    save(row)
    assert ada.send("/roi/study-time", {f"reading-{row.id}": ""}).status_code == 303
    db.session.refresh(row)
    assert row.minutes is None


@pytest.mark.parametrize("typed", ["-1", "1441", "an hour", "1.5"])
def test_what_is_no_time_is_refused_and_kept_as_typed(cast: Cast, ada: Any, lesson: Any, typed: str) -> None:
    row = save(reading(cast.ada_enrolled.id, lesson.id, NOON))
    answer = ada.send("/roi/study-time", {f"reading-{row.id}": typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    db.session.refresh(row)
    assert row.minutes is None


def test_nobody_corrects_the_time_of_somebody_else(cast: Cast, ada: Any, lesson: Any) -> None:
    theirs = save(reading(cast.ben_enrolled.id, lesson.id, NOON))
    ada.send("/roi/study-time", {f"reading-{theirs.id}": "95"})
    db.session.refresh(theirs)
    assert theirs.minutes is None


def test_the_page_takes_four_queries(cast: Cast, ada: Any, queries: list[str]) -> None:
    for lesson in library().lessons[:5]:
        save(reading(cast.ada_enrolled.id, lesson.id, NOON))
    queries.clear()
    assert ada.get("/roi/study-time").status_code == 200
    assert len(queries) <= 4
