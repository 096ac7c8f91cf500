"""Notes beside a lesson."""

import re
from datetime import datetime
from typing import Any

import pytest

from app.models import Note
from tests.app.study.desk import URL, rows, text_of
from tests.cast import NOON

JSON = {"headers": {"Accept": "application/json"}}


def saved(browser: Any, words: str, version: int, **options: Any) -> Any:
    return browser.send(f"{URL}/note", {"text": words, "version": str(version)}, **options)


def test_a_note_is_saved_without_script(ada: Any) -> None:
    answer = saved(ada, "Ask which night.", 0)
    assert (answer.status_code, answer.location) == (303, f"{URL}#notes")
    assert "Ask which night.</textarea>" in text_of(ada.get(URL))


def test_a_note_is_saved_as_it_is_typed(ada: Any) -> None:
    first, second = saved(ada, "Ask", 0, **JSON), saved(ada, "Ask which night.", 1, **JSON)
    assert first.json == {"version": 1, "saved_at": NOON.isoformat()}
    assert second.json["version"] == 2
    assert [(row.text, row.version) for row in rows(Note)] == [("Ask which night.", 2)]


def test_a_note_can_be_emptied(ada: Any) -> None:
    saved(ada, "Ask", 0)
    assert saved(ada, "", 1, **JSON).json["version"] == 2
    assert rows(Note)[0].text == ""


def test_two_tabs_on_one_note_get_both_texts_and_lose_neither(ada: Any) -> None:
    saved(ada, "First tab", 0)
    answer = saved(ada, "Second tab", 0, **JSON)
    assert answer.status_code == 409
    assert answer.json == {"text": "First tab", "version": 1}
    assert rows(Note)[0].text == "First tab"


def test_two_tabs_without_script_see_both_texts_and_may_save_over(ada: Any) -> None:
    saved(ada, "First tab", 0)
    saved(ada, "First tab, more", 1)
    answer = saved(ada, "Second tab", 1)
    text = text_of(answer)
    assert answer.status_code == 409
    assert "First tab, more" in text
    assert "Second tab</textarea>" in text
    version = re.search(r'name="version"[^>]*value="(\d+)"', text)
    assert version
    assert saved(ada, "Second tab", int(version[1])).status_code == 303
    assert rows(Note)[0].text == "Second tab"


def test_a_save_that_was_repeated_because_its_answer_got_lost_is_no_conflict(ada: Any) -> None:
    saved(ada, "Ask", 0)
    assert saved(ada, "Ask", 0, **JSON).json["version"] == 1


def test_a_note_holds_10000_characters_and_says_so_beyond(ada: Any) -> None:
    assert saved(ada, "n" * 10_000, 0).status_code == 303
    refused, by_page = saved(ada, "n" * 10_001, 1, **JSON), saved(ada, "n" * 10_001, 1)
    assert refused.status_code == by_page.status_code == 422
    assert refused.json == {"faults": ["A note holds 10 000 characters; shorten it to keep it."]}
    assert "n" * 10_001 in text_of(by_page)
    assert len(rows(Note)[0].text) == 10_000


def test_a_stale_page_keeps_the_note_that_was_typed(ada: Any) -> None:
    answer = ada.send(f"{URL}/note", {"text": "Typed long ago", "version": "0", "csrf_token": "stale"})
    assert answer.status_code == 422
    assert "Typed long ago</textarea>" in text_of(answer)
    assert rows(Note) == []


@pytest.mark.parametrize("version", ["", "x", "-1", str(2**40)])
def test_a_version_that_cannot_be_is_refused(ada: Any, version: str) -> None:
    assert ada.send(f"{URL}/note", {"text": "Ask", "version": version}).status_code == 422


def test_a_note_is_its_writers_alone(ada: Any, ben: Any) -> None:
    saved(ada, "Adas own words", 0)
    assert "Adas own words" not in text_of(ben.get(URL))
    assert saved(ben, "Bens own words", 0).status_code == 303
    assert len(rows(Note)) == 2


def test_the_time_of_a_save_is_an_instant_with_its_zone(ada: Any) -> None:
    said = saved(ada, "Ask", 0, **JSON).json["saved_at"]
    assert datetime.fromisoformat(said) == NOON
