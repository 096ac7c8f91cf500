"""What the page of the people shows: who is due and why, who fell silent, ten seats, and everybody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.practice.book import Tended
from app.practice.paging import Page, page_of
from app.practice.people_forms import SEATS
from app.practice.people_queries import Everybody
from course import relationship
from course.cadence import Due, Status, Tie, attention_to, due_among, in_order, pressing, reviving
from course.practice import Entry
from course.relationship import Evidence, Stage, Standing
from course.wording import counted, dated, sentence, spell

MOST_DUE = 10
MOST_DORMANT = 5
INVITATIONS = (
    "Who bought from you years ago and would still pick up the phone?",
    "Whose name came up lately, and nobody called?",
    "Who told you something you have not forgotten?",
    "Leave it empty if nobody comes to mind.",
)
STATUSES = {str(status).replace(" ", "-"): status for status in Status}

Touches = Mapping[int, Sequence[Entry]]


@dataclass(frozen=True)
class Sought:
    """Whom the list of the others shows: an alias that holds these letters, a status; empty for all."""

    letters: str = ""
    status: str = ""

    @property
    def all(self) -> bool:
        """Whether nobody is left out."""
        return not (self.letters or self.status)

    def finds(self, person: Tended, tie: Tie, today: date) -> bool:
        """Whether somebody is among them, by any of their aliases."""
        if self.all:
            return True
        if self.status and tie.status(today) != STATUSES[self.status]:
            return False
        aliases = (person.alias, *(other.alias for other in person.others))
        return any(self.letters.casefold() in alias.casefold() for alias in aliases)


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
class Silent:
    """A dormant relationship: for how long, and what could be done."""

    due: Due
    suggestion: str


@dataclass(frozen=True)
class PeoplePage:
    """The finding as a title; the first who are due and who fell silent, and how many in all; the seats; others."""

    title: str
    due: tuple[Due, ...]
    due_words: str
    silent: tuple[Silent, ...]
    silent_words: str
    seats: tuple[Seat, ...]
    others: Page[Known]
    unseated: int
    promises: str
    introductions: str

    @property
    def taken(self) -> tuple[Seat, ...]:
        """The seats somebody has."""
        return tuple(seat for seat in self.seats if seat.taken_by)


def listed(circle: Everybody, today: date, *, sought: Sought, number: int) -> Page[Tended]:
    """A page of those without a seat, in the order of their aliases."""
    others = [person for person in circle.people if person.seat is None]
    return page_of([person for person in others if sought.finds(person, circle.ties[person.id], today)], number)


def shown(circle: Everybody, others: Page[Tended]) -> tuple[Tended, ...]:
    """Whom the page tells the stage of: whoever has a seat, and this page of the others."""
    return (*(person for person in circle.people if person.seat), *others.items)


def people_page(circle: Everybody, touches: Touches, today: date, *, others: Page[Tended]) -> PeoplePage:
    """The page for a day. touches: the entries that stand with everybody `shown`."""
    dormant = [tie for tie in circle.ties.values() if is_silent(tie, today)]
    due = due_among((tie for tie in circle.ties.values() if not is_silent(tie, today)), today)
    known = [knowing(circle, touches, today, person=person) for person in others.items]
    seats = seats_of(circle, touches, today)
    return PeoplePage(
        title=title(sum(seat.taken_by is not None for seat in seats)),
        due=tuple(attention_to(tie, today) for tie in due[:MOST_DUE]),
        due_words=due_words(len(due), len(circle.people)),
        silent=tuple(
            Silent(attention_to(tie, today), reviving(tie, today)) for tie in in_order(dormant, today)[:MOST_DORMANT]
        ),
        silent_words=silent_words(len(dormant)),
        seats=seats,
        others=Page(tuple(known), others.number, others.last, others.total),
        unseated=sum(person.seat is None for person in circle.people),
        promises=promises_in_words(circle, today),
        introductions=introductions_in_words(len(circle.brought)),
    )


def is_silent(tie: Tie, today: date) -> bool:
    """Dormant, and nothing is promised for these days: then it is no rhythm that is missed, but a tie to be revived."""
    return tie.status(today) == Status.DORMANT and not pressing(tie.promises, today)


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


def silent_words(silent: int) -> str:
    """How many fell silent, and what that means."""
    lead = f"{sentence(spell(silent))} {'tie' if silent == 1 else 'ties'}"
    first = f"; the first {spell(MOST_DORMANT)} are here" if silent > MOST_DORMANT else ""
    flag = "Silent for more than three times the rhythm: a flag, not a stage. What was earned stays earned."
    return f"{lead}{first}. {flag}"


def promises_in_words(circle: Everybody, today: date) -> str:
    """How many promises are open: `Three promises are open, one of them late`; empty for none."""
    states = [promise.state(today) for person in circle.people for promise in person.promises]
    still, late = states.count("open") + states.count("late"), states.count("late")
    if not still:
        return ""
    lead = f"{counted(still, 'promise')} {'is' if still == 1 else 'are'} open"
    if late == 0:
        return sentence(lead)
    return sentence(
        f"{lead}, {'all' if late > 1 else 'and'} late" if late == still else f"{lead}, {spell(late)} of them late"
    )


def introductions_in_words(brought: int) -> str:
    """How many came through somebody; empty for none."""
    return sentence(f"{counted(brought, 'person', 'people')} came by introduction") if brought else ""


def seats_of(circle: Everybody, touches: Touches, today: date) -> tuple[Seat, ...]:
    sitting = {person.seat: person for person in circle.people if person.seat}
    empty = [seat for seat in SEATS if seat not in sitting]
    asks = dict(zip(empty, INVITATIONS, strict=False))
    if empty:
        asks[empty[-1]] = INVITATIONS[-1]
    return tuple(
        Seat(number, knowing(circle, touches, today, person=sitting[number]))
        if number in sitting
        else Seat(number, None, asks.get(number, ""))
        for number in SEATS
    )


def knowing(circle: Everybody, touches: Touches, today: date, *, person: Tended) -> Known:
    """Somebody as the lists show them."""
    standing = relationship.standing(
        known_since=person.known_since,
        today=today,
        entries=touches.get(person.id, ()),
        promises=person.promises,
        receipts=circle.paid.get(person.id, ()),
    )
    due = attention_to(circle.ties[person.id], today)
    return Known(person, standing, evidence_in_words(standing), rhythm_in_words(due))


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
