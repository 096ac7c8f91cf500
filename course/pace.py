"""When lessons open: all at once, a module a week, or by dates; for late joiners and by exception, on their own days.

Days are those of the cohort's time zone. Nothing is ever overdue by pace: a lesson opens, and then it waits. What a
learner has begun stays open to them, whatever dates are set later.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from course.lesson import Lesson
from course.library import Library

WEEK = timedelta(days=7)

Kind = Literal["open", "weekly", "dates"]
Late = Literal["onward", "shifted"]


@dataclass(frozen=True)
class Pace:
    """A cohort's pace as one learner meets it.

    `days` maps a module's folder or a lesson's id to its day, for the pace by dates; `joined_on` is the day they got
    their seat, None for none; `exceptions` are days of their own, by module, by lesson, or "" for the whole course.
    """

    kind: Kind = "open"
    starts_on: date = date.min
    days: Mapping[str, date] = field(default_factory=dict)
    late: Late = "onward"
    joined_on: date | None = None
    exceptions: Mapping[str, date] = field(default_factory=dict)

    @property
    def late_by(self) -> timedelta:
        """How long after the first day the learner got their seat; nothing for who was there in time."""
        return max(self.joined_on - self.starts_on, timedelta()) if self.joined_on else timedelta()


@dataclass(frozen=True)
class Openings:
    """The day each lesson opens for one learner; a lesson without one is open. `first` is the one that leads on."""

    days: Mapping[str, date]
    order: tuple[Lesson, ...]

    def opens_on(self, lesson_id: str, today: date) -> date | None:
        """The day a lesson that is still shut will open; None for one that is open."""
        day = self.days.get(lesson_id)
        return day if day and day > today else None

    def open(self, today: date, begun: Collection[str] = ()) -> tuple[Lesson, ...]:
        """The lessons that can be read, in the order in which they are offered."""
        return tuple(lesson for lesson in self.order if lesson.id in begun or self.opens_on(lesson.id, today) is None)

    def next_day(self, today: date) -> date | None:
        """The next day on which something opens; None where all is open."""
        return min((day for day in self.days.values() if day > today), default=None)


def openings(library: Library, pace: Pace) -> Openings:
    """When each lesson opens for this learner. The free lesson is open to everybody, always."""
    free = library.free.id if library.free else ""
    days = {id: day for id, day in days_of(library, pace).items() if id != free}
    return Openings(days, in_order(library.lessons, group_days(library, pace), pace))


def days_of(library: Library, pace: Pace) -> dict[str, date]:
    """The learner's days: their exceptions, else the group's, moved by their lateness where the cohort says so."""
    shift = pace.late_by if pace.late == "shifted" else timedelta()
    found = {id: day + shift for id, day in group_days(library, pace).items()}
    for module in library.modules:
        for lesson in module.lessons:
            for what in ("", module.folder, lesson.id):  # the nearer one wins
                if what in pace.exceptions:
                    found[lesson.id] = pace.exceptions[what]
    return found


def group_days(library: Library, pace: Pace) -> dict[str, date]:
    """The day each lesson opens for those who were there from the start; none where all is open."""
    modules = [module for module in library.modules if module.lessons]
    if pace.kind == "weekly":
        return {
            lesson.id: pace.starts_on + week * WEEK for week, module in enumerate(modules) for lesson in module.lessons
        }
    if pace.kind == "dates":
        days = ((lesson.id, pace.days.get(lesson.id, pace.days.get(m.folder))) for m in modules for lesson in m.lessons)
        return {id: day for id, day in days if day}
    return {}


def in_order(lessons: Sequence[Lesson], days: Mapping[str, date], pace: Pace) -> tuple[Lesson, ...]:
    """The lessons as they are offered. Who joins late and goes on from now begins where the group is.

    What the group had before that day's week is open too and comes last: it may be caught up on, and presses nobody.
    """
    if pace.late != "onward" or not pace.late_by or not days:
        return tuple(lessons)
    joined = pace.starts_on + pace.late_by
    here = max((day for day in days.values() if day <= joined), default=pace.starts_on)
    missed = [lesson for lesson in lessons if days.get(lesson.id, here) < here]
    return (*(lesson for lesson in lessons if lesson not in missed), *missed)
