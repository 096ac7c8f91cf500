"""When to turn to whom: the rhythm of each relationship, its status, and the score that sorts the due list. Method §2.

The bands, the weights and the score are a rule of this course, not a finding. The score rates our attention, never
the person, and the page says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from course.practice import Entry, Promise, current, kept_share
from course.relationship import is_two_way
from course.share import Share
from course.wording import counted, of, on_day, sentence, spell

# Days between touches for each layer; editable per relationship.
CADENCES = MappingProxyType({"core": 30, "active": 90, "network": 365})
# A promise asks for attention from a week before it is due.
PROMISE_AHEAD = timedelta(days=7)


class Status(StrEnum):
    """How a relationship stands to its rhythm, in the words that are printed. Dormant is a flag, not a stage."""

    NEVER = "never spoke"
    FRESH = "fresh"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    AT_RISK = "at risk"
    DORMANT = "dormant"

    @property
    def is_due(self) -> bool:
        """Due soon or worse. Who never spoke has no rhythm to fall behind."""
        return self not in (Status.NEVER, Status.FRESH)


def status(days: int | None, tau: int) -> Status:
    """The band of `days` since the last two-way touch, for a rhythm of `tau` days; None: never spoke.

    Fresh below .75 τ, due soon to τ, overdue to 2 τ, at risk to 3 τ, each end included; dormant beyond.
    ValueError unless tau is at least a day.
    """
    if tau < 1:
        raise ValueError(f"A rhythm is a day or longer, not {tau}")
    if days is None:
        return Status.NEVER
    if 4 * days < 3 * tau:  # .75 τ in whole numbers
        return Status.FRESH
    bands = ((1, Status.DUE_SOON), (2, Status.OVERDUE), (3, Status.AT_RISK))
    return next((band for times, band in bands if days <= times * tau), Status.DORMANT)


def days_since(entries: Iterable[Entry], today: date) -> int | None:
    """Days since the last touch that they took part in; None: never spoke. What I sent unanswered doesn't count."""
    spoke = [entry.on for entry in current(entries) if is_two_way(entry) and entry.on <= today]
    return (today - spoke[-1]).days if spoke else None


@dataclass(frozen=True)
class Part:
    """One part of the score: a share 0…1 of its weight, and where it comes from in words."""

    name: str
    weight: int
    share: float
    reason: str

    @property
    def points(self) -> float:
        """What it adds to the score."""
        return self.weight * self.share


@dataclass(frozen=True)
class Score:
    """The reminder score, 0…100, in its four parts: rhythm, quality, reciprocity, promises."""

    parts: tuple[Part, Part, Part, Part]

    @property
    def total(self) -> float:
        """`40·R + 25·Q + 20·Rec + 15·K`."""
        return sum(part.points for part in self.parts)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Each part in words."""
        return tuple(part.reason for part in self.parts)


def reminder_score(
    *, days: int | None, tau: int, totals: Sequence[int], began: Sequence[str], promises: Share
) -> Score:
    """The score of one relationship.

    `days` since the last two-way touch, of a rhythm of `tau`; rubric `totals` and who `began`, oldest first;
    `promises` kept of those decided. What isn't known yet counts as a half; never having spoken counts as no rhythm.
    """
    return Score((_rhythm(days, tau), _quality(totals[-3:]), _reciprocity(began[-6:]), _kept(promises)))


def _rhythm(days: int | None, tau: int) -> Part:
    if days is None:
        return Part("Rhythm", 40, 0.0, "you have not spoken yet")
    share = 1.0 if days <= tau else 0.5 ** ((days - tau) / tau)
    return Part("Rhythm", 40, share, f"{days} of {tau} days since you last spoke")


def _quality(totals: Sequence[int]) -> Part:
    if not totals:
        return Part("Quality", 25, 0.5, "nothing rated yet")
    named = "last entry" if len(totals) == 1 else f"last {spell(len(totals))} entries"
    return Part("Quality", 25, sum(totals) / len(totals) / 10, f"{named}: {', '.join(map(str, totals))} of 10")


def _reciprocity(began: Sequence[str]) -> Part:
    theirs, n = sum(who == "them" for who in began), len(began)
    if n < 2:
        return Part("Reciprocity", 20, 0.5, "too few touches to see who begins")
    return Part("Reciprocity", 20, 1 - abs(2 * theirs - n) / n, f"they began {of(Share(theirs, n))}")


def _kept(promises: Share) -> Part:
    share = (promises.successes + 1) / (promises.n + 2)
    return Part("Promises", 15, share, f"{of(promises)} promises kept" if promises.n else "no promise has fallen due")


@dataclass(frozen=True)
class Relationship:
    """Someone the learner tends: the alias, a rhythm of `tau` days, and what passed between them.

    `entries` are the touches with this person (`practice.touches`), `promises` those made to them.
    """

    id: int
    alias: str
    tau: int
    entries: tuple[Entry, ...] = ()
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True)
class Due:
    """One line of the due list; `why` says in a phrase why it is there today."""

    person: int
    alias: str
    status: Status
    days: int | None
    tau: int
    score: Score
    why: str


def attention(person: Relationship, today: date) -> Due:
    """What one relationship would say in the due list today, whether it is due or not."""
    log = [entry for entry in current(person.entries) if entry.on <= today]
    days = days_since(log, today)
    score = reminder_score(
        days=days,
        tau=person.tau,
        totals=[entry.rubric.total for entry in log if entry.rubric],
        began=[entry.began for entry in log if entry.began],
        promises=kept_share(person.promises, today),
    )
    why = [_promised(pressing(person.promises, today), today), _past(days, person.tau, today), _began(log)]
    words = sentence("; ".join(filter(None, why)))
    return Due(person.id, person.alias, status(days, person.tau), days, person.tau, score, words)


def due_list(people: Iterable[Relationship], today: date) -> tuple[Due, ...]:
    """Who is due: due soon or worse by their rhythm, or promised something for the coming week. Highest score first."""
    due = [
        attention(person, today)
        for person in people
        if status(days_since(person.entries, today), person.tau).is_due or pressing(person.promises, today)
    ]
    return tuple(sorted(due, key=lambda line: (-line.score.total, line.alias, line.person)))


def pressing(promises: Iterable[Promise], today: date) -> tuple[Promise, ...]:
    """Promises that are late, or due within a week; the earliest first."""
    asked = [p for p in promises if p.state(today) in ("open", "late") and p.due <= today + PROMISE_AHEAD]
    return tuple(sorted(asked, key=lambda promise: (promise.due, promise.id)))


def _promised(promises: Sequence[Promise], today: date) -> str:
    if not promises:
        return ""
    first, more = promises[0], len(promises) - 1
    late = " and still open" if first.state(today) == "late" else ""
    return f"promised for {on_day(first.due, today)}{late}: {first.text}" + (
        f", and {spell(more)} more" if more else ""
    )


def _past(days: int | None, tau: int, today: date) -> str:
    if days is None:
        return "no answer yet"
    if days > tau:
        return f"{counted(days - tau, 'day')} past the rhythm"
    if not status(days, tau).is_due:
        return ""
    day = on_day(today + timedelta(days=tau - days), today)
    return f"due {day}" if day in ("today", "tomorrow") else f"due on {day}"


def _began(log: Sequence[Entry]) -> str:
    return "they began the last two" if len(log) >= 2 and all(entry.began == "them" for entry in log[-2:]) else ""
