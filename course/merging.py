"""Two aliases that are one person: which of them stands for both. Method §2.

Rows stay with the alias they were written under, so that nothing has to be sorted out again when the two are parted.
"""

from collections.abc import Mapping


def standing_for(merged: Mapping[int, int]) -> dict[int, int]:
    """For each merged alias the one that stands for it now, through as many mergers as there were.

    merged: for each alias that was merged, the one it was merged into.
    """
    return {alias: _top(alias, merged) for alias in merged}


def _top(alias: int, merged: Mapping[int, int]) -> int:
    way = [alias]
    while way[-1] in merged and merged[way[-1]] not in way:
        way.append(merged[way[-1]])
    return way[-1]
