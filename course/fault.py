"""What an author should mend."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one content file.

    `path` is the file as its reader knows it, `line` counts from 1, `message` says what is wrong and how to mend it.
    Faults sort by file and line.
    """

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


Faults = tuple[Fault, ...]


def in_order(faults: Iterable[Fault]) -> Faults:
    """Each fault once, by file and line."""
    return tuple(sorted(set(faults)))
