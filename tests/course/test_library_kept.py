"""What is kept of lessons that were renamed, broken, removed or retired."""

from pathlib import Path

import pytest

from course.library import load
from tests.course.lesson_files import (
    lesson_text,
    library_folder,
    outline_text,
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


def test_a_renamed_file_is_the_same_lesson(folder):
    before = load(folder)
    (folder / ALPHA).rename(folder / "02-two/07-renamed.md")
    after = load(folder, last_good=before.sources)
    assert after.faults == ()
    assert after.number("alpha") == "2.7"
    assert after.former == ()


def test_a_broken_file_is_served_as_it_last_was_and_the_fault_is_told(folder):
    good = load(folder)
    write(folder, ALPHA, lesson_text("alpha").replace("claim =", "claim"))
    library = load(folder, last_good=good.sources)
    assert ids(library) == ["alpha", "beta", "gamma"]
    assert library.lesson("alpha") == good.lesson("alpha")
    assert library.stale == (ALPHA,)
    assert [(fault.path, fault.line) for fault in library.faults] == [(ALPHA, 4)]


def test_the_last_good_text_is_handed_on_as_long_as_the_file_is_broken(folder):
    good = load(folder)
    write(folder, ALPHA, b"\xff\xfe")
    second = load(folder, last_good=good.sources)
    third = load(folder, last_good=second.sources)
    assert third.lesson("alpha") == good.lesson("alpha")


def test_a_broken_outline_is_served_as_it_last_was(folder):
    good = load(folder)
    write(folder, "course.toml", 'title = "A course')
    library = load(folder, last_good=good.sources)
    assert ids(library) == ["alpha", "beta", "gamma"]
    assert library.stale == ("course.toml",)
    assert [(fault.path, fault.line) for fault in library.faults] == [("course.toml", 1)]


def test_a_library_that_vanishes_altogether_is_remembered(folder, tmp_path):
    good = load(folder)
    library = load(tmp_path / "gone", last_good=good.sources)
    assert library.title == "A course"
    assert {lesson.id for lesson in library.former} == {"alpha", "beta", "gamma"}


def test_a_removed_lesson_is_missed_until_its_id_is_retired(folder):
    good = load(folder)
    (folder / ALPHA).unlink()
    missed = load(folder, last_good=good.sources)
    assert [fault.message for fault in missed.faults] == [
        "the lesson `alpha` has vanished; bring it back or add its id to `retired`"
    ]
    write(folder, "course.toml", outline_text("01-one", "02-two", retired=("alpha",)))
    assert load(folder, last_good=missed.sources).faults == ()


def test_a_retired_lesson_can_still_be_read_by_those_who_worked_with_it(folder):
    good = load(folder)
    (folder / ALPHA).unlink()
    write(folder, "course.toml", outline_text("01-one", "02-two", retired=("alpha",)))
    library = load(folder, last_good=load(folder, last_good=good.sources).sources)
    assert "alpha" not in ids(library)
    assert library.lesson("alpha").source == good.lesson("alpha").source
    assert library.number("alpha") == ""


def test_an_id_changed_within_its_file_has_vanished_too(folder):
    good = load(folder)
    write(folder, ALPHA, lesson_text("alpha-new"))
    library = load(folder, last_good=good.sources)
    assert ids(library) == ["alpha-new", "beta", "gamma"]
    assert "`alpha` has vanished" in library.faults[0].message
    assert library.lesson("alpha").source == good.lesson("alpha").source


def test_a_file_renamed_and_broken_at_once_has_one_fault_and_can_still_be_read(folder):
    good = load(folder)
    (folder / ALPHA).unlink()
    write(folder, "01-one/03-alpha.md", lesson_text("alpha").replace("claim =", "claim"))
    library = load(folder, last_good=good.sources)
    assert [fault.path for fault in library.faults] == ["01-one/03-alpha.md"]
    assert library.lesson("alpha").source == good.lesson("alpha").source
    assert library.number("alpha") == "1.3"


def test_a_new_and_broken_file_in_an_old_ones_place_is_not_taken_for_it(folder):
    good = load(folder)
    (folder / ALPHA).rename(folder / "01-one/03-alpha.md")
    write(folder, ALPHA, lesson_text("delta").replace("claim =", "claim"))
    library = load(folder, last_good=good.sources)
    assert [fault.path for fault in library.faults] == [ALPHA]
    assert library.number("alpha") == "1.3"
    assert library.stale == ()


def test_a_retired_id_must_not_be_used_again(folder):
    write(folder, "course.toml", outline_text("01-one", "02-two", retired=("beta",)))
    fault = only_fault(folder)
    assert (fault.path, fault.line) == ("course.toml", 3)
    assert "01-one/02-beta.md" in fault.message


def test_questions_of_a_retired_lesson_are_asked_no_more_and_those_of_a_vanished_one_are(folder):
    good = load(folder)
    asked = {("alpha", "first"), ("alpha", "second")}
    (folder / ALPHA).unlink()
    assert asked <= set(load(folder, last_good=good.sources).questions)
    write(folder, "course.toml", outline_text("01-one", "02-two", retired=("alpha",)))
    assert not asked & set(load(folder, last_good=good.sources).questions)
