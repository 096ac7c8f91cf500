"""A lesson's page and everything that is done on it."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.content import Shelf
from app.db import db
from app.models import Answer, Card, Note, Plan, Reading
from tests import cast as builders
from tests.app.study.shelf import IDS, write_lesson
from tests.cast import NOON, TODAY, Cast

URL = "/course/contact-or-connect"
FILE = "01-first/02-contact.md"
SURE = {"text": "Contacting: nobody answered.", "confidence": "certain"}


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def rows(table: Any) -> list[Any]:
    db.session.rollback()
    return list(db.session.scalars(select(table).order_by(table.id)))


def answered(browser: Any, recall: str = "polite-no", **given: str) -> Answer:
    browser.send(f"{URL}/recall/{recall}", {**SURE, **given})
    return rows(Answer)[-1]


# The page


def test_a_lesson_has_its_place_in_the_course_its_case_and_its_claim(ada: Any) -> None:
    text = text_of(ada.get(URL))
    assert "1 · The first, lesson 2 of 2 · 9 minutes" in text
    assert text.index("Say you sell pumps.") < text.index("The claim of Contact or connect?") < text.index("First head")


def test_the_verdict_beside_a_version_follows_the_rule_and_not_the_sum(ada: Any) -> None:
    text = text_of(ada.get(URL))
    first, second = re.findall(r'<section class="version(.*?)</section>', text, re.S)
    assert "8 of 10" in first
    assert "Contacting" in first
    assert "6 of 10" in second
    assert second.startswith(" connecting")


def test_a_version_that_nobody_answered_shows_empty_lines_and_says_so_aloud(ada: Any) -> None:
    first, second = re.findall(r'<section class="version(.*?)</section>', text_of(ada.get(URL)), re.S)
    assert '<p class="unanswered"><span class="vh">No reply.</span></p>' in first
    assert "unanswered" not in second


def test_a_source_links_to_its_doi(ada: Any) -> None:
    assert '<a href="https://doi.org/10.1000/xyz.1" rel="noopener">doi:10.1000/xyz.1</a>: a finding.' in text_of(
        ada.get(URL)
    )


def test_the_neighbours_are_one_step_away_and_the_ends_have_one(ada: Any) -> None:
    middle, first, last = (text_of(ada.get(f"/course/{id}")) for id in (IDS[1], IDS[0], IDS[3]))
    assert "1.1 Follow the money</a>" in middle
    assert "2.1 Proof</a>" in middle
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in last


def test_an_unknown_lesson_is_not_found_whatever_is_sent_to_it(ada: Any) -> None:
    assert ada.get("/course/never").status_code == 404
    for action in ("begin", "complete", "reopen", "note", "plan", "recall/polite-no", "recall/polite-no/grade"):
        assert ada.send(f"/course/never/{action}", SURE).status_code == 404
    assert rows(Reading) == []


def test_opening_a_page_writes_nothing(ada: Any) -> None:
    ada.get(URL)
    assert rows(Reading) == []


def test_no_id_stands_twice_on_a_page(ada: Any) -> None:
    answered(ada)
    ids = re.findall(r'\sid="([^"]+)"', text_of(ada.get(URL)))
    assert len(ids) == len(set(ids))


def test_a_visitor_reads_the_free_lesson_without_a_form(lessons: Path, client: Any) -> None:
    text = text_of(client.get("/free-lesson"))
    assert "Contact or connect?" in text
    assert "<form" not in text
    assert text.index("<details") < text.index("One answer.")


def test_the_free_lesson_outlives_its_file_while_it_is_known(lessons: Path, client: Any) -> None:
    (lessons / FILE).unlink()
    assert client.get("/free-lesson").status_code == 200


def test_a_course_without_the_free_lesson_has_none(app: Any, lessons: Path, client: Any) -> None:
    (lessons / FILE).unlink()
    app.extensions["content"] = Shelf(lessons, watch=False)
    assert client.get("/free-lesson").status_code == 404


def test_a_visitor_is_asked_to_sign_in_before_any_other_lesson(lessons: Path, client: Any) -> None:
    answer = client.get(URL)
    assert answer.status_code == 302
    assert "/sign-in" in answer.location


def test_a_trainer_without_an_enrolment_finds_no_lesson(lessons: Path, cast: Cast, browser_of: Any) -> None:
    assert browser_of(cast.tess).get(URL).status_code == 404


def test_a_picture_of_a_lesson_is_served_and_nothing_beside_it(lessons: Path, client: Any) -> None:
    (lessons / "img").mkdir()
    (lessons / "img" / "dots.svg").write_text("<svg/>")
    picture = client.get("/course/img/dots.svg")
    assert picture.status_code == 200
    picture.close()
    assert client.get("/course/img/none.svg").status_code == 404
    assert client.get("/course/img/..%2Fcourse.toml").status_code == 404


@pytest.mark.parametrize("count", [1, 500])
def test_a_lesson_costs_four_queries_however_much_was_done_in_it(
    ada: Any, cast: Cast, queries: list[str], count: int
) -> None:
    mine = {"enrolment_id": cast.ada_enrolled.id, "lesson_id": "contact-or-connect"}
    facts = {"content_hash": "x", "text": "An answer.", "confidence": "unsure"}
    db.session.add_all(Answer(**mine, **facts, recall_id=f"r-{n % 7}") for n in range(count))
    db.session.add_all(Plan(**mine, if_text="a", then_text="b", due_on=TODAY) for _ in range(count))
    db.session.add(Reading(**mine, content_hash="x"))
    db.session.commit()
    queries.clear()
    assert ada.get(URL).status_code == 200
    assert len(queries) <= 4


# Reading


def test_a_script_says_that_the_lesson_was_opened_and_where_reading_is(ada: Any) -> None:
    assert ada.send(f"{URL}/begin").status_code == 204
    assert ada.send(f"{URL}/begin", {"heading": "second-heading"}).status_code == 204
    assert [(row.lesson_id, row.heading) for row in rows(Reading)] == [("contact-or-connect", "second-heading")]


def test_reading_resumes_at_the_heading_where_it_was_left(ada: Any) -> None:
    ada.send(f"{URL}/begin", {"heading": "second-heading"})
    for page in ("/today", "/course/"):
        assert f'href="{URL}#second-heading"' in text_of(ada.get(page))


def test_a_heading_that_is_not_in_the_lesson_is_not_kept(ada: Any) -> None:
    ada.send(f"{URL}/begin", {"heading": 'x" onclick="'})
    assert rows(Reading)[0].heading == ""
    assert ada.send(f"{URL}/begin", {"heading": "a" * 121}).status_code == 422


def test_beginning_again_without_a_heading_keeps_the_place(ada: Any) -> None:
    ada.send(f"{URL}/begin", {"heading": "recall-polite-no"})
    ada.send(f"{URL}/begin")
    assert rows(Reading)[0].heading == "recall-polite-no"


def test_finishing_is_said_and_can_be_taken_back(ada: Any) -> None:
    done = ada.send(f"{URL}/complete")
    assert (done.status_code, done.location) == (303, f"{URL}#finish")
    assert rows(Reading)[0].completed_at == NOON
    assert "You finished this lesson on 24\u00a0November 2026" in text_of(ada.get(URL))
    assert ada.send(f"{URL}/reopen").status_code == 303
    assert rows(Reading)[0].completed_at is None
    assert "I have read this" in text_of(ada.get(URL))


def test_taking_back_what_was_never_finished_changes_nothing(ada: Any) -> None:
    assert ada.send(f"{URL}/reopen").status_code == 303
    assert rows(Reading) == []


def test_finishing_twice_is_finishing_once(ada: Any, at: Any) -> None:
    ada.send(f"{URL}/complete")
    at(NOON + timedelta(days=3))
    ada.send(f"{URL}/complete")
    assert [row.completed_at for row in rows(Reading)] == [NOON]


def test_one_learner_finishing_leaves_the_other_where_they_were(ada: Any, ben: Any) -> None:
    ada.send(f"{URL}/complete")
    assert "I have read this" in text_of(ben.get(URL))


def test_a_stale_page_finishes_nothing_and_says_why(ada: Any) -> None:
    answer = ada.send(f"{URL}/complete", {"csrf_token": "stale"})
    assert answer.status_code == 422
    assert "open for too long" in text_of(answer)
    assert rows(Reading) == []


def test_an_edit_does_not_take_a_finished_lesson_back(ada: Any, lessons: Path) -> None:
    ada.send(f"{URL}/complete")
    write_lesson(lessons / FILE, id="contact-or-connect", title="Contact or connect?", opening="They changed.")
    text = text_of(ada.get(URL))
    assert "Updated since you finished" in text
    assert "It stays finished." in text
    assert rows(Reading)[0].completed_at == NOON
    assert "updated since you finished" in text_of(ada.get("/course/"))


def test_an_edited_lesson_says_which_parts_read_otherwise(ada: Any, lessons: Path) -> None:
    from app import content

    content.publish()
    ada.send(f"{URL}/complete")
    write_lesson(lessons / FILE, id="contact-or-connect", title="Contact or connect?", opening="They changed.")
    assert "What reads otherwise now: the opening." in text_of(ada.get(URL))


def test_the_new_version_can_be_marked_as_read_and_keeps_the_first_day(ada: Any, at: Any, lessons: Path) -> None:
    ada.send(f"{URL}/complete")
    at(NOON + timedelta(days=9))
    write_lesson(lessons / FILE, id="contact-or-connect", title="Contact or connect?", opening="They changed.")
    ada.send(f"{URL}/complete")
    assert "Updated since" not in text_of(ada.get(URL))
    assert rows(Reading)[0].completed_at == NOON


def test_what_is_finished_is_the_version_that_was_on_the_page(ada: Any, lessons: Path) -> None:
    shown = re.search(r'name="content_hash"[^>]*value="([0-9a-f]{64})"', text_of(ada.get(URL)))
    assert shown
    write_lesson(lessons / FILE, id="contact-or-connect", title="Contact or connect?", opening="They changed.")
    ada.send(f"{URL}/complete", {"content_hash": shown[1]})
    assert "Updated since you finished" in text_of(ada.get(URL))


def test_a_lesson_that_was_taken_out_is_still_read_and_says_so(ada: Any, lessons: Path) -> None:
    ada.send(f"{URL}/note", {"text": "Mine.", "version": "0"})
    ada.get("/course/")
    (lessons / FILE).unlink()
    text = text_of(ada.get(URL))
    assert "taken out of the course" in text
    assert "Mine." in text
    assert ada.send(f"{URL}/recall/polite-no", SURE).status_code == 303


# Recall


def test_an_answer_comes_before_the_model_answer(ada: Any) -> None:
    before = text_of(ada.get(URL))
    assert "One answer." not in before
    sent = ada.send(f"{URL}/recall/polite-no", SURE)
    assert (sent.status_code, sent.location) == (303, f"{URL}#recall-polite-no")
    after = text_of(ada.get(URL))
    assert "Contacting: nobody answered." in after
    assert "You were certain." in after
    assert "One answer." in after
    assert "It opens the exchange." in after
    assert "I had it" in after


def test_the_page_grades_the_answer_that_it_shows(ada: Any) -> None:
    answered(ada, text="Earlier.")
    given = answered(ada, text="Later.")
    text = text_of(ada.get(URL))
    assert re.findall(r'name="answer" type="hidden" value="(\d+)"', text) == [str(given.id)]
    assert "Earlier." not in text


def test_answering_is_beginning_to_read(ada: Any) -> None:
    answered(ada)
    assert rows(Reading)[0].completed_at is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": ""}, "Write an answer first."),
        ({"text": "  \n "}, "Write an answer first."),
        ({"text": "a" * 4001}, "An answer holds 4 000 characters"),
        ({"confidence": ""}, "Say how sure you are"),
        ({"confidence": "rather"}, "Choose one of the four."),
        ({"csrf_token": "stale"}, "open for too long"),
    ],
)
def test_a_refused_answer_is_kept_on_the_page_and_nowhere_else(ada: Any, given: dict[str, str], words: str) -> None:
    typed = {**SURE, **given}
    answer = ada.send(f"{URL}/recall/polite-no", typed)
    text = text_of(answer)
    assert answer.status_code == 422
    assert words in text
    if typed["text"].strip():
        assert typed["text"] in text
    assert rows(Answer) == []


def test_an_answer_of_4000_characters_and_hostile_text_is_kept_as_typed(ada: Any) -> None:
    hostile = "<script>alert(1)</script> & {{ 7*7 }} \u202e"
    assert answered(ada, text="ä" * 4000).text == "ä" * 4000
    assert answered(ada, text=hostile).text == hostile
    text = text_of(ada.get(URL))
    assert "&lt;script&gt;" in text
    assert "<script>alert" not in text


def test_the_same_answer_posted_twice_is_one_answer(ada: Any) -> None:
    twice = {**SURE, "once": "same-key"}
    first, second = (ada.send(f"{URL}/recall/polite-no", twice) for _ in range(2))
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert len(rows(Answer)) == 1


def test_an_answer_to_a_question_that_is_gone_is_given_back_kindly(ada: Any) -> None:
    answer = ada.send(f"{URL}/recall/was-here", {**SURE, "text": "My long answer"})
    assert answer.status_code == 409
    assert "This question has been taken out of the lesson" in text_of(answer)
    assert "My long answer" in text_of(answer)
    assert rows(Answer) == []


@pytest.mark.parametrize(("correct", "days"), [("yes", 2), ("no", 1)])
def test_a_grade_sends_the_question_away_for_as_long_as_it_will_be_remembered(
    ada: Any, correct: str, days: int
) -> None:
    given = answered(ada)
    graded = ada.send(f"{URL}/recall/polite-no/grade", {"answer": given.id, "correct": correct})
    assert (graded.status_code, graded.location) == (303, f"{URL}#recall-polite-no")
    (card,) = rows(Card)
    assert (card.due_at - NOON).days == days
    assert card.reviewed_at == NOON
    assert rows(Answer)[0].correct is (correct == "yes")


def test_right_but_unsure_comes_back_sooner_than_right_and_sure(ada: Any) -> None:
    for recall, confidence in (("polite-no", "unsure"), ("seven", "fairly")):
        given = answered(ada, recall, confidence=confidence)
        ada.send(f"{URL}/recall/{recall}/grade", {"answer": given.id, "correct": "yes"})
    unsure, fairly = rows(Card)
    assert unsure.due_at < fairly.due_at


def test_an_answer_is_graded_once(ada: Any) -> None:
    given = answered(ada)
    for correct in ("yes", "no"):
        ada.send(f"{URL}/recall/polite-no/grade", {"answer": given.id, "correct": correct})
    assert rows(Answer)[0].correct is True
    assert (rows(Card)[0].due_at - NOON).days == 2


def test_a_second_answer_moves_the_same_card(ada: Any, at: Any) -> None:
    first = answered(ada)
    ada.send(f"{URL}/recall/polite-no/grade", {"answer": first.id, "correct": "no"})
    at(NOON + timedelta(days=1))
    second = answered(ada)
    ada.send(f"{URL}/recall/polite-no/grade", {"answer": second.id, "correct": "yes"})
    (card,) = rows(Card)
    assert card.reviewed_at == NOON + timedelta(days=1)
    assert "You had it." in text_of(ada.get(URL))


def test_a_foreign_answer_is_not_found_and_not_graded(ada: Any, ben: Any) -> None:
    foreign = answered(ben)
    for url in (f"{URL}/recall/polite-no/grade", "/review/contact-or-connect/polite-no/grade"):
        assert ada.send(url, {"answer": foreign.id, "correct": "yes"}).status_code == 404
    assert rows(Answer)[0].correct is None
    assert rows(Card) == []


def test_an_answer_is_graded_only_at_its_own_question(ada: Any) -> None:
    given = answered(ada)
    assert ada.send(f"{URL}/recall/seven/grade", {"answer": given.id, "correct": "yes"}).status_code == 404


@pytest.mark.parametrize("sent", [{}, {"answer": "x", "correct": "yes"}, {"answer": 2**40, "correct": "yes"}])
def test_a_grade_that_makes_no_sense_changes_nothing(ada: Any, sent: dict[str, Any]) -> None:
    answered(ada)
    assert ada.send(f"{URL}/recall/polite-no/grade", sent).status_code == 422
    assert rows(Card) == []


# The plan


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


# Notes


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
