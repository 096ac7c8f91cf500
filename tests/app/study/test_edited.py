"""A learner finished a lesson, or is in it, and its author edits it."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app import content
from app.models import Answer, Card, Note, Reading
from tests.app.study.desk import FILE, SURE, URL, answered, rows, text_of
from tests.app.study.shelf import LESSON
from tests.cast import NOON

TEXT = LESSON.format(id="contact-or-connect", title="Contact or connect?", opening="They need one.")


@pytest.fixture
def finished(ada: Any, lessons: Path) -> Any:
    """Ada has finished the lesson, with a note and an answer, and its text was published."""
    content.publish()
    ada.send(f"{URL}/note", {"text": "Ask which night.", "version": "0"})
    row = answered(ada)
    ada.send(f"{URL}/recall/polite-no/grade", {"answer": str(row.id), "correct": "yes"})
    ada.send(f"{URL}/complete")
    return ada


def edit(lessons: Path, *changes: tuple[str, str]) -> None:
    """Save the lesson with other words."""
    text = (lessons / FILE).read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (lessons / FILE).write_text(text)


def signs(text: str) -> list[str]:
    """What the page marks, by the words of each mark."""
    return re.findall(r'<b class="sign">([^<]+)</b>', text)


def test_nothing_is_marked_for_who_finished_the_text_that_stands(finished: Any) -> None:
    text = text_of(finished.get(URL))
    assert signs(text) == []
    assert "Updated since" not in text


def test_a_changed_passage_is_marked_in_words_with_what_stood_there(finished: Any, lessons: Path) -> None:
    edit(lessons, ("They need one.", "They need two."))
    text = text_of(finished.get(URL))
    assert signs(text) == ["Changed since you finished"]
    marked = text[text.index('<div class="revised">') :]
    assert marked.index("They need two.") < marked.index("What stood here") < marked.index("They need one.")
    assert "What reads otherwise now: the opening. In the text it is marked where it stands" in text


def test_new_and_removed_passages_are_marked_where_they_are_and_were(finished: Any, lessons: Path) -> None:
    edit(lessons, ("Some words.\n", "Some words.\n\nQuite a new thought.\n"), ("More words.\n", ""))
    text = text_of(finished.get(URL))
    assert signs(text) == ["New since you finished", "Taken out since you finished"]
    first, second = text.split('<b class="sign">')[1:]
    assert "Quite a new thought." in first
    assert "What stood here" not in first.split("</div>")[0]
    assert "More words." in second


def test_the_claim_the_example_the_exercise_and_the_questions_are_marked_too(finished: Any, lessons: Path) -> None:
    edit(
        lessons,
        ("The claim of Contact", "Another claim of Contact"),
        ("Dear Sir, buy.", "Dear Madam, buy."),
        ("Rate ten messages.", "Rate five messages."),
        ("It opens the exchange.", "It opens one."),
        ("Seven of ten, no answer?", "Seven of ten, and silence?"),
    )
    text = text_of(finished.get(URL))
    assert signs(text) == ["Changed since you finished"] * 5
    before = text.split("What stood here</span></summary>")[1:]
    kept = (
        "The claim of Contact",
        "Dear Sir, buy.",
        "Rate ten messages.",
        "It opens the exchange.",
        "Seven of ten, no",
    )
    assert all(words in part for words, part in zip(kept, before, strict=True))


def test_the_old_model_answer_of_a_question_never_answered_stays_closed(finished: Any, lessons: Path) -> None:
    edit(lessons, ('answer = "Contacting."', 'answer = "Still contacting."'))
    text = text_of(finished.get(URL))
    assert signs(text) == ["Changed since you finished"]
    assert "Two-way is a condition." not in text
    assert "Contacting.</p>" not in text.split("recall-seven")[1]


def test_a_page_with_marks_has_no_id_twice(finished: Any, lessons: Path) -> None:
    edit(lessons, ("## First heading", "## Other heading"), ("Rate ten", "Rate five"), ("Dear Sir", "Dear Madam"))
    ids = re.findall(r'\sid="([^"]+)"', text_of(finished.get(URL)))
    assert len(ids) == len(set(ids))


def test_nothing_that_was_done_goes_back(finished: Any, lessons: Path, at: Any) -> None:
    edit(lessons, ("They need one.", "They need two."))
    at(NOON + timedelta(days=5))
    text = text_of(finished.get(URL))
    assert "You finished this lesson on 24\u00a0November 2026, in an earlier version. It stays finished." in text
    assert "Ask which night." in text
    assert "updated since you finished" in text_of(finished.get("/course/"))
    for page in ("/course/", "/today"):
        assert re.search(r"\b1 of 4\b", text_of(finished.get(page)))
    assert [row.completed_at for row in rows(Reading)] == [NOON]
    assert (len(rows(Answer)), len(rows(Card)), len(rows(Note))) == (1, 1, 1)


def test_having_read_the_new_version_takes_the_marks_away(finished: Any, lessons: Path) -> None:
    edit(lessons, ("They need one.", "They need two."))
    finished.send(f"{URL}/complete")
    text = text_of(finished.get(URL))
    assert signs(text) == []
    assert "Updated since" not in text


def test_whoever_had_not_finished_sees_no_marks(finished: Any, ben: Any, lessons: Path) -> None:
    ben.send(f"{URL}/begin")
    edit(lessons, ("They need one.", "They need two."))
    assert signs(text_of(ben.get(URL))) == []


def test_a_change_around_the_text_is_named_and_marks_nothing(finished: Any, lessons: Path) -> None:
    edit(lessons, ("minutes = 9", "minutes = 8"))
    text = text_of(finished.get(URL))
    assert "What reads otherwise now: the minutes it takes." in text
    assert signs(text) == []
    assert "not kept" not in text


def test_a_version_that_was_not_kept_is_said_not_to_be(ada: Any, lessons: Path) -> None:
    ada.send(f"{URL}/complete")
    edit(lessons, ("They need one.", "They need two."))
    text = text_of(ada.get(URL))
    assert "the version that you finished was not kept" in text
    assert signs(text) == []


def test_what_was_published_after_a_restart_marks_as_well(app: Any, finished: Any, lessons: Path) -> None:
    from app.content import Shelf

    edit(lessons, ("They need one.", "They need two."))
    app.extensions["content"] = Shelf(lessons, watch=False)
    assert signs(text_of(finished.get(URL))) == ["Changed since you finished"]


def test_marks_cost_no_further_query(finished: Any, lessons: Path, queries: list[str]) -> None:
    edit(lessons, ("They need one.", "They need two."), ("What is a polite no", "What is a kind no"))
    finished.get(URL)
    queries.clear()
    finished.get(URL)
    assert len(queries) <= 4


# Answers to what has changed


def wording(text: str, recall: str = "polite-no") -> str:
    """What the page's form says which question it shows."""
    found = re.search(rf'id="recall-{recall}-wording"[^>]*value="([0-9a-f]{{16}})"', text)
    assert found, text
    return found[1]


def test_an_answer_to_a_question_that_was_changed_meanwhile_says_so_and_keeps_what_was_typed(
    ada: Any, lessons: Path
) -> None:
    shown = wording(text_of(ada.get(URL)))
    edit(lessons, ("What is a polite no", "What is a kind no"))
    answer = ada.send(f"{URL}/recall/polite-no", {**SURE, "wording": shown})
    text = text_of(answer)
    assert answer.status_code == 409
    assert "This question was changed while you were answering." in text
    assert "What is a kind no" in text
    assert SURE["text"] in text
    assert rows(Answer) == []
    assert ada.send(f"{URL}/recall/polite-no", {**SURE, "wording": wording(text)}).status_code == 303
    assert [row.text for row in rows(Answer)] == [SURE["text"]]


def test_an_edit_elsewhere_in_the_lesson_stops_no_answer(ada: Any, lessons: Path) -> None:
    shown = wording(text_of(ada.get(URL)))
    edit(lessons, ("They need one.", "They need two."), ("It opens the exchange.", "It opens one."))
    assert ada.send(f"{URL}/recall/polite-no", {**SURE, "wording": shown}).status_code == 303


def test_a_wording_that_makes_no_sense_is_refused(ada: Any) -> None:
    assert ada.send(f"{URL}/recall/polite-no", {**SURE, "wording": "'><script>"}).status_code == 422
    assert rows(Answer) == []


def test_in_the_review_too_a_changed_question_is_asked_anew(finished: Any, lessons: Path, at: Any) -> None:
    at(NOON + timedelta(days=10))
    page = text_of(finished.get("/review/"))
    shown = re.search(r'name="wording"[^>]*value="([0-9a-f]{16})"', page)
    assert shown
    edit(lessons, ("What is a polite no", "What is a kind no"))
    sent = {**SURE, "text": "A second try.", "lesson": "contact-or-connect", "recall": "polite-no", "wording": shown[1]}
    answer = finished.send("/review/", sent)
    assert answer.status_code == 409
    assert "This question was changed while you were answering." in text_of(answer)
    assert "A second try." in text_of(answer)
    assert len(rows(Answer)) == 1


def test_an_answer_to_an_earlier_wording_stands_beside_that_wording(finished: Any, lessons: Path) -> None:
    edit(lessons, ("What is a polite no", "What is a kind no"))
    text = text_of(finished.get(URL))
    assert "The question was put otherwise when you answered it:" in text
    assert text.count("What is a polite no in Contact or connect?") == 2  # beside the answer, and under the mark
    assert "The question was put" not in text.split("recall-seven")[1]
