"""Stages of a relationship, earned by evidence in the log and shown with it. Method §2.

The stages, like every threshold here, are a rule of this course, not a finding: say so where they are shown. When to
turn to whom is in `cadence`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import takewhile

from course.practice import SIGNS, Entry, Promise, current
from course.wording import counted, dated

# Two exchanges on neighbouring days are one conversation; a week apart, somebody came back.
APART = timedelta(days=7)


class Stage(IntEnum):
    """How far a relationship has come. Deal stages are something else and live on opportunities."""

    KNOWN = 0
    CONTACTED = 1
    CONVERSING = 2
    CONNECTED = 3
    TRUSTING = 4
    ADVOCATE = 5

    @property
    def words(self) -> str:
        """The stage's name as it is printed."""
        return self.name.capitalize()


@dataclass(frozen=True)
class Evidence:
    """One fact that counts towards a stage: its day, and in words what it was. `entry` is the entry's id, if any."""

    stage: Stage
    on: date
    reason: str
    entry: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where a relationship stands, by which evidence, and what would earn the next stage.

    `evidence` is ordered by stage and day and holds also what speaks for stages not yet reached; `missing` is one
    phrase per thing, empty at the last stage.
    """

    stage: Stage
    evidence: tuple[Evidence, ...]
    missing: tuple[str, ...]

    @property
    def earned(self) -> tuple[Evidence, ...]:
        """The evidence that earned the stage, from the first rung up."""
        return tuple(fact for fact in self.evidence if fact.stage <= self.stage)

    @property
    def waiting(self) -> tuple[Evidence, ...]:
        """Evidence for a higher stage that waits for the rungs below it."""
        return tuple(fact for fact in self.evidence if fact.stage > self.stage)


def is_two_way(entry: Entry) -> bool:
    """Whether the other person took part: a single reply makes an exchange, whatever else was wrong with it."""
    return entry.rubric is not None and entry.rubric.two_way >= 1


def standing(
    *,
    known_since: date,
    today: date,
    entries: Iterable[Entry] = (),
    promises: Iterable[Promise] = (),
    receipts: Iterable[date] = (),
) -> Standing:
    """The standing of one relationship on a day; nothing dated later counts. `entries`: `practice.touches` of it.

    `receipts` are the days on which money came from this person. Every rung must be earned: who bought after one
    message has made a transaction, and the course asks what it would take to make that a relationship. The purchase
    is kept as evidence and counts the day the rungs below it are earned. So nobody rises by a single tick either.
    """
    log = [entry for entry in current(entries) if entry.on <= today]
    paid = sorted({day for day in receipts if day <= today})
    rungs = (
        _Rung((Evidence(Stage.KNOWN, known_since, "known since then"),)),
        _contacted(log),
        _conversing(log),
        _connected(log, [promise for promise in promises if promise.kept and promise.kept <= today]),
        _trusting(log, paid),
        _advocate(log, paid),
    )
    earned = sum(1 for _ in takewhile(lambda rung: not rung.missing, rungs))
    evidence = tuple(fact for rung in rungs for fact in sorted(rung.evidence, key=lambda fact: fact.on))
    return Standing(Stage(earned - 1), evidence, rungs[earned].missing if earned < len(rungs) else ())


@dataclass(frozen=True)
class _Rung:
    """What speaks for one stage, and what it still takes; earned once nothing is missing."""

    evidence: tuple[Evidence, ...]
    missing: tuple[str, ...] = ()


def _contacted(log: Sequence[Entry]) -> _Rung:
    """Something sent, or whatever else was the first touch."""
    if not log:
        return _Rung((), ("a first message, call or visit",))
    words = "they came to you" if log[0].began == "them" else "the first time you turned to them"
    return _Rung((Evidence(Stage.CONTACTED, log[0].on, words, log[0].id),))


def _conversing(log: Sequence[Entry]) -> _Rung:
    """One two-way exchange. What I send and they answer is one, so a reply suffices: two-way of 1 or more."""
    first = next(filter(is_two_way, log), None)
    if first is None:
        return _Rung((), ("an answer: one exchange that they take part in",))
    words = "they began, and you spoke" if first.began == "them" else "they answered"
    return _Rung((Evidence(Stage.CONVERSING, first.on, words, first.id),))


def _connected(log: Sequence[Entry], kept: Sequence[Promise]) -> _Rung:
    """Three things, in any order: they came back after a week, I gave something unasked, I kept a promise in time."""
    steps = (_two_apart(log), _value_unasked(log), _promise_kept(kept))
    return _Rung(
        tuple(step for step in steps if isinstance(step, Evidence)),
        tuple(step for step in steps if isinstance(step, str)),
    )


def _two_apart(log: Sequence[Entry]) -> Evidence | str:
    exchanges = [entry for entry in log if is_two_way(entry)]
    if not exchanges:
        return f"two exchanges, {counted(APART.days, 'day')} apart or more"
    first = exchanges[0].on
    again = next((entry for entry in exchanges if entry.on - first >= APART), None)
    if again is None:
        return f"another exchange, on {dated(first + APART)} or later"
    return Evidence(
        Stage.CONNECTED, again.on, f"two exchanges, {counted((again.on - first).days, 'day')} apart", again.id
    )


def _value_unasked(log: Sequence[Entry]) -> Evidence | str:
    """The log can't hear whether they had asked. It knows who began: help in an entry that I began was my idea."""
    given = next((entry for entry in log if entry.began == "me" and entry.rubric and entry.rubric.value >= 1), None)
    if given is None:
        return "something useful to them, in a touch that you begin"
    return Evidence(Stage.CONNECTED, given.on, "something useful, unasked", given.id)


def _promise_kept(kept: Sequence[Promise]) -> Evidence | str:
    """An agreed step kept: a promise done by its day. Done late is done, but shows nobody that I can be relied on."""
    in_time = min((promise for promise in kept if promise.in_time), key=lambda p: (p.kept, p.id), default=None)
    if in_time is None or in_time.kept is None:
        return "a promise to them, kept by its day"
    return Evidence(Stage.CONNECTED, in_time.kept, f"promised and kept: {in_time.text}")


def _trusting(log: Sequence[Entry], paid: Sequence[date]) -> _Rung:
    """They bought, acted on my advice, or confided: any one of them."""
    bought = [Evidence(Stage.TRUSTING, day, "bought") for day in paid[:1]]
    signs = [*_first_with(log, "advice", Stage.TRUSTING), *_first_with(log, "confided", Stage.TRUSTING)]
    missing = "they buy, act on your advice, or tell you something in confidence"
    return _Rung((*bought, *signs), () if bought or signs else (missing,))


def _advocate(log: Sequence[Entry], paid: Sequence[date]) -> _Rung:
    """They bought again, on another day, since two lines of one invoice are one purchase; or they referred someone."""
    again = [Evidence(Stage.ADVOCATE, day, "bought again") for day in paid[1:2]]
    signs = _first_with(log, "referred", Stage.ADVOCATE)
    return _Rung((*again, *signs), () if again or signs else ("they buy again, or bring you someone",))


def _first_with(log: Sequence[Entry], sign: str, stage: Stage) -> list[Evidence]:
    first = next((entry for entry in log if entry.sign == sign), None)
    return [Evidence(stage, first.on, SIGNS[sign], first.id)] if first else []
