from pathlib import Path

import pytest

from course.glossary import Glossary, parse
from course.library import check, load
from tests.course.lesson_files import library_folder, write

FILE = "glossary.toml"
TEXT = """# Two words.
[[term]]
word = "Two-way"
meaning = "They took part."
lesson = "alpha"

[[term]]
word = "Account"
meaning = "What was put in, and what came back."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return library_folder(tmp_path / "lessons")


def read(text: str = TEXT) -> Glossary:
    glossary = parse(text)
    assert isinstance(glossary, Glossary), glossary
    return glossary


def test_terms_are_read_in_the_order_of_the_file_and_listed_by_the_alphabet():
    glossary = read()
    assert [term.word for term in glossary.terms] == ["Two-way", "Account"]
    assert [term.word for term in glossary.in_order] == ["Account", "Two-way"]
    assert [term.lesson for term in glossary.terms] == ["alpha", None]


def test_a_term_has_an_anchor_made_of_its_word():
    assert [term.anchor for term in read().terms] == ["two-way", "account"]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('meaning = "They', 'means = "They', 2, "the key `term.1.meaning` is missing"),
        ('meaning = "They', 'means = "They', 4, "the key `term.1.means` isn't known here"),
        ('word = "Account"', 'word = " "', 8, "`term.2.word` is empty"),
        ('"alpha"', '"Alpha 1"', 5, "`term.1.lesson` must be small letters"),
        ('word = "Account"', 'word = "two way"', 8, "`two way` is explained above already"),
        ('word = "Account"', "word = Account", 8, "this isn't TOML"),
        ("[[term]]\n", "[[word]]\n", 1, "the key `term` is missing"),
    ],
)
def test_a_fault_in_the_glossary_bears_its_line(old, new, line, says):
    faults = parse(TEXT.replace(old, new))
    assert isinstance(faults, tuple)
    assert [fault.line for fault in faults if says in fault.message] == [line]


def test_an_empty_glossary_is_a_fault():
    (fault,) = parse("# nothing\n")
    assert (fault.path, fault.line) == (FILE, 1)


def test_a_library_knows_its_glossary(folder):
    write(folder, FILE, TEXT)
    library = load(folder)
    assert library.faults == ()
    assert library.glossary == read()
    assert library.sources[FILE] == TEXT


def test_a_course_may_do_without_a_glossary(folder):
    library = load(folder)
    assert library.glossary is None
    assert library.faults == ()


def test_a_term_that_leads_to_no_lesson_is_a_fault_on_its_line(folder):
    write(folder, FILE, TEXT.replace('"alpha"', '"omega"'))
    (fault,) = check(folder)
    assert str(fault).endswith(f"{FILE}:5: the term leads to lesson `omega`, which isn't there; correct the id")


def test_a_lesson_that_cannot_be_read_is_no_second_fault(folder):
    write(folder, FILE, TEXT)
    write(folder, "01-one/01-alpha.md", '+++\nid = "alpha"\n')
    assert {fault.path for fault in load(folder).faults} == {"01-one/01-alpha.md"}


def test_a_glossary_that_breaks_or_vanishes_is_served_as_it_last_was(folder):
    write(folder, FILE, TEXT)
    good = load(folder)
    for break_it in (lambda: write(folder, FILE, "[[term"), (folder / FILE).unlink):
        break_it()
        library = load(folder, last_good=good.sources)
        assert library.glossary == good.glossary
        assert library.stale == (FILE,)
        assert [fault.path for fault in library.faults] == [FILE]


@pytest.mark.parametrize("content", [b"", b"\xff", b"a\0b", b"x = " + b"[" * 5000, b"term = 1"])
def test_no_glossary_can_bring_the_library_down(folder, content):
    write(folder, FILE, content)
    library = load(folder)
    assert [lesson.id for lesson in library.lessons] == ["alpha", "beta", "gamma"]
    assert library.glossary is None
    assert {fault.path for fault in library.faults} == {FILE}
