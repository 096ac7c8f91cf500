"""How well learners know what they know: the confidence they state against what they then have right. Method §6.

Learners judge their own answers, so these figures are as strict as they are. All thresholds are rules of this course,
not findings: say so wherever they are shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from math import fsum

from course.review import Confidence
from course.share import Share

LEAST = 10
"""Answers from which a word is spoken of. Below that, five right of ten could as well be two or eight."""

LEAST_TOGETHER = 20
"""Answers from which the Brier score and the bias are shown: they mix several words, some of them rare."""


class Verdict(Enum):
    """How what was stated lies to what was achieved: below its interval, within it, above it."""

    UNDER = "under"
    FITS = "fits"
    OVER = "over"


@dataclass(frozen=True)
class Level:
    """One word of confidence: what it stands for, and the answers given with it that were right."""

    confidence: Confidence
    right: Share

    @property
    def stated(self) -> float:
        """The word as a probability."""
        return self.confidence.probability

    @property
    def spoken(self) -> bool:
        """Whether there are enough answers to say anything."""
        return self.right.n >= LEAST

    @property
    def gap(self) -> float | None:
        """What was stated less the share right, −1…1: above 0 is surer than right. None before it is spoken of."""
        return self.stated - self.right.value if self.spoken and self.right.value is not None else None

    @property
    def verdict(self) -> Verdict | None:
        """Whether the word can be told apart from its answers; None before it is spoken of."""
        return verdict_of(self.stated, self.right) if self.spoken else None


@dataclass(frozen=True)
class Calibration:
    """All graded answers, by the confidence with which each was given; the levels from the least sure to the surest."""

    levels: tuple[Level, ...]

    @property
    def right(self) -> Share:
        """All answers together."""
        return Share(sum(level.right.successes for level in self.levels), sum(level.right.n for level in self.levels))

    @property
    def spoken(self) -> bool:
        """Whether there are enough answers for the figures of all together."""
        return self.right.n >= LEAST_TOGETHER

    @property
    def stated(self) -> float | None:
        """Mean confidence, 0…1; None without answers."""
        return _mean((level.stated, level.right.n) for level in self.levels)

    @property
    def brier(self) -> float | None:
        """Mean of (p − correct)², 0…1: 0 is perfect, always saying .5 gets .25. None without answers."""
        return _mean(
            error
            for level in self.levels
            for error in (
                ((level.stated - 1) ** 2, level.right.successes),
                (level.stated**2, level.right.n - level.right.successes),
            )
        )

    @property
    def bias(self) -> float | None:
        """Mean confidence less the share right, −1…1: above 0 is surer than right. None without answers."""
        stated, right = self.stated, self.right.value
        return None if stated is None or right is None else stated - right

    @property
    def verdict(self) -> Verdict | None:
        """Whether confidence on the whole can be told apart from what was right; None before it is spoken of."""
        return None if not self.spoken or self.stated is None else verdict_of(self.stated, self.right)

    @property
    def telling(self) -> Level | None:
        """The word furthest from its answers, of those that can be told apart from them; None if all fit."""
        apart = [level for level in self.levels if level.verdict not in (None, Verdict.FITS)]
        return max(apart, key=lambda level: abs(level.gap or 0), default=None)


def calibration(counts: Mapping[tuple[Confidence, bool], int]) -> Calibration:
    """Calibration from the number of answers given with each word that were right, and that were not.

    ValueError for a count below 0.
    """
    return Calibration(
        tuple(
            Level(word, Share(counts.get((word, True), 0), counts.get((word, True), 0) + counts.get((word, False), 0)))
            for word in Confidence
        )
    )


def verdict_of(stated: float, right: Share) -> Verdict:
    """How a share that was stated, 0…1, lies to the interval of the share that was counted."""
    interval = right.interval
    if interval is None or interval.low <= stated <= interval.high:
        return Verdict.FITS
    return Verdict.OVER if stated > interval.high else Verdict.UNDER


def _mean(weighted: Iterable[tuple[float, int]]) -> float | None:
    pairs = list(weighted)
    n = sum(count for _, count in pairs)
    return fsum(value * count for value, count in pairs) / n if n else None
