"""A cohort's dates as a calendar file: its meetings, or where there are none yet, its first and last day."""

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from app.cohorts.queries import CohortPage

if TYPE_CHECKING:
    from icalendar import Event


def calendar_of(page: CohortPage, url: str) -> bytes:
    """The file, in UTC: every calendar shows it on its reader's own clocks. The same dates give the same bytes."""
    # Imported here: it takes long to load, and few requests need it.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Connect before you count//cohort//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", page.name)
    for event in meetings(page) or [whole(page)]:
        event.add("summary", page.name)
        event.add("url", url)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def meetings(page: CohortPage) -> list["Event"]:
    from icalendar import Event

    found = []
    for date in page.dates:
        event = Event()
        event.add("uid", date.uid)
        event.add("dtstamp", date.changed_at.astimezone(UTC))
        event.add("sequence", date.sequence)
        event.add("dtstart", date.starts_at.astimezone(UTC))
        event.add("dtend", date.ends_at.astimezone(UTC))
        if date.where:
            event.add("location", date.where)
        found.append(event)
    return found


def whole(page: CohortPage) -> "Event":
    """The course from its first to its last day; an end in a calendar is the first day that is no longer in it."""
    from icalendar import Event

    event = Event()
    event.add("uid", f"cohort-{page.slug}@connect")
    event.add("dtstamp", page.terms.opens_at.astimezone(UTC))
    event.add("dtstart", page.terms.starts_on)
    event.add("dtend", page.terms.ends_on + timedelta(days=1))
    event.add("description", page.meetings)
    return event
