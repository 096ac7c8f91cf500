"""What holds for every lesson of the real course: its length, its parts, and that its words are its own."""

from collections import defaultdict
from pathlib import Path

import pytest

from course.lesson import Lesson
from tests.lessons.course_text import LESSONS, RUN, digest, library, normalised, own_runs, runs, texts

ESSAY_RUNS = Path(__file__).parent / "essay_runs.txt"
COURSE = library().lessons
WRITTEN = sorted(path for path in LESSONS.rglob("*") if path.suffix in {".md", ".toml"})
FILES = [path for path in WRITTEN if path.parent != LESSONS and path.suffix == ".md"]


def place(path: Path) -> str:
    return path.relative_to(LESSONS).as_posix()


every_lesson = pytest.mark.parametrize("lesson", COURSE, ids=[lesson.id for lesson in COURSE])
# Counted in the file itself: a lesson that can't be read would not be there to be counted.
every_file = pytest.mark.parametrize("path", FILES, ids=place)


def blocks(path: Path, kind: str) -> int:
    """How many blocks of a kind a file opens."""
    return path.read_text(encoding="utf-8").splitlines().count(f"```{kind}")


def essay_runs() -> set[str]:
    lines = ESSAY_RUNS.read_text().splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def copied(text: str, known: set[str]) -> list[str]:
    """The runs of a text whose digests are known."""
    return [run for run in runs(text) if digest(run) in known]


def test_the_course_is_nine_modules_of_three_lessons_and_its_check_finds_nothing():
    assert library().faults == ()
    assert [len(module.lessons) for module in library().modules] == [3] * 9


@every_lesson
def test_prose_and_example_have_between_700_and_1100_words(lesson: Lesson):
    assert 700 <= lesson.word_count <= 1100


@every_file
def test_a_lesson_asks_two_to_four_times_from_memory(path: Path):
    assert 2 <= blocks(path, "recall") <= 4


@every_file
def test_a_lesson_has_exactly_one_exercise(path: Path):
    assert blocks(path, "exercise") == 1


@every_lesson
def test_the_exercise_has_a_plan_to_fill_in_and_says_what_the_log_will_hold(lesson: Lesson):
    assert lesson.exercise.then_part
    assert lesson.exercise.slots
    assert lesson.exercise.log


@every_lesson
def test_a_lesson_names_what_it_rests_on_and_what_is_only_the_courses_rule(lesson: Lesson):
    assert lesson.sources
    assert any("of this course" in source for source in lesson.sources)


@every_lesson
def test_a_lesson_shows_before_it_asks_and_ends_on_one_sentence(lesson: Lesson):
    kinds = [block.kind for block in lesson.blocks]
    assert kinds.index("example") < kinds.index("exercise")
    assert lesson.prose[-1].markdown.startswith("**Carry this away:** ")
    assert "\n" not in lesson.prose[-1].markdown.strip()


@pytest.mark.parametrize("path", WRITTEN, ids=place)
def test_nothing_in_the_course_shares_eight_words_in_a_row_with_the_essay(path: Path):
    assert copied(path.read_text(encoding="utf-8"), essay_runs()) == []


def test_the_essays_runs_are_all_there_and_none_can_be_read():
    known = essay_runs()
    assert len(known) == 467
    assert all(len(line) == 64 and set(line) <= set("0123456789abcdef") for line in known)


def test_a_copied_run_is_found_across_marks_lines_and_links():
    known = {digest("it's a long road to the old mill")}
    assert copied("So **It’s** a\nlong [road](lesson:x) to *the* old, mill.", known)
    assert not copied("It's a long road to the new mill.", known)


def test_no_eight_words_in_a_row_stand_in_two_lessons():
    found: dict[str, set[str]] = defaultdict(set)
    for lesson in COURSE:
        for text in texts(lesson):
            for run in own_runs(text):
                found[run].add(lesson.id)
    assert {run: ids for run, ids in found.items() if len(ids) > 1} == {}


def test_only_the_formula_itself_is_shared_and_not_what_stands_around_it():
    plan = "If it is {day} at {time} and I am at {place}, then I write down one thing before any other."
    assert next(own_runs(plan)) == "then i write down one thing before any"
    assert all(len(run.split()) == RUN for run in own_runs(plan))
    assert normalised("That’s 1 000, *nearly*.") == "that's 1000 nearly"
