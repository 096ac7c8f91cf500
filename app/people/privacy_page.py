"""What the pages about somebody's own data show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app import audit
from app.people.privacy_queries import LISTED, Line
from app.privacy.declarations import TABLES


@dataclass(frozen=True)
class ExportPage:
    """What a copy holds, kind by kind, and what is left out of it with the reason."""

    holds: tuple[str, ...]
    left_out: tuple[str, ...]


def export_page() -> ExportPage:
    """The page from the declarations."""
    given = [table for table in TABLES.values() if table.given_out]
    left_out = [
        f"{table.name}.{name}, {table.columns[name].meaning}: {why}."
        for table in given
        for name, why in table.withheld.items()
    ]
    return ExportPage(tuple(table.purpose for table in given), tuple(left_out))


@dataclass(frozen=True)
class Reading:
    """One line: when, who in words, and what they did."""

    at: datetime
    who: str
    did: str
    why: str


@dataclass(frozen=True)
class ReadingsPage:
    """Lines, and the number before which the next page begins; None on the last."""

    lines: tuple[Reading, ...]
    older: int | None


def readings_page(lines: Sequence[Line], reader: int) -> ReadingsPage:
    """The page of these lines for whom they are about."""
    shown = lines[:LISTED]
    return ReadingsPage(
        lines=tuple(Reading(line.at, who(line, reader), sentence(line), line.why) for line in shown),
        older=shown[-1].id if len(lines) > LISTED else None,
    )


def sentence(line: Line) -> str:
    """What was done, with a capital."""
    did = audit.WORDS.get(line.what, line.what)
    return did[:1].upper() + did[1:]


def who(line: Line, reader: int) -> str:
    """Who did it: the reader, somebody by name, an account that is gone, or whoever runs the installation."""
    if line.by == reader:
        return "You"
    return line.name or "An account that is gone, or the installation itself"
