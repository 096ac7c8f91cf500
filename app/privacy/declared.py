"""What is declared of a table and of each of its columns, and how it is written down.

A table's columns stand one to a line, `name | class | meaning`. Whether a column is given out in an export follows from
its class, so that nobody can forget a secret.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

CLASSES = {
    "identity": "Who somebody is here: a name, how the pages look to them, what they may do.",
    "contact": "An address that reaches somebody.",
    "secret": "A secret or its fingerprint. Never given out.",
    "words": "Free words, which may speak of somebody else.",
    "study": "What was read, answered, assessed.",
    "practice": "What was logged: days, minutes, ratings.",
    "money": "Amounts, shares, rates.",
    "consent": "What somebody agreed to.",
    "somebody": "The number of another person who did something to the row. Never given out.",
    "course": "What a cohort, a lesson or a report says; of nobody, or of groups.",
    "technical": "Numbers, versions and times that hold rows together.",
}
GIVEN_OUT = frozenset(CLASSES) - {"secret", "somebody"}

BY_AGE = "24 months after the day (`NOTE_MONTHS`), or sooner by the learner's choice"
UNTIL_ERASED = "Until the account is erased"
WITH_COHORT = "As long as the cohort is kept"
DELETED = "The rows are deleted"
UNTOUCHED = "Stays: it tells of nobody"


@dataclass(frozen=True)
class Column:
    """One column: its class, one of CLASSES, and what it means."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """One table. `mine` leads from a row to whose it is, by columns: `enrolment_id.person_id`; None: nobody's.

    Where there are several such ways, `or` stands between them.

    `called` is what somebody reads of it who asks what is kept about them.

    `withheld` gives the reason for each column that is not given out though its class would be; `sooner` the time of
    each that goes before the rest of its row. `only` is a column that must hold something for a row to be given out.
    """

    name: str
    purpose: str
    lines: str
    mine: str | None = None
    called: str = ""
    kept: str = UNTIL_ERASED
    erased: str = DELETED
    withheld: Mapping[str, str] = field(default_factory=dict)
    sooner: Mapping[str, str] = field(default_factory=dict)
    only: str | None = None

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """The columns by their names. ValueError for a line that is none."""
        found = [column(line) for line in self.lines.strip().splitlines()]
        return {each.name: each for each in found}

    @property
    def ways(self) -> tuple[str, ...]:
        """Each way from a row to whose it is."""
        return tuple(self.mine.split(" or ")) if self.mine else ()

    @property
    def goes(self) -> bool:
        """Whether erasing somebody deletes their rows. What stays says so in `erased`."""
        return "delete" in self.erased.lower()

    @property
    def given_out(self) -> tuple[Column, ...]:
        """The columns that an export holds."""
        if self.mine is None:
            return ()
        return tuple(
            each for name, each in self.columns.items() if each.kind in GIVEN_OUT and name not in self.withheld
        )

    def of(self, *kinds: str) -> tuple[str, ...]:
        """The names of the columns of these classes."""
        return tuple(name for name, each in self.columns.items() if each.kind in kinds)


def column(line: str) -> Column:
    """A line of a declaration. ValueError where a part or the class is missing."""
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != 3 or not all(parts) or parts[1] not in CLASSES:
        raise ValueError(f"A column is declared as “name | class | meaning”, the class one of CLASSES, not as “{line}”")
    return Column(*parts)
