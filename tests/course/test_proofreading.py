from pathlib import Path

import pytest

from course.library import load
from tests.course.lesson_files import EXAMPLE, EXERCISE, lesson_text, library_folder, prose, recall, write

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


@pytest.mark.parametrize(("words", "fine"), [(671, False), (672, True), (1072, True), (1073, False)])
def test_a_lesson_has_seven_hundred_to_eleven_hundred_words(folder, words, fine):
    # The worked example brings 28.
    write(folder, ALPHA, lesson_text("alpha", text=prose(words)))
    assert (load(folder).faults == ()) is fine


def test_a_lesson_over_its_length_is_served_all_the_same(folder):
    write(folder, ALPHA, lesson_text("alpha", text=prose(2000)))
    assert load(folder).lessons[0].id == "alpha"


@pytest.mark.parametrize(("count", "fine"), [(1, False), (2, True), (4, True), (5, False)])
def test_a_lesson_asks_two_to_four_recall_questions(folder, count, fine):
    recalls = "\n".join(recall(f"question-{n}") for n in range(count))
    write(folder, ALPHA, lesson_text("alpha", recalls=recalls))
    assert (load(folder).faults == ()) is fine


def test_a_construct_nobody_assesses_is_a_fault_on_its_line(folder):
    _, message, line = lapse(folder, lesson_text("alpha").replace('"focus"', '"focussing"'))
    assert line.startswith("construct")
    assert "`focussing`" in message


def test_headings_begin_at_two_and_leave_none_out(folder):
    assert "begin with ##" in lapse(folder, lesson_text("alpha", text="# Top\n\n" + prose()))[1]
    assert "from level 2 to 4" in lapse(folder, lesson_text("alpha", text=prose() + "\n#### Deep\n"))[1]


@pytest.mark.parametrize(
    ("text", "words"),
    [("#Top", "begin with ##"), ("Top\n===", "begin with ##"), ("Fine\n----\n\n#### Deep", "from level 2 to 4")],
)
def test_headings_are_seen_in_every_way_they_can_be_written(folder, text, words):
    assert words in lapse(folder, lesson_text("alpha", text=prose() + f"\n{text}\n"))[1]


@pytest.mark.parametrize("text", ["a\nb\n---", "####### ", "    # code", "| a | b |\n|---|---|\n| 1 | 2 |", "5 #1"])
def test_what_is_no_heading_on_the_page_is_none_here(folder, text):
    write(folder, ALPHA, lesson_text("alpha", text=prose() + f"\n{text}\n"))
    assert load(folder).faults == ()


@pytest.mark.parametrize(("minutes", "fine"), [(3, False), (4, True), (7, True), (8, False)])
def test_the_minutes_promised_are_within_two_of_those_counted(folder, minutes, fine):
    # 864 words at 200 a minute, and three quarters of one for each of two recalls: 5.8.
    write(folder, ALPHA, lesson_text("alpha").replace("minutes = 7", f"minutes = {minutes}"))
    assert (load(folder).faults == ()) is fine


def test_an_id_at_whose_address_another_page_stands_is_a_fault(folder):
    _, message, line = lapse(folder, lesson_text("glossary"))
    assert line == 'id = "glossary"'
    assert "choose another id" in message


def test_minutes_that_are_off_name_the_counted_ones(folder):
    _, message, line = lapse(folder, lesson_text("alpha").replace("minutes = 7", "minutes = 20"))
    assert line == "minutes = 20"
    assert message == "the minutes are 20, words and recalls take 5.8; write 6"


@pytest.mark.parametrize("cited", ["(Burt, 2002)", "Burt (2002) says", "(see Burt and others, 2002, n 345)"])
def test_whoever_is_cited_stands_among_the_sources(folder, cited):
    text = lesson_text("alpha", text=prose() + f"\nSo it is {cited}.\n")
    _, message, line = lapse(folder, text)
    assert cited in line
    assert message == "`Burt, 2002` is cited and no source names it; add it to `sources`"
    write(folder, ALPHA, text.replace('sources = ["A rule', 'sources = ["Burt (2002), Social Networks 24.", "A rule'))
    assert load(folder).faults == ()


def test_a_citation_shown_as_code_is_none(folder):
    write(folder, ALPHA, lesson_text("alpha", text=prose() + "\nWrite `(Burt, 2002)` like that.\n"))
    assert load(folder).faults == ()


def test_the_plan_is_an_if_then_sentence_with_something_to_fill_in(folder):
    no_then = EXERCISE.replace(", then I", ", I")
    assert "if-then" in lapse(folder, lesson_text("alpha", exercise=no_then))[1]
    no_slot = EXERCISE.replace("{day} at {time}", "Monday")
    assert "slots" in lapse(folder, lesson_text("alpha", exercise=no_slot))[1]


def test_the_worked_example_comes_before_the_exercise(folder):
    swapped = lesson_text("alpha", example=EXERCISE, exercise=EXAMPLE)
    assert "move it behind" in lapse(folder, swapped)[1]


def test_a_sum_in_words_must_agree_with_its_scores(folder):
    wrong = EXAMPLE.replace("7 of 10", "8 of 10")
    assert "the scores add up to 7" in lapse(folder, lesson_text("alpha", example=wrong))[1]
