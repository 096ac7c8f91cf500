"""Who counts as cited, and who as listed."""

from pathlib import Path

import pytest

from course.citations import unlisted
from course.library import load

KLUGER = "Kluger et al. (2023), doi:10.1007/s10869-023-09897-5: a correlation."


def mentions(text, *sources):
    return [mention for _, mention in unlisted(text, sources)]


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("(Kluger 2023)", "Kluger, 2023"),
        ("(Kluger, 2023)", "Kluger, 2023"),
        ("(Kluger and others, 2023, r about .51)", "Kluger, 2023"),
        ("(Crosby, Evans and\nCowles, 1990)", "Crosby, 1990"),
        ("(Dimitriadis & Koning 2022)", "Dimitriadis, 2022"),
        ("Gilbert and Karahalios (2009) could", "Gilbert, 2009"),
        ("Levin et al. (2011a) asked", "Levin, 2011"),
        ("Kelly's (2008) essay", "Kelly, 2008"),
        ("Ångström (1999)", "Ångström, 1999"),
    ],
)
def test_a_name_with_its_year_is_a_mention(text, mention):
    assert mentions(text) == [mention]


def test_each_of_several_in_one_pair_of_brackets_counts():
    assert mentions("(see Burt 2002; Levin et al., 2011)") == ["Burt, 2002", "Levin, 2011"]


@pytest.mark.parametrize(
    "text",
    [
        "(since March 2019)",
        "(May 2019)",
        "(In 2019)",
        "(hall 4, 2019)",
        "an order (2019)",
        "an essay of 2008",
        "Swan, Bowers and Richardson drew the studies together in 1999",
        "(12 of them, 2019)",
        "row 2019 (Kluger)",
    ],
)
def test_a_year_alone_is_none(text):
    assert mentions(text) == []


def test_a_source_names_it_with_name_and_year_in_one_entry():
    assert mentions("(Kluger, 2023)", KLUGER) == []
    assert mentions("(Kluger, 2021)", KLUGER) == ["Kluger, 2021"]
    assert mentions("(Klug, 2023)", KLUGER) == ["Klug, 2023"]
    assert mentions("(Burt, 2023)", "Burt (2002).", KLUGER) == ["Burt, 2023"]


def test_a_source_can_be_named_outright():
    assert mentions("So it is [source: kluger et al.].", KLUGER) == []
    assert mentions("So it is [source: Burt].", KLUGER) == ["Burt"]
    assert mentions("So it is [source:].", KLUGER) == ["nothing"]


@pytest.mark.parametrize(
    "text", ["(Aa, " * 20_000, "Aa, Bb " * 14_000, "Aaa" * 33_000, "Aa and " * 14_000, "((" * 50_000]
)
def test_a_text_of_nothing_but_names_cites_nobody(text):
    # Long enough that a rule which looks back at every name would not come to an end.
    assert mentions(text) == []


def test_the_lessons_of_this_course_cite_nobody_unlisted():
    library = load(Path(__file__).resolve().parents[2] / "lessons")
    assert {lesson.id: mentions(lesson.source, *lesson.sources) for lesson in library.lessons} == {
        lesson.id: [] for lesson in library.lessons
    }
