"""What a learner's calendar shows: meetings, the days lessons open, promises; each with what tells it from the others.

A happening keeps its `uid` through every change; `sequence` only grows, and `changed` is when it last did. What is off
stays in as cancelled, so that calendars which hold it take it out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from course.library import Library


@dataclass(frozen=True)
class Happening:
    """Something on a day, or from an instant up to another."""

    uid: str
    summary: str
    begins: date | datetime
    changed: datetime
    sequence: int = 0
    ends: datetime | None = None
    place: str = ""
    cancelled: bool = False


@dataclass(frozen=True)
class Version:
    """One wording of a promise: an entry that was corrected made an earlier one, whose id is `before`.

    `stands` is False for a wording that was replaced, or taken back with its entry.
    """

    id: int
    text: str
    due: date
    settled: bool
    stands: bool
    sequence: int
    changed: datetime
    before: int | None = None


def promised(versions: Sequence[Version], *, uid: str, words: bool) -> Iterator[Happening]:
    """Each promise once, by its first wording's id and as its last one says; its text only if `words` are wanted.

    A promise that was kept, dropped or taken back is cancelled: it is nothing to look forward to.
    """
    by_id = {version.id: version for version in versions}
    replaced = {version.before for version in versions}
    for last in versions:
        if last.id in replaced:
            continue
        line = list(wordings(last, by_id))
        yield Happening(
            uid=uid.format(line[-1].id),
            summary=last.text if words and last.text else "A promise is due",
            begins=last.due,
            # A correction is a change too, and so is taking back.
            sequence=sum(version.sequence for version in line) + len(line) - 1 + (not last.stands),
            changed=max(version.changed for version in line),
            cancelled=last.settled or not last.stands,
        )


def wordings(version: Version, by_id: Mapping[int, Version]) -> Iterator[Version]:
    """A wording and all before it, the last first."""
    current: Version | None = version
    while current is not None:
        yield current
        current = by_id.get(current.before) if current.before is not None else None


@dataclass(frozen=True)
class Since:
    """Where days of a cohort come from: the pattern of their `uid`, and how often and when they were last changed."""

    uid: str
    sequence: int
    changed: datetime
    cancelled: bool = False

    def on(self, day: date, *, what: str, summary: str) -> Happening:
        """Something on a day of the cohort's."""
        return Happening(
            uid=self.uid.format(what),
            summary=summary,
            begins=day,
            sequence=self.sequence,
            changed=self.changed,
            cancelled=self.cancelled,
        )


def opening(library: Library, days: Mapping[str, date], since: Since) -> Iterator[Happening]:
    """A happening for each module that opens on a day, and one for each of its lessons that has another day."""
    for module in library.modules:
        own = {lesson: days[lesson.id] for lesson in module.lessons if lesson.id in days}
        if not own:
            continue
        first = min(own.values())
        yield since.on(first, what=module.folder, summary=f"Opens: {module.title}")
        for lesson, day in own.items():
            if day != first:
                yield since.on(day, what=lesson.id, summary=f"Opens: {lesson.title}")
