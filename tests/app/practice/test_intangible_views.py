"""What came back in words: a day, perhaps a person, at most 280 characters, and never a figure."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from app.db import db
from app.models import Intangible
from tests import cast as people
from tests.app.practice.ledger_rows import begin, heading, text_of
from tests.cast import TODAY, Cast, save

TYPED = {"text": "He rings before he tenders now.", "who": "", "day": "2026-11-20"}


@pytest.fixture
def ada(cast: Cast, browser_of: Any) -> Any:
    begin(cast.ada, date(2026, 9, 1))
    return browser_of(cast.ada)


def rows() -> int:
    return db.session.scalar(select(func.count()).select_from(Intangible)) or 0


def test_words_are_kept_with_their_day_and_whose_they_are(cast: Cast, ada: Any) -> None:
    whom = people.relationship(cast.ada, "Brouwer")
    assert ada.send("/roi/in-words", {**TYPED, "who": str(whom.id)}).status_code == 303
    page = ada.get("/roi/in-words").text
    assert heading(page) == "One thing that came back and is no money"
    assert "He rings before he tenders now. Brouwer, 20 November 2026" in text_of(page)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": ""}, "Say it in a sentence"),
        ({"text": "x" * 281}, "Use 280 characters or fewer."),
        ({"text": "x" * 10_000}, "Use 280 characters or fewer."),
        ({"day": ""}, "Choose the day."),
        ({"day": "2026-11-25"}, "still to come"),
        ({"who": "999999"}, "Choose somebody from your list"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words_and_kept(ada: Any, change: dict[str, str], words: str) -> None:
    answer = ada.send("/roi/in-words", {**TYPED, **change})
    assert (answer.status_code, rows()) == (422, 0)
    assert words in text_of(answer.text)
    assert ({**TYPED, **change})["text"] in answer.text


def test_280_characters_fit(ada: Any) -> None:
    assert ada.send("/roi/in-words", {**TYPED, "text": "ü" * 280}).status_code == 303


def test_words_are_taken_out_by_their_owner_alone(cast: Cast, ada: Any) -> None:
    mine = save(Intangible(person_id=cast.ada.id, day=TODAY, text="A mistake"))
    theirs = save(Intangible(person_id=cast.ben.id, day=TODAY, text="Ben's"))
    assert ada.send(f"/roi/in-words/{theirs.id}/remove").status_code == 404
    for _ in range(2):
        assert ada.send(f"/roi/in-words/{mine.id}/remove").status_code == 303
    assert "A mistake" not in ada.get("/roi/in-words").text
    assert rows() == 2


def test_the_page_takes_four_queries_with_any_number_of_words(cast: Cast, ada: Any, queries: list[str]) -> None:
    db.session.add_all(Intangible(person_id=cast.ada.id, day=TODAY, text=f"line-{i:02}") for i in range(25))
    db.session.commit()
    queries.clear()
    page = ada.get("/roi/in-words?page=2").text
    assert len(queries) <= 4
    assert ("line-04" in page, "line-05" in page) == (True, False)
