"""A lesson's page, and reading it."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.content import Shelf
from app.db import db
from app.models import Answer, Plan, Reading
from course.markup import OTHER_PAGES, PAGES
from tests.app.study.desk import FILE, SURE, URL, answered, rows, text_of
from tests.app.study.shelf import IDS, write_lesson
from tests.cast import NOON, TODAY, Cast


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


def test_no_lesson_may_have_the_address_of_another_page(app: Any) -> None:
    beside = {rule.rule.removeprefix("/course/") for rule in app.url_map.iter_rules()}
    assert {name for name in beside if re.fullmatch("[a-z0-9-]+", name)} == OTHER_PAGES


def test_the_pages_that_lessons_may_lead_to_are_there(app: Any) -> None:
    assert set(PAGES.values()) <= {rule.rule for rule in app.url_map.iter_rules()}


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


def test_a_course_that_names_no_free_lesson_gives_its_first(app: Any, lessons: Path, client: Any) -> None:
    outline = lessons / "course.toml"
    outline.write_text(outline.read_text().replace('free = "contact-or-connect"\n', ""))
    assert "<h1>Follow the money</h1>" in text_of(client.get("/free-lesson"))


def test_a_course_without_lessons_has_none_for_free(app: Any, lessons: Path, client: Any) -> None:
    for file in lessons.glob("*/*.md"):
        file.unlink()
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
