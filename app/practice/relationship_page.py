"""What the page of one relationship shows: the ladder with its evidence, what passed between you, and the score."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.practice.book import Book, Tended
from app.practice.log_page import Row, row_of
from app.practice.paging import Page, page_of
from app.practice.people_page import fact_in_words, rhythm_in_words
from app.practice.people_queries import Came
from app.practice.promises_page import Kept, kept_of, settled_on
from course.cadence import Due, Status, attention_to, reviving, tie
from course.practice import SIGNS, Entry, Promise, kept_share
from course.relationship import Evidence, Stage, Standing, standing
from course.wording import dated, of, sentence, spell

THEIRS_ALONE = "Nothing you do can tick this box for them."


@dataclass(frozen=True)
class Fact:
    """A piece of evidence in words, and where it opens: the entry it comes from, or a place on this page."""

    words: str
    entry: int | None
    place: str


@dataclass(frozen=True)
class Rung:
    """One stage of the ladder: what earned it, what waits for the rungs below, and what it still takes."""

    stage: Stage
    earned: bool
    facts: tuple[Fact, ...]
    to_earn: str


@dataclass(frozen=True)
class Event:
    """One thing that happened with somebody: a touch with its row, or another kind in words.

    `kind` is `touch`, `promise`, `receipt`, `opportunity` or `introduction`; `person` is whom an introduction is about.
    """

    on: date
    kind: str
    words: str = ""
    row: Row | None = None
    came: Came | None = None
    person: int | None = None


@dataclass(frozen=True)
class RelationshipPage:
    """Everything about one person that the book can tell on a day."""

    person: Tended
    stage: Stage
    rungs: tuple[Rung, ...]
    due: Due
    suggestion: str
    rhythm: str
    began: str
    talks: str
    promises: str
    signs: str
    receipts: tuple[Came, ...]
    open: tuple[Kept, ...]
    settled: tuple[Kept, ...]
    introduced_by: Tended | None
    brought: tuple[Tended, ...]
    events: Page[Event]


def relationship_page(
    book: Book, person: Tended, *, today: date, came: Sequence[Came], number: int
) -> RelationshipPage:
    """The page for a day; events newest first."""
    touches = book.by_person[person.id]
    receipts = tuple(line for line in came if line.kind == "receipt")
    stands = standing(
        known_since=person.known_since,
        today=today,
        entries=touches,
        promises=person.promises,
        receipts=[paid.day for paid in receipts],
    )
    tied = tie(book.rhythm(person), today)
    due = attention_to(tied, today)
    kept = kept_of([person], today)
    return RelationshipPage(
        person=person,
        stage=stands.stage,
        rungs=tuple(rung(stage, stands) for stage in Stage),
        due=due,
        suggestion=reviving(tied, today) if due.status == Status.DORMANT else "",
        rhythm=rhythm_in_words(due),
        began=who_began(touches),
        talks=last_totals(touches),
        promises=promises_in_words(person.promises, today),
        signs=signs_in_words(touches),
        receipts=receipts,
        open=tuple(line for line in kept if line.is_open),
        settled=tuple(sorted((line for line in kept if not line.is_open), key=settled_on, reverse=True)),
        introduced_by=book.by_alias_id.get(person.introduced_by or 0),
        brought=tuple(other for other in book.people if other.introduced_by == person.id),
        events=told(page_of(events(book, person, came), number), book),
    )


def rung(stage: Stage, stands: Standing) -> Rung:
    facts = tuple(
        Fact(sentence(fact_in_words(fact)), fact.entry, place_of(fact))
        for fact in stands.evidence
        if fact.stage == stage
    )
    to_earn = ""
    if stage == stands.stage + 1:
        to_earn = "To earn: " + "; ".join(stands.missing) + "."
        if stage >= Stage.TRUSTING and not facts:
            to_earn += f" {THEIRS_ALONE}"
    return Rung(stage, stage <= stands.stage, facts, to_earn)


def place_of(fact: Evidence) -> str:
    """Where on the page a fact opens that comes from no entry."""
    if fact.stage == Stage.KNOWN:
        return "tend"
    return "promises" if fact.stage == Stage.CONNECTED else "receipts"


def events(book: Book, person: Tended, came: Sequence[Came]) -> list[Event]:
    """Everything that happened with somebody, the newest first; touches without their row, which only a page needs."""
    touches = [Event(entry.on, "touch", person=entry.id) for entry in book.by_person[person.id]]
    money = [Event(line.day, line.kind, came=line) for line in came]
    met = [*promised(person.promises), *introductions(book, person), *touches, *money]
    return sorted(met, key=lambda event: event.on, reverse=True)


def told(page: Page[Event], book: Book) -> Page[Event]:
    """A page of events with the rows of its touches."""
    standing_entries = {entry.id: entry for entry in book.entries}
    rows = tuple(
        Event(event.on, "touch", row=row_of(standing_entries[event.person], book, {}))
        if event.kind == "touch" and event.person
        else event
        for event in page.items
    )
    return Page(rows, page.number, page.last, page.total)


def promised(promises: Sequence[Promise]) -> Iterator[Event]:
    """When each promise was made, and when it was kept or dropped."""
    for promise in promises:
        yield Event(promise.made, "promise", f"Promised by {dated(promise.due)}: {promise.text}")
        if promise.kept:
            late = "" if promise.in_time else ", late"
            yield Event(promise.kept, "promise", f"Kept{late}: {promise.text}")
        if promise.dropped:
            yield Event(promise.dropped, "promise", f"Dropped: {promise.text}")


def introductions(book: Book, person: Tended) -> Iterator[Event]:
    """Who brought them, and whom they brought, on the days since when these are known."""
    if person.introduced_by is not None:
        yield Event(person.known_since, "introduction", "Introduced by", person=person.introduced_by)
    for other in book.people:
        if other.introduced_by == person.id:
            yield Event(other.known_since, "introduction", "Introduced you to", person=other.id)


def who_began(touches: Sequence[Entry]) -> str:
    """Who began the last six: `you five, they one`."""
    began = [entry.began for entry in touches if entry.began][-6:]
    if not began:
        return ""
    mine, theirs = (spell(began.count(who)) if who in began else "none" for who in ("me", "them"))
    return f"You {mine}, they {theirs}, of the last {spell(len(began))}"


def last_totals(touches: Sequence[Entry]) -> str:
    """What the last three came to, the latest last: `8, 9 and 7 of 10`."""
    totals = [str(entry.rubric.total) for entry in touches if entry.rubric][-3:]
    if not totals:
        return ""
    *before, last = totals
    return f"{', '.join(before)} and {last} of 10" if before else f"{last} of 10"


def promises_in_words(promises: Sequence[Promise], today: date) -> str:
    """How many were kept in time, of those decided."""
    share = kept_share(promises, today)
    if not promises:
        return "None made yet"
    return sentence(f"{of(share)} kept in time") if share.n else "None has fallen due"


def signs_in_words(touches: Sequence[Entry]) -> str:
    """What they did that shows trust, each said once."""
    seen = dict.fromkeys(SIGNS[entry.sign] for entry in touches if entry.sign)
    return sentence("; ".join(seen))
