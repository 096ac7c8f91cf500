"""Attention as a budget: what relationships ask for in a year, and what the log shows was given. Method §3.

The hours of a touch and the touches of a layer are a rule of this course, not a finding: say so where they are shown.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from course.goal import LAYERS, LayerName
from course.practice import Entry, current

DAYS_A_YEAR = 365
QUARTER = timedelta(days=90)
YEAR = timedelta(days=DAYS_A_YEAR)


@dataclass(frozen=True)
class Tended:
    """Someone to whom attention is given: the layer, a touch every `tau` days, and whether they have a seat."""

    id: int
    layer: LayerName
    tau: int
    seated: bool = False


@dataclass(frozen=True)
class Line:
    """One layer's account, in hours.

    rule: by the course's rule; set: by the rhythms as they are set, 365/τ touches a year; quarter, year: given in the
    last 90 and 365 days.
    """

    layer: LayerName
    people: int
    rule: Decimal
    set: Decimal
    quarter: Decimal
    year: Decimal


@dataclass(frozen=True)
class Budget:
    """The account of all layers; `seats` of the people have one."""

    lines: tuple[Line, ...]
    seats: int

    @property
    def people(self) -> int:
        """All of them."""
        return sum(line.people for line in self.lines)

    @property
    def rule(self) -> Decimal:
        """Hours a year by the course's rule."""
        return sum((line.rule for line in self.lines), Decimal(0))

    @property
    def set(self) -> Decimal:
        """Hours a year by the rhythms as they are set."""
        return sum((line.set for line in self.lines), Decimal(0))

    @property
    def quarter(self) -> Decimal:
        """Hours given in the last 90 days."""
        return sum((line.quarter for line in self.lines), Decimal(0))

    @property
    def year(self) -> Decimal:
        """Hours given in the last 365 days."""
        return sum((line.year for line in self.lines), Decimal(0))

    @property
    def asked_in_a_quarter(self) -> Decimal:
        """What the rhythms ask for in 90 days."""
        return self.set * QUARTER.days / DAYS_A_YEAR


def budget(people: Iterable[Tended], entries: Iterable[Entry], today: date) -> Budget:
    """The account on a day. Time counts that stands in the log with one of these people; exercises done alone don't."""
    tended, log = tuple(people), current(entries)
    quarter, year = (_minutes(log, since=today - span, today=today) for span in (QUARTER, YEAR))
    return Budget(
        lines=tuple(_line(name, tended, quarter=quarter, year=year) for name in LAYERS),
        seats=sum(person.seated for person in tended),
    )


def _line(name: LayerName, people: Iterable[Tended], *, quarter: dict[int, int], year: dict[int, int]) -> Line:
    here = [person for person in people if person.layer == name]
    layer = LAYERS[name]
    return Line(
        layer=name,
        people=len(here),
        rule=len(here) * layer.yearly,
        set=sum((layer.hours * DAYS_A_YEAR / person.tau for person in here), Decimal(0)),
        quarter=_hours(sum(quarter[person.id] for person in here)),
        year=_hours(sum(year[person.id] for person in here)),
    )


def _minutes(log: Iterable[Entry], *, since: date, today: date) -> dict[int, int]:
    """Minutes with each person after one day, up to another."""
    minutes: dict[int, int] = defaultdict(int)
    for entry in log:
        if entry.person is not None and since < entry.on <= today:
            minutes[entry.person] += entry.minutes
    return minutes


def _hours(minutes: int) -> Decimal:
    return Decimal(minutes) / 60
