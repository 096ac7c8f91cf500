"""A long list, twenty at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

SIZE = 20

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list of `total` items; `number` counts from 1 to `last`."""

    items: tuple[Item, ...]
    number: int
    last: int
    total: int

    @property
    def before(self) -> int | None:
        """The page before this one; None before the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """The page after this one; None after the last."""
        return self.number + 1 if self.number < self.last else None


def place_of(number: int, total: int, *, size: int = SIZE) -> tuple[int, int]:
    """The number of a page that there is, the nearest to the one asked for, and that of the last."""
    last = max(1, -(-total // size))
    return min(max(number, 1), last), last


def page_of(items: Sequence[Item], number: int, *, size: int = SIZE) -> Page[Item]:
    """The page of that number, or the nearest there is."""
    here, last = place_of(number, len(items), size=size)
    return Page(tuple(items[(here - 1) * size : here * size]), here, last, len(items))
