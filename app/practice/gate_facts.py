"""What a learner states, delivers and sends, as it passes from a form to the gate's tables."""

from dataclasses import dataclass
from datetime import date

from course.gate_facts import Delivery


@dataclass(frozen=True)
class NewTerms:
    """A statement as it was typed: minutes, money in minor units, the keys of LAW that are ticked."""

    batch: int
    capacity_minutes: int
    reply_minutes: int
    send_minutes: int
    send_cost: int
    deal_margin: int
    law: tuple[str, ...]


@dataclass(frozen=True)
class NewDelivery:
    """Something delivered, to one of the learner's people or to nobody listed."""

    day: date
    what: str
    as_promised: bool
    relationship_id: int | None = None


@dataclass(frozen=True)
class Counts:
    """What came back of a batch."""

    replies: int
    two_way: int
    answered_in_time: int
    complaints: int


@dataclass(frozen=True)
class Delivered:
    """A delivery with the alias of who got it, "" for nobody listed."""

    delivery: Delivery
    alias: str
