"""The self-assessment at its four moments."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.content import Shelf
from app.db import db
from app.models import Assessment
from tests import cast as builders
from tests.app.study.shelf import IDS, ITEMS
from tests.app.study.test_views import fill, read
from tests.cast import NOON, Cast, save

URL = "/self-assessment/"
ALL = dict.fromkeys(ITEMS, "3")


def rows() -> list[Assessment]:
    db.session.rollback()
    return list(db.session.scalars(select(Assessment).order_by(Assessment.id)))


def finish(cast: Cast) -> None:
    for lesson_id in IDS:
        read(cast.ada_enrolled, lesson_id)


def test_before_the_first_lesson_thirty_six_items_are_asked(ada: Any) -> None:
    text = ada.get(URL).text
    assert text.count("<fieldset") == 36
    assert text.count('value=""') >= 36
    assert "Answer for the last 14 days, before you begin." in text


def test_a_course_without_a_self_assessment_has_no_page_for_one(app: Any, ada: Any, lessons: Path) -> None:
    (lessons / "self-assessment.toml").unlink()
    app.extensions["content"] = Shelf(lessons, watch=False)
    assert ada.get(URL).status_code == 404


def test_a_course_without_pictures_has_none(ada: Any, lessons: Path) -> None:
    assert not (lessons / "img").exists()
    assert ada.get("/course/img/any.png").status_code == 404


def test_answers_are_kept_and_shown_beside_the_log(ada: Any, cast: Cast) -> None:
    builders.entry(cast.ada, builders.relationship(cast.ada), "11211")
    kept = ada.send(URL, {**ALL, "moment": "before"})
    assert (kept.status_code, kept.location) == (303, URL)
    assert rows()[0].answers == dict.fromkeys(ITEMS, 3)
    text = ada.get(URL).text
    assert "Kept. Every question is answered." in text
    assert "Self-rated gain is not learning." in text
    assert "before 3.0" in text
    assert "entries at least partly about them" in text


def test_what_was_left_open_stays_open_and_is_said(ada: Any) -> None:
    ada.send(URL, {**ALL, ITEMS[0]: "", "moment": "before"})
    assert rows()[0].answers[ITEMS[0]] is None
    text = ada.get(URL).text
    assert "One question left open, and shown so." in text
    assert "one of 36 left open" in text


def test_a_moment_is_taken_once_and_a_second_post_answers_the_same(ada: Any) -> None:
    first = ada.send(URL, {**ALL, "moment": "before"})
    second = ada.send(URL, {**dict.fromkeys(ITEMS, "5"), "moment": "before"})
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert [row.answers[ITEMS[0]] for row in rows()] == [3]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (dict.fromkeys(ITEMS, ""), "Nothing is answered yet."),
        ({ITEMS[4]: "6"}, "Choose one of the steps."),
        ({"moment": "sometime"}, "open for too long"),
        ({"moment": ""}, "open for too long"),
        ({"csrf_token": "stale"}, "open for too long"),
    ],
)
def test_refused_answers_stay_on_the_page(ada: Any, given: dict[str, str], words: str) -> None:
    answer = ada.send(URL, {**ALL, "moment": "before", **given})
    assert answer.status_code == 422
    assert words in answer.text
    if given.get(ITEMS[0]) != "":
        assert answer.text.count("checked") >= 35
    assert rows() == []


def test_once_a_lesson_was_opened_it_is_no_longer_before(ada: Any) -> None:
    ada.send("/course/money/begin")
    text = ada.get(URL).text
    assert "The next self-assessment comes at the end" in text
    late = ada.send(URL, {**ALL, "moment": "before"})
    assert late.status_code == 409
    assert "A lesson has been opened since" in late.text
    assert rows() == []


def test_a_moment_that_has_not_come_is_refused(ada: Any) -> None:
    assert ada.send(URL, {**ALL, "moment": "later"}).status_code == 409
    assert rows() == []


def test_after_the_last_lesson_come_two_how_it_is_and_how_it_was(
    ada: Any, cast: Cast, at: Any, browser_of: Any
) -> None:
    finish(cast)
    assert "now that you have read the course" in ada.get(URL).text
    ada.send(URL, {**ALL, "moment": "after"})
    assert "as you see them today" in ada.get(URL).text
    ada.send(URL, {**ALL, "moment": "then"})
    assert [row.moment for row in rows()] == ["after", "then"]
    assert "The last one comes on Monday 22\u00a0February" in ada.get(URL).text
    at(NOON + timedelta(days=90))
    assert "three months after the course" in browser_of(cast.ada).get(URL).text


def test_what_is_said_at_the_end_is_set_beside_what_the_log_counts(ada: Any, cast: Cast) -> None:
    k7 = builders.relationship(cast.ada)
    for about_them in "1100000000":
        builders.entry(cast.ada, k7, f"11{about_them}11")
    save(Assessment(enrolment_id=cast.ada_enrolled.id, moment="before", answers=dict.fromkeys(ITEMS, 1)))
    assert "What you said before, and what the log has counted since" in ada.get(URL).text
    finish(cast)
    ada.send(URL, {**dict.fromkeys(ITEMS, "5"), "moment": "after"})
    ada.send(URL, {**dict.fromkeys(ITEMS, "0"), "moment": "then"})
    text = ada.get(URL).text
    assert "Holding: you say 5.0 of five, the log counts 0.0" in text
    assert "entries at least partly about them. You say more than it shows." in text
    assert "entries that were true only of them. It doesn’t contradict you." in text
    assert "your yardstick has moved. That is worth knowing, and no learning either." in text
    row = text.partition('<th scope="row">Attending</th>')[2].partition("</tr>")[0]
    assert [cell in row for cell in (">1.0<", ">0.0<", ">5.0<", ">–<", ">20\u00a0%<")] == [True] * 5


def test_a_construct_with_an_answer_left_open_has_no_mean_and_says_so(ada: Any, cast: Cast) -> None:
    given = {item: 3 for item in ITEMS if item != ITEMS[0] and item not in ITEMS[3:6]}
    save(Assessment(enrolment_id=cast.ada_enrolled.id, moment="before", answers=given))
    text = ada.get(URL).text
    assert '<p class="missing">Before: 2 of 3 answered</p>' in text
    assert text.count('<p class="missing">Before: not answered</p>') == 1
    assert text.count("before 3.0</text>") == 10


def test_answers_to_items_that_are_no_longer_asked_break_nothing(ada: Any, cast: Cast) -> None:
    save(Assessment(enrolment_id=cast.ada_enrolled.id, moment="before", answers={"gone-1": 4, ITEMS[0]: 2}))
    text = ada.get(URL).text
    assert "35 of 36 left open" in text


def test_one_learner_sees_nothing_of_anothers_answers(ada: Any, ben: Any) -> None:
    ada.send(URL, {**ALL, "moment": "before"})
    assert "before 3.0" not in ben.get(URL).text


@pytest.mark.parametrize("count", [1, 500])
def test_the_page_costs_four_queries_however_much_there_is(
    ada: Any, cast: Cast, queries: list[str], count: int
) -> None:
    fill(cast, count)
    save(Assessment(enrolment_id=cast.ada_enrolled.id, moment="before", answers={}))
    queries.clear()
    assert ada.get(URL).status_code == 200
    assert len(queries) <= 4
