"""What a lesson leads to and shows."""

from pathlib import Path

import pytest

from course.library import load
from tests.course.lesson_files import EXERCISE, lesson_text, library_folder, prose, write

ALPHA = "01-one/01-alpha.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return library_folder(tmp_path / "lessons")


def only_fault(folder):
    (fault,) = load(folder).faults
    return fault


def lapse(folder, text):
    write(folder, ALPHA, text)
    fault = only_fault(folder)
    assert fault.path == ALPHA
    return fault.line, fault.message, text.split("\n")[fault.line - 1]


def of(folder, words):
    """The only lapse of a lesson that has these words at the end of its prose."""
    return lapse(folder, lesson_text("alpha", text=prose() + f"\n{words}\n"))


@pytest.mark.parametrize("link", ["[x](lesson:nowhere)", "[x](lesson:nowhere#why)", "[x][y]\n\n[y]: lesson:nowhere"])
def test_a_link_to_a_lesson_that_is_not_there_is_dead(folder, link):
    _, message, line = lapse(folder, lesson_text("alpha", text=prose() + f"\nSee {link}."))
    assert "lesson:nowhere" in line
    assert "`nowhere" in message


def test_a_dead_link_in_an_exercise_is_found_too(folder):
    exercise = EXERCISE.replace("Write to", "[Write](lesson:nowhere) to")
    assert "lesson:nowhere" in lapse(folder, lesson_text("alpha", exercise=exercise))[2]


@pytest.mark.parametrize(
    "link", ["lesson:beta", "lesson:alpha#why-it-is-so", "https://example.org/a(b", "#why-it-is-so", "page:gate"]
)
def test_links_that_lead_somewhere_are_fine(folder, link):
    write(folder, ALPHA, lesson_text("alpha", text=prose() + f"\nSee [x]({link})."))
    assert load(folder).faults == ()


@pytest.mark.parametrize("link", ["../02-two/01-gamma.md", "/course/beta", "beta", "ftp://example.org"])
def test_a_link_that_only_works_on_the_authors_machine_is_a_fault(folder, link):
    assert link in lapse(folder, lesson_text("alpha", text=prose() + f"\nSee [x]({link})."))[2]


@pytest.mark.parametrize("link", ["page:settings", "page:", "page:gate#now"])
def test_a_link_to_a_page_that_lessons_may_not_lead_to_says_which_they_may(folder, link):
    message = of(folder, f"See [x]({link}).")[1]
    assert f"the link `{link}` leads to no page; write page: and one of number, self-assessment, review," in message


def test_a_link_to_a_lesson_with_a_fault_of_its_own_is_not_reported_on_top(folder):
    write(folder, ALPHA, lesson_text("alpha", text=prose() + "\nSee [x](lesson:beta)."))
    write(folder, "01-one/02-beta.md", lesson_text("beta", exercise=""))
    assert only_fault(folder).path == "01-one/02-beta.md"


def test_links_in_code_are_only_shown(folder):
    write(folder, ALPHA, lesson_text("alpha", text=prose() + "\n```text\n[x](lesson:nowhere)\n# so\n```\n"))
    assert load(folder).faults == ()


def test_a_picture_must_be_there_and_be_put_into_words(folder):
    write(folder, "img/there.svg", "<svg/>")
    write(folder, ALPHA, lesson_text("alpha", text=prose() + "\n![Two circles](img/there.svg)\n"))
    assert load(folder).faults == ()
    assert "isn't there" in lapse(folder, lesson_text("alpha", text=prose() + "\n![Two](img/gone.svg)\n"))[1]
    assert "isn't there" in lapse(folder, lesson_text("alpha", text=prose() + "\n![Two](img/../course.toml)\n"))[1]
    assert "no words" in lapse(folder, lesson_text("alpha", text=prose() + "\n![ ](img/there.svg)\n"))[1]


@pytest.mark.parametrize("anchor", ["why-it-is-so", "recall-first", "exercise-try-it", "example-two-notes"])
def test_a_link_may_lead_to_a_heading_or_a_block(folder, anchor):
    write(folder, ALPHA, lesson_text("alpha", text=prose() + f"\n[x](lesson:beta#{anchor}) [y](#{anchor})"))
    assert load(folder).faults == ()


@pytest.mark.parametrize("link", ["lesson:beta#nowhere", "#nowhere"])
def test_a_link_to_a_place_that_is_not_there_is_dead(folder, link):
    _, message, line = of(folder, f"See [x]({link}).")
    assert link in line
    assert "no place `#nowhere`" in message


@pytest.mark.parametrize("address", ["https://example.org/a.png", "http://example.org/a.png", "//example.org/a.png"])
def test_a_picture_from_elsewhere_is_a_fault(folder, address):
    assert "comes from elsewhere" in of(folder, f"![Two circles]({address})")[1]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<script>alert(1)</script>", "`<script>` is taken out"),
        ("<SCRIPT src=x>", "`<script>` is taken out"),
        ("<script", "`<script>` is taken out"),
        ("<iframe src=https://example.org></iframe>", "`<iframe>` is taken out"),
        ("<div class=x>", "`<div>` is taken out"),
        ("Dear <name>, good morning", "`<name>` is taken out"),
        ("<img src=img/a.svg>", "a picture is written ![what it shows]"),
        ("<img/src=x/onerror=alert(1)>", "a picture is written"),
        ("<b onclick=alert(1)>x</b>", "`<b>` is shown without"),
        ("<a href=javascript:alert(1)>x</a>", "`<a>` is taken out"),
    ],
)
def test_html_that_will_not_be_shown_is_a_fault(folder, html, words):
    write(folder, ALPHA, lesson_text("alpha", text=prose() + f"\n{html}\n"))
    faults = load(folder).faults
    assert faults
    assert all(fault.path == ALPHA for fault in faults)
    assert words in faults[0].message


@pytest.mark.parametrize(
    "text", ["H<sub>2</sub>O", "5 < 6 and 7 > 6", "`<script>`", "<https://example.org>", "a <br> b", "{day} <3"]
)
def test_what_is_shown_as_written_is_fine(folder, text):
    write(folder, ALPHA, lesson_text("alpha", text=prose() + f"\n{text}\n"))
    assert load(folder).faults == ()


def test_script_in_a_block_is_found_on_its_line(folder):
    exercise = EXERCISE.replace("Write to", "<script>x</script> Write to")
    assert "<script>" in lapse_lines(folder, lesson_text("alpha", exercise=exercise))[0]


def lapse_lines(folder, text):
    write(folder, ALPHA, text)
    return [text.split("\n")[fault.line - 1] for fault in load(folder).faults]
