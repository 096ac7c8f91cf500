import os
from pathlib import Path

import pytest

from course.library import check, load
from tests.course.lesson_files import (
    front_matter,
    lesson_text,
    library_folder,
    outline_text,
    recall,
    self_assessment_text,
    write,
)

ALPHA = "01-one/01-alpha.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return library_folder(tmp_path / "lessons")


def ids(library):
    return [lesson.id for lesson in library.lessons]


def only_fault(folder):
    (fault,) = load(folder).faults
    return fault


def test_a_library_is_read_in_the_order_of_its_modules_and_file_names(folder):
    library = load(folder)
    assert library.faults == ()
    assert (library.title, library.promise) == ("A course", "It teaches.")
    assert [(module.number, module.title, len(module.lessons)) for module in library.modules] == [
        (1, "01-one", 2),
        (2, "02-two", 1),
    ]
    assert [(library.number(lesson_id), lesson_id) for lesson_id in ids(library)] == [
        ("1.1", "alpha"),
        ("1.2", "beta"),
        ("2.1", "gamma"),
    ]


def test_modules_follow_the_outline_and_not_the_alphabet(folder):
    write(folder, "course.toml", outline_text("02-two", "01-one"))
    library = load(folder)
    assert ids(library) == ["gamma", "alpha", "beta"]
    assert library.number("gamma") == "1.1"


def test_each_lesson_knows_its_neighbours_across_modules(folder):
    library = load(folder)
    assert library.previous("alpha") is None
    assert library.next("beta").id == "gamma"
    assert library.previous("gamma").id == "beta"
    assert library.next("gamma") is None
    assert library.next("nowhere") is None
    assert library.module_of("gamma").folder == "02-two"


def test_an_exercise_is_called_by_the_number_of_its_lesson(folder):
    library = load(folder)
    assert list(library.exercises) == ["alpha", "beta", "gamma"]
    assert library.exercises["gamma"] == f"2.1 {library.lesson('gamma').exercise.title}"


def test_an_unknown_lesson_is_nothing(folder):
    library = load(folder)
    assert library.lesson("nowhere") is None
    assert library.number("nowhere") == ""


def test_a_broken_file_without_a_good_text_is_not_listed_and_the_rest_is(folder):
    write(folder, ALPHA, "")
    library = load(folder)
    assert ids(library) == ["beta", "gamma"]
    assert library.number("beta") == "1.2"
    assert library.stale == ()


def test_without_any_outline_there_is_an_empty_library_that_says_so(tmp_path):
    library = load(tmp_path / "nowhere")
    assert library.lessons == ()
    assert [fault.path for fault in library.faults] == ["course.toml", "self-assessment.toml"]


def test_an_id_used_by_two_lessons_is_a_fault_at_the_second(folder):
    write(folder, "02-two/01-gamma.md", lesson_text("alpha"))
    library = load(folder)
    assert ids(library) == ["alpha", "beta"]
    (fault,) = library.faults
    assert (fault.path, fault.line) == ("02-two/01-gamma.md", 2)
    assert ALPHA in fault.message


def test_a_module_without_its_folder_and_a_folder_without_its_module_are_faults(folder):
    write(folder, "course.toml", outline_text("01-one", "03-three"))
    faults = load(folder).faults
    assert [(fault.path, fault.line) for fault in faults] == [("course.toml", 1), ("course.toml", 11)]
    assert "`02-two` is no module" in faults[0].message
    assert "`03-three` isn't there" in faults[1].message


@pytest.mark.parametrize("name", ["notes.txt", "2-short.md", "02-Gamma.md", "03-new.md.bak"])
def test_a_file_that_is_no_lesson_by_its_name_is_pointed_out(folder, name):
    write(folder, f"01-one/{name}", lesson_text("delta"))
    library = load(folder)
    assert "delta" not in ids(library)
    assert [fault.path for fault in library.faults] == [f"01-one/{name}"]


def test_two_files_with_one_number_are_a_fault(folder):
    write(folder, "01-one/02-delta.md", lesson_text("delta"))
    assert "the number 02 is taken" in only_fault(folder).message


def test_an_outline_that_lists_a_folder_twice_is_a_fault(folder):
    write(folder, "course.toml", outline_text("01-one", "02-two", "01-one"))
    assert only_fault(folder).line == 16


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"+++\n" + b"\0" * 100,
        b"a" * 5_000_000,
        b"+++\nid = " + b"[" * 100_000 + b"\n+++\n",
        b"+++\n" + b"a." * 50_000 + b"b = 1\n+++\n",
        b"```recall\n" * 20_000,
        b"+++\n+++\n" + b"[" * 90_000,
        b"+++",
    ],
    ids=["empty", "not UTF-8", "NUL", "5 MB", "deep list", "deep table", "fences", "brackets", "only a mark"],
)
@pytest.mark.parametrize("path", [ALPHA, "course.toml", "self-assessment.toml"])
def test_no_file_can_bring_the_library_down(folder, content, path):
    good = load(folder)
    write(folder, path, content)
    library = load(folder, last_good=good.sources)
    assert any(fault.path == path for fault in library.faults)
    assert ids(library) == ["alpha", "beta", "gamma"]


def test_a_folder_in_the_place_of_a_lesson_is_a_fault(folder):
    (folder / ALPHA).unlink()
    (folder / ALPHA).mkdir()
    assert "can't be read" in only_fault(folder).message


def test_a_pipe_in_the_place_of_a_lesson_is_not_waited_for(folder):
    (folder / ALPHA).unlink()
    os.mkfifo(folder / ALPHA)
    assert "can't be read" in only_fault(folder).message


def test_a_path_too_long_to_be_kept_is_a_fault(folder):
    write(folder, f"01-one/03-{'long-' * 40}name.md", lesson_text("delta"))
    assert "more than 200 characters" in only_fault(folder).message


def test_an_id_too_long_to_be_kept_is_a_fault(folder):
    write(folder, ALPHA, lesson_text("a" * 65))
    fault = only_fault(folder)
    assert (fault.path, fault.line, fault.message) == (ALPHA, 2, "`id` is longer than 64 characters; shorten it")


def test_the_free_lesson_is_the_one_that_is_named_or_else_the_first(folder):
    assert load(folder).free.id == "alpha"
    outline = outline_text("01-one", "02-two")
    write(folder, "course.toml", 'free = "gamma"\n' + outline)
    assert load(folder).free.id == "gamma"
    write(folder, "course.toml", 'free = "delta"\n' + outline)
    assert (only_fault(folder).line, load(folder).free.id) == (1, "alpha")


def test_the_check_names_files_as_seen_from_where_it_is_run(folder):
    write(folder, ALPHA, lesson_text("alpha", recalls=recall("only")))
    (fault,) = check(folder)
    assert str(fault) == f"{folder.as_posix()}/{ALPHA}:1: the number of recalls is 1; write 2 to 4"


def test_every_fault_of_every_file_is_told_at_once(folder):
    write(folder, ALPHA, lesson_text("alpha", exercise=""))
    write(folder, "01-one/02-beta.md", lesson_text(head=front_matter("beta").replace("minutes", "minute")))
    write(folder, "self-assessment.toml", self_assessment_text().replace('id = "focus"', 'id = "focusing"'))
    found = [(fault.path, fault.message.split(";")[0]) for fault in load(folder).faults]
    assert found == [
        (ALPHA, "a lesson has exactly one exercise, this one has 0"),
        ("01-one/02-beta.md", "the key `minutes` is missing"),
        ("01-one/02-beta.md", "the key `minute` isn't known here"),
        ("self-assessment.toml", "the construct `focus` is missing"),
        ("self-assessment.toml", "`focusing` is none of the twelve constructs"),
    ]


def test_a_check_that_knows_the_last_release_misses_what_vanished(folder):
    released = load(folder).sources
    (folder / ALPHA).unlink()
    assert check(folder) == []
    (fault,) = check(folder, last_good=released)
    assert fault.path == f"{folder.as_posix()}/course.toml"
    assert "`alpha` has vanished" in fault.message
