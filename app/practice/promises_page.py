"""What the page of the promises shows: all that are open, whoever they were made to, and what became of the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.practice.book import Tended
from app.practice.paging import Page, page_of
from course.practice import Promise, kept_share
from course.wording import counted, of, sentence, spell

SOON = timedelta(days=7)
UNDECIDED = ("open", "late")


@dataclass(frozen=True)
class Kept:
    """A promise, whom it was made to, and what has become of it: `open`, `late`, `kept`, `kept late` or `dropped`."""

    promise: Promise
    person: Tended
    state: str

    @property
    def is_open(self) -> bool:
        """Whether it is neither kept nor dropped."""
        return self.state in UNDECIDED

    @property
    def settled_on(self) -> date | None:
        """The day it was kept or dropped; None while it is open."""
        return self.promise.kept or self.promise.dropped

    @property
    def counts(self) -> str:
        """What it does to the share of promises kept, in words."""
        if self.state == "kept":
            return "Kept in time: it counts as kept"
        if self.state == "dropped":
            late = self.promise.dropped is not None and self.promise.dropped > self.promise.due
            return "Dropped after its day: it counts as not kept" if late else "Told in time: it isn’t counted"
        return "Done after its day: it counts as not kept"


@dataclass(frozen=True)
class Part:
    """Some of the open promises under one heading."""

    name: str
    lines: tuple[Kept, ...]


@dataclass(frozen=True)
class PromisesPage:
    """The finding as a title, the open promises by when they are due, the share kept in words, and those settled."""

    title: str
    parts: tuple[Part, ...]
    kept: str
    settled: Page[Kept]


def promises_page(people: Sequence[Tended], today: date, *, number: int) -> PromisesPage:
    """The page for a day: the open ones earliest first, the settled ones latest first."""
    lines = kept_of(people, today)
    still = [line for line in lines if line.is_open]
    settled = sorted((line for line in lines if not line.is_open), key=settled_on, reverse=True)
    late = tuple(line for line in still if line.state == "late")
    soon = tuple(line for line in still if line.state == "open" and line.promise.due <= today + SOON)
    later = tuple(line for line in still if line.promise.due > today + SOON)
    named = (("Past their day", late), ("Due within a week", soon), ("Later", later))
    return PromisesPage(
        title=title(len(still), len(late)),
        parts=tuple(Part(name, those) for name, those in named if those),
        kept=kept_in_words([line.promise for line in lines], today),
        settled=page_of(settled, number),
    )


def kept_of(people: Sequence[Tended], today: date) -> list[Kept]:
    """Every promise to these people with its state on a day, the first due first."""
    lines = [Kept(promise, person, promise.state(today)) for person in people for promise in person.promises]
    return sorted(lines, key=lambda line: (line.promise.due, line.promise.id))


def settled_on(line: Kept) -> tuple[date, int]:
    """What settled promises are sorted by: the day, then the order in which they were made."""
    return (line.settled_on or line.promise.due, line.promise.id)


def title(still: int, late: int) -> str:
    """How many are open, and how many of them are late."""
    if still == 0:
        return "No promise is open"
    lead = f"{counted(still, 'promise')} {'is' if still == 1 else 'are'} open"
    if late == 0:
        return sentence(f"{lead}, none is late")
    if late == still:
        return sentence(f"{lead}, {'and it is late' if late == 1 else 'and all are late'}")
    return sentence(f"{lead}, {spell(late)} {'is' if late == 1 else 'are'} late")


def kept_in_words(promises: Sequence[Promise], today: date) -> str:
    """How many were kept, of those that count: `Nine of twelve kept in time`."""
    share = kept_share(promises, today)
    if not promises:
        return "None was made yet."
    return sentence(f"{of(share)} kept in time.") if share.n else "None has fallen due yet."
