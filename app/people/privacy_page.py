"""What the pages about somebody's own data show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app import audit
from app.people.privacy_queries import LISTED, Line
from app.privacy.declarations import TABLES
from app.privacy.erasure import InTheWay

FOR_SOMEBODY = frozenset({"searched for somebody", "found for somebody", "blanked for somebody"})
"""Lines whose reason is about a third person who asked. What was done says enough to whom it was done with."""


def export_holds() -> tuple[str, ...]:
    """What a copy holds, kind by kind, as its owner calls it."""
    return tuple(table.called for table in TABLES.values() if table.given_out)


def typeset(words: str) -> str:
    """Words of a declaration as a page prints them."""
    return words.replace("'", "’")


@dataclass(frozen=True)
class ErasePage:
    """What goes, with how many rows there are of it; what stays, and how; and what is in the way."""

    goes: tuple[tuple[str, int], ...]
    stays: tuple[tuple[str, str], ...]
    in_the_way: InTheWay


def erase_page(held: Mapping[str, int], in_the_way: InTheWay) -> ErasePage:
    """The page from the declarations and from what is held."""
    going = {name: count for name, count in held.items() if TABLES[name].goes}
    stays = [table for table in TABLES.values() if table.called and not table.goes]
    return ErasePage(
        goes=tuple((TABLES[name].called, count) for name, count in going.items()),
        stays=tuple((table.called, typeset(table.erased)) for table in stays),
        in_the_way=in_the_way,
    )


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
        lines=tuple(Reading(line.at, who(line, reader), sentence(line), reason(line)) for line in shown),
        older=shown[-1].id if len(lines) > LISTED else None,
    )


def sentence(line: Line) -> str:
    """What was done, with a capital."""
    did = audit.WORDS.get(line.what, line.what)
    return did[:1].upper() + did[1:]


def reason(line: Line) -> str:
    """The reason given; none where it may tell who somebody is who asked."""
    return "" if line.what in FOR_SOMEBODY else line.why


def who(line: Line, reader: int) -> str:
    """Who did it: the reader, somebody by name, an account that is gone, or whoever runs the installation."""
    if line.by == reader:
        return "You"
    return line.name or "An account that is gone, or the installation itself"
