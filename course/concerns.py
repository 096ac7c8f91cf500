"""Who needs a human, and why: seven reasons, each with its threshold and its evidence in one sentence.

All are rules of this course, not findings. They take counts and days, never a text that a learner wrote.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from course.practice import Promise, kept_share
from course.report import Learner
from course.share import Share
from course.wording import counted, of, on_day, sentence, spell

SILENT_DAYS = 14
READS_BEFORE_PRACTICE = 3
UNPRACTISED_DAYS = 14
# Five talks with people, four weeks apart at the least, and nobody spoken with twice.
TALKS_BEFORE_SECOND = 5
SECOND_DAYS = 28
# Four times, the last of them lately: with a hundred questions, three in a row happen to everybody by chance.
WRONG_IN_A_ROW = 4
WRONG_DAYS = 14
ANSWER_DAYS = 2
SLIPPED_PROMISES = 2
PROMISE_DAYS = 28
LINE_DAYS = 14

Kind = Literal[
    "waits for an answer",
    "promises slipping",
    "stuck on a recall",
    "no second conversation",
    "reads without practising",
    "silent",
    "waits in line",
]
# By what a message could change: what only the trainer can end; what slips while they are still at it; who practises
# no more; who is gone already; and last the line, where a word changes how the wait feels and not how long it lasts.
ORDER: tuple[Kind, ...] = (
    "waits for an answer",
    "promises slipping",
    "stuck on a recall",
    "no second conversation",
    "reads without practising",
    "silent",
    "waits in line",
)


@dataclass(frozen=True)
class Concern:
    """Why a learner needs a human: one sentence with its evidence, and the days it has lasted."""

    learner: int
    kind: Kind
    reason: str
    days: int

    @property
    def rank(self) -> tuple[int, int]:
        """What a message could change most comes first; of one kind, what has lasted longest."""
        return ORDER.index(self.kind), -self.days


def silent(learner: Learner, today: date) -> Concern | None:
    """No entry and no reading for `SILENT_DAYS` or longer; counted from joining where there was none yet."""
    since = learner.last_seen or learner.joined
    days = (today - since).days
    if days < SILENT_DAYS:
        return None
    last = "last seen" if learner.last_seen else "not seen since joining"
    reason = f"No entry and no reading for {counted(days, 'day')}: {last} on {on_day(since, today)}."
    return Concern(learner.id, "silent", reason, days)


def reads_without_practising(learner: Learner, today: date) -> Concern | None:
    """`READS_BEFORE_PRACTICE` lessons read or more, and no entry in the last `UNPRACTISED_DAYS`.

    Who never logged an entry has as many days from joining: three lessons in the first week are no worry.
    """
    since = learner.last_entry or learner.joined
    days = (today - since).days
    if len(learner.read) < READS_BEFORE_PRACTICE or days < UNPRACTISED_DAYS:
        return None
    last = "no entry since" if learner.last_entry else "no entry since joining on"
    reason = sentence(f"{counted(len(learner.read), 'lesson')} read, {last} {on_day(since, today)}.")
    return Concern(learner.id, "reads without practising", reason, days)


@dataclass(frozen=True)
class Talks:
    """What a log says of talks: how many entries with somebody, with how many people, since which day.

    `most` is the largest number of two-way exchanges with one of them.
    """

    entries: int
    people: int
    most: int
    first: date


def no_second_conversation(learner: int, talks: Talks, today: date) -> Concern | None:
    """`TALKS_BEFORE_SECOND` entries or more over `SECOND_DAYS`, and no two two-way exchanges with the same person."""
    days = (today - talks.first).days
    if talks.entries < TALKS_BEFORE_SECOND or talks.most >= 2 or days < SECOND_DAYS:
        return None
    met = "no two-way exchange with anybody" if not talks.most else "nobody answered twice"
    reason = f"{counted(talks.entries, 'entry', 'entries')} with {counted(talks.people, 'person', 'people')} "
    reason += f"since {on_day(talks.first, today)}, {met}."
    return Concern(learner, "no second conversation", sentence(reason), days)


@dataclass(frozen=True)
class Missed:
    """One recall question with the times it was answered wrong since it was last right, from the first to the last."""

    question: str
    lesson: str
    times: int
    since: date
    last: date


def stuck(learner: int, missed: Iterable[Missed], today: date) -> Concern | None:
    """One question wrong `WRONG_IN_A_ROW` times or more, the last within `WRONG_DAYS`, never right since.

    Of several, the most often missed.
    """
    lately = [each for each in missed if each.times >= WRONG_IN_A_ROW and (today - each.last).days <= WRONG_DAYS]
    worst = max(lately, key=lambda each: (each.times, today - each.since, each.question), default=None)
    if worst is None:
        return None
    reason = f"“{worst.question}” from lesson {worst.lesson}, wrong {counted(worst.times, 'time')} in a row."
    return Concern(learner, "stuck on a recall", reason, (today - worst.since).days)


def unanswered(learner: int, shared: Iterable[date], today: date) -> Concern | None:
    """Something shown to the trainer `ANSWER_DAYS` ago or longer, and not answered."""
    waiting = sorted(day for day in shared if (today - day).days >= ANSWER_DAYS)
    if not waiting:
        return None
    what = "One thing shown" if len(waiting) == 1 else f"{spell(len(waiting)).capitalize()} things shown, the first"
    return Concern(learner, "waits for an answer", f"{what} on {on_day(waiting[0], today)}.", (today - waiting[0]).days)


def slipping(learner: int, promises: Iterable[Promise], today: date) -> Concern | None:
    """`SLIPPED_PROMISES` or more due in the last `PROMISE_DAYS` that were not kept in time."""
    theirs = list(promises)
    lately, before = due_within(theirs, today), due_within(theirs, today - timedelta(days=PROMISE_DAYS))
    share = kept_share(lately, today)
    if share.n - share.successes < SLIPPED_PROMISES:
        return None
    first = min(each.due for each in lately if kept_share([each], today) == Share(0, 1))
    reason = f"{of(share)} promises kept in time in the last {counted(PROMISE_DAYS, 'day')}"
    earlier = kept_share(before, today)
    reason += f"; {of(earlier)} in the {PROMISE_DAYS} before." if earlier.n else "."
    return Concern(learner, "promises slipping", sentence(reason), (today - first).days)


def due_within(promises: Iterable[Promise], until: date) -> list[Promise]:
    """Those due in the `PROMISE_DAYS` before that day."""
    since = until - timedelta(days=PROMISE_DAYS)
    return [promise for promise in promises if since <= promise.due < until]


def in_line(learner: int, place: int, *, since: date, today: date) -> Concern | None:
    """Waiting for a seat for `LINE_DAYS` or longer. `place` in line counts from 1."""
    days = (today - since).days
    if days < LINE_DAYS:
        return None
    reason = f"At place {spell(place)} in line since {on_day(since, today)}; no seat has come free."
    return Concern(learner, "waits in line", reason, days)
