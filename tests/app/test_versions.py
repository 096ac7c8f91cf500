"""What was published is kept as readers knew it, whatever happens to its file afterwards."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app import content, versions
from app.content import Shelf
from app.db import db
from app.models import LessonVersion
from course.library import Library
from tests.cast import NOON
from tests.course.lesson_files import lesson_text, library_folder, outline_text, write

ALPHA, BETA = "01-one/01-alpha.md", "01-one/02-beta.md"


@pytest.fixture
def folder(app: Any, tmp_path: Path) -> Iterator[Path]:
    """A small course, served."""
    folder = library_folder(tmp_path / "lessons")
    before = app.extensions["content"]
    app.extensions["content"] = Shelf(folder, watch=True)
    yield folder
    app.extensions["content"] = before


def restarted(folder: Path) -> Library:
    """The library as a new process finds it."""
    return Shelf(folder, watch=False).library()


def shown_last(lesson_id: str) -> tuple[str, str]:
    """Path and text of a lesson as it was published last."""
    (found,) = [(text.path, text.source) for text in versions.latest() if text.lesson_id == lesson_id]
    return found


def test_publishing_keeps_every_text_once(folder: Path) -> None:
    assert content.publish() == 5
    assert content.publish() == 0
    paths = sorted(db.session.scalars(select(LessonVersion.path)))
    assert paths == [ALPHA, BETA, "02-two/01-gamma.md", "course.toml", "self-assessment.toml"]


def test_the_version_shown_last_counts_also_after_going_back_to_an_older_text(folder: Path, at: Any) -> None:
    old, new = lesson_text("alpha"), lesson_text("alpha").replace("Say a pump", "Say one pump")
    content.publish()
    for day, text in enumerate((new, old), 1):
        at(NOON + timedelta(days=day))
        write(folder, ALPHA, text)
        assert content.publish() == 1
    assert shown_last("alpha") == (ALPHA, old)
    write(folder, ALPHA, "")
    lesson = restarted(folder).lesson("alpha")
    assert lesson is not None
    assert lesson.source == old


def test_a_renamed_file_is_known_under_its_new_name(folder: Path, at: Any) -> None:
    content.publish()
    at(NOON + timedelta(days=1))
    (folder / ALPHA).rename(folder / "01-one/03-alpha.md")
    assert content.publish() == 1
    assert content.publish() == 0
    write(folder, "01-one/03-alpha.md", "")
    library = restarted(folder)
    assert library.number("alpha") == "1.3"
    assert library.stale == ("01-one/03-alpha.md",)


def test_a_removed_lesson_is_kept_also_when_another_takes_its_file(folder: Path, at: Any) -> None:
    content.publish()
    write(folder, ALPHA, lesson_text("delta", text="Another one.\n\n## So\n\n" + "word " * 800))
    write(folder, "course.toml", outline_text("01-one", "02-two", retired=("alpha",)))
    at(NOON + timedelta(days=1))
    content.publish()
    library = restarted(folder)
    former = library.lesson("alpha")
    assert former is not None
    assert former.source == lesson_text("alpha").rstrip("\n") + "\n"
    assert library.number("delta") == "1.1"
    assert [lesson.id for lesson in library.former] == ["alpha"]


def test_a_removed_lesson_is_kept_in_its_last_version_wherever_the_earlier_ones_stood(folder: Path, at: Any) -> None:
    content.publish()
    (folder / ALPHA).rename(folder / "01-one/00-alpha.md")
    edited = lesson_text("alpha").replace("Say a pump", "Say one pump")
    write(folder, "01-one/00-alpha.md", edited)
    at(NOON + timedelta(days=1))
    content.publish()
    (folder / "01-one/00-alpha.md").unlink()
    former = restarted(folder).lesson("alpha")
    assert former is not None
    assert "Say one pump" in former.source


def test_a_former_lesson_is_not_published_again(folder: Path, at: Any) -> None:
    content.publish()
    content.library()
    (folder / ALPHA).unlink()
    at(NOON + timedelta(days=1))
    assert content.publish() == 0
    assert shown_last("alpha")[0] == ALPHA


def test_a_lesson_written_and_taken_away_between_two_publications_is_kept_all_the_same(folder: Path) -> None:
    content.publish()
    write(folder, "01-one/03-delta.md", lesson_text("delta"))
    content.library()
    (folder / "01-one/03-delta.md").unlink()
    assert content.publish() == 1
    assert restarted(folder).lesson("delta") is not None


def test_an_application_without_its_tables_serves_the_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content.publish()
    assert content.stored_sources() != {}

    def missing() -> None:
        raise OperationalError("SELECT", {}, Exception("no such table"))

    monkeypatch.setattr(versions, "latest", missing)
    assert content.stored_sources() == {}
    assert len(restarted(folder).lessons) == 3


def test_serving_keeps_what_is_served_and_does_without_a_database(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.commands import keep_served

    keep_served()
    assert len(versions.latest()) == 5

    def missing() -> None:
        raise OperationalError("SELECT", {}, Exception("no such table"))

    monkeypatch.setattr(versions, "latest", missing)
    write(folder, ALPHA, lesson_text("alpha").replace("Say a pump", "Say one pump"))
    keep_served()
    monkeypatch.undo()
    assert "Say one pump" not in shown_last("alpha")[1]
