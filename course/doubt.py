"""An amount far above everything known is asked about once: a nought too many is typed sooner than it is earned.

A rule of this course, not a finding. It never refuses: whoever says yes is believed.
"""

from dataclasses import dataclass

FEW = 3
TIMES = 20
FIRST_UNITS = 1_000_000
FIRST_HOURS = 100


@dataclass(frozen=True)
class Known:
    """What a ledger has of one kind so far: how many, and the largest, in its smallest units."""

    count: int = 0
    largest: int = 0


NOTHING = Known()


def amount_asks(minor: int, known: Known) -> bool:
    """Whether an amount in cents is 20 times the largest of three or more, or a million units among fewer."""
    return _asks(minor, known, first=FIRST_UNITS * 100)


def minutes_ask(minutes: int, known: Known) -> bool:
    """Whether a time is 20 times the longest of three or more, or a hundred hours among fewer."""
    return _asks(minutes, known, first=FIRST_HOURS * 60)


def _asks(value: int, known: Known, *, first: int) -> bool:
    if known.count >= FEW:
        return value >= TIMES * known.largest
    return value >= first and value > known.largest
