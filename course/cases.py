"""Whose cases a cohort's report asks for: those whom the course served best and worst, by rule. Method §4.

A report that tells the best case alone is an advertisement. So both ends are asked, as Brinkerhoff's success case
method does, before anybody knows what they will say; and who was asked is told to nobody until they agree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from course.disclosure import FEWEST

MOST = 2
"""Cases asked for at each end. A rule of this course, not a finding."""

Side = Literal["above", "below"]


@dataclass(frozen=True)
class Candidate:
    """One learner in a cohort's sum, by the id of their enrolment: what they put in, above 0, and what counts."""

    id: int
    cost: Decimal
    benefit: Decimal
    hours: Decimal

    @property
    def rate(self) -> Fraction:
        """What came back for each unit put in; 1 is even."""
        return Fraction(self.benefit) / Fraction(self.cost)

    @property
    def side(self) -> Side:
        return "above" if self.benefit > self.cost else "below"


@dataclass(frozen=True)
class Chosen:
    """Whose case is asked for, and on which side of even they stand."""

    id: int
    side: Side


def chosen(candidates: Iterable[Candidate]) -> tuple[Chosen, ...]:
    """Up to two who came out furthest above what they put in, and up to two furthest below or at it; of fewer than
    five candidates nobody.

    Of equals, whoever put in more hours: they tried longer. Of equals in that too, whoever enrolled first. The same
    candidates give the same choice, in whatever order they come.
    """
    everybody = list(candidates)
    if len(everybody) < FEWEST:
        return ()
    above = sorted((each for each in everybody if each.side == "above"), key=lambda e: (-e.rate, -e.hours, e.id))
    below = sorted((each for each in everybody if each.side == "below"), key=lambda e: (e.rate, -e.hours, e.id))
    return tuple(Chosen(each.id, each.side) for each in (*above[:MOST], *below[:MOST]))
