"""Many rings, a few of them filled: how few of those we have contacted we are connected with."""

from collections.abc import Collection
from dataclasses import dataclass

PITCH = 12


@dataclass(frozen=True)
class DotField:
    """The field's size, a path through the rings row by row, and the centres of the filled ones.

    Dashed with a gap of 12 units and round caps, the path turns into one ring every 12 units: a field of a thousand
    is hardly longer than one of ten.
    """

    width: int
    height: int
    rows: str
    filled: tuple[tuple[int, int], ...]


def dot_field(count: int, filled: Collection[int], *, columns: int = 26) -> DotField:
    """A field of `count` rings, row by row; `filled` are places in it, from 0.

    Raises ValueError for an empty field or a place outside it.
    """
    if count < 1 or columns < 1:
        raise ValueError("a field has at least one ring and one column")
    if any(not 0 <= place < count for place in filled):
        raise ValueError("a filled ring is one of the field")
    rows = range(0, count, columns)
    return DotField(
        width=min(count, columns) * PITCH,
        height=len(rows) * PITCH,
        rows="".join(_row(first, min(columns, count - first), columns) for first in rows),
        filled=tuple(_centre(place, columns) for place in sorted(set(filled))),
    )


def _centre(place: int, columns: int) -> tuple[int, int]:
    row, column = divmod(place, columns)
    return column * PITCH + PITCH // 2, row * PITCH + PITCH // 2


def _row(first: int, rings: int, columns: int) -> str:
    """From the first ring's centre to just past the last one's, so that rounding cannot lose it."""
    x, y = _centre(first, columns)
    return f"M{x} {y}h{(rings - 1) * PITCH + 1}"
