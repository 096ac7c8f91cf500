"""The practice log: what happened, with whom, and whether it was connecting or contacting. Method §1.

The log is append-only. Every function here takes a learner's entries as they were written, corrections included, and
counts what stands today. Give it the whole log, or what `current` returned: an entry's correction may bear another
day or another person, so a log that was filtered first still counts what was corrected away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from types import MappingProxyType

from course.share import Share


@dataclass(frozen=True)
class Line:
    """One line of the rubric. `anchors[points]` says in words what earns 0, 1 or 2."""

    key: str
    name: str
    anchors: tuple[str, str, str]


# The five lines and the threshold are a rule of this course, not a finding: say so wherever they are shown.
LINES = (
    Line("personal", "Personal", ("a template", "true only of them", "builds on something they told you")),
    Line("two_way", "Two-way", ("no reply", "one reply", "live, or two turns each: they ask or disclose")),
    Line("about_them", "About them", ("my offer", "mixed", "their goal, restated and confirmed by them")),
    Line("value", "Value", ("only an ask", "small relevant help", "effortful help, usable without buying")),
    Line("next_step", "Next step", ("none", "I proposed one", "both agreed: date and owner")),
)
THRESHOLD = 6

CHANNELS = MappingProxyType({"met": "Met", "call": "Call", "video": "Video", "mail": "Mail", "message": "Message"})
BEGAN = MappingProxyType({"me": "I began", "them": "They began"})
# What the other person did that is evidence of trust. Nothing a learner does can earn one.
SIGNS = MappingProxyType(
    {
        "advice": "acted on your advice",
        "confided": "told you something in confidence",
        "referred": "brought you someone",
    }
)


@dataclass(frozen=True)
class Rubric:
    """What happened on the five lines, 0…2 each, as `LINES` words them. ValueError for anything else."""

    personal: int
    two_way: int
    about_them: int
    value: int
    next_step: int

    def __post_init__(self) -> None:
        for line, points in zip(LINES, self.points, strict=True):
            if type(points) is not int or not 0 <= points <= 2:
                raise ValueError(f"{line.name} is rated 0, 1 or 2, not {points!r}")

    @cached_property
    def points(self) -> tuple[int, int, int, int, int]:
        """The five ratings in the order of `LINES`."""
        return (self.personal, self.two_way, self.about_them, self.value, self.next_step)

    @cached_property
    def total(self) -> int:
        """The five together, 0…10."""
        return sum(self.points)

    @cached_property
    def connecting(self) -> bool:
        """True when they answered, it was at least partly about them, and the total reaches six.

        The first two are conditions, not points: without an answer no total is enough.
        """
        return self.two_way >= 1 and self.about_them >= 1 and self.total >= THRESHOLD

    @cached_property
    def verdict(self) -> str:
        """`connecting` or `contacting`: the rule's word for the exchange, never for the person."""
        return "connecting" if self.connecting else "contacting"


# Every rubric there is, by its points: a log holds few of them many times over.
RUBRICS = MappingProxyType({points: Rubric(*points) for points in product(range(3), repeat=len(LINES))})


@dataclass(frozen=True)
class Entry:
    """One dated line of the practice log.

    `person` is the relationship's id; None is an exercise done alone, which is not rated. With a person there is
    always a channel, who began, and a rating: an entry left unrated would flatter the rate. `exercise` is the id of
    the lesson it was for, `step` what was agreed and `step_due` by when, `sign` what they did that shows trust.
    A correction names the earlier entry that it `replaces`; a `void` one takes that entry back without another.
    ValueError for a line that cannot have happened.
    """

    id: int
    on: date
    person: int | None
    channel: str | None
    minutes: int
    began: str | None
    rubric: Rubric | None
    exercise: str | None = None
    sign: str | None = None
    replaces: int | None = None
    step: str = ""
    step_due: date | None = None
    void: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.minutes <= 24 * 60:
            raise ValueError(f"An entry takes up to a day, not {self.minutes} minutes")
        if self.replaces is not None and self.replaces >= self.id:
            raise ValueError(f"Entry {self.id} can replace only an earlier one, not {self.replaces}")
        if self.person is None and (self.rubric or self.sign):
            raise ValueError("An exercise done alone has nobody to rate it with, and nobody to show trust")
        if self.person is not None and not self.void:
            self._require_what_a_touch_has()

    def _require_what_a_touch_has(self) -> None:
        if self.rubric is None:
            raise ValueError("An entry with a person is rated on the five lines")
        if self.channel not in CHANNELS or self.began not in BEGAN:
            raise ValueError(f"An entry with a person says how and who began, not {self.channel!r}, {self.began!r}")
        if self.sign is not None and self.sign not in SIGNS:
            raise ValueError(f"{self.sign!r} is not a sign of trust")


def current(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that stand today, oldest first: what was replaced is history, what was taken back is gone.

    Where one entry was corrected twice over, the latest correction stands, so that nothing counts twice.
    """
    log = sorted(entries, key=lambda entry: entry.id)
    first: dict[int, int] = {}  # entry id → id of the entry its chain of corrections goes back to
    standing: dict[int, Entry] = {}
    for entry in log:
        root = entry.id if entry.replaces is None else first.get(entry.replaces, entry.replaces)
        first[entry.id] = root
        standing[root] = entry
    return tuple(sorted((e for e in standing.values() if not e.void), key=lambda entry: (entry.on, entry.id)))


def touches(entries: Iterable[Entry], person: int) -> tuple[Entry, ...]:
    """The current entries with one person, oldest first. Takes the whole log: see the head of this file."""
    return tuple(entry for entry in current(entries) if entry.person == person)


def connecting_rate(entries: Iterable[Entry]) -> Share:
    """Rated entries that connect, of all rated ones, with Wilson's interval. Entries done alone are not rated."""
    rated = [entry.rubric for entry in current(entries) if entry.rubric]
    return Share(sum(rubric.connecting for rubric in rated), len(rated))


def minutes_of(entries: Iterable[Entry]) -> int:
    """Minutes spent on practice, alone or with somebody: part of the investment."""
    return sum(entry.minutes for entry in current(entries))


def practised(entries: Iterable[Entry]) -> frozenset[str]:
    """Ids of the lessons whose exercise has an entry in the log."""
    return frozenset(entry.exercise for entry in current(entries) if entry.exercise)


@dataclass(frozen=True)
class Week:
    """Rated entries of one week, from its Monday."""

    start: date
    connecting: int
    contacting: int

    @property
    def rated(self) -> int:
        """All rated entries of the week."""
        return self.connecting + self.contacting


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


WEEKS = 12
"""How many weeks are shown beside each other."""


def first_monday(today: date, n: int = WEEKS) -> date:
    """The Monday with which the last n weeks begin."""
    return monday_of(today) - timedelta(weeks=n - 1)


def weeks(entries: Iterable[Entry], today: date, n: int = WEEKS) -> tuple[Week, ...]:
    """The last n weeks, oldest first, empty ones included; the last is the one of `today`, which may have only begun.

    Entries dated after today are left out: they have not happened.
    """
    first = first_monday(today, n)
    days: dict[date, tuple[int, int]] = {}
    for entry in current(entries):
        if entry.rubric and first <= entry.on <= today:
            connecting, contacting = days.get(entry.on, (0, 0))
            connects = entry.rubric.connecting
            days[entry.on] = (connecting + connects, contacting + (not connects))
    return weeks_of_days(days, today, n)


def weeks_of_days(days: Mapping[date, tuple[int, int]], today: date, n: int = WEEKS) -> tuple[Week, ...]:
    """The last n weeks from the rated entries of each day: how many connect, how many don't."""
    first = first_monday(today, n)
    counts = {first + timedelta(weeks=later): [0, 0] for later in range(n)}
    for day, (connecting, contacting) in days.items():
        if first <= day <= today:
            week = counts[monday_of(day)]
            week[0], week[1] = week[0] + connecting, week[1] + contacting
    return tuple(Week(start, *both) for start, both in counts.items())


@dataclass(frozen=True)
class Promise:
    """Something the learner said they would do for a person by a date.

    `kept` is the day it was done, `dropped` the day they said openly that it would not be. ValueError if it was due
    before it was made, or is both kept and dropped.
    """

    id: int
    person: int
    text: str
    made: date
    due: date
    kept: date | None = None
    dropped: date | None = None

    def __post_init__(self) -> None:
        if self.due < self.made:
            raise ValueError(f"Promise {self.id} is due before it was made")
        if self.kept and self.dropped:
            raise ValueError(f"Promise {self.id} is kept and dropped at once")

    @property
    def in_time(self) -> bool:
        """Done on the day it was due or earlier. Done later is done, but it is not a promise kept."""
        return self.kept is not None and self.kept <= self.due

    def state(self, today: date) -> str:
        """`kept`, `kept late`, `dropped`, `late` or `open`. Late begins the day after the day it was due."""
        if self.kept:
            return "kept" if self.in_time else "kept late"
        if self.dropped:
            return "dropped"
        return "late" if today > self.due else "open"


def kept_share(promises: Iterable[Promise], today: date) -> Share:
    """Promises kept in time, of all that were decided. A rule of this course, not a finding.

    Not counted: what is still open and not due, which is neither kept nor broken, and what was dropped by the day it
    was due, since saying so in time is what a dependable person does. Dropped later counts as not kept.
    """
    decided = [promise for promise in promises if _is_decided(promise, today)]
    return Share(sum(promise.in_time for promise in decided), len(decided))


def _is_decided(promise: Promise, today: date) -> bool:
    if promise.dropped:
        return promise.dropped > promise.due
    return promise.kept is not None or today > promise.due
