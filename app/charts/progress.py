"""The progress grid: what each learner has read and practised, lesson by lesson, module by module."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from app.charts.whisker import Whisker

State = Literal["practised", "read", "updated", "none"]
STATES: tuple[State, ...] = get_args(State)

WORDS: dict[str, str] = {
    "practised": "Practised",
    "read": "Read",
    "updated": "Updated since",
    "none": "Not yet",
}


@dataclass(frozen=True)
class Cell:
    """One lesson of one learner; lesson: its number and title, shown on hover.

    Raises ValueError for a state that is none of the four.
    """

    state: State
    lesson: str = ""

    def __post_init__(self) -> None:
        """Refuse what the grid has no sign for."""
        if self.state not in STATES:
            raise ValueError(f"no sign for {self.state}")

    @cached_property
    def words(self) -> str:
        """The cell as it is heard."""
        return f"{self.lesson}: {WORDS[self.state]}" if self.lesson else WORDS[self.state]


@dataclass(frozen=True)
class Aside:
    """One more figure of a learner; said: what it is made of, heard after it and shown on hover."""

    head: str
    text: str
    said: str


@dataclass(frozen=True)
class ProgressRow:
    """One learner: a group of cells a module, lessons read and practised, the connecting rate with its interval.

    asides: the same of every row, in one order. seen: when they were last seen, in words; where the first row has
    none, the grid has no such column.
    """

    name: str
    url: str
    groups: Sequence[Sequence[Cell]]
    read: int
    practised: int
    rate: Whisker
    seen: str = ""
    asides: Sequence[Aside] = ()
