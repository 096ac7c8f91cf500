"""What a backup says of itself: when it was taken, of which schema, and what every table held."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from app.config import ROOT

FORMAT = 1
WORDS = ("engine", "revision", "application", "taken_at")


class Unfit(Exception):
    """A backup can't be taken or put back; the message says why and what to do."""


@dataclass(frozen=True)
class TableSum:
    """How many rows a table had, and the SHA-256 over all of them in the order of their keys."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`engine` is sqlite or postgresql; `sequences` the last number that each of PostgreSQL's counters gave out."""

    engine: str
    revision: str
    application: str
    taken_at: str
    tables: Mapping[str, TableSum]
    sequences: Mapping[str, int] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def as_json(self) -> str:
        return json.dumps(asdict(self), indent=1)


class Summing:
    """Adds up a table while its rows pass by."""

    def __init__(self) -> None:
        self.rows = 0
        self.hash = hashlib.sha256()

    def take(self, text: bytes, rows: int) -> None:
        self.rows += rows
        self.hash.update(text)

    def sum(self) -> TableSum:
        return TableSum(self.rows, self.hash.hexdigest())


def version() -> str:
    """Which release this is: the newest heading of the changelog."""
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    return next((line.removeprefix("## ") for line in lines if line.startswith("## ")), "unknown")


def stamp(now: datetime) -> str:
    """An instant as it stands in a backup's name: sorted by name is sorted by time."""
    return now.strftime("%Y%m%dT%H%M%SZ")


def read(text: bytes) -> Manifest:
    """The manifest in this text. Raises Unfit for one that this application doesn't understand."""
    try:
        found: dict[str, Any] = json.loads(text)
        if found["format"] != FORMAT:
            raise Unfit(f"This backup has format {found['format']}, and this application reads format {FORMAT}.")
        tables = {
            str(name): TableSum(int(table["rows"]), str(table["sha256"])) for name, table in found["tables"].items()
        }
        engine, revision, application, taken_at = (str(found[name]) for name in WORDS)
        sequences = {str(name): int(last) for name, last in found["sequences"].items()}
        return Manifest(engine, revision, application, taken_at, tables, sequences)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unfit(
            "The manifest of this backup can't be read: the file is damaged or is no backup of ours."
        ) from error


def differing(one: Mapping[str, TableSum], other: Mapping[str, TableSum]) -> list[str]:
    """The tables that are not the same in both, by name."""
    names: Iterable[str] = sorted({*one, *other})
    return [name for name in names if one.get(name) != other.get(name)]


def compare(found: Mapping[str, TableSum], said: Mapping[str, TableSum]) -> None:
    """Raise Unfit where the rows are not those that the manifest tells of."""
    wrong = differing(found, said)
    if wrong:
        raise Unfit(f"These tables are not what the backup's manifest says: {', '.join(wrong)}.")
