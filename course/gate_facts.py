"""What the readiness gate is read from: dated facts, put in order once so that any past day can be read. Method §5."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from course.practice import Entry, Promise, current
from course.relationship import is_two_way

QUARTER = timedelta(days=90)
YEAR = timedelta(days=365)
IN_WRITING = frozenset({"mail", "message"})

# What has to be in order before many strangers are written to. Plain words, and no legal advice.
LAW = MappingProxyType(
    {
        "consent": "a reason why you may write to these people in this way",
        "opt_out": "a way to stop you in one word, in every letter",
        "sender": "your name and an address that can be answered, in every letter",
        "objections": "a list of who said no, looked at before every batch",
    }
)

Dated = TypeVar("Dated")


@dataclass(frozen=True)
class Terms:
    """What the learner states from a day on. Minutes in all, for one reply and for one send; money in their currency.

    `law` holds the keys of LAW that are in order.
    """

    id: int
    on: date
    batch: int
    minutes: int
    reply_minutes: int
    send_minutes: int
    send_cost: Decimal
    deal_margin: Decimal
    law: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Delivery:
    """Something promised to a client that was delivered; `person` is the relationship's id, None for nobody listed."""

    id: int
    on: date
    person: int | None
    what: str
    as_promised: bool


@dataclass(frozen=True)
class Paid:
    """Money that came; `person` is the payer's id, None for nobody listed."""

    id: int
    on: date
    person: int | None


@dataclass(frozen=True)
class Batch:
    """So many letters sent at once, and what came of them. It is counted once a later row replaces the first.

    replies: all that came back and wanted an answer; two_way: those in which a person took part, as in the log.
    ValueError for more of one than of what it is a part of.
    """

    id: int
    on: date
    size: int
    replies: int = 0
    two_way: int = 0
    answered_in_time: int = 0
    complaints: int = 0
    replaces: int | None = None
    removed: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.two_way <= self.replies <= self.size or not 0 <= self.complaints <= self.size:
            raise ValueError("Of a batch no more reply than it is large, and no more take part than reply")
        if not 0 <= self.answered_in_time <= self.replies:
            raise ValueError("No more replies are answered than came")

    @property
    def counted(self) -> bool:
        """Whether what came back has been noted."""
        return self.replaces is not None


@dataclass(frozen=True)
class Opener:
    """The first touch with somebody, written for them alone.

    `answered` is the first day on which they took part or began, `bought` the first payment on its day or later.
    """

    entry: int
    person: int
    on: date
    answered: date | None
    bought: Paid | None


@dataclass(frozen=True)
class Settled:
    """A promise from the day on which it is decided: kept by its day, or not."""

    id: int
    on: date
    in_time: bool


@dataclass(frozen=True)
class Facts:
    """Everything the gate is read from. `core` has the rhythm in days of each relationship in the core, by its id.

    `entries` is the log as it was written or what stands of it, `hour` the value of an hour, None if nobody said.
    """

    entries: Sequence[Entry] = ()
    promises: Sequence[Promise] = ()
    core: Mapping[int, int] = field(default_factory=dict)
    receipts: Sequence[Paid] = ()
    deliveries: Sequence[Delivery] = ()
    terms: Sequence[Terms] = ()
    batches: Sequence[Batch] = ()
    hour: Decimal | None = None

    @cached_property
    def touches(self) -> "Days[Entry]":
        """What stands with somebody: such an entry is always rated."""
        return Days([entry for entry in current(self.entries) if entry.person is not None])

    @cached_property
    def spoke(self) -> Mapping[int, Sequence[date]]:
        """The days on which each person took part, in order."""
        days: dict[int, list[date]] = defaultdict(list)
        for entry in self.touches.all:
            if entry.person is not None and is_two_way(entry):
                days[entry.person].append(entry.on)
        return days

    @cached_property
    def openers(self) -> "Days[Opener]":
        """The first touches that the learner began, in writing, with something true only of them."""
        with_each: dict[int, list[Entry]] = defaultdict(list)
        for entry in self.touches.all:
            with_each[entry.person or 0].append(entry)
        return Days([self._opener(log) for log in with_each.values() if is_opener(log[0])])

    def _opener(self, log: Sequence[Entry]) -> Opener:
        first = log[0]
        answered = next((entry.on for entry in log if is_two_way(entry) or entry.began == "them"), None)
        bought = next((paid for paid in self.payments[first.person or 0] if paid.on >= first.on), None)
        return Opener(first.id, first.person or 0, first.on, answered, bought)

    @cached_property
    def payments(self) -> Mapping[int, Sequence[Paid]]:
        """What each of the learner's people paid, in order."""
        paid: dict[int, list[Paid]] = defaultdict(list)
        for receipt in sorted(self.receipts, key=lambda receipt: (receipt.on, receipt.id)):
            if receipt.person is not None:
                paid[receipt.person].append(receipt)
        return paid

    @cached_property
    def repeats(self) -> "Days[Paid]":
        """The payments of those who had paid on an earlier day."""
        return Days([paid for each in self.payments.values() for paid in each if paid.on > each[0].on])

    @cached_property
    def referrals(self) -> "Days[Entry]":
        """The entries in which somebody brought the learner somebody."""
        return Days([entry for entry in self.touches.all if entry.sign == "referred"])

    @cached_property
    def settled(self) -> "Days[Settled]":
        """The promises that count, each from its day of decision on; one dropped by its day never counts."""
        return Days([found for promise in self.promises if (found := settled(promise))])

    @cached_property
    def delivered(self) -> "Days[Delivery]":
        return Days(self.deliveries)

    @cached_property
    def sent(self) -> "Days[Batch]":
        """The batches as they stand."""
        return Days(standing_batches(self.batches))

    def terms_on(self, day: date) -> Terms | None:
        """What was stated on a day: the latest up to it."""
        stated = [terms for terms in self.terms if terms.on <= day]
        return max(stated, key=lambda terms: (terms.on, terms.id), default=None)

    @property
    def first_day(self) -> date | None:
        """The day of the oldest fact; None while there is none."""
        dated: list[Sequence[Any]] = [self.touches.all, self.deliveries, self.terms, self.receipts, self.batches]
        return min((fact.on for facts in dated for fact in facts), default=None)


class Days(Sequence[Dated]):
    """Facts in the order of their days, cut at any two days without looking at the others."""

    def __init__(self, facts: Sequence[Dated]) -> None:
        in_order: Any = sorted(facts, key=lambda fact: (fact.on, getattr(fact, "id", 0)))
        self.all: Sequence[Dated] = in_order
        self.days = [fact.on for fact in in_order]

    def __len__(self) -> int:
        return len(self.all)

    def __getitem__(self, place: Any) -> Any:
        return self.all[place]

    def up_to(self, day: date, over: timedelta = QUARTER) -> Sequence[Dated]:
        """Those of the last days up to this one, which is the last of so many."""
        return self.all[bisect_right(self.days, day - over) : bisect_right(self.days, day)]


def is_opener(first: Entry) -> bool:
    """Whether the first touch with somebody was begun by the learner, in writing, and for them alone."""
    personal = first.rubric is not None and first.rubric.personal >= 1
    return first.began == "me" and first.channel in IN_WRITING and personal


def settled(promise: Promise) -> Settled | None:
    """What became of a promise, from the day on which nothing later can change it; None if it was dropped in time."""
    if promise.in_time and promise.kept:
        return Settled(promise.id, promise.kept, True)
    if promise.dropped and promise.dropped <= promise.due:
        return None
    return Settled(promise.id, promise.due + timedelta(days=1), False)


def standing_batches(batches: Sequence[Batch]) -> tuple[Batch, ...]:
    """The latest row of each batch, in the order of their days; one whose latest row was taken out is gone."""
    replaced = {batch.replaces for batch in batches}
    standing = [batch for batch in batches if batch.id not in replaced and not batch.removed]
    return tuple(sorted(standing, key=lambda batch: (batch.on, batch.id)))


def last_up_to(days: Sequence[date], day: date) -> date | None:
    """The last of the days that is not later than this one."""
    place = bisect_left(days, day + timedelta(days=1))
    return days[place - 1] if place else None
