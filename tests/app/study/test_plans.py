"""If-then plans on a lesson's page."""

from datetime import date
from typing import Any

import pytest

from app.db import db
from app.models import Plan
from tests import cast as builders
from tests.app.study.desk import URL, rows, text_of
from tests.cast import NOON, Cast


def plan(**given: str) -> dict[str, str]:
    return {"if_text": "it is Monday at nine", "then_text": "open the folder", "due_on": "2026-11-26", **given}


def test_a_plan_is_suggested_with_what_is_left_to_fill_in(ada: Any) -> None:
    text = text_of(ada.get(URL))
    assert "it is [day] at [time]</textarea>" in text
    assert "open the sent folder</textarea>" in text
    assert 'value="2026-11-27"' in text


def test_a_plan_is_kept_and_shown_with_its_day(ada: Any) -> None:
    kept = ada.send(f"{URL}/plan", plan())
    assert (kept.status_code, kept.location) == (303, f"{URL}#plans")
    text = text_of(ada.get(URL))
    assert "If it is Monday at nine, then I open the folder." in text
    assert "By Thursday 26\u00a0November" in text
    assert rows(Plan)[0].due_on == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"if_text": ""}, "Say when it will be"),
        ({"then_text": ""}, "Say what you will do then"),
        ({"if_text": "it is [day] at nine"}, "Put your own words where it says [day]"),
        ({"if_text": "a" * 201}, "200 characters"),
        ({"due_on": ""}, "Choose the day"),
        ({"due_on": "soon"}, "Not a valid date value"),
        ({"due_on": "2026-11-23"}, "That day has passed"),
        ({"due_on": "2028-01-01"}, "within the coming year"),
        ({"csrf_token": "stale"}, "open for too long"),
    ],
)
def test_a_refused_plan_keeps_what_was_typed(ada: Any, given: dict[str, str], words: str) -> None:
    answer = ada.send(f"{URL}/plan", plan(**given))
    assert answer.status_code == 422
    assert words in text_of(answer)
    for name in ("if_text", "then_text"):
        assert plan(**given)[name] in text_of(answer)
    assert rows(Plan) == []


def test_today_is_the_learners_own_day(ada: Any, cast: Cast, at: Any) -> None:
    cast.ada.time_zone = "Pacific/Auckland"
    db.session.add(cast.ada)
    db.session.commit()
    at(NOON)  # one in the morning of the 25th there
    assert ada.send(f"{URL}/plan", plan(due_on="2026-11-24")).status_code == 422
    assert ada.send(f"{URL}/plan", plan(due_on="2026-11-25")).status_code == 303


def test_a_plan_posted_twice_is_one_plan(ada: Any) -> None:
    for _ in range(2):
        ada.send(f"{URL}/plan", plan(once="same-key"))
    assert len(rows(Plan)) == 1


def test_practice_is_shown_once_the_log_has_an_entry_that_stands(ada: Any, cast: Cast) -> None:
    first = builders.entry(cast.ada, None, lesson_id="contact-or-connect")
    assert "your log has an entry for this exercise" in text_of(ada.get(URL))
    builders.entry(cast.ada, None, lesson_id="contact-or-connect", replaces_id=first.id, void=True)
    assert "your log has an entry for this exercise" not in text_of(ada.get(URL))
