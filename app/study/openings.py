"""Which lessons are open to a learner: their cohort's pace, the day they joined, and days of their own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.access import SignedIn
from app.models import Cohort, Enrolment
from course.library import Library
from course.pace import Openings, Pace, openings


@dataclass(frozen=True)
class Hours:
    """When lessons open, and the day it is for the cohort: by it they do."""

    openings: Openings
    today: date

    def shut_until(self, lesson_id: str, begun: Collection[str] = ()) -> date | None:
        """The day a lesson opens; None for one that is open, or that the learner has begun."""
        return None if lesson_id in begun else self.openings.opens_on(lesson_id, self.today)


def pace_of(cohort: Cohort, enrolment: Enrolment, exceptions: Mapping[str, date]) -> Pace:
    """The pace as this learner meets it. Days are those of the cohort's time zone."""
    joined = enrolment.confirmed_at
    kinds: Any = {"kind": cohort.pace, "late": cohort.late_pace}
    return Pace(
        **kinds,
        starts_on=cohort.starts_on,
        days={what: date.fromisoformat(day) for what, day in cohort.opens_on.items()},
        joined_on=joined.astimezone(ZoneInfo(cohort.time_zone)).date() if joined else None,
        exceptions=exceptions,
    )


def openings_of(library: Library, asking: SignedIn, exceptions: Mapping[str, date], *, now: datetime) -> Hours:
    """When each lesson opens for the learner who asks, and the day it is for their cohort."""
    assert asking.cohort is not None
    assert asking.enrolment is not None
    found = openings(library, pace_of(asking.cohort, asking.enrolment, exceptions))
    return Hours(found, now.astimezone(ZoneInfo(asking.cohort.time_zone)).date())
