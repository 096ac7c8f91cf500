"""The file of a backup: a ZIP with its manifest, made under another name, and in place only when it is whole."""

import contextlib
import math
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.backup import manifest
from app.backup.manifest import Manifest, Unfit
from app.backup.retention import Keep, kept
from app.clock import DAY

MANIFEST = "manifest.json"
NAME = re.compile(r"connect-(\d{8}T\d{6})Z\.zip")
CHUNK = 1 << 20
TAKING, CHECKING, RESTORING = ".taking-", ".checking-", ".restoring-"
"""How the folders begin in which a database lies unpacked while it is worked on."""

Fill = Callable[[zipfile.ZipFile, Path], Manifest]


def make(folder: Path, now: datetime, fill: Fill, *, check: Callable[[Path], object]) -> Path:
    """A new backup in this folder. `fill` puts its data in, with a private folder to work in, and tells of them.

    `check` reads it back; only then does it get its name.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    remove_left(folder, now)
    target = folder / f"connect-{manifest.stamp(now)}.zip"
    if target.exists():
        raise Unfit(f"{target.name} is there already.")
    # Private to us from the first byte on: mkdtemp makes a folder that nobody else may enter.
    with tempfile.TemporaryDirectory(prefix=TAKING, dir=folder) as private:
        part = Path(private) / "part.zip"
        with zipfile.ZipFile(part, "x", zipfile.ZIP_DEFLATED, compresslevel=1) as whole:
            whole.writestr(MANIFEST, fill(whole, Path(private)).as_json())
        part.chmod(0o600)
        check(part)
        settle(part, target)
    return target


def settle(part: Path, target: Path) -> None:
    """Give a finished file its name, so that a power cut leaves the old state or the new."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A backup and what it says of itself. Raises Unfit for a damaged file, also while it is being read."""
    try:
        with zipfile.ZipFile(path) as whole:
            yield whole, manifest.read(whole.read(MANIFEST))
    except FileNotFoundError as error:
        raise Unfit(f"There is no file {path}.") from error
    except (zipfile.BadZipFile, KeyError, EOFError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise Unfit("This file is damaged, or is no backup of ours: nothing was restored.") from error


def backups_in(folder: Path) -> dict[datetime, Path]:
    """The backups in a folder by the instant they were taken. Other files are none of our business."""
    found = {}
    for path in folder.glob("connect-*.zip"):
        match = NAME.fullmatch(path.name)
        if match:
            found[datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)] = path
    return found


def left_in(folder: Path, now: datetime, *, after: timedelta) -> list[Path]:
    """The folders that a backup or a restore left when it was killed: each may hold a whole database, unpacked.

    `after` is for how long nothing has come into them: one that is still being worked on is none of them.
    """
    begins = (TAKING, CHECKING, RESTORING)
    found = [path for path in folder.glob(".*-*") if path.name.startswith(begins) and path.is_dir()]
    return [path for path in found if last_change(path) < (now - after).timestamp()]


def last_change(folder: Path) -> float:
    """When something last came into this folder or a file of it; at no time yet where it is being removed just now."""
    try:
        return max(path.stat().st_mtime for path in (folder, *folder.iterdir()))
    except FileNotFoundError:
        return math.inf


def remove_left(folder: Path, now: datetime) -> None:
    """Remove what was left there more than a day ago. What can't be removed is no reason to make no backup."""
    for path in left_in(folder, now, after=DAY):
        shutil.rmtree(path, ignore_errors=True)


def remove_old(folder: Path, rule: Keep) -> list[Path]:
    """Remove the backups that the rule does not keep; which."""
    found = backups_in(folder)
    stay = kept(found, rule)
    gone = [found[at] for at in sorted(found) if at not in stay]
    for path in gone:
        path.unlink()
    return gone
