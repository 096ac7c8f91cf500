"""A module on one sheet. That it fits one is seen where it is printed: tests/browser/test_sheets.py."""

from pathlib import Path
from typing import Any

import pytest

from tests.app.study.desk import text_of

URL = "/course/module/1"


def test_a_sheet_holds_of_each_lesson_its_claim_its_last_line_and_what_to_do(ada: Any) -> None:
    text = text_of(ada.get(URL))
    assert "<h1>The first</h1>" in text
    assert "One thing." in text
    for title in ("Follow the money", "Contact or connect?"):
        assert f"The claim of {title}." in text
        assert f"<b>Exercise of {title}</b>, 30 minutes." in text
    assert text.count("only the other person can make it a conversation.") == 2
    assert "Proof" not in text.partition('<nav class="turn"')[0]


def test_a_plan_has_blanks_to_be_filled_in(ada: Any) -> None:
    plan = 'If it is <span class="blank">day</span> at <span class="blank">time</span>, then I open the sent folder.'
    assert plan in text_of(ada.get(URL))


def test_the_five_lines_stand_on_it_where_a_lesson_rates(ada: Any, lessons: Path) -> None:
    text = text_of(ada.get(URL))
    assert "Used in lessons 1.1 and 1.2" in text
    assert '<th scope="row">Two-way</th><td data-h="0:">no reply</td><td data-h="1:">one reply</td>' in text
    for file in (lessons / "01-first").iterdir():
        kept = [line for line in file.read_text().splitlines() if not line.startswith("scores")]
        file.write_text("\n".join(kept))
    assert "The five lines" not in text_of(ada.get(URL))


def test_a_lesson_without_a_last_line_has_none_on_the_sheet(ada: Any, lessons: Path) -> None:
    for file in (lessons / "01-first").iterdir():
        file.write_text(file.read_text().partition("**Carry")[0])
    text = text_of(ada.get(URL))
    assert "Carry away" not in text
    assert "The claim of Follow the money." in text


def test_the_sheets_lead_to_one_another_and_the_map_leads_to_each(ada: Any) -> None:
    assert '<a class="action" rel="next" href="/course/module/2">2 The second</a>' in text_of(ada.get(URL))
    assert '<a class="action" rel="prev" href="/course/module/1">1 The first</a>' in text_of(
        ada.get("/course/module/2")
    )
    course = text_of(ada.get("/course/"))
    assert 'href="/course/module/1"' in course
    assert 'href="/course/module/2"' in course


@pytest.mark.parametrize("number", ["0", "3", "99999999999999999999", "-1", "one"])
def test_there_is_no_sheet_of_a_module_that_is_not_there(ada: Any, number: str) -> None:
    assert ada.get(f"/course/module/{number}").status_code == 404


def test_a_module_whose_lessons_cannot_be_read_says_so(ada: Any, lessons: Path, tmp_path: Path) -> None:
    course = (lessons / "course.toml").read_text()
    (lessons / "03-third").mkdir()
    (lessons / "course.toml").write_text(course + '\n[[module]]\nfolder = "03-third"\ntitle = "T"\npromise = "P"\n')
    assert "No lesson of this module can be read at the moment." in text_of(ada.get("/course/module/3"))


def test_a_sheet_asks_the_database_only_who_asks_and_what_is_open_to_them(ada: Any, queries: list[str]) -> None:
    queries.clear()
    ada.get(URL)
    assert len(queries) == 2
