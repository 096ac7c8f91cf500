"""What the page of one relationship shows: the ladder with its evidence, what passed between you, and the score."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.practice.book import Book, Tended
from app.practice.log_page import Row, row_of
from app.practice.paging import Page, page_of
from app.practice.people_page import fact_in_words, rhythm_in_words, standing_of
from course.cadence import Due, attention
from course.practice import SIGNS, Entry, Promise, kept_share
from course.relationship import Evidence, Stage, Standing
from course.wording import of, sentence, spell

MOST_SETTLED = 20
THEIRS_ALONE = "Nothing you do can tick this box for them."


@dataclass(frozen=True)
class Fact:
    """A piece of evidence in words, and the entry it comes from, if any."""

    words: str
    entry: int | None


@dataclass(frozen=True)
class Rung:
    """One stage of the ladder: what earned it, what waits for the rungs below, and what it still takes."""

    stage: Stage
    earned: bool
    facts: tuple[Fact, ...]
    to_earn: str


@dataclass(frozen=True)
class Kept:
    """A promise and what has become of it: `open`, `late`, `kept`, `kept late` or `dropped`."""

    promise: Promise
    state: str


@dataclass(frozen=True)
class RelationshipPage:
    """Everything about one person that the book can tell on a day."""

    person: Tended
    stage: Stage
    rungs: tuple[Rung, ...]
    due: Due
    rhythm: str
    began: str
    talks: str
    promises: str
    signs: str
    open: tuple[Kept, ...]
    settled: tuple[Kept, ...]
    touches: Page[Row]


def relationship_page(
    book: Book, person: Tended, *, today: date, paid: Sequence[date], number: int
) -> RelationshipPage:
    """The page for a day; touches newest first."""
    touches = book.by_person[person.id]
    due = attention(book.rhythm(person), today)
    shown = page_of(tuple(reversed(touches)), number)
    standing = standing_of(book, person, payments={person.id: paid}, today=today)
    kept = [Kept(promise, promise.state(today)) for promise in person.promises]
    return RelationshipPage(
        person=person,
        stage=standing.stage,
        rungs=tuple(rung(stage, standing) for stage in Stage),
        due=due,
        rhythm=rhythm_in_words(due),
        began=who_began(touches),
        talks=last_totals(touches),
        promises=promises_in_words(person.promises, today),
        signs=signs_in_words(touches),
        open=tuple(
            sorted((k for k in kept if k.state in ("open", "late")), key=lambda k: (k.promise.due, k.promise.id))
        ),
        settled=tuple(sorted((k for k in kept if k.state not in ("open", "late")), key=settled_on, reverse=True)),
        touches=Page(tuple(row_of(entry, book, {}) for entry in shown.items), shown.number, shown.last, shown.total),
    )


def rung(stage: Stage, standing: Standing) -> Rung:
    facts = tuple(Fact(sentence(fact_in_words(fact)), fact.entry) for fact in at(standing.evidence, stage))
    to_earn = ""
    if stage == standing.stage + 1:
        to_earn = "To earn: " + "; ".join(standing.missing) + "."
        if stage >= Stage.TRUSTING and not facts:
            to_earn += f" {THEIRS_ALONE}"
    return Rung(stage, stage <= standing.stage, facts, to_earn)


def at(evidence: Sequence[Evidence], stage: Stage) -> list[Evidence]:
    return [fact for fact in evidence if fact.stage == stage]


def settled_on(kept: Kept) -> tuple[date, int]:
    return (kept.promise.kept or kept.promise.dropped or kept.promise.due, kept.promise.id)


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
