"""Today and the map of the course."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.db import db
from app.models import Answer, Assessment, Card, Enrolment, Entry, Plan, Reading
from tests import cast as builders
from tests.app.study.shelf import COURSE, IDS
from tests.cast import NOON, TODAY, Cast, save

DAY = timedelta(days=1)


def read(enrolment: Enrolment, lesson_id: str, *, finished: bool = True, content_hash: str = "") -> None:
    from app.content import library

    lesson = library().lesson(lesson_id)
    facts = {"content_hash": content_hash or (lesson.content_hash if lesson else "x")}
    row = Reading(
        enrolment_id=enrolment.id, lesson_id=lesson_id, **facts, completed_at=NOON - 9 * DAY if finished else None
    )
    save(row)


def card(enrolment: Enrolment, recall_id: str = "polite-no", lesson_id: str = "money", **given: Any) -> None:
    facts = {"due_at": NOON - 2 * DAY, "stability": 2.0, "difficulty": 5.0, "state": 2, "reviewed_at": NOON - 4 * DAY}
    save(Card(enrolment_id=enrolment.id, lesson_id=lesson_id, recall_id=recall_id, **{**facts, **given}))


def assessed(enrolment: Enrolment, moment: str = "before") -> None:
    save(Assessment(enrolment_id=enrolment.id, moment=moment, answers={}))


# Today


@pytest.mark.parametrize(
    ("hour", "words"),
    [(3, "Good evening"), (4, "Good morning"), (10, "Good morning"), (11, "Good afternoon"), (17, "Good evening")],
)
def test_the_greeting_follows_the_learners_own_hour(ada: Any, at: Any, hour: int, words: str) -> None:
    at(datetime(2026, 11, 24, hour, 30, tzinfo=UTC))  # an hour later in Amsterdam
    assert f"{words}, Ada" in ada.get("/today").text


def test_today_knows_its_day_and_the_week_of_the_cohort(ada: Any) -> None:
    assert "Tuesday 24\u00a0November, week six" in ada.get("/today").text


def test_a_learner_who_has_just_begun_is_asked_where_they_stand_before_the_first_lesson(ada: Any) -> None:
    text = ada.get("/today").text
    assert "Self-assessment: before" in text
    assert "only today can tell" in text
    assert "0 of 4 lessons" in text
    assert "no entry yet" in text


def test_the_next_step_is_the_next_lesson_with_its_reason_and_its_minutes(ada: Any, cast: Cast) -> None:
    assessed(cast.ada_enrolled)
    text = ada.get("/today").text
    assert "It is the first lesson." in text
    assert "Open lesson 1.1" in text
    assert "9 minutes, then 30 in the field" in text


def test_nothing_due_is_said_plainly(ada: Any, cast: Cast) -> None:
    assessed(cast.ada_enrolled)
    text = ada.get("/today").text
    assert "Nothing is due today" in text


def test_a_plan_whose_day_has_come_comes_first_and_a_later_one_is_only_told(ada: Any, cast: Cast) -> None:
    mine = {"enrolment_id": cast.ada_enrolled.id, "lesson_id": "money", "if_text": "it rains", "then_text": "write"}
    assessed(cast.ada_enrolled)
    save(Plan(**mine, due_on=TODAY))
    save(Plan(**mine, due_on=TODAY + 3 * DAY))
    text = ada.get("/today").text
    assert text.count("Say what came of your plan") == 1
    assert "Promised for today" in text
    assert "Still to come: your plan for Exercise of Follow the money on Friday 27\u00a0November" in text


def test_recall_questions_due_are_counted_and_those_that_left_their_lesson_are_not(ada: Any, cast: Cast) -> None:
    assessed(cast.ada_enrolled)
    card(cast.ada_enrolled)
    card(cast.ada_enrolled, "seven", due_at=NOON)
    card(cast.ada_enrolled, "gone")
    card(cast.ada_enrolled, lesson_id="vanished")
    card(cast.ada_enrolled, lesson_id="proof", due_at=NOON + DAY)
    text = ada.get("/today").text
    assert "Two recall questions" in text
    assert "The oldest is from lesson 1.1, due for two days." in text


def test_people_due_are_named_with_their_reason(ada: Any, cast: Cast) -> None:
    assessed(cast.ada_enrolled)
    brouwer = builders.relationship(cast.ada, "Brouwer", cadence_days=30)
    builders.entry(cast.ada, brouwer, "11111", day=TODAY - 41 * DAY)
    text = ada.get("/today").text
    assert "One person is due" in text
    assert "Brouwer: eleven days past the rhythm." in text


def test_read_and_practised_are_two_figures(ada: Any, cast: Cast) -> None:
    read(cast.ada_enrolled, "money")
    read(cast.ada_enrolled, "proof")
    read(cast.ada_enrolled, "vows", finished=False)
    builders.entry(cast.ada, None, lesson_id="money")
    text = ada.get("/today").text
    assert "2 of 4 lessons" in text
    assert "1 of 4, with an entry in the field" in text


def test_this_week_is_counted_from_its_monday_in_minutes_and_entries(ada: Any, cast: Cast) -> None:
    k7 = builders.relationship(cast.ada)
    builders.entry(cast.ada, k7, "22211", minutes=25)
    builders.entry(cast.ada, k7, "10000", minutes=5, day=TODAY - DAY)
    builders.entry(cast.ada, k7, "22222", minutes=90, day=TODAY - 2 * DAY)
    builders.entry(cast.ada, k7, "22222", minutes=60, day=TODAY + DAY)
    text = ada.get("/today").text
    assert "30 minutes in two entries, one of them connecting" in text
    assert text.count('<i class="beat connecting">') == 2
    assert text.count('<i class="beat">') == 1


def test_a_corrected_entry_counts_once_and_a_void_one_not_at_all(ada: Any, cast: Cast) -> None:
    k7 = builders.relationship(cast.ada)
    first = builders.entry(cast.ada, k7, "22211", minutes=25)
    builders.entry(cast.ada, k7, "22211", minutes=20, replaces_id=first.id)
    wrong = builders.entry(cast.ada, k7, "22211", minutes=50)
    builders.entry(cast.ada, k7, "22211", minutes=50, replaces_id=wrong.id, void=True)
    assert "20 minutes in one entry" in ada.get("/today").text


def test_what_a_learner_typed_is_printed_as_text(ada: Any, cast: Cast) -> None:
    save(
        Plan(
            enrolment_id=cast.ada_enrolled.id,
            lesson_id="money",
            if_text="<img src=x onerror=alert(1)>",
            then_text="b",
            due_on=TODAY,
        )
    )
    assert "<img src=x" not in ada.get("/today").text


def test_today_is_for_learners(client: Any, lessons: Path, cast: Cast, browser_of: Any) -> None:
    assert client.get("/today").status_code == 302
    assert browser_of(cast.tess).get("/today").status_code == 404


def fill(cast: Cast, count: int) -> None:
    """So many rows of everything that Ada's pages are made of."""
    mine = {"enrolment_id": cast.ada_enrolled.id}
    k7 = builders.relationship(cast.ada)
    facts = {"minutes": 5, "channel": "call", "began": "me", "personal": 1, "two_way": 1}
    facts |= {"about_them": 1, "value": 1, "next_step": 1}
    for n in range(count):
        lesson = {"lesson_id": IDS[n % 4] if n < 4 else f"lesson-{n}"}
        db.session.add(Reading(**mine, **lesson, content_hash="x", completed_at=NOON))
        db.session.add(Card(**mine, **lesson, recall_id="polite-no", due_at=NOON - DAY, state=2))
        db.session.add(Plan(**mine, **lesson, if_text="a", then_text="b", due_on=TODAY + DAY * (n % 3)))
        db.session.add(
            Answer(**mine, **lesson, recall_id="seven", content_hash="x", text="a", confidence="certain", correct=True)
        )
        db.session.add(
            Entry(person_id=cast.ada.id, relationship_id=k7.id, day=TODAY - DAY * (n % 60), **facts, **lesson)
        )
    db.session.commit()


@pytest.mark.parametrize("count", [1, 500])
@pytest.mark.parametrize("url", ["/today", "/course/", "/review/"])
def test_a_page_costs_four_queries_however_much_there_is(
    ada: Any, cast: Cast, queries: list[str], url: str, count: int
) -> None:
    fill(cast, count)
    queries.clear()
    assert ada.get(url).status_code == 200
    assert len(queries) <= 4


# The map


def test_the_map_says_the_state_of_every_lesson_in_words(ada: Any, cast: Cast) -> None:
    read(cast.ada_enrolled, "money")
    read(cast.ada_enrolled, "contact-or-connect", finished=False)
    read(cast.ada_enrolled, "proof", content_hash="an earlier text")
    builders.entry(cast.ada, None, lesson_id="money")
    text = ada.get("/course/").text
    for words in ("done, practised", "reading", "updated since you finished", "new"):
        assert f"</i> {words}<span" in text
    assert "Two lessons read, one practised" in text
    assert "9 min" in text


def test_a_module_is_mastered_with_its_recall_right_and_one_entry_in_the_field(ada: Any, cast: Cast) -> None:
    assert "So far 0 of 4 right, no entry yet." in ada.get("/course/").text
    facts = {"enrolment_id": cast.ada_enrolled.id, "content_hash": "x", "text": "a", "confidence": "certain"}
    for lesson_id in ("money", "contact-or-connect"):
        for recall_id in ("polite-no", "seven"):
            save(Answer(**facts, lesson_id=lesson_id, recall_id=recall_id, correct=True))
    assert "So far 4 of 4 right, no entry yet." in ada.get("/course/").text
    builders.entry(cast.ada, None, lesson_id="money")
    assert "<b>Mastered.</b> 4 of 4 recall questions right" in ada.get("/course/").text


def test_the_latest_graded_answer_to_a_question_is_the_one_that_counts(ada: Any, cast: Cast) -> None:
    facts = {"enrolment_id": cast.ada_enrolled.id, "content_hash": "x", "text": "a", "confidence": "certain"}
    for correct in (True, False, None):
        save(Answer(**facts, lesson_id="money", recall_id="seven", correct=correct))
    assert "So far 0 of 4 right" in ada.get("/course/").text


def test_rows_of_lessons_that_are_gone_break_no_page(ada: Any, cast: Cast) -> None:
    read(cast.ada_enrolled, "vanished", finished=False)
    builders.entry(cast.ada, None, lesson_id="vanished")
    for url in ("/today", "/course/", "/review/", "/self-assessment/"):
        assert ada.get(url).status_code == 200


def test_a_lesson_that_was_added_takes_nothing_from_what_was_read(ada: Any, cast: Cast, lessons: Path) -> None:
    for lesson_id in IDS:
        read(cast.ada_enrolled, lesson_id)
    assert "All lessons read" in ada.get("/course/").text
    from tests.app.study.shelf import write_lesson

    write_lesson(lessons / "02-second/03-more.md", id="more", title="One more")
    text = ada.get("/course/").text
    assert "Four lessons read" in text
    assert "4 of 5" in text


def test_a_course_that_cannot_be_read_says_so(app: Any, ada: Any, lessons: Path) -> None:
    from app.content import Shelf

    (lessons / "course.toml").write_text(COURSE[:20])
    app.extensions["content"] = Shelf(lessons, watch=False)
    text = ada.get("/course/").text
    assert "The lessons can’t be read at the moment." in text
    assert ada.get("/today").status_code == 200
