"""When to turn to whom: the rhythm of each relationship, its status, and who is due. Method §2.

The bands are a rule of this course, not a finding. The score that sorts the due list is in `reminder`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from course.practice import THRESHOLD, Entry, Promise, current, kept_share
from course.relationship import is_two_way
from course.reminder import LAST_BEGUN, LAST_TOTALS, Score
from course.wording import counted, on_day, sentence, spell

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


@dataclass(frozen=True)
class Tie:
    """One relationship as the score sees it on a day: what its log comes to, and the promises made.

    `spoke` is the last day they took part; `totals` are the rubric's last three and `began` who began the last six,
    both oldest first.
    """

    id: int
    alias: str
    tau: int
    spoke: date | None
    totals: tuple[int, ...] = ()
    began: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()

    def days(self, today: date) -> int | None:
        """Days since they last took part; None: never spoke."""
        return None if self.spoke is None else (today - self.spoke).days

    def status(self, today: date) -> Status:
        """How it stands to its rhythm."""
        return status(self.days(today), self.tau)


def tie(person: Relationship, today: date) -> Tie:
    """What the log of one relationship comes to on a day; nothing dated later counts."""
    log = [entry for entry in current(person.entries) if entry.on <= today]
    return Tie(
        id=person.id,
        alias=person.alias,
        tau=person.tau,
        spoke=max((entry.on for entry in log if is_two_way(entry)), default=None),
        totals=tuple(entry.rubric.total for entry in log if entry.rubric)[-LAST_TOTALS:],
        began=tuple(entry.began for entry in log if entry.began)[-LAST_BEGUN:],
        promises=person.promises,
    )


def attention(person: Relationship, today: date) -> Due:
    """What one relationship would say in the due list today, whether it is due or not."""
    return attention_to(tie(person, today), today)


def attention_to(tie: Tie, today: date) -> Due:
    """The same of a relationship whose log was summed up already."""
    days = tie.days(today)
    why = [_promised(pressing(tie.promises, today), today), _past(days, tie.tau, today), _began(tie)]
    words = sentence("; ".join(filter(None, why)))
    return Due(tie.id, tie.alias, tie.status(today), days, tie.tau, score_of(tie, today), words)


def score_of(tie: Tie, today: date) -> Score:
    """The reminder score of one relationship on a day."""
    return Score(
        days=tie.days(today),
        tau=tie.tau,
        totals=tie.totals,
        began=tie.began,
        promises=kept_share(tie.promises, today),
    )


def due_list(people: Iterable[Relationship], today: date) -> tuple[Due, ...]:
    """Who is due: due soon or worse by their rhythm, or promised something for the coming week. Highest score first."""
    return tuple(attention_to(tie, today) for tie in due_among((tie(person, today) for person in people), today))


def due_among(ties: Iterable[Tie], today: date) -> tuple[Tie, ...]:
    """Those of them who are due, in the order of the due list."""
    due = [tie for tie in ties if tie.status(today).is_due or pressing(tie.promises, today)]
    return in_order(due, today)


def in_order(ties: Iterable[Tie], today: date) -> tuple[Tie, ...]:
    """By their score, highest first."""
    return tuple(sorted(ties, key=lambda tie: (-score_of(tie, today).total, tie.alias, tie.id)))


def reviving(tie: Tie, today: date) -> str:
    """What to do about a dormant relationship, by what was last between you. A rule of this course, not a finding."""
    owed = [promise for promise in tie.promises if promise.state(today) in ("open", "late")]
    if owed:
        return f"You still owe them something: {owed[0].text}. Do that first, with one line of apology, and ask nothing"
    if tie.spoke is None or not tie.began:
        return "You never spoke. Letting it rest is an answer too"
    if tie.began[-1] == "them":
        return "They turned to you last. Answer, however late, and begin with what they said"
    if sum(tie.totals) >= THRESHOLD * len(tie.totals):
        return (
            "Your last talks connected. Write two lines about something both of you would still tell, and ask nothing"
        )
    return "There was little between you. Begin with something useful to them, or let it rest with a longer rhythm"


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


def _began(tie: Tie) -> str:
    return "they began the last two" if tie.began[-2:] == ("them", "them") else ""
