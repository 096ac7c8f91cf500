"""Who was erased, kept outside the database and its backups: whom a restore brings back, this takes out again.

One line for each erasure, only ever added: when, and the SHA-256 of the random number that their account had. Nobody
can be recognised by it who isn't in a backup.
"""

import hashlib
import logging
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from app.db import db
from app.models import Audit

log = logging.getLogger("connect")
LINE = re.compile(r"^\S+ ([0-9a-f]{64})$")


@dataclass(frozen=True)
class Erasures:
    """What the list holds: the marks of everybody who was erased, and how many lines are no whole ones."""

    marks: frozenset[str]
    unreadable: int = 0


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


def read() -> Erasures | None:
    """The list as it is on the disk; None where there is none. OSError where it is there and can't be read."""
    try:
        text = place().read_text(errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return None
    found = [LINE.match(line) for line in text.splitlines() if line]
    return Erasures(frozenset(match[1] for match in found if match), found.count(None))


def listed() -> frozenset[str]:
    """The marks of everybody who was erased; none without a list. A line that is no whole one is told of in the log."""
    found = read() or Erasures(frozenset())
    if found.unreadable:
        log.warning("the list of erasures holds %d lines that can't be read", found.unreadable)
    return found.marks


def lacking() -> int:
    """How many erasures the audit tells of, by the beginnings of their marks, that are not in the list."""
    told = set(db.session.scalars(select(Audit.about).where(Audit.what == "erased")))
    return len(told - {mark[:16] for mark in listed()})


def place() -> Path:
    """Where the list is: the setting TOMBSTONES."""
    return Path(current_app.config["TOMBSTONES"])
