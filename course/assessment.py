"""The self-assessment: what learners say of their own doing, at four moments. Method §6.

Original behavioural items, three per construct, rated 0…5 about the last 14 days. What is said here is never called
learning; it stands beside what the practice log shows (`course.log_measure`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from course import source as files
from course.fault import Fault, Faults, in_order
from course.lesson import Slug, Text
from course.tables import checked, line_of

FILE = "self-assessment.toml"
HIGHEST = 5
LATER = timedelta(days=90)

CONSTRUCTS = (
    "attending",
    "holding",
    "responding",
    "building",
    "keeping",
    "asking",
    "dependability",
    "low-self-focus",
    "candour",
    "patience",
    "focus",
    "honest-measurement",
)
"""The twelve constructs a self-assessment must have, all of them and no others."""


class Moment(Enum):
    """When it is taken. THEN asks, at the end, how it was before: seen from now, people often judge otherwise."""

    BEFORE = "before"
    AFTER = "after"
    LATER = "later"
    THEN = "then"

    @property
    def words(self) -> str:
        """What it is called on a page."""
        return _WORDS[self][0]

    @property
    def instruction(self) -> str:
        """What the learner is asked to think of, in one sentence."""
        return _WORDS[self][1]


_WORDS = {
    Moment.BEFORE: ("Before", "Answer for the last 14 days, before you begin."),
    Moment.AFTER: ("After", "Answer for the last 14 days, now that you have read the course."),
    Moment.LATER: ("90 days on", "Answer for the last 14 days, three months after the course."),
    Moment.THEN: ("Before, seen from now", "Answer for the 14 days before the course, as you see them today."),
}


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Item(_Table):
    """One question about the last 14 days, answered 0…5."""

    id: Slug
    text: Text


class Construct(_Table):
    """What three items are about."""

    id: Slug
    name: Text
    meaning: Text
    items: Annotated[tuple[Item, ...], Field(alias="item", min_length=3, max_length=3)]


class SelfAssessment(_Table):
    """The whole instrument: the six labels of the scale from 0 to 5, the window in words, twelve constructs."""

    scale: Annotated[tuple[Text, ...], Field(min_length=6, max_length=6)]
    window: Text
    constructs: Annotated[tuple[Construct, ...], Field(alias="construct")]

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in their order."""
        return tuple(item for construct in self.constructs for item in construct.items)


@dataclass(frozen=True)
class Score:
    """What one construct got at one moment: the mean 0…5 of its items, None unless all `of` were `answered`."""

    construct_id: str
    mean: Decimal | None
    answered: int
    of: int


@dataclass(frozen=True)
class Change:
    """One construct at two moments; `difference` −5…5, None where either mean is."""

    construct_id: str
    earlier: Score
    later: Score

    @property
    def difference(self) -> Decimal | None:
        if self.earlier.mean is None or self.later.mean is None:
            return None
        return self.later.mean - self.earlier.mean


def load(file: Path, *, path: str | None = None) -> SelfAssessment | Faults:
    """The self-assessment in a file, or every fault of it. `path` names it in the faults; default: the file's name."""
    named = file.name if path is None else path
    text = files.read(file, path=named)
    return (text,) if isinstance(text, Fault) else parse(text, path=named)


def parse(text: str, *, path: str = FILE) -> SelfAssessment | Faults:
    """The self-assessment that `text` holds, or every fault of it, by line."""
    source = files.normalise(text)
    if unreadable := files.unreadable(source, path=path):
        return (unreadable,)
    read = checked(source, SelfAssessment, path=path, line=1)
    if isinstance(read, tuple):
        return in_order(read)
    return in_order(_faults(read, source, path)) or read


def _faults(read: SelfAssessment, source: str, path: str) -> list[Fault]:
    ids = [construct.id for construct in read.constructs]
    faults = [Fault(path, 1, f"the construct `{id}` is missing; add it") for id in CONSTRUCTS if id not in ids]
    seen: set[str] = set()
    for number, construct in enumerate(read.constructs):
        line = line_of(source, ("construct", number, "id")) or 1
        if construct.id not in CONSTRUCTS:
            faults.append(Fault(path, line, f"`{construct.id}` is none of the twelve constructs; correct its spelling"))
        if ids.index(construct.id) != number:
            faults.append(Fault(path, line, f"the construct `{construct.id}` is here twice; remove one"))
        for place, item in enumerate(construct.items):
            if item.id in seen:
                where = line_of(source, ("construct", number, "item", place, "id")) or line
                faults.append(Fault(path, where, f"the item id `{item.id}` is taken; choose another"))
            seen.add(item.id)
    return faults


def scores(assessment: SelfAssessment, answers: Mapping[str, int | None]) -> dict[str, Score]:
    """The score of each construct from answers by item id. An answer not given counts as missing, never as a number.

    ValueError for an item that isn't asked and for an answer outside 0…5.
    """
    if unknown := answers.keys() - {item.id for item in assessment.items}:
        raise ValueError(f"not asked: {', '.join(sorted(unknown))}")
    for item_id, answer in answers.items():
        if answer is not None and not 0 <= answer <= HIGHEST:
            raise ValueError(f"{item_id}: {answer} is outside 0…{HIGHEST}")
    return {construct.id: _score(construct, answers) for construct in assessment.constructs}


def asked_still(assessment: SelfAssessment, answers: Mapping[str, int | None]) -> dict[str, int | None]:
    """The answers to items that are asked today: one that was reworded under a new id is another question."""
    ids = {item.id for item in assessment.items}
    return {id: answer for id, answer in answers.items() if id in ids}


def _score(construct: Construct, answers: Mapping[str, int | None]) -> Score:
    given = [answer for item in construct.items if (answer := answers.get(item.id)) is not None]
    complete = len(given) == len(construct.items)
    mean = Decimal(sum(given)) / len(given) if complete else None
    return Score(construct.id, mean, answered=len(given), of=len(construct.items))


def change(earlier: Mapping[str, Score], later: Mapping[str, Score]) -> dict[str, Change]:
    """What moved between two moments, for constructs asked at both. From THEN to AFTER is the change seen from now."""
    return {id: Change(id, score, later[id]) for id, score in earlier.items() if id in later}


def moment_due(taken: Mapping[Moment, date], *, begun: bool, finished: bool, today: date) -> Moment | None:
    """The moment at which the learner should answer now; None if there is none.

    BEFORE as long as no lesson has been begun: afterwards it would no longer be before. AFTER and then THEN once every
    lesson is read. LATER 90 days after AFTER.
    """
    if Moment.AFTER in taken:
        if Moment.THEN not in taken:
            return Moment.THEN
        ripe = today >= taken[Moment.AFTER] + LATER
        return Moment.LATER if ripe and Moment.LATER not in taken else None
    if finished:
        return Moment.AFTER
    return Moment.BEFORE if not begun and Moment.BEFORE not in taken else None
