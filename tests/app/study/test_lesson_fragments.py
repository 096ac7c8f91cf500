"""What a lesson's page prints once for everybody holds nothing of the reader who came first."""

import re
from typing import Any

import pytest

from app.db import db
from tests.app.study.desk import URL, text_of
from tests.cast import TODAY

CARRIED = re.compile(r'(name="(?:csrf_token|once)" type="hidden" value=")([^"]*)"')


@pytest.fixture
def held(app: Any) -> Any:
    """The pieces that are kept; none at first."""
    pieces = app.extensions["fragments"].held
    pieces.clear()
    return pieces


def study(browser: Any) -> str:
    """Everything that a learner can leave on a lesson's page, and the page then."""
    browser.send(f"{URL}/note", {"text": "My own note", "version": "0"})
    browser.send(f"{URL}/recall/polite-no", {"text": "My own answer", "confidence": "unsure"})
    browser.send(f"{URL}/plan", {"if_text": "my own if", "then_text": "my own then", "due_on": TODAY.isoformat()})
    refused = browser.send(f"{URL}/recall/seven", {"text": "My own guess", "confidence": ""})
    assert refused.status_code == 422
    return text_of(browser.get(URL))


def test_no_piece_holds_a_name_a_token_a_key_or_a_word_of_the_reader(held: Any, ada: Any, cast: Any) -> None:
    cast.ada.name, cast.ada.email = "Adalgisa", "adalgisa@example.org"
    db.session.commit()
    page = study(ada)
    carried = {value for _, value in CARRIED.findall(page)}
    kept = "".join(held.values()).lower()
    assert "say you sell pumps" in kept
    assert "compare with the model answer" in kept
    assert "keep this plan" in kept
    assert len(carried) > 5
    for own in ("adalgisa", "my own", "csrf_token", *carried):
        assert own.lower() not in kept


def test_a_page_reads_the_same_whoever_opened_the_lesson_before(held: Any, ada: Any, ben: Any) -> None:
    alone = CARRIED.sub(r"\1", text_of(ben.get(URL)))
    held.clear()
    study(ada)
    assert CARRIED.sub(r"\1", text_of(ben.get(URL))) == alone


def test_every_form_of_a_page_has_a_key_of_its_own_also_where_its_fields_were_printed_before(
    held: Any, ada: Any
) -> None:
    pages = [text_of(ada.get(URL)) for _ in range(2)]
    keys = [value for page in pages for value in re.findall(r'name="once" type="hidden" value="([^"]+)"', page)]
    assert len(keys) == len(set(keys)) >= 10
