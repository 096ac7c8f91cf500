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


@pytest.mark.parametrize("link", ["[x](lesson:nowhere)", "[x](lesson:nowhere#why)", "[x][y]\n\n[y]: lesson:nowhere"])
def test_a_link_to_a_lesson_that_is_not_there_is_dead(folder, link):
    _, message, line = lapse(folder, lesson_text("alpha", text=prose() + f"\nSee {link}."))
    assert "lesson:nowhere" in line
    assert "`nowhere" in message


def test_a_dead_link_in_an_exercise_is_found_too(folder):
    exercise = EXERCISE.replace("Write to", "[Write](lesson:nowhere) to")
    assert "lesson:nowhere" in lapse(folder, lesson_text("alpha", exercise=exercise))[2]


@pytest.mark.parametrize(
    "link", ["lesson:beta", "lesson:alpha#why-it-is-so", "https://example.org/a(b", "#why-it-is-so"]
)
def test_links_that_lead_somewhere_are_fine(folder, link):
    write(folder, ALPHA, lesson_text("alpha", text=prose() + f"\nSee [x]({link})."))
    assert load(folder).faults == ()


@pytest.mark.parametrize("link", ["../02-two/01-gamma.md", "/course/beta", "beta", "ftp://example.org"])
def test_a_link_that_only_works_on_the_authors_machine_is_a_fault(folder, link):
    assert link in lapse(folder, lesson_text("alpha", text=prose() + f"\nSee [x]({link})."))[2]


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


def test_headings_begin_at_two_and_leave_none_out(folder):
    assert "begin with ##" in lapse(folder, lesson_text("alpha", text="# Top\n\n" + prose()))[1]
    assert "from level 2 to 4" in lapse(folder, lesson_text("alpha", text=prose() + "\n#### Deep\n"))[1]


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
