"""A learner's practice book: the people they tend and the whole log as it was written, asked in every way a page needs.

Only values: it is read once, and nothing here goes back to the database.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from course import cadence, practice
from course.practice import Entry, Promise

STRIP = 6
"""How many people the form offers to a thumb."""


@dataclass(frozen=True)
class Logged:
    """An entry with what the rules don't ask: its note, the alias it is with, when it was written."""

    entry: Entry
    alias: str
    note: str
    written_at: datetime
    # On which day its words went by their age.
    words_removed_on: date | None = None


@dataclass(frozen=True)
class OtherAlias:
    """Another alias of somebody, that was merged into the one that stands."""

    id: int
    alias: str
    merged_at: datetime


@dataclass(frozen=True)
class Tended:
    """A relationship as the learner keeps it: its layer, a rhythm of `tau` days, a seat 1…10 or none.

    `introduced_by` is the id of who brought them; `others` are aliases that turned out to be the same person.
    """

    id: int
    alias: str
    layer: str
    tau: int
    seat: int | None
    known_since: date
    promises: tuple[Promise, ...] = ()
    introduced_by: int | None = None
    others: tuple[OtherAlias, ...] = ()


@dataclass(frozen=True)
class Company:
    """Who a new entry can be with, by id in the order of their aliases, and what they are still promised."""

    aliases: Mapping[int, str]
    open: tuple[Promise, ...] = ()


@dataclass(frozen=True)
class People:
    """Everybody a learner tends, in the order of their aliases. Merged aliases are in the one that stands for them."""

    people: tuple[Tended, ...]

    @cached_property
    def by_alias_id(self) -> Mapping[int, Tended]:
        """Who stands for each alias: for the one that stands, and for those that were merged into it."""
        merged = {other.id: person for person in self.people for other in person.others}
        return {**{person.id: person for person in self.people}, **merged}

    @cached_property
    def aliases(self) -> dict[int, str]:
        """The alias of each person, by id."""
        return {person.id: person.alias for person in self.people}

    @cached_property
    def names(self) -> dict[int, str]:
        """Every alias by its id, those too that were merged into another."""
        merged = {other.id: other.alias for person in self.people for other in person.others}
        return {**self.aliases, **merged}

    @cached_property
    def brought(self) -> dict[int, int]:
        """For each person who was introduced, the id of who brought them."""
        return {person.id: person.introduced_by for person in self.people if person.introduced_by is not None}

    @cached_property
    def seated(self) -> dict[int, int]:
        """Who sits where: the id by the seat."""
        return {person.seat: person.id for person in self.people if person.seat}

    def person(self, id: int) -> Tended | None:
        """The one of that id; None if there is none, or it was merged into another."""
        found = self.by_alias_id.get(id)
        return found if found and found.id == id else None


@dataclass(frozen=True)
class Book(People):
    """The people in the order of their aliases; the log oldest first, corrections and what was taken back included.

    `made` holds the promise that an entry made, by the entry's id, also of entries that were corrected since.
    """

    log: tuple[Logged, ...]
    made: Mapping[int, Promise] = field(default_factory=dict)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """What stands today, oldest first."""
        return practice.current(logged.entry for logged in self.log)

    @cached_property
    def by_person(self) -> Mapping[int, tuple[Entry, ...]]:
        """What stands today with each person, oldest first."""
        touches: dict[int, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if entry.person is not None:
                touches[entry.person].append(entry)
        return defaultdict(tuple, {id: tuple(those) for id, those in touches.items()})

    @cached_property
    def recent(self) -> tuple[int, ...]:
        """The people of the latest entries, the latest first; then whoever was never written down yet."""
        order = dict.fromkeys(entry.person for entry in reversed(self.entries) if entry.person is not None)
        return tuple({**order, **dict.fromkeys(self.aliases)})

    @cached_property
    def rhythms(self) -> tuple[cadence.Relationship, ...]:
        """Everybody as the rules of attention take them."""
        return tuple(self.rhythm(person) for person in self.people)

    def rhythm(self, person: Tended) -> cadence.Relationship:
        """One of them as the rules of attention take them."""
        return cadence.Relationship(
            id=person.id,
            alias=person.alias,
            tau=person.tau,
            entries=self.by_person[person.id],
            promises=person.promises,
        )

    def strip(self, first: int | None = None) -> tuple[int, ...]:
        """The few people that the form offers, whoever was asked for first."""
        order = ((first,) if first is not None else ()) + self.recent
        return tuple(dict.fromkeys(order))[:STRIP]

    @cached_property
    def by_id(self) -> Mapping[int, Logged]:
        """Every line ever written, by its id."""
        return {logged.entry.id: logged for logged in self.log}

    @cached_property
    def correction_of(self) -> Mapping[int, int]:
        """For each entry that was replaced, the id of the one that replaced it."""
        return {logged.entry.replaces: logged.entry.id for logged in self.log if logged.entry.replaces is not None}

    def history(self, id: int) -> tuple[Logged, ...]:
        """All versions of the entry, the first one first, whichever of them was asked for; empty if there is none."""
        line = self.by_id.get(id)
        if line is None:
            return ()
        while line.entry.replaces in self.by_id:
            line = self.by_id[line.entry.replaces]  # type: ignore[index]
        versions = [line]
        while (following := self.correction_of.get(versions[-1].entry.id)) is not None:
            versions.append(self.by_id[following])
        return tuple(versions)

    def promise_in(self, versions: tuple[Logged, ...]) -> Promise | None:
        """The promise that the versions of an entry made: the latest wording of it."""
        return next((self.made[v.entry.id] for v in reversed(versions) if v.entry.id in self.made), None)
