"""Shares of counted things, each with how sure we may be of it. Method §1."""

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

Z_95 = 1.959964  # two-sided 95 % point of the normal distribution


class Interval(NamedTuple):
    """A range that is believed to hold the true value; same unit as the value it belongs to."""

    low: float
    high: float


def wilson(successes: int, n: int) -> Interval | None:
    """Wilson's 95 % interval of the share `successes / n`, each end 0…1; None before the first observation.

    Unlike the textbook interval it stays inside 0…1 and has a width even at 0 of n and n of n.
    ValueError unless 0 ≤ successes ≤ n. Source: E. B. Wilson, 1927.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is not a share: count between none and all of them")
    if n == 0:
        return None
    share, spread = successes / n, Z_95 * Z_95 / n
    middle = share + spread / 2
    reach = Z_95 * sqrt(share * (1 - share) / n + spread / (4 * n))
    # The ends are 0 and 1 exactly at none and at all; floating point alone would miss them by a hair.
    low = 0.0 if successes == 0 else (middle - reach) / (1 + spread)
    high = 1.0 if successes == n else (middle + reach) / (1 + spread)
    return Interval(low, high)


@dataclass(frozen=True)
class Share:
    """So many of so many: a count that never travels without its basis. ValueError unless 0 ≤ successes ≤ n."""

    successes: int
    n: int

    def __post_init__(self) -> None:
        wilson(self.successes, self.n)

    @property
    def value(self) -> float | None:
        """successes / n, 0…1; None before the first observation."""
        return self.successes / self.n if self.n else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's 95 % interval; None before the first observation."""
        return wilson(self.successes, self.n)

    @property
    def low(self) -> float | None:
        """Lower end of the interval, 0…1: what may be claimed as "at least"; None before the first."""
        interval = self.interval
        return interval.low if interval else None

    @property
    def high(self) -> float | None:
        """Upper end of the interval, 0…1; None before the first."""
        interval = self.interval
        return interval.high if interval else None
