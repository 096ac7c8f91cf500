"""Who brought whom, and who a receipt is owed to: the credit view of a chain of referrals. Method §4.10.

A receipt is booked once, on the payer; the credit only splits it for reading and is never added to anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from course.exact import EXACT

REFERRER_SHARE = Decimal(".5")  # A rule of this course, not a finding.


def credits_of(amount: Decimal, generations: int, *, share: Decimal = REFERRER_SHARE) -> tuple[Decimal, ...]:
    """The receipt split up its chain: payer, nearest referrer, …, first referrer. They add up to it exactly.

    generations: referrers in the chain, 0 for a client who came unreferred; share: what each passes on, 0…1.
    ValueError for a negative number of generations or another share.
    """
    if generations < 0 or not 0 <= share <= 1:
        raise ValueError("a chain has no fewer than no referrers, and each passes on a share from 0 to 1")
    with localcontext(EXACT):
        kept = []
        for _ in range(generations):
            kept.append(amount - amount * share)
            amount *= share
        return (*kept, amount)


def whole_credits(minor: int, generations: int, *, share: Decimal = REFERRER_SHARE) -> tuple[int, ...]:
    """The same split in whole minor units, as it is printed: still adds up exactly, each within two of its exact part.

    What is passed on is rounded, half to even, and whoever passes it on keeps the rest.
    """
    kept = []
    for _ in range(generations):
        passed = int((minor * share).to_integral_value(ROUND_HALF_EVEN))
        kept.append(minor - passed)
        minor = passed
    return (*kept, minor)


def introducers(told: Mapping[int, int], one: Mapping[int, int]) -> dict[int, int]:
    """Who brought each person, once merged aliases are one.

    told: for an alias the alias that brought it; one: for a merged alias the one that stands for it. Where the aliases
    of one person were told to come from different people, the alias that stands is believed, then the oldest one. An
    introduction between two aliases that turned out to be one person is none.
    """
    found: dict[int, int] = {}
    for alias, by in sorted(told.items(), key=lambda pair: (pair[0] in one, pair[0])):
        person, bringer = one.get(alias, alias), one.get(by, by)
        if person != bringer:
            found.setdefault(person, bringer)
    return found


def chain_of(person: int, brought: Mapping[int, int]) -> tuple[int, ...]:
    """Whoever stands behind a person: who brought them, who brought that one, …, the first of all last."""
    chain: dict[int, None] = {}
    above = brought.get(person)
    while above is not None and above != person and above not in chain:
        chain[above] = None
        above = brought.get(above)
    return tuple(chain)


def circle(brought: Mapping[int, int]) -> tuple[int, ...]:
    """Some people who would have brought each other in a ring, each brought by the next; empty where there are none."""
    sound: set[int] = set()
    for person in brought:
        way: dict[int, None] = {}
        here: int | None = person
        while here is not None and here not in sound:
            if here in way:
                ring = tuple(way)
                return ring[ring.index(here) :]
            way[here] = None
            here = brought.get(here)
        sound.update(way)
    return ()


@dataclass(frozen=True)
class Placed:
    """Somebody in the tree: how many generations below its root, and how many they brought themselves."""

    person: int
    generation: int
    brought: int


def tree(brought: Mapping[int, int], order: Iterable[int]) -> tuple[Placed, ...]:
    """Everybody who brought somebody or was brought, each under who brought them, in this order among themselves.

    order: all people. Somebody in a ring would stand under nobody and is left out; `circle` keeps rings from arising.
    """
    order = tuple(order)
    under: dict[int, list[int]] = {}
    for person in order:
        if person in brought:
            under.setdefault(brought[person], []).append(person)
    waiting = [(person, 0) for person in reversed(order) if person in under and person not in brought]
    placed = []
    while waiting:
        person, generation = waiting.pop()
        those = under.get(person, [])
        placed.append(Placed(person, generation, len(those)))
        waiting.extend((below, generation + 1) for below in reversed(those))
    return tuple(placed)
