"""What a learner's own number is made of: the terms they saved, and what log and ledger know of their people."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from course.attention import Tended
from course.goal import Goal
from course.own_rates import Known
from course.practice import Entry


@dataclass(frozen=True)
class NewTerms:
    """Terms as they were typed: amounts in minor units; None for what was left empty."""

    income: int
    deal: int
    margin: Decimal
    frequency: Decimal
    introductions: Decimal | None
    wins: Decimal | None


@dataclass(frozen=True)
class Terms(NewTerms):
    """Terms as they are kept; `version` counts how often they were saved."""

    version: int
    saved_at: datetime

    @property
    def goal(self) -> Goal:
        """The terms as the rules take them."""
        return Goal(
            income=Decimal(self.income) / 100,
            deal=Decimal(self.deal) / 100,
            margin=self.margin,
            frequency=self.frequency,
        )


@dataclass(frozen=True)
class Basis:
    """The learner's people, each once whatever aliases they go by, and the whole log with them."""

    known: tuple[Known, ...]
    tended: tuple[Tended, ...]
    entries: tuple[Entry, ...]
