"""Signing up for a cohort: what its page says now, and whom a seat that falls free goes to.

Sign-up is open from its first instant up to its last, which is not in it. The course begins with the first day in the
cohort's own time zone; that ends sign-up too, unless late joiners are welcome. After the last day all is over.
A trainer may close sign-up by hand, and open it again; a cohort that is called off takes nobody any more.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

SEAT_HELD = timedelta(hours=24)
"""How long a seat waits for its address to be confirmed."""

OFFER_HOURS = 48
"""For how many hours the first in line is offered a seat that fell free, where the trainer says nothing else."""

BROUGHT_HELD = timedelta(days=7)
"""How long a seat waits for somebody whom a trainer put down for it, and who did not ask for it just now."""

PLACE_HELD = timedelta(days=14)
"""How long a place in line waits for its address to be confirmed."""


class State(Enum):
    """What is true of a cohort's page."""

    NOT_YET_OPEN = "not yet open"
    OPEN = "open"
    FULL = "full"
    CLOSED = "closed"
    RUNNING = "running"
    RUNNING_OPEN = "running, late joiners welcome"
    RUNNING_FULL = "running and full, late joiners wait"
    CALLED_OFF = "called off"
    OVER = "over"

    @property
    def admits(self) -> bool:
        """Whether somebody can sign up, for a seat or for the waiting list."""
        return self.has_seats or self.has_line

    @property
    def has_seats(self) -> bool:
        """Whether signing up gets a seat."""
        return self in {State.OPEN, State.RUNNING_OPEN}

    @property
    def has_line(self) -> bool:
        """Whether signing up gets a place on the waiting list."""
        return self in {State.FULL, State.RUNNING_FULL}


@dataclass(frozen=True)
class Terms:
    """When a cohort takes people, and how many.

    `opens_at` and `closes_at` are aware instants; `starts_on` and `ends_on`, its first and last day, are days in
    `time_zone`. `shut_at` is when a trainer closed sign-up by hand, None while it goes by its dates.
    """

    opens_at: datetime
    closes_at: datetime
    starts_on: date
    ends_on: date
    time_zone: str
    capacity: int
    taken: int
    late_joiners: bool = False
    shut_at: datetime | None = None
    called_off: bool = False

    @property
    def closed_at(self) -> datetime:
        """When sign-up ended or will: by hand, or by its date."""
        return self.shut_at or self.closes_at

    @property
    def seats_left(self) -> int:
        """Seats that nobody holds; 0…capacity."""
        return max(0, self.capacity - self.taken)

    def day(self, now: datetime) -> date:
        """The calendar day it is for this cohort. By it days begin, also where one has no midnight."""
        return now.astimezone(ZoneInfo(self.time_zone)).date()

    def has_begun(self, now: datetime) -> bool:
        return self.day(now) >= self.starts_on

    def is_over(self, now: datetime) -> bool:
        return self.day(now) > self.ends_on


def state(terms: Terms, now: datetime) -> State:
    """What the page of a cohort with these terms says at the instant `now`."""
    if terms.is_over(now) or terms.called_off:
        return State.OVER if terms.is_over(now) else State.CALLED_OFF
    if terms.has_begun(now) and not terms.late_joiners:
        return State.RUNNING
    if now >= terms.closed_at:
        return State.RUNNING if terms.has_begun(now) else State.CLOSED
    if now < terms.opens_at:
        return State.NOT_YET_OPEN
    if terms.has_begun(now):
        return State.RUNNING_OPEN if terms.seats_left else State.RUNNING_FULL
    return State.OPEN if terms.seats_left else State.FULL


def offers_seats(terms: Terms, now: datetime) -> bool:
    """Whether a seat that falls free is offered to the first in line: until the course begins, or ends if it takes
    late joiners. Sign-up being closed does not matter: who waits has signed up."""
    return not terms.called_off and not terms.is_over(now) and (terms.late_joiners or not terms.has_begun(now))


def invites(terms: Terms, now: datetime) -> bool:
    """Whether an invitation lets somebody in: as long as seats that fall free are offered, also before sign-up opens
    and after it closes. It makes no seat: where none is free it leads to the waiting list."""
    return offers_seats(terms, now)
