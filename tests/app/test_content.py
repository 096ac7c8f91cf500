"""A broken lesson file takes nothing away: its last good text is served, also after a restart."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from app import content
from app.config import ROOT
from app.content import Shelf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the lessons that a test may break."""
    return Path(shutil.copytree(ROOT / "lessons", tmp_path / "lessons"))


def lesson_file(folder: Path) -> Path:
    return next((folder / "01-the-facade").glob("02-*.md"))


def break_it(path: Path) -> str:
    """Leave a fence open; the text it had."""
    good = path.read_text()
    path.write_text(good.replace('answer = "', "answer = ", 1))
    return good


def test_a_saved_change_shows_on_the_next_reading(app: Any, folder: Path) -> None:
    shelf = Shelf(folder, watch=True)
    before = shelf.library().lesson("contact-or-connect")
    path = lesson_file(folder)
    path.write_text(path.read_text().replace('title = "Contact or connect?"', 'title = "Which of the two?"'))
    after = shelf.library().lesson("contact-or-connect")
    assert before is not None
    assert after is not None
    assert (before.title, after.title) == ("Contact or connect?", "Which of the two?")


def test_a_broken_file_keeps_its_last_good_version(app: Any, folder: Path) -> None:
    shelf = Shelf(folder, watch=True)
    good = shelf.library().lesson("contact-or-connect")
    break_it(lesson_file(folder))
    kept = shelf.library()
    assert kept.lesson("contact-or-connect") == good
    assert kept.stale == ("01-the-facade/02-contact-or-connect.md",)
    assert any("02-contact-or-connect.md" in str(fault) for fault in kept.faults)


def test_a_broken_file_keeps_its_last_good_version_after_a_restart(
    app: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "content", Shelf(folder, watch=False))
    assert content.publish() > 0
    assert content.publish() == 0
    good = content.library().lesson("contact-or-connect")
    break_it(lesson_file(folder))
    restarted = Shelf(folder, watch=False).library()
    assert restarted.lesson("contact-or-connect") == good
    assert restarted.stale


def test_a_file_that_was_broken_from_the_start_is_not_listed(app: Any, folder: Path) -> None:
    break_it(lesson_file(folder))
    assert Shelf(folder, watch=False).library().lesson("contact-or-connect") is None
