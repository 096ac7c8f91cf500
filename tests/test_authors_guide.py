"""The authors' guide is right: what it shows passes the check that it describes."""

import re
import shutil
from pathlib import Path

import pytest

from course.library import Library, load

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "authors.md").read_text()


def shown(language: str, marks: str = "```") -> str:
    """The first block of that language in the guide."""
    found = re.search(rf"^{marks}{language}\n(.*?)^{marks}$", GUIDE, re.S | re.M)
    assert found, language
    return found[1]


@pytest.fixture
def course(tmp_path: Path) -> Library:
    """A folder made of nothing but what the guide says."""
    (tmp_path / "01-first").mkdir()
    (tmp_path / "01-first" / "01-one-question.md").write_text(shown("markdown", "````"))
    (tmp_path / "course.toml").write_text(shown("toml"))
    shutil.copy(ROOT / "lessons" / "self-assessment.toml", tmp_path)
    return load(tmp_path)


def test_its_lesson_and_its_outline_have_no_fault(course: Library) -> None:
    assert course.faults == ()
    assert [lesson.id for lesson in course.lessons] == ["one-question"]
    assert course.free is course.lessons[0]


def test_its_lesson_is_a_small_one(course: Library) -> None:
    assert 700 <= course.lessons[0].word_count < 850


def test_every_key_of_a_lesson_is_explained() -> None:
    from course.lesson import Example, Exercise, FrontMatter, Recall, Version

    keys = {
        field.alias or name
        for model in (FrontMatter, Example, Exercise, Recall, Version)
        for name, field in model.model_fields.items()
    }
    assert {key for key in keys if f"`{key}`" not in GUIDE and f"[[{key}]]" not in GUIDE} == set()


def test_every_command_it_names_exists() -> None:
    from app.content_commands import lessons
    from course.__main__ import main

    for name in re.findall(r"content (\w+)", GUIDE):
        assert name in lessons.commands
    with pytest.raises(SystemExit) as ended:
        main(["check", "--help"])
    assert ended.value.code == 0
