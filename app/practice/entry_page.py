"""What the page of one entry shows: what stands, what stood before, and what each correction changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.practice.book import Book, Logged
from app.practice.forms import USUAL_MINUTES
from app.practice.wording import facts_of
from course.practice import LINES, Entry, Promise
from course.wording import dated


@dataclass(frozen=True)
class Change:
    """What a correction changed in one point; empty words where the point was not mentioned."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """One wording of an entry, and what it changed in the one before; a void one takes the entry back."""

    logged: Logged
    facts: dict[str, str]
    changes: tuple[Change, ...]

    @property
    def entry(self) -> Entry:
        return self.logged.entry


@dataclass(frozen=True)
class EntryPage:
    """All versions of an entry, the first one first. The last one stands."""

    versions: tuple[Version, ...]
    promise: Promise | None

    @property
    def standing(self) -> Version:
        return self.versions[-1]

    @property
    def earlier(self) -> tuple[Version, ...]:
        """What was corrected since, the latest first."""
        return tuple(reversed(self.versions[:-1]))


def entry_page(book: Book, entry_id: int, exercises: Mapping[str, str]) -> EntryPage | None:
    """The page of the entry that has this id as one of its versions; None if the book has none."""
    history = book.history(entry_id)
    if not history:
        return None
    versions: list[Version] = []
    for logged in history:
        facts = told(logged, book, exercises)
        before = versions[-1].facts if versions else facts
        versions.append(Version(logged, facts, changes(before, facts)))
    return EntryPage(tuple(versions), book.promise_in(history))


def told(logged: Logged, book: Book, exercises: Mapping[str, str]) -> dict[str, str]:
    entry = logged.entry
    return facts_of(
        entry,
        alias=logged.alias,
        note=logged.note or removed(logged),
        promise=book.made.get(entry.id),
        exercise=exercises.get(entry.exercise or "", entry.exercise or ""),
    )


def removed(logged: Logged) -> str:
    """That the words of an entry went by their age; empty where they didn't."""
    return f"Removed on {dated(logged.words_removed_on)}, as old notes are" if logged.words_removed_on else ""


def changes(before: dict[str, str], after: dict[str, str]) -> tuple[Change, ...]:
    """Where two wordings differ."""
    labels = dict.fromkeys((*before, *after))
    pairs = ((label, before.get(label, ""), after.get(label, "")) for label in labels)
    return tuple(Change(*pair) for pair in pairs if pair[1] != pair[2])


def prefilled(version: Version, promise: Promise | None) -> dict[str, Any]:
    """A version as the form's fields hold it, to be corrected."""
    entry = version.entry
    lines = dict(zip((line.key for line in LINES), map(str, entry.rubric.points), strict=True)) if entry.rubric else {}
    in_strip = entry.minutes in USUAL_MINUTES
    return {
        "who": "alone" if entry.person is None else str(entry.person),
        "channel": entry.channel,
        "began": entry.began,
        "minutes": str(entry.minutes) if in_strip else "other",
        "minutes_other": None if in_strip else entry.minutes,
        **lines,
        "step": entry.step,
        "step_by": "other" if entry.step_due else None,
        "step_due": entry.step_due,
        "day": entry.on,
        "exercise": entry.exercise or "",
        "promise": promise.text if promise else "",
        "promise_due": promise.due if promise else None,
        "sign": entry.sign or "",
        "note": version.logged.note,
    }
