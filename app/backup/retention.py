"""Which backups are kept: the newest of each of the last days and of the last weeks that have one."""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Keep:
    """For how many days, and for how many ISO weeks, one backup each stays. Counted in UTC."""

    daily: int
    weekly: int


def parse(text: str) -> Keep:
    """Read "7 daily, 4 weekly". Raises ValueError for anything else, and for a rule that would keep nothing."""
    match = re.fullmatch(r"\s*(\d{1,4})\s+daily\s*(?:,\s*(\d{1,4})\s+weekly\s*)?", text)
    if match is None or not int(match[1]):
        raise ValueError('Write how many to keep as "7 daily, 4 weekly".')
    return Keep(int(match[1]), int(match[2] or 0))


def kept(taken: Iterable[datetime], rule: Keep) -> set[datetime]:
    """Those of these instants that stay. Days and weeks without a backup don't count: a pause removes nothing."""
    newest_first = sorted(taken, reverse=True)
    days = newest_of(newest_first, rule.daily, lambda at: at.date())
    weeks = newest_of(newest_first, rule.weekly, lambda at: at.isocalendar()[:2])
    return days | weeks


def newest_of(newest_first: list[datetime], count: int, period: Callable[[datetime], Hashable]) -> set[datetime]:
    """The newest instant of each of the last periods."""
    found: dict[Hashable, datetime] = {}
    for at in newest_first:
        found.setdefault(period(at), at)
    return set(list(found.values())[:count])
