"""The page that finds a passage again: whatever is typed, it answers with results or with words that help."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from app import content
from app.content import library
from tests.app.study.asking import GLOSSARY, HOSTILE
from tests.app.study.desk import text_of
from tests.app.study.shelf import write_lesson
from tests.cast import Cast

URL = "/course/search"


@pytest.fixture
def published(lessons: Path) -> Path:
    """The small course and a glossary; one lesson speaks of silence, in words that look like HTML."""
    file = lessons / "01-first/02-contact.md"
    opening = "Silence, they said, is `<b>silent</b>` & no answer. " + "Then nothing at all. " * 40
    write_lesson(file, id="contact-or-connect", title="Contact or connect?", opening=opening)
    (lessons / "glossary.toml").write_text(GLOSSARY)
    content.publish()
    return lessons


def asked(browser: Any, typed: str) -> str:
    answer = browser.get(f"{URL}?q={quote(typed)}")
    assert answer.status_code == 200
    return text_of(answer)


def test_the_page_and_the_map_of_the_course_ask_with_a_plain_form(ada: Any, published: Path) -> None:
    for url in (URL, "/course/"):
        text = text_of(ada.get(url))
        assert '<form class="look-for" method="get" action="/course/search" role="search">' in text
        assert '<label for="q">Find in the lessons</label>' in text


def test_a_passage_is_shown_with_its_lesson_its_heading_and_its_words_marked(ada: Any, published: Path) -> None:
    text = asked(ada, "silence")
    assert "One lesson speaks of “silence”" in text
    assert '<span class="fig">1.2</span> <a href="/course/contact-or-connect">Contact or connect?</a>' in text
    assert "<mark>Silence</mark>, they said" in text
    assert 'value="silence"' in text


def test_a_result_leads_to_the_heading_in_its_lesson(ada: Any, published: Path) -> None:
    text = asked(ada, "more words")
    assert '<h3><a href="/course/money#second-heading">Second heading</a></h3>' in text
    assert 'id="second-heading"' in text_of(ada.get("/course/money"))


def test_a_recall_question_is_found_and_called_one(ada: Any, published: Path) -> None:
    text = asked(ada, "polite no")
    assert '<a href="/course/proof#recall-polite-no">A question to recall</a>' in text
    assert "One answer." not in text


def test_what_lessons_say_is_text_and_never_markup(ada: Any, published: Path) -> None:
    text = asked(ada, "silent")
    assert "&lt;b&gt;<mark>silent</mark>&lt;/b&gt; &amp; no answer" in text


def test_a_long_passage_is_cut_to_a_few_lines(ada: Any, published: Path) -> None:
    text = asked(ada, "silence")
    assert text.count("Then nothing at all.") < 20
    assert " …</p>" in text


def test_a_term_of_the_glossary_stands_first_and_leads_to_its_place(ada: Any, published: Path) -> None:
    text = asked(ada, "referral")
    assert "One word of the glossary speaks of “referral”" in text
    assert '<a href="/course/glossary#referral"><mark>Referral</mark></a>' in text


def test_words_that_never_stand_together_are_found_apart_and_it_is_said(ada: Any, published: Path) -> None:
    text = asked(ada, "silence referral")
    assert "Nothing holds all of “silence referral”; one lesson holds some of it" in text
    assert "<mark>Silence</mark>" in text


def test_an_empty_question_is_answered_with_how_to_ask(ada: Any, published: Path) -> None:
    for url in (URL, f"{URL}?q=", f"{URL}?q=%20%00"):
        text = text_of(ada.get(url))
        assert "Find a passage again" in text
        assert "Of the last word the beginning is enough" in text


def test_where_nothing_is_found_the_page_says_what_may_help(ada: Any, published: Path) -> None:
    text = asked(ada, "zebra")
    assert "Nothing found for “zebra”" in text
    assert "fewer words find more" in text
    assert 'href="/course/glossary"' in text


def test_a_slip_of_the_pen_is_answered_with_a_better_question(ada: Any, published: Path) -> None:
    assert 'Did you mean <a href="/course/search?q=silence">silence</a>?' in asked(ada, "silense")
    assert "Did you mean" not in asked(ada, "silence")


def test_a_question_without_a_word_is_told_so(ada: Any, published: Path) -> None:
    assert "There is no word in it to look for." in asked(ada, "?!… 😀")


def test_what_was_typed_is_shown_as_text_and_cut_where_it_is_endless(ada: Any, published: Path) -> None:
    assert "“&lt;script&gt;x&lt;/script&gt;”" in asked(ada, "<script>x</script>")
    text = asked(ada, "x" * 10_000)
    assert text.count("x" * 200) == 1
    assert "x" * 201 not in text


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_is_answered(ada: Any, published: Path, typed: str) -> None:
    assert "What may help" in (text := asked(ada, typed)) or "<mark>" in text or "What is searched" in text


def test_bytes_that_are_no_text_are_answered_too(ada: Any, published: Path) -> None:
    assert ada.get(f"{URL}?q=%ff%fe%ed%a0%80").status_code == 200
    assert ada.get(f"{URL}?q=a&q=b&q[]=c").status_code == 200


def test_a_page_asks_the_database_four_times_at_the_most(ada: Any, published: Path, queries: list[str]) -> None:
    for typed in ("silence", "silence referral", "zebra crossing", "words", ""):
        queries.clear()
        asked(ada, typed)
        assert len(queries) <= 4


def test_search_is_for_learners(client: Any, cast: Cast, browser_of: Any, lessons: Path) -> None:
    assert client.get(URL).status_code == 302
    assert browser_of(cast.tess).get(URL).status_code == 404


def test_a_lesson_that_has_gone_since_it_was_published_is_left_out(ada: Any, published: Path) -> None:
    (published / "02-second/01-proof.md").unlink()
    assert "/course/proof" not in asked(ada, "proof")


def test_the_pages_that_find_things_are_parts_of_the_course(ada: Any, published: Path) -> None:
    for url in (URL, "/course/glossary", "/course/module/1"):
        assert '<a href="/course/" aria-current="page">' in text_of(ada.get(url))


def test_no_lesson_is_called_as_one_of_the_pages_beside_it(app: Any) -> None:
    matching = app.url_map.bind("")
    found = {lesson.id: matching.match(f"/course/{lesson.id}")[0] for lesson in library().lessons}
    assert set(found.values()) == {"study.lesson"}
