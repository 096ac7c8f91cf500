"""How far two raters agree beyond chance: Cohen's weighted kappa with linear weights. Method §1."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from course.practice import Rubric

# An entry that both rated on the five lines is one pair.
LEAST_PAIRS = 10

Pair = tuple[Rubric, Rubric]
"""One entry as its learner rated it, and as the trainer did who had not seen that."""


def weighted_kappa(pairs: Iterable[tuple[int, int]]) -> Fraction | None:
    """1 − observed / expected disagreement, where two ratings disagree by their distance; at most 1.

    1 is always the same, 0 what chance gives two raters with these habits, below 0 worse than chance. None without a
    pair, and where chance alone can't make them disagree: both gave always the same rating. Cohen 1968; linear
    weights after Cicchetti & Allison 1971.
    """
    rated = Counter(pairs)
    n = rated.total()
    firsts, seconds = Counter[int](), Counter[int]()
    for (first, second), count in rated.items():
        firsts[first] += count
        seconds[second] += count
    expected = sum(abs(first - second) * a * b for first, a in firsts.items() for second, b in seconds.items())
    if not expected:
        return None
    observed = sum(abs(first - second) * count for (first, second), count in rated.items())
    return 1 - Fraction(observed * n, expected)


@dataclass(frozen=True)
class Agreement:
    """What may be said of so many entries rated by both. `kappa` is None below `LEAST_PAIRS`, or where it has none.

    `same` of `points` single ratings were equal; `above` is by how much learners rate higher on the mean, in points of
    ten, below 0 lower.
    """

    pairs: int
    kappa: Fraction | None
    same: int
    points: int
    above: Fraction | None

    @property
    def is_shown(self) -> bool:
        return self.pairs >= LEAST_PAIRS


def agreement(pairs: Sequence[Pair]) -> Agreement:
    """The agreement over the five lines of all these entries together."""
    points = [both for own, theirs in pairs for both in zip(own.points, theirs.points, strict=True)]
    enough = len(pairs) >= LEAST_PAIRS
    return Agreement(
        pairs=len(pairs),
        kappa=weighted_kappa(points) if enough else None,
        same=sum(own == theirs for own, theirs in points),
        points=len(points),
        above=Fraction(sum(own.total - theirs.total for own, theirs in pairs), len(pairs)) if enough else None,
    )
