"""What changing the files means, before anybody reads them."""

from pathlib import Path

import pytest

from course.impact import Change, Impact, RecallChange, Release, Removal, impact, release
from course.lesson import parse
from course.library import load
from tests.course.lesson_files import (
    EXAMPLE,
    EXERCISE,
    front_matter,
    lesson_text,
    library_folder,
    outline_text,
    recall,
    write,
)

ALPHA = "01-one/01-alpha.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return library_folder(tmp_path / "lessons")


def published(folder) -> Release:
    """What would have been published from this folder."""
    library = load(folder)
    ids = {lesson.path: lesson.id for lesson in library.lessons}
    return release([(ids.get(path, ""), path, text) for path, text in library.sources.items()])


def after(folder, before: Release) -> Impact:
    return impact(before, load(folder))


def edited(folder, text: str) -> Change:
    """The change of alpha to this text."""
    before = published(folder)
    write(folder, ALPHA, text)
    (change,) = after(folder, before).changed
    return change


def test_the_same_files_mean_nothing(folder):
    found = after(folder, published(folder))
    assert found == Impact((), (), (), ())
    assert found.nothing


def test_before_anything_was_published_every_lesson_is_new(folder):
    found = impact(Release({}), load(folder))
    assert [lesson.id for lesson in found.new] == ["alpha", "beta", "gamma"]
    assert not found.nothing


def test_words_are_counted_and_those_that_only_moved_are_not(folder):
    change = edited(folder, lesson_text("alpha").replace("Say a pump maker begins.", "Begins say a pump fitter."))
    assert (change.added, change.removed) == (3, 3)
    change = edited(folder, lesson_text("alpha").replace("Say a pump maker begins.", "a pump maker Say begins."))
    assert change.before is not None


def test_a_passage_that_changed_its_place_adds_no_words(folder):
    write(folder, ALPHA, lesson_text("alpha").replace("Say a pump maker begins.", "One here.\n\nTwo there."))
    change = edited(folder, lesson_text("alpha").replace("Say a pump maker begins.", "Two there.\n\nOne here."))
    assert (change.added, change.removed, change.parts, change.recalls) == (0, 0, (), ())


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('title = "Follow the money"', 'title = "Trace it"', "title"),
        ("Reach alone", "Fame alone", "claim"),
        ("A rule of this course, not", "A rule, not", "sources"),
        ("minutes = 7", "minutes = 6", "minutes"),
        ("Dear Sir", "Dear Madam", "worked example"),
        ("Write to *one*", "Ring *one*", "exercise"),
    ],
)
def test_what_changed_besides_the_prose_is_named(folder, old, new, part):
    assert edited(folder, lesson_text("alpha").replace(old, new)).parts == (part,)


def test_a_recall_is_told_by_what_became_of_it(folder):
    write(folder, ALPHA, lesson_text("alpha", recalls=recall("first") + recall("second") + recall("third")))
    texts = recall("first").replace("No answer yet", "Not yet") + recall("second").replace('"Contacting."', '"Both."')
    change = edited(folder, lesson_text("alpha", recalls=texts + recall("fourth")))
    assert change.recalls == (
        ("first", RecallChange.REASON),
        ("second", RecallChange.ANSWER),
        ("fourth", RecallChange.NEW),
        ("third", RecallChange.GONE),
    )


def test_a_recall_may_change_in_more_than_one_way(folder):
    texts = recall("first").replace("Which is it?", "What is it?").replace('"Contacting."', '"Both."')
    change = edited(folder, lesson_text("alpha", recalls=texts + recall("second")))
    assert change.recalls == (("first", RecallChange.QUESTION), ("first", RecallChange.ANSWER))


def test_blocks_in_another_order_are_no_change_of_theirs(folder):
    change = edited(folder, lesson_text("alpha", example=EXERCISE, exercise=EXAMPLE))
    assert (change.parts, change.recalls, change.added) == ((), (), 0)


def test_a_file_of_another_name_has_moved_and_nothing_else(folder):
    before = published(folder)
    (folder / ALPHA).rename(folder / "02-two/07-renamed.md")
    found = after(folder, before)
    (move,) = found.moved
    assert (move.before.path, move.after.path) == (ALPHA, "02-two/07-renamed.md")
    assert (move.number_before, move.number) == ("1.1", "2.7")
    assert (found.changed, found.removed, found.new) == ((), (), ())


def test_a_module_that_moved_gives_its_lessons_other_numbers(folder):
    before = published(folder)
    write(folder, "course.toml", outline_text("02-two", "01-one"))
    moves = after(folder, before).moved
    assert [(move.after.id, move.number_before, move.number) for move in moves] == [
        ("gamma", "2.1", "1.1"),
        ("alpha", "1.1", "2.1"),
        ("beta", "1.2", "2.2"),
    ]


def test_a_lesson_can_be_edited_and_moved_at_once(folder):
    before = published(folder)
    (folder / ALPHA).unlink()
    write(folder, "02-two/07-renamed.md", lesson_text("alpha").replace("Say a pump", "Say one pump"))
    found = after(folder, before)
    assert ([change.after.id for change in found.changed], [move.after.id for move in found.moved]) == (
        ["alpha"],
        ["alpha"],
    )


def test_a_removed_lesson_is_told_until_its_retirement_has_been_published(folder):
    before = published(folder)
    (folder / ALPHA).unlink()
    assert after(folder, before).removed == (Removal("alpha", "Follow the money", retired=False),)
    write(folder, "course.toml", outline_text("01-one", "02-two", retired=("alpha",)))
    assert after(folder, before).removed == (Removal("alpha", "Follow the money", retired=True),)
    kept = Release({**published(folder).lessons, "alpha": before.lessons["alpha"]}, published(folder).outline)
    assert after(folder, kept).nothing


def test_an_id_that_was_changed_in_its_file_is_told_as_what_it_likely_is(folder):
    before = published(folder)
    write(folder, ALPHA, lesson_text("alfa"))
    found = after(folder, before)
    assert found.removed == (Removal("alpha", "Follow the money", retired=False, instead="alfa"),)
    assert [lesson.id for lesson in found.new] == ["alfa"]


def test_a_broken_file_changes_nothing_yet(folder):
    library = load(folder)
    before = published(folder)
    write(folder, ALPHA, lesson_text("alpha").replace("claim =", "claim"))
    assert impact(before, load(folder, last_good=library.sources)).nothing


def test_a_published_text_that_no_longer_reads_is_a_change_that_cannot_be_measured(folder):
    before = published(folder)
    broken = Release({**before.lessons, "alpha": None}, before.outline)
    assert after(folder, broken).changed == (Change(None, load(folder).lesson("alpha")),)
    assert release([("alpha", ALPHA, "no lesson")]).lessons == {"alpha": None}


def test_without_the_published_outline_a_file_that_stayed_has_not_moved(folder):
    before = Release(published(folder).lessons)
    assert after(folder, before).nothing
    assert before.number(parse(lesson_text(head=front_matter("x")), path=ALPHA)) == ""
