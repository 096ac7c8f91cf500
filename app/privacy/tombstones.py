"""Who was erased, kept outside the database and its backups: whom a restore brings back, this takes out again.

One line for each erasure, only ever added: when, and the SHA-256 of the random number that their account had. Nobody
can be recognised by it who isn't in a backup.
"""

import hashlib
import logging
import os
import re
from datetime import datetime
from pathlib import Path

from flask import current_app

log = logging.getLogger("connect")
LINE = re.compile(r"^\S+ ([0-9a-f]{64})$")


def mark(stable_id: str) -> str:
    """How an account is listed: the SHA-256 of its random number, in hex."""
    return hashlib.sha256(stable_id.encode()).hexdigest()


def keep(stable_id: str, at: datetime) -> None:
    """Add an account to the list, and return when the line is on the disk. OSError where it can't be."""
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = not path.exists()
    line = f"{at.isoformat()} {mark(stable_id)}\n".encode()
    number = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        # A line that a power cut tore off has no end: the next one begins on a line of its own.
        if not fresh and torn(path):
            line = b"\n" + line
        os.write(number, line)
        os.fsync(number)
    finally:
        os.close(number)
    if fresh:
        settle(path.parent)


def torn(path: Path) -> bool:
    """Whether the file ends in the middle of a line."""
    data = path.read_bytes()
    return bool(data) and not data.endswith(b"\n")


def settle(folder: Path) -> None:
    """Make sure that a new file's name is on the disk too."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def listed() -> frozenset[str]:
    """The marks of everybody who was erased; none without a list. A line that is no whole one is told of in the log."""
    path = place()
    if not path.exists():
        return frozenset()
    found = [LINE.match(line) for line in path.read_text(errors="replace").splitlines() if line]
    if not all(found):
        log.warning("the list of erasures holds %d lines that can't be read", found.count(None))
    return frozenset(match[1] for match in found if match)


def place() -> Path:
    """Where the list is: the setting TOMBSTONES."""
    return Path(current_app.config["TOMBSTONES"])
