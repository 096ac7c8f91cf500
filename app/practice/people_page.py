"""What the page of the people shows: who is due and why, ten seats, and everybody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.practice.book import Book, Tended
from app.practice.paging import Page, page_of
from app.practice.people_forms import SEATS
from course import relationship
from course.cadence import Due, Status, attention, due_list
from course.relationship import Evidence, Stage, Standing
from course.wording import counted, dated, sentence, spell

MOST_DUE = 10
INVITATIONS = (
    "Who bought from you years ago and would still pick up the phone?",
    "Whose name came up lately, and nobody called?",
    "Who told you something you have not forgotten?",
    "Leave it empty if nobody comes to mind.",
)

Payments = Mapping[int, Sequence[date]]


@dataclass(frozen=True)
class Known:
    """Somebody in a list: where they stand, the evidence of it in words, and how the rhythm is kept."""

    person: Tended
    standing: Standing
    evidence: str
    rhythm: str


@dataclass(frozen=True)
class Seat:
    """One of the ten; an empty one asks a question."""

    number: int
    taken_by: Known | None
    asks: str = ""


@dataclass(frozen=True)
class PeoplePage:
    """The finding as a title, who is due (the first few, and how many in all), the seats, and a page of the others."""

    title: str
    due: tuple[Due, ...]
    due_words: str
    seats: tuple[Seat, ...]
    others: Page[Known]

    @property
    def taken(self) -> tuple[Seat, ...]:
        """The seats somebody has."""
        return tuple(seat for seat in self.seats if seat.taken_by)


def people_page(book: Book, today: date, *, payments: Payments, number: int) -> PeoplePage:
    """The page for a day; the others in the order of their aliases."""
    due = due_list(book.rhythms, today)
    others = page_of([person for person in book.people if person.seat is None], number)
    shown = tuple(known(book, person, payments=payments, today=today) for person in others.items)
    seats = seats_of(book, today, payments)
    return PeoplePage(
        title=title(sum(seat.taken_by is not None for seat in seats)),
        due=due[:MOST_DUE],
        due_words=due_words(len(due), len(book.people)),
        seats=seats,
        others=Page(shown, others.number, others.last, others.total),
    )


def title(taken: int) -> str:
    """How many of the seats are taken."""
    all_of_them = len(SEATS)
    words = {0: "none", all_of_them: "all"}.get(taken, spell(taken))
    return f"{sentence(spell(all_of_them))} seats, {words} taken"


def due_words(due: int, people: int) -> str:
    """How many are due, of how many."""
    if due == 0:
        return f"Nobody, of {spell(people)}. Rest is part of the rhythm."
    if due > MOST_DUE:
        return f"{sentence(spell(due))} of {spell(people)}; the first {spell(MOST_DUE)} are here."
    if due == people:
        return "Everybody." if due > 1 else "One person, the only one you tend."
    return f"{sentence(spell(due))} of {spell(people)}. The rest can wait, and so can you."


def seats_of(book: Book, today: date, payments: Payments) -> tuple[Seat, ...]:
    sitting = {person.seat: person for person in book.people if person.seat}
    empty = [seat for seat in SEATS if seat not in sitting]
    asks = dict(zip(empty, INVITATIONS, strict=False))
    if empty:
        asks[empty[-1]] = INVITATIONS[-1]
    return tuple(
        Seat(number, known(book, sitting[number], payments=payments, today=today))
        if number in sitting
        else Seat(number, None, asks.get(number, ""))
        for number in SEATS
    )


def known(book: Book, person: Tended, *, payments: Payments, today: date) -> Known:
    """Somebody as the lists show them."""
    standing = standing_of(book, person, payments=payments, today=today)
    return Known(person, standing, evidence_in_words(standing), rhythm_in_words(attention(book.rhythm(person), today)))


def standing_of(book: Book, person: Tended, *, payments: Payments, today: date) -> Standing:
    """Where somebody stands by the evidence of the book and the days on which they paid."""
    return relationship.standing(
        known_since=person.known_since,
        today=today,
        entries=book.by_person[person.id],
        promises=person.promises,
        receipts=payments.get(person.id, ()),
    )


def evidence_in_words(standing: Standing) -> str:
    """What earned the stage that was reached last."""
    return sentence("; ".join(fact_in_words(fact) for fact in standing.evidence if fact.stage == standing.stage))


def fact_in_words(fact: Evidence) -> str:
    """One fact and its day."""
    if fact.stage == Stage.KNOWN:
        return f"known since {dated(fact.on)}"
    return f"{fact.reason}, {dated(fact.on)}"


def rhythm_in_words(due: Due) -> str:
    """How the rhythm is kept: `Overdue: 41 of 30 days`."""
    return sentence(due.status if due.days is None else f"{due.status}: {since_a_talk(due)}")


def since_a_talk(due: Due) -> str:
    """Days since they last took part, of the rhythm: `41 of 30 days`."""
    return str(Status.NEVER) if due.days is None else f"{due.days} of {counted(due.tau, 'day')}"
