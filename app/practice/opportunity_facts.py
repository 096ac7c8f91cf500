"""What passes between the pages of opportunities and their table."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from course.evidence import State


@dataclass(frozen=True)
class NewOpportunity:
    """An opportunity as it was typed: amount in minor units, shares 0…1, None for unknown; `day` of this state."""

    day: date
    what: str
    state: State
    amount: int
    margin: Decimal
    probability: Decimal | None = None
    expected_on: date | None = None
    relationship_id: int | None = None
