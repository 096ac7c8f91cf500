"""What becomes one when two aliases are merged: both beside each other, and together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.practice.book import Book, Tended
from app.practice.queries import Paid
from course.wording import dated, sentence


@dataclass(frozen=True)
class Line:
    """One point, as it is for each of the two, and as it will be for both together."""

    name: str
    stays: str
    other: str
    together: str


@dataclass(frozen=True)
class MergePage:
    """Who stays, who becomes part of them, and what comes together."""

    stays: Tended
    other: Tended
    lines: tuple[Line, ...]


def merge_page(book: Book, stays: Tended, other: Tended, *, paid: Mapping[int, Sequence[Paid]]) -> MergePage:
    """The two as they are now, and as one."""
    counts = (
        ("Entries", book.by_person),
        ("Promises", {one.id: one.promises for one in (stays, other)}),
        ("Receipts", paid),
    )
    summed = [line(name, len(rows.get(stays.id, ())), len(rows.get(other.id, ()))) for name, rows in counts]
    since = min(stays.known_since, other.known_since)
    by = next(
        (one for one in (stays.introduced_by, other.introduced_by) if one not in (None, stays.id, other.id)), None
    )
    return MergePage(
        stays=stays,
        other=other,
        lines=(
            *summed,
            Line("Known since", dated(stays.known_since), dated(other.known_since), dated(since)),
            Line("Seat", seat(stays.seat), seat(other.seat), seat(stays.seat or other.seat)),
            Line("Rhythm", rhythm(stays), rhythm(other), rhythm(stays)),
            Line("Introduced by", *(named(book, one) for one in (stays.introduced_by, other.introduced_by, by))),
        ),
    )


def line(name: str, stays: int, other: int) -> Line:
    """A count of rows: together it is the sum."""
    return Line(name, str(stays), str(other), str(stays + other))


def seat(number: int | None) -> str:
    return f"Seat {number}" if number else "None"


def rhythm(person: Tended) -> str:
    return sentence(f"{person.layer}, {person.tau} days")


def named(book: Book, id: int | None) -> str:
    return book.aliases.get(id or 0, "Nobody")
