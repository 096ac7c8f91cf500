"""What a trainer reads of one learner beside the grid: where their rate is heading, and what they say changed.

A self-assessment is what somebody says of themselves. It is never called learning, and an answer left open is shown as
missing, never averaged away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Literal

from course.assessment import Moment, SelfAssessment, asked_still, change, scores
from course.share import Share
from course.trend import ENOUGH, clearly_differ

# A rule of this course, not a finding: the last four weeks against the four before them.
SPAN = timedelta(days=28)

Heading = Literal["falling", "level", "rising", "too few"]
HEADINGS: tuple[Heading, ...] = ("falling", "level", "rising", "too few")
"""In the order in which a trainer wants to see them."""

Answers = Mapping[str, int | None]


@dataclass(frozen=True)
class Trend:
    """The connecting rate of the last `SPAN` and of as long before it."""

    before: Share
    lately: Share

    @property
    def heading(self) -> Heading:
        """Where it is going. `level` says that no change is clear, not that there is none; `too few` below `ENOUGH`."""
        if min(self.before.n, self.lately.n) < ENOUGH:
            return "too few"
        if not clearly_differ(self.before, self.lately):
            return "level"
        return "rising" if (self.lately.value or 0) > (self.before.value or 0) else "falling"


@dataclass(frozen=True)
class SelfRated:
    """The mean change −5…5 over the `whole` constructs answered in full at both moments, of all `of`; None without one.

    `until` is the later moment: 90 days on where that was taken, else after the course.
    """

    change: Decimal | None
    whole: int
    of: int
    until: Moment


def self_rated(instrument: SelfAssessment, taken: Mapping[Moment, Answers]) -> SelfRated | None:
    """What self-assessments say has changed since before the course; None until there are two to compare."""
    until = Moment.LATER if Moment.LATER in taken else Moment.AFTER
    if Moment.BEFORE not in taken or until not in taken:
        return None
    earlier, later = (scores(instrument, asked_still(instrument, taken[moment])) for moment in (Moment.BEFORE, until))
    found = [each.difference for each in change(earlier, later).values() if each.difference is not None]
    mean = sum(found, Decimal(0)) / len(found) if found else None
    return SelfRated(mean, whole=len(found), of=len(instrument.constructs), until=until)
