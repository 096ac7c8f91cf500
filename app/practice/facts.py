"""What a learner says happened: the values that pass from a form to the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from course.practice import Rubric


@dataclass(frozen=True)
class Facts:
    """One entry as it was told.

    `person` is the id of the relationship that was picked, `alias` the one that was typed; neither: done alone.
    `minutes` 0…1440. `promise` is what the learner said they would do by `promise_due`, `kept` holds the ids of the
    promises that were done on the day.
    """

    day: date
    minutes: int
    person: int | None = None
    alias: str = ""
    exercise: str | None = None
    channel: str | None = None
    began: str | None = None
    rubric: Rubric | None = None
    step: str = ""
    step_due: date | None = None
    sign: str | None = None
    note: str = ""
    promise: str = ""
    promise_due: date | None = None
    kept: tuple[int, ...] = ()


def alias_among(people: Mapping[int, str], typed: str) -> int | None:
    """The id of the one whose alias was typed, in whatever case; None for somebody new."""
    return next((id for id, alias in people.items() if alias.casefold() == typed.casefold()), None)


@dataclass(frozen=True)
class Tending:
    """How a learner tends somebody: the layer, a rhythm of `tau` days, a seat 1…10 or none, and who brought them."""

    alias: str
    layer: str
    tau: int
    seat: int | None
    known_since: date
    introduced_by: int | None = None
