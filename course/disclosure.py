"""What a report for people outside may tell of a few: nothing, neither in one report nor in any two. Method §7.

A report is frozen when it is drawn up. A later one may follow only where, for every kind of figure and against every
report before it, nobody or at least five people contribute something else: then no difference of two reports is about
fewer than five.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from course.share import Share

FEWEST = 5
"""The smallest group that is spoken of."""

Contributions = Mapping[str, Mapping[str, str]]
"""By kind of figure: what each person, by their id, adds to it, as a fingerprint. Who adds nothing is not there."""


def enough(people: int) -> bool:
    """Whether a figure may rest on so many people. On nobody it may: then it tells of nobody."""
    return people == 0 or people >= FEWEST


def tells_of_few(share: Share) -> bool:
    """Whether either of the two groups that a count makes is smaller than five."""
    return not (enough(share.successes) and enough(share.n - share.successes))


def rounded_to_tens(percent: Decimal) -> Decimal:
    """A median, which is one person's figure or two people's, so coarse that it is nobody's."""
    return (percent / 10).to_integral_value(ROUND_HALF_EVEN) * 10


def changed(earlier: Contributions, later: Contributions) -> dict[str, int]:
    """For each kind of figure: how many people add something else to it than they did."""
    kinds = earlier.keys() | later.keys()
    return {kind: len(differing(earlier.get(kind, {}), later.get(kind, {}))) for kind in kinds}


def differing(earlier: Mapping[str, str], later: Mapping[str, str]) -> frozenset[str]:
    """Whose contribution is another one, or is in one of the two alone."""
    return frozenset(id for id in earlier.keys() | later.keys() if earlier.get(id) != later.get(id))


def kinds_in_the_way(earlier: Iterable[Contributions], later: Contributions) -> tuple[str, ...]:
    """The kinds of figures by which a report, set against those before, would tell of a few; none: it may follow."""
    found = {kind for before in earlier for kind, count in changed(before, later).items() if not enough(count)}
    return tuple(sorted(found))


def same(earlier: Sequence[Contributions], later: Contributions) -> int | None:
    """The place of a report before that rests on the very same contributions; None without one."""
    places = (place for place, before in enumerate(earlier) if not any(changed(before, later).values()))
    return next(places, None)
