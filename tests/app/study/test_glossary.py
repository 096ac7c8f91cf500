"""The words of the course, for learners and for visitors who read the free lesson."""

import re
from pathlib import Path
from typing import Any

import pytest

from app.content import library
from tests.app.study.desk import text_of
from tests.cast import Cast

URL = "/course/glossary"
TEXT = """[[term]]
word = "Two-way"
meaning = "They took part, & said <so>."
lesson = "contact-or-connect"

[[term]]
word = "account"
meaning = "What was put in, and what came back."
lesson = "money"

[[term]]
word = "Receipt"
meaning = "Money that came."
"""


@pytest.fixture
def glossary(lessons: Path) -> Path:
    file = lessons / "glossary.toml"
    file.write_text(TEXT)
    return file


def test_the_words_stand_by_the_alphabet_each_with_its_anchor(client: Any, glossary: Path) -> None:
    text = text_of(client.get(URL))
    assert re.findall(r'<div id="([a-z-]+)"><dt>(.*?)</dt>', text) == [
        ("account", "account"),
        ("receipt", "Receipt"),
        ("two-way", "Two-way"),
    ]
    assert "Three</span> words, each meant in one way" in text


def test_meanings_are_text(client: Any, glossary: Path) -> None:
    assert "They took part, &amp; said &lt;so&gt;." in text_of(client.get(URL))


def test_a_learner_is_led_to_the_lesson(ada: Any, glossary: Path) -> None:
    text = text_of(ada.get(URL))
    assert '<a href="/course/money">Lesson 1.1, Follow the money</a>' in text
    assert '<a href="/course/contact-or-connect">Lesson 1.2, Contact or connect?</a>' in text


def test_a_visitor_and_a_trainer_are_led_to_what_they_may_read(
    client: Any, cast: Cast, browser_of: Any, glossary: Path
) -> None:
    for browser in (client, browser_of(cast.tess)):
        text = text_of(browser.get(URL))
        assert '<a href="/free-lesson">Lesson 1.2, Contact or connect?</a>' in text
        assert "Lesson 1.1, Follow the money" in text
        assert 'href="/course/money"' not in text


def test_every_page_leads_to_it_at_its_foot(client: Any, glossary: Path) -> None:
    assert '<a href="/course/glossary">Glossary</a>' in text_of(client.get("/"))


def test_without_a_glossary_the_page_says_so(client: Any, lessons: Path) -> None:
    answer = client.get(URL)
    assert answer.status_code == 200
    assert "No word is explained here yet" in text_of(answer)


def test_a_visitor_asks_the_database_nothing(client: Any, glossary: Path, queries: list[str]) -> None:
    library()
    queries.clear()
    client.get(URL)
    assert queries == []


def test_the_real_glossary_explains_what_a_learner_meets(client: Any) -> None:
    text = text_of(client.get(URL))
    words = re.findall(r"<dt>(.*?)</dt>", text)
    assert len(words) > 30
    assert {"Connecting", "Personal", "Two-way", "About them", "Value", "Next step", "Receipt", "ROI"} <= set(words)
    assert {"Known", "Contacted", "Conversing", "Connected", "Trusting", "Advocate"} <= set(words)
