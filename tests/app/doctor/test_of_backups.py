"""The doctor on what brings an installation back: what killed backups leave, and the list of erasures."""

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app import audit
from app.config import ROOT
from app.db import db
from app.doctor import of_backups
from app.doctor.finding import Finding
from app.privacy import tombstones
from tests.cast import NOON

HOUR = timedelta(hours=1)


@pytest.fixture
def listing(app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "kept" / "tombstones"
    monkeypatch.setitem(app.config, "TOMBSTONES", path)
    return path


def told(*findings: Finding) -> list[str]:
    return [finding.state for finding in findings]


def about(listing: Path, backups: Path) -> list[Finding]:
    return list(of_backups.erasures(listing, backups))


def erased(stable_id: str) -> None:
    """Somebody was erased, as the audit tells it."""
    audit.note("erased", by=None, about=tombstones.mark(stable_id)[:16])
    db.session.commit()


def test_a_list_that_is_missing_is_wrong_once_somebody_was_erased(listing: Path, tmp_path: Path) -> None:
    assert told(*about(listing, tmp_path / "backups")) == ["well"]
    erased("one")
    (found,) = about(listing, tmp_path / "backups")
    assert found.state == "wrong"
    assert f"1 accounts were erased, and their list is not at {listing}" in found.what
    tombstones.keep("one", NOON)
    assert told(*about(listing, tmp_path / "backups")) == ["well"]


def test_a_list_that_is_an_older_copy_or_torn_is_worth_a_look(listing: Path, tmp_path: Path) -> None:
    tombstones.keep("one", NOON)
    for name in ("one", "two"):
        erased(name)
    (found,) = about(listing, tmp_path / "backups")
    assert (found.state, found.what[:23]) == ("look", "1 erasures are missing ")
    tombstones.keep("two", NOON)
    with listing.open("a") as torn:
        torn.write("2026-11-24T12:00:00+00:00 0123")
    (found,) = about(listing, tmp_path / "backups")
    assert "and 1 of its lines are torn" in found.what


def test_a_list_among_the_backups_is_wrong_wherever_it_lies_there(listing: Path, tmp_path: Path) -> None:
    assert told(*about(listing, listing.parent)) == ["wrong", "well"]
    assert told(*about(listing, tmp_path)) == ["wrong", "well"]
    (tmp_path / "link").symlink_to(listing.parent)
    listing.parent.mkdir()
    assert told(*about(tmp_path / "link" / "tombstones", listing.parent)) == ["wrong", "well"]
    assert told(*about(listing, tmp_path / "kept elsewhere")) == ["well"]


def test_a_list_that_can_not_be_written_is_wrong(
    listing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups = tmp_path / "backups"
    (tmp_path / "a file").touch()
    assert told(*about(tmp_path / "a file" / "tombstones", backups))[0] == "wrong"
    (tmp_path / "a folder").mkdir()
    assert told(*about(tmp_path / "a folder", backups))[0] == "wrong"
    monkeypatch.setattr(of_backups.os, "access", lambda path, mode: Path(path) != tmp_path)
    assert told(*about(listing, backups)) == ["wrong", "well"]
    listing.parent.mkdir()
    assert told(*about(listing, backups)) == ["well"]


def left(folder: Path, name: str, age: timedelta) -> Path:
    """A folder as a killed backup leaves it, with a database in it, untouched for so long."""
    path = folder / f"{name}x7"
    path.mkdir(parents=True)
    (path / "connect.db").touch()
    for each in (path / "connect.db", path):
        at = (NOON - age).timestamp()
        os.utime(each, (at, at))
    return path


def test_what_a_killed_backup_left_is_told_with_the_command_that_removes_it(app: Any, tmp_path: Path) -> None:
    killed = [left(tmp_path / "here", name, 2 * HOUR) for name in (".taking-", ".checking-", ".restoring-")]
    left(tmp_path / "here", ".somebodys-", 2 * HOUR)
    busy = left(tmp_path / "here", ".taking-b", 2 * HOUR)
    os.utime(busy / "connect.db", (NOON.timestamp(), NOON.timestamp()))
    found = list(of_backups.left([tmp_path / "here", tmp_path / "here", tmp_path / "nowhere"]))
    assert told(*found) == ["look"] * 3
    assert {each.mend.rpartition("rm -r ")[2] for each in found} == {str(path) for path in killed}


def test_every_unit_that_the_doctor_names_stands_in_the_guide() -> None:
    guide = (ROOT / "docs" / "operators.md").read_text()
    units = set(re.findall(r"`(?:/etc/systemd/system/)?(connect-[a-z]+)\.(?:service|timer)`", guide))
    assert {"connect-web", "connect-work", "connect-backup"} <= units
    sources = sorted((ROOT / "app" / "doctor").glob("*.py"))
    named = {name for path in sources for name in re.findall(r"connect-[a-z]+", path.read_text())}
    assert "connect-web" in named
    assert named <= units
