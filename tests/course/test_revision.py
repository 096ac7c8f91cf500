"""What an edit changed, passage by passage."""

import time

import pytest

from course.lesson import Lesson, LessonBlock, parse
from course.revision import Mark, passages, revision, unrevised
from tests.course.lesson_files import EXAMPLE, EXERCISE, lesson_text, recall

TEXT = "The opening.\n\n## Why it is so\n\nFirst of all this.\n\n- one thing\n- another thing\n\nAnd the end of it.\n"


def lesson(text: str = TEXT, **parts: str) -> Lesson:
    read = parse(lesson_text(text=text, **parts), path="01-one/01-x.md")
    assert isinstance(read, Lesson), read
    return read


def marked(old: str, new: str) -> list[tuple[str, str, str]]:
    """The passages that an edit marks: the sign, what stands, what stood."""
    found = revision(lesson(), lesson(TEXT.replace(old, new)))
    stretches = [stretch for run in found.prose.values() for stretch in run]
    return [(s.mark.name, str(s.html), str(s.before)) for s in stretches if s.mark is not Mark.SAME]


def blocks(before: Lesson, after: Lesson) -> dict[str, LessonBlock | None]:
    """What each block was that an edit marks."""
    return {name: was.block if was else None for name, was in revision(before, after).blocks.items()}


def test_what_was_not_touched_bears_no_mark():
    found = revision(lesson(), lesson())
    assert (found.blocks, found.claim) == ({}, "")
    assert found.prose == unrevised(lesson()).prose
    assert {s.mark for s in found.prose[0]} == {Mark.SAME}


def test_a_reworded_paragraph_is_changed_and_keeps_what_it_was():
    assert marked("First of all", "Above all") == [
        ("CHANGED", "<p>Above all this.</p>", "<p>First of all this.</p>"),
    ]


def test_an_added_paragraph_is_new_and_a_removed_one_says_what_stood_there():
    assert marked("And the end", "Something quite fresh.\n\nAnd the end") == [
        ("NEW", "<p>Something quite fresh.</p>", ""),
    ]
    assert marked("First of all this.\n\n", "") == [("GONE", "", "<p>First of all this.</p>")]


def test_what_is_taken_out_stands_where_it_stood():
    found = revision(lesson(), lesson(TEXT.replace("First of all this.\n\n", ""))).prose[0]
    assert [s.html.partition(">")[0] for s in found] == ["<p", '<h2 id="why-it-is-so"', "", "<ul", "<p"]


def test_paragraphs_without_a_word_in_common_are_one_gone_and_one_new():
    assert [
        sign for sign, _, _ in marked("First of all this.\n\n- one", "Alpha beta gamma.\n\nDelta epsilon.\n\n- one")
    ] == [
        "NEW",
        "NEW",
        "GONE",
    ]


def test_the_only_paragraph_in_its_place_is_taken_for_the_same_in_other_words():
    assert marked("First of all this.", "Alpha beta gamma.")[0][0] == "CHANGED"


def test_a_renamed_heading_is_changed_and_keeps_its_place_to_resume():
    assert marked("## Why it is so", "## Why so") == [
        ("CHANGED", '<h2 id="why-so">Why so</h2>', "<h2>Why it is so</h2>"),
    ]


def test_an_edited_list_is_one_passage():
    ((sign, now, before),) = marked("another thing", "a third thing")
    assert (sign, "a third thing" in now, "another thing" in before) == ("CHANGED", True, True)


def test_a_passage_that_moved_behind_a_block_is_not_new_twice():
    after = lesson(TEXT.replace("And the end of it.\n", ""), recalls=recall("first") + "\nAnd the end of it.\n")
    signs = [s.mark for run in revision(lesson(recalls=recall("first")), after).prose.values() for s in run]
    assert signs == [Mark.SAME] * 5


def test_each_block_that_differs_knows_what_it_was():
    before = lesson(recalls=recall("first") + recall("second"))
    after = lesson(
        example=EXAMPLE.replace("Dear Sir", "Dear Madam"),
        exercise=EXERCISE.replace("Write to", "Ring"),
        recalls=recall("first") + recall("third"),
    )
    assert blocks(before, after) == {
        "example-two-notes": before.examples[0],
        "exercise-try-it": before.exercise,
        "recall-third": None,
    }


def test_an_exercise_under_another_id_is_still_the_exercise():
    after = lesson(exercise=EXERCISE.replace('id = "try-it"', 'id = "try"').replace("Write to", "Ring"))
    assert blocks(lesson(), after) == {"exercise-try": lesson().exercise}
    only_named = lesson(exercise=EXERCISE.replace('id = "try-it"', 'id = "try"'))
    assert blocks(lesson(), only_named) == {}


def test_a_block_that_only_moved_has_not_changed():
    before = lesson(recalls=recall("first") + recall("second"))
    assert revision(before, lesson(recalls=recall("second") + recall("first"))).blocks == {}


def test_a_new_claim_keeps_the_former_one():
    after = lesson(head=lesson_text().split("+++")[1].join(["+++", "+++\n"]).replace("does not pay", "never pays"))
    assert revision(lesson(), after).claim == "Reach alone does not pay."


@pytest.mark.parametrize(
    ("markdown", "count"),
    [("a\n\nb", 2), ("- a\n- b\n\n1. c", 1), ("| a |\n|---|\n| b |", 1), ("> a\n>\n> b", 1), ("a  \nb\n\n---\n\nc", 3)],
)
def test_a_passage_is_what_stands_on_its_own(markdown, count):
    from course.markup import render

    assert len(passages(render(markdown))) == count


def test_thousands_of_changed_paragraphs_take_no_minutes():
    many = ["\n\n".join(f"{word}{n} here" for n in range(2500)) for word in ("old", "new")]
    begun = time.process_time()
    revision(lesson(TEXT + many[0]), lesson(TEXT + many[1]))
    assert time.process_time() - begun < 8
