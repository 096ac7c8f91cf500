"""Whom a learner's next entry can be with: by alias, with the last time they were in touch and what is promised.

Two aliases may have been merged: they are one person then, under the alias that stands for both.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from course.merging import standing_for
from course.practice import Promise

STRIP = 6
"""How many people the form offers to a thumb."""


@dataclass(frozen=True)
class Touch:
    """The last time with somebody: the id of its entry, its day, how, who began and for how many minutes."""

    id: int
    on: date
    channel: str
    began: str
    minutes: int


@dataclass(frozen=True)
class Circle:
    """The learner's people by id, in the order of their aliases.

    `heads` leads from an alias that was merged to the one that stands for both, which is the one in `aliases`.
    """

    aliases: Mapping[int, str]
    heads: Mapping[int, int] = field(default_factory=dict)
    last: Mapping[int, Touch] = field(default_factory=dict)
    open: tuple[Promise, ...] = ()

    @classmethod
    def of(
        cls,
        aliases: Mapping[int, str],
        *,
        heads: Mapping[int, int],
        last: Mapping[int, Touch],
        promises: Sequence[Promise],
    ) -> "Circle":
        """The circle from what was written under each alias."""
        ends = standing_for(heads)
        latest: dict[int, Touch] = {}
        for id, touch in last.items():
            head = ends.get(id, id)
            latest[head] = max(latest.get(head, touch), touch, key=lambda touch: (touch.on, touch.id))
        theirs = (Promise(p.id, ends.get(p.person, p.person), p.text, p.made, p.due) for p in promises)
        return cls(
            aliases={id: alias for id, alias in aliases.items() if id not in ends},
            heads=ends,
            last=latest,
            open=tuple(sorted(theirs, key=lambda promise: (promise.due, promise.id))),
        )

    @cached_property
    def recent(self) -> tuple[int, ...]:
        """Everybody, the one of the latest entry first; then whoever was never written down yet."""
        order = sorted(self.last, key=lambda id: (self.last[id].on, self.last[id].id), reverse=True)
        return tuple(dict.fromkeys((*order, *self.aliases)))

    def strip(self, first: int | None = None) -> tuple[int, ...]:
        """The few people that the form offers, whoever was asked for first."""
        return tuple(dict.fromkeys((*(() if first is None else (first,)), *self.recent)))[:STRIP]

    @cached_property
    def all_aliases(self) -> Mapping[int, tuple[int, ...]]:
        """The ids of every alias of a person, by the id that stands for them."""
        found: dict[int, list[int]] = defaultdict(list)
        for id in self.aliases:
            found[id].append(id)
        for id, head in self.heads.items():
            found[head].append(id)
        return {id: tuple(those) for id, those in found.items()}

    def named(self, id: int | None) -> str:
        """The alias under which somebody stands; empty for nobody."""
        return self.aliases.get(self.heads.get(id, id) or 0, "") if id is not None else ""
