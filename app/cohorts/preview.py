"""A cohort's page as it will be or was: the same words with other terms, for its trainer to read beforehand."""

from dataclasses import replace
from datetime import datetime, timedelta

from app.cohorts.queries import CohortPage
from course.local_time import first_instant
from course.signup import Terms, state

SECOND = timedelta(seconds=1)
STATES = {
    "not-yet": "Not yet open",
    "open": "Open",
    "full": "Full",
    "closed": "Closed",
    "running": "Running",
    "running-open": "Running, late joiners",
    "running-full": "Running and full",
    "called-off": "Called off",
    "over": "Over",
}


def as_in(page: CohortPage, key: str, now: datetime) -> CohortPage:
    """The page in a state, with its own dates wherever they can stand; `now` is any instant at which it would be so."""
    terms, at = moment_of(page.terms, key, now)
    return replace(page, terms=terms, state=state(terms, at))


def moment_of(terms: Terms, key: str, now: datetime) -> tuple[Terms, datetime]:
    """Terms and an instant that give the state of this key."""
    bare = replace(terms, taken=min(terms.taken, terms.capacity - 1), shut_at=None, called_off=False)
    full = replace(bare, taken=terms.capacity)
    begins = first_instant(terms.starts_on, terms.time_zone)
    eve = begins - SECOND
    # Sign-up is open just before it closes, unless the course begins earlier.
    open_at = min(max(bare.opens_at, bare.closes_at - SECOND), eve)
    early = replace(bare, opens_at=min(bare.opens_at, open_at))
    running = replace(
        bare, late_joiners=True, opens_at=min(bare.opens_at, begins), closes_at=begins + timedelta(days=1)
    )
    return {
        "not-yet": (bare, min(bare.opens_at, begins) - SECOND),
        "open": (early, open_at),
        "full": (replace(early, taken=full.taken), open_at),
        "closed": (replace(bare, closes_at=min(bare.closes_at, eve)), eve),
        "running": (replace(bare, late_joiners=False), begins),
        "running-open": (running, begins),
        "running-full": (replace(running, taken=full.taken), begins),
        "called-off": (replace(bare, called_off=True), begins),
        "over": (bare, first_instant(terms.ends_on + timedelta(days=1), terms.time_zone)),
    }.get(key, (terms, now))
