"""What would change a cohort's return, and why two cohorts may not compare. Method §4.12, "when what may be shown".

Nothing here is a forecast: each figure says what the same sum comes to under one other reading of the same entries.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Literal

from course.share import Share
from course.wording import counted, sentence, spell

if TYPE_CHECKING:
    from course.cohort import Learner

# A rule of this course, not a finding: reporting rates further apart than this make two returns two different things.
REPORTING_APART = Fraction(1, 5)

Reading = Literal["silent as the others", "claims without a baseline", "to get even"]


@dataclass(frozen=True)
class Other:
    """The return in percent under another reading; for `to get even` the benefit that is missing, in money."""

    reading: Reading
    value: Decimal
    of: int


def other_readings(learners: Sequence["Learner"], unsupported: Sequence[Decimal]) -> Iterator[Other]:
    """What the sum would come to otherwise. `unsupported`: each claim that counts nothing for want of a baseline."""
    cost = sum((each.cost for each in learners), Decimal(0))
    if not cost:
        return
    told = [each for each in learners if each.reported]
    benefit = sum((each.benefit for each in told), Decimal(0))
    silent = len(learners) - len(told)
    if silent and told:
        usual = median(each.benefit for each in told)
        yield Other("silent as the others", percent(benefit + silent * usual, cost), silent)
    if unsupported:
        yield Other(
            "claims without a baseline", percent(benefit + sum(unsupported, Decimal(0)), cost), len(unsupported)
        )
    if benefit < cost:
        yield Other("to get even", cost - benefit, len(learners))


def percent(benefit: Decimal, cost: Decimal) -> Decimal:
    """The return on a cost, in percent."""
    return 100 * (benefit - cost) / cost


@dataclass(frozen=True)
class Side:
    """One of two cohorts beside each other. `month` counts from its start; `people` are the ids of those in its sum."""

    name: str
    currency: str
    month: int
    reporting: Share
    people: frozenset[int]


def warnings(one: Side, other: Side) -> Iterator[str]:
    """Why the returns of two cohorts may not be set against each other, each in a sentence; the last is always true."""
    if one.currency != other.currency:
        yield f"{one.name} is reckoned in {one.currency}, {other.name} in {other.currency}: the money does not compare."
    if one.month != other.month:
        young, old = sorted((one, other), key=lambda side: side.month)
        yield (
            f"{young.name} is in month {spell(young.month)} and {old.name} in month {spell(old.month)}: "
            "most of what may return comes late."
        )
    rates = [Fraction(side.reporting.successes, side.reporting.n) for side in (one, other) if side.reporting.n]
    if max(rates, default=0) - min(rates, default=0) > REPORTING_APART:
        yield "They report at different rates, and who is silent counts as nothing."
    if both := len(one.people & other.people):
        yield sentence(f"{counted(both, 'person is', 'people are')} in both, with one and the same ledger.")
    yield "Nobody was assigned by chance: a difference may be who they are, and not what they learned."
