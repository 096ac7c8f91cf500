"""What an edit means for who had finished."""

from app.study.changes import changed_parts
from course.lesson import Lesson, parse
from tests.app.study.shelf import LESSON


def lesson(old: str = "", new: str = "") -> Lesson:
    read = parse(
        LESSON.format(id="a", title="A", opening="").replace(old, new)
        if old
        else LESSON.format(id="a", title="A", opening=""),
        path="a.md",
    )
    assert isinstance(read, Lesson)
    return read


def test_the_same_words_are_no_change() -> None:
    assert changed_parts(lesson(), lesson()) == ()


def test_a_changed_section_is_named_by_its_heading() -> None:
    assert changed_parts(lesson(), lesson("More words.", "Other words.")) == ("“Second heading”",)


def test_a_new_heading_is_a_new_part() -> None:
    assert changed_parts(lesson(), lesson("More words.", "More words.\n\n## Third\n\nYes.")) == ("“Third”",)


def test_blocks_are_named_by_what_they_are() -> None:
    assert changed_parts(lesson(), lesson("Rate ten", "Rate five")) == ("the exercise",)
    assert changed_parts(lesson(), lesson("You said the pump", "She said the pump")) == ("the worked example",)
    changed = changed_parts(lesson(), lesson("It opens the exchange.", "It is one."))
    assert changed == ("the question “What is a polite no in…”",)


def test_what_stands_around_the_text_is_a_part_too() -> None:
    assert changed_parts(lesson(), lesson("minutes = 9", "minutes = 8")) == ("the minutes it takes",)
    assert changed_parts(lesson(), lesson("a finding", "no finding")) == ("where it comes from",)
    assert changed_parts(lesson(), lesson('title = "A"', 'title = "B"')) == ("the title",)


def test_the_claim_is_a_part_too() -> None:
    assert changed_parts(lesson(), lesson("The claim of", "A claim of")) == ("the sentence it stands on",)
