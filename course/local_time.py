"""A time on the wall of some place, and the instant it means there; also where clocks jump."""

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


class NoSuchTime(ValueError):
    """The clocks of that place never show it. Its words say where they jump, or that no calendar reaches so far."""


@cache
def zones() -> frozenset[str]:
    """The names of the time zones that there are."""
    return frozenset(available_timezones())


def instant(wall: datetime, zone: str) -> datetime:
    """The instant at which clocks of the zone show this; of two, the first. Raises NoSuchTime where they skip it."""
    there = ZoneInfo(zone)
    try:
        at = wall.replace(tzinfo=there, fold=0).astimezone(UTC)
    except OverflowError:
        # The first hours of the year 1 east of Greenwich, the last ones of 9999 west of it.
        raise NoSuchTime("No calendar reaches so far: look at the year.") from None
    if at.astimezone(there).replace(tzinfo=None) != wall:
        before, after = gap(wall, zone)
        raise NoSuchTime(
            f"The clocks of {zone} jump from {before:%H:%M} to {after:%H:%M} that night: there is no {wall:%H:%M}."
        )
    return at


def moved(at: datetime, days: int, zone: str) -> datetime:
    """The instant so many days later at the same time on the wall; where clocks skip it, by as much after the jump."""
    there = ZoneInfo(zone)
    wall = at.astimezone(there).replace(tzinfo=None, fold=0) + timedelta(days=days)
    return wall.replace(tzinfo=there).astimezone(UTC)


def gap(wall: datetime, zone: str) -> tuple[datetime, datetime]:
    """What the clocks show on either side of the jump over a time that they never show."""
    there = ZoneInfo(zone)
    before, after = (wall.replace(tzinfo=there, fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    early = wall.replace(tzinfo=there, fold=1).astimezone(UTC)
    seconds = range(int((after - before).total_seconds()) + 1)
    # The first second from there at which the clocks have jumped.
    ahead = bisect_left(seconds, True, key=lambda s: offset_at(early + timedelta(seconds=s), there) == after)
    jump = early + timedelta(seconds=ahead)
    return (jump + before).replace(tzinfo=None), (jump + after).replace(tzinfo=None)


def offset_at(at: datetime, there: ZoneInfo) -> timedelta | None:
    return at.astimezone(there).utcoffset()


def wall_of(at: datetime, zone: str) -> datetime:
    """What the clocks of the zone show at an instant."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def first_instant(day: date, zone: str) -> datetime:
    """The instant a day begins, also where it has no midnight."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
