"""The readiness gate: whether quality is ready for quantity, on a day and over the past year. Method §5.

Seven tests, and a state that follows from them. Nothing of it is stored: a state is what the facts say of its day, and
a fact that is corrected corrects the past with it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from course.gate_facts import QUARTER, YEAR, Facts
from course.gate_seven import RULES, Tested, seven

WEEK = timedelta(weeks=1)
# So many tests may slip without shutting a gate that was open: it is on probation until they hold again.
MOST_SLIPPED = 1


class State(StrEnum):
    """Closed, on probation or open, in the words that are printed."""

    CLOSED = "closed"
    PROBATION = "on probation"
    OPEN = "open"


@dataclass(frozen=True)
class Gate:
    """The gate on a day: its seven tests, and the last day of the past ninety on which all of them held, if any.

    `held_on` is looked for only where it decides something: with two tests failing the gate is closed either way.
    """

    day: date
    tests: tuple[Tested, ...]
    held_on: date | None

    @property
    def passed(self) -> int:
        """How many of the seven hold."""
        return sum(test.passed for test in self.tests)

    @property
    def failing(self) -> tuple[Tested, ...]:
        """Those that don't."""
        return tuple(test for test in self.tests if not test.passed)

    @property
    def state(self) -> State:
        """Open while all seven hold; on probation when one has slipped within ninety days; closed otherwise."""
        if not self.failing:
            return State.OPEN
        return State.PROBATION if self.held_on else State.CLOSED

    @property
    def valid_until(self) -> date | None:
        """The last day of a probation, if the test that slipped stays as it is; of an open gate, ninety days on."""
        return self.held_on + QUARTER if self.held_on else None


def gate(facts: Facts, day: date) -> Gate:
    """The gate on a day; nothing dated later counts."""
    tests = seven(facts, day)
    failing = [place for place, test in enumerate(tests) if not test.passed]
    if not failing:
        return Gate(day, tests, held_on=day)
    return Gate(day, tests, held_on=last_held(facts, day, failing[0]) if len(failing) <= MOST_SLIPPED else None)


def last_held(facts: Facts, day: date, failing: int) -> date | None:
    """The last of the ninety days before on which all seven held; the one that fails now is asked first."""
    rules = (RULES[failing], *RULES[:failing], *RULES[failing + 1 :])
    before = (day - timedelta(days=back) for back in range(1, QUARTER.days + 1))
    return next((each for each in before if all(rule(facts, each).passed for rule in rules)), None)


def history(facts: Facts, today: date) -> tuple[Gate, ...]:
    """The gate once a week over the past twelve months, oldest first, the last one today.

    It begins with the week of the oldest fact: before it there was nothing to read.
    """
    first = max(facts.first_day or today, today - YEAR)
    weeks = max(0, (today - first).days) // WEEK.days
    return tuple(gate(facts, today - back * WEEK) for back in range(weeks, -1, -1))
