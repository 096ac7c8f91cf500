"""The author at work: in development a saved file shows on reload, and what is wrong with it shows in the page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.app.study.desk import FILE, URL, text_of
from tests.course.lesson_files import lesson_text, library_folder, write

ALPHA, ALPHA_URL = "01-one/01-alpha.md", "/course/alpha"


@pytest.fixture
def development(app: Any) -> Iterator[None]:
    """As `make run` serves it."""
    before, app.config["ENV"] = app.config["ENV"], "development"
    yield
    app.config["ENV"] = before


@pytest.fixture
def folder(app: Any, lessons: Path, tmp_path: Path) -> Path:
    """A small course without a fault, served instead."""
    from app.content import Shelf

    folder = library_folder(tmp_path / "sound")
    app.extensions["content"], app.config["LESSONS"] = Shelf(folder, watch=True), folder
    return folder


def banner(text: str) -> str:
    """What the author is told; nothing if nothing is."""
    return text.partition('aria-label="For the author"')[2].partition("</section>")[0]


def test_a_saved_file_shows_on_reload(ada: Any, folder: Path, development: None) -> None:
    assert "Say a pump maker begins." in text_of(ada.get(ALPHA_URL))
    write(folder, ALPHA, lesson_text("alpha").replace("Say a pump maker begins.", "Say a baker begins."))
    text = text_of(ada.get(ALPHA_URL))
    assert "Say a baker begins." in text
    assert banner(text) == ""


def test_a_file_saved_by_replacing_it_shows_too(ada: Any, folder: Path, development: None) -> None:
    ada.get(ALPHA_URL)
    write(folder, "01-one/.01-alpha.md.part", lesson_text("alpha").replace("Say a pump maker", "Say a baker"))
    (folder / "01-one/.01-alpha.md.part").replace(folder / ALPHA)
    assert "Say a baker begins." in text_of(ada.get(ALPHA_URL))


def test_a_broken_file_says_where_and_shows_its_last_good_version(ada: Any, folder: Path, development: None) -> None:
    ada.get(ALPHA_URL)
    write(folder, ALPHA, lesson_text("alpha").replace("claim =", "claim"))
    text = text_of(ada.get(ALPHA_URL))
    assert "One fault in this file" in banner(text)
    assert f"<li>{ALPHA}:4: this isn" in banner(text)
    assert "You see its last good version until it is mended." in banner(text)
    assert "Say a pump maker begins." in text
    write(folder, ALPHA, lesson_text("alpha"))
    assert banner(text_of(ada.get(ALPHA_URL))) == ""


def test_a_lapse_is_told_on_its_lesson_and_on_no_other(ada: Any, folder: Path, development: None) -> None:
    write(folder, ALPHA, lesson_text("alpha").replace("minutes = 7", "minutes = 20"))
    told = banner(text_of(ada.get(ALPHA_URL)))
    assert f"{ALPHA}:7: the minutes are 20" in told
    assert "last good version" not in told
    assert banner(text_of(ada.get("/course/beta"))) == ""


def test_the_map_lists_the_faults_of_all_files(ada: Any, folder: Path, development: None) -> None:
    write(folder, ALPHA, lesson_text("alpha").replace("minutes = 7", "minutes = 20"))
    write(folder, "02-two/01-gamma.md", "")
    write(folder, "02-two/notes.txt", "x")
    told = banner(text_of(ada.get("/course/")))
    assert "faults in the lessons" in told
    for place in (f"{ALPHA}:7:", "02-two/01-gamma.md:1: the file is empty", "02-two/notes.txt:1:"):
        assert place in told


def test_a_fault_is_told_as_text(ada: Any, folder: Path, development: None) -> None:
    write(folder, ALPHA, lesson_text("alpha", text="<script>alert(1)</script>\n\n" + "word " * 900))
    text = text_of(ada.get(ALPHA_URL))
    assert "`&lt;script&gt;` is taken out" in banner(text)
    assert "alert(1)" not in text


@pytest.mark.parametrize("env", ["production", "testing"])
def test_nobody_else_is_told(app: Any, ada: Any, lessons: Path, monkeypatch: pytest.MonkeyPatch, env: str) -> None:
    monkeypatch.setitem(app.config, "ENV", env)
    (lessons / FILE).write_text("broken")
    for address in (URL, "/course/", "/free-lesson", "/today"):
        answer = ada.get(address)
        assert answer.status_code == 200
        assert "For the author" not in text_of(answer)
        assert ".md:" not in text_of(answer)


def test_outside_development_a_file_that_changes_is_not_looked_at(app: Any) -> None:
    from app import create_app

    for env, watched in (("development", True), ("testing", False)):
        made = create_app({**app.config, "ENV": env})
        assert made.extensions["content"].watch is watched
