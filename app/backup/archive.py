"""The file of a backup: a ZIP with its manifest, made under another name, and in place only when it is whole."""

import contextlib
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from app.backup import manifest
from app.backup.manifest import Manifest, Unfit
from app.backup.retention import Keep, kept

MANIFEST = "manifest.json"
NAME = re.compile(r"connect-(\d{8}T\d{6})Z\.zip")
CHUNK = 1 << 20

Fill = Callable[[zipfile.ZipFile, Path], Manifest]


def make(folder: Path, now: datetime, fill: Fill, *, check: Callable[[Path], object]) -> Path:
    """A new backup in this folder. `fill` puts its data in, with a private folder to work in, and tells of them.

    `check` reads it back; only then does it get its name.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / f"connect-{manifest.stamp(now)}.zip"
    if target.exists():
        raise Unfit(f"{target.name} is there already.")
    # Private to us from the first byte on: mkdtemp makes a folder that nobody else may enter.
    with tempfile.TemporaryDirectory(prefix=".taking-", dir=folder) as private:
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


def remove_old(folder: Path, rule: Keep) -> list[Path]:
    """Remove the backups that the rule does not keep; which."""
    found = backups_in(folder)
    stay = kept(found, rule)
    gone = [found[at] for at in sorted(found) if at not in stay]
    for path in gone:
        path.unlink()
    return gone
