"""What a backup or a restore leaves when it is killed is removed by a later one, once nothing can be at work on it."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.backup import archive
from app.clock import DAY
from tests.cast import NOON

NAMES = (".taking-", ".checking-", ".restoring-")


def left(folder: Path, age: timedelta) -> list[Path]:
    """Folders with a database in them, in which nothing has happened for so long."""
    made = [folder / f"{name}{age.days}" for name in NAMES]
    for path in made:
        path.mkdir(parents=True)
        (path / "connect.db").write_text("somebody's data")
        for each in (path / "connect.db", path):
            os.utime(each, ((NOON - age).timestamp(),) * 2)
    return made


def there(paths: list[Path]) -> list[bool]:
    return [path.exists() for path in paths]


def test_a_backup_removes_what_was_left_more_than_a_day_ago_and_nothing_else(run: Any, tmp_path: Path) -> None:
    old, young = left(tmp_path, 2 * DAY), left(tmp_path, timedelta(hours=23))
    (tmp_path / ".somebodys-own").mkdir()
    os.utime(tmp_path / ".somebodys-own", (0, 0))
    assert run("backup", tmp_path).exit_code == 0
    assert there(old) == [False] * 3
    assert there([*young, tmp_path / ".somebodys-own"]) == [True] * 4


def test_what_somebody_is_still_writing_to_stays(run: Any, tmp_path: Path) -> None:
    old = left(tmp_path, 2 * DAY)
    os.utime(old[0] / "connect.db", (NOON.timestamp(),) * 2)
    assert run("backup", tmp_path).exit_code == 0
    assert there(old) == [True, False, False]


def test_a_restore_removes_it_beside_the_backup_and_beside_the_database(
    run: Any, elsewhere: Any, engine_name: str, tmp_path: Path
) -> None:
    assert run("backup", tmp_path).exit_code == 0
    (path,) = archive.backups_in(tmp_path).values()
    old = left(tmp_path, 2 * DAY)
    if engine_name == "sqlite":
        old += left(Path(elsewhere.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")).parent, 2 * DAY)
    assert run("restore", path, of=elsewhere).exit_code == 0
    assert there(old) == [False] * len(old)


def test_what_can_not_be_removed_keeps_nobody_from_a_backup(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old, *_) = left(tmp_path, 2 * DAY)
    remove = os.rmdir

    def refused(path: str, **given: Any) -> None:
        if Path(path).name == old.name:
            raise PermissionError("it is somebody else's")
        remove(path, **given)

    monkeypatch.setattr(os, "rmdir", refused)
    assert run("backup", tmp_path).exit_code == 0
    assert old.exists()
