"""A lesson is renamed, retired, or loses a question, and learners are in the middle of it."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app import content
from app.content import Shelf
from app.models import Answer, Card, Note, Plan, Reading
from tests.app.study.desk import FILE, SURE, URL, answered, rows, text_of
from tests.cast import NOON, TODAY

ID = "contact-or-connect"


@pytest.fixture
def worked(ada: Any, lessons: Path) -> Any:
    """Ada has done everything that can be done in the lesson; its text was published."""
    content.publish()
    ada.send(f"{URL}/note", {"text": "Ask which night.", "version": "0"})
    row = answered(ada)
    ada.send(f"{URL}/recall/polite-no/grade", {"answer": str(row.id), "correct": "yes"})
    ada.send(f"{URL}/plan", {"if_text": "it is Monday", "then_text": "rate ten", "due_on": f"{TODAY + timedelta(3)}"})
    ada.send(f"{URL}/complete")
    assert [len(rows(table)) for table in (Reading, Note, Answer, Card, Plan)] == [1] * 5
    return ada


@pytest.fixture
def retire(app: Any, lessons: Path) -> Callable[[], None]:
    """Take the lesson out as its author would, and start the application anew."""

    def out() -> None:
        (lessons / FILE).unlink()
        outline = lessons / "course.toml"
        outline.write_text(
            outline.read_text().replace("retired = []", f'retired = ["{ID}"]').replace(f'"{ID}"\nre', '"money"\nre')
        )
        content.publish()
        app.extensions["content"] = Shelf(lessons, watch=False)
        assert content.library().retired == (ID,)

    return out


# Renamed


def test_a_renamed_file_loses_nothing(app: Any, worked: Any, lessons: Path) -> None:
    (lessons / FILE).rename(lessons / "02-second/07-elsewhere.md")
    content.publish()
    app.extensions["content"] = Shelf(lessons, watch=False)
    text = text_of(worked.get(URL))
    assert "2 · The second, lesson 3 of 3" in text
    assert "You finished this lesson on 24\u00a0November 2026. Practice" in text
    assert all(words in text for words in ("Ask which night.", SURE["text"], "If it is Monday, then I rate ten."))
    assert "Updated since" not in text
    assert '<span class="n">2.7</span>' in text_of(worked.get("/course/"))


# Retired


def test_a_retired_lesson_is_read_in_its_last_version_by_who_had_begun_it(worked: Any, retire: Any) -> None:
    retire()
    text = text_of(worked.get(URL))
    assert "This lesson has been taken out of the course." in text
    assert all(
        words in text for words in ("They need one.", "Ask which night.", SURE["text"], "You finished this lesson")
    )


def test_a_retired_lesson_can_still_be_written_in_by_who_had_begun_it(worked: Any, retire: Any) -> None:
    retire()
    assert worked.send(f"{URL}/note", {"text": "One thing more.", "version": "1"}).status_code == 303
    assert worked.send(f"{URL}/recall/seven", SURE).status_code == 303


def test_nobody_else_finds_a_retired_lesson(worked: Any, ben: Any, retire: Any) -> None:
    retire()
    assert ben.get(URL).status_code == 404
    for action in ("begin", "complete", "reopen", "note", "plan", "recall/polite-no", "recall/polite-no/grade"):
        assert ben.send(f"{URL}/{action}", {**SURE, "version": "0"}).status_code == 404
    assert len(rows(Reading)) == 1
    assert "Retired" not in text_of(ben.get("/course/"))


def test_opening_a_lesson_is_enough_to_keep_it(worked: Any, ben: Any, retire: Any) -> None:
    ben.send(f"{URL}/begin")
    retire()
    assert ben.get(URL).status_code == 200
    assert "Contact or connect?" in text_of(ben.get("/course/")).split('id="retired"')[1]


def test_the_map_lists_it_apart_and_the_counts_stay(worked: Any, retire: Any) -> None:
    before = text_of(worked.get("/course/"))
    retire()
    after = text_of(worked.get("/course/"))
    assert "1 of 4" in before
    assert "1 of 4" in after
    assert "<h1>One lesson read, " in after
    way, retired = after.split('id="retired"')
    assert "Contact or connect?" not in way
    assert "Contact or connect?" in retired
    assert re.search(r"\b1 of 4\b", text_of(worked.get("/today")))


def test_for_who_had_not_finished_it_the_course_is_one_lesson_shorter(worked: Any, ben: Any, retire: Any) -> None:
    retire()
    assert "0 of 3" in text_of(ben.get("/course/"))


def test_questions_of_a_retired_lesson_do_not_come_back(worked: Any, retire: Any, at: Any) -> None:
    at(NOON + timedelta(days=10))
    assert "What is a polite no" in text_of(worked.get("/review/"))
    retire()
    assert "What is a polite no" not in text_of(worked.get("/review/"))
    sent = {**SURE, "lesson": ID, "recall": "polite-no"}
    answer = worked.send("/review/", sent)
    assert (answer.status_code, SURE["text"] in text_of(answer)) == (409, True)
    assert "recall question" not in text_of(worked.get("/today"))


def test_a_retired_lesson_is_no_next_step(ben: Any, worked: Any, retire: Any) -> None:
    ben.send(f"{URL}/begin")
    retire()
    assert "Contact or connect?" not in text_of(ben.get("/today"))


@pytest.mark.parametrize("address", [URL, "/course/", "/today"])
def test_a_retired_lesson_costs_no_further_query(worked: Any, retire: Any, queries: list[str], address: str) -> None:
    retire()
    worked.get(address)
    queries.clear()
    assert worked.get(address).status_code == 200
    assert len(queries) <= 4


# A question that was removed


def remove_question(lessons: Path) -> None:
    text = (lessons / FILE).read_text()
    block = re.search(r"```recall\nid = \"polite-no\".*?```\n", text, re.S)
    assert block
    (lessons / FILE).write_text(text.replace(block[0], ""))


def test_answers_to_a_removed_question_stay_readable_with_the_question(worked: Any, lessons: Path) -> None:
    remove_question(lessons)
    out = text_of(worked.get(URL)).split('id="taken-out"')[1]
    assert "One question that you answered is no longer asked, and won’t come back." in out
    assert all(words in out for words in ("What is a polite no", SURE["text"], "One answer."))


def test_an_answer_whose_question_was_not_kept_is_readable_all_the_same(ada: Any, lessons: Path) -> None:
    answered(ada)
    remove_question(lessons)
    out = text_of(ada.get(URL)).split('id="taken-out"')[1]
    assert "A question whose words were not kept" in out
    assert SURE["text"] in out


def test_the_card_of_a_removed_question_leaves_the_queue(worked: Any, lessons: Path, at: Any) -> None:
    at(NOON + timedelta(days=10))
    assert "What is a polite no" in text_of(worked.get("/review/"))
    remove_question(lessons)
    assert "What is a polite no" not in text_of(worked.get("/review/"))
    assert "recall question" not in text_of(worked.get("/today"))
    assert len(rows(Card)) == 1


def test_who_answered_nothing_sees_nothing_of_a_removed_question(ben: Any, worked: Any, lessons: Path) -> None:
    remove_question(lessons)
    assert "taken-out" not in text_of(ben.get(URL))


def test_an_answer_on_its_way_to_a_removed_question_is_given_back(worked: Any, lessons: Path) -> None:
    remove_question(lessons)
    answer = worked.send(f"{URL}/recall/polite-no", {**SURE, "text": "On its way."})
    assert answer.status_code == 409
    assert "This question has been taken out of the lesson" in text_of(answer)
    assert "On its way." in text_of(answer)
    assert len(rows(Answer)) == 1


def test_a_question_that_comes_back_brings_its_answers_and_its_card(worked: Any, lessons: Path) -> None:
    text = (lessons / FILE).read_text()
    remove_question(lessons)
    worked.get(URL)
    (lessons / FILE).write_text(text)
    page = text_of(worked.get(URL))
    assert "taken-out" not in page
    assert "You had it. It comes back on" in page
