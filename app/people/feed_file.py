"""A calendar as a file (RFC 5545).

Instants are in UTC: every calendar shows them on its reader's own clocks, and no rule of summer time can be wrong in
it. The same happenings give the same bytes.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from course.diary import Happening

if TYPE_CHECKING:
    from icalendar import Event


def calendar_of(happenings: Sequence[Happening]) -> bytes:
    """The file. It names neither its owner nor their address."""
    # Imported here: it takes long to load, and few requests need it.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Connect before you count//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Connect before you count")
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for happening in happenings:
        calendar.add_component(event(happening))
    return bytes(calendar.to_ical())


def event(happening: Happening) -> "Event":
    """One happening. A day keeps nobody from being free."""
    from icalendar import Event

    made, begins = Event(), happening.begins
    made.add("uid", happening.uid)
    made.add("dtstamp", happening.changed.astimezone(UTC))
    made.add("last-modified", happening.changed.astimezone(UTC))
    made.add("sequence", happening.sequence)
    made.add("status", "CANCELLED" if happening.cancelled else "CONFIRMED")
    made.add("summary", happening.summary)
    if isinstance(begins, datetime):
        made.add("dtstart", begins.astimezone(UTC))
        made.add("dtend", (happening.ends or begins).astimezone(UTC))
    else:
        made.add("dtstart", begins)
        made.add("dtend", begins + timedelta(days=1))
        made.add("transp", "TRANSPARENT")
    if happening.place:
        made.add("location", happening.place)
    return made
