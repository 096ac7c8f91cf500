"""Write down whom a learner tends, and how. Flush, never commit."""

from collections.abc import Sequence

from sqlalchemy import select

from app.db import db
from app.models import Person, Relationship
from app.practice.actions import NotTheirs, add_relationship, take_turn
from app.practice.facts import Tending, alias_among
from course.merging import standing_for
from course.referral import circle, introducers


class AliasTaken(Exception):
    """Another of the person's relationships has this alias."""


class SeatTaken(Exception):
    """Somebody else sits there."""


class Circular(Exception):
    """Some people would have brought each other in a ring."""


def add_person(person: Person, tending: Tending) -> int:
    """Add somebody to tend; their id. Raises AliasTaken, SeatTaken, and NotTheirs for a stranger's introduction."""
    take_turn(person)
    refuse_clashes(everybody(person), tending, own=None)
    kept = {"layer": tending.layer, "cadence_days": tending.tau, "seat": tending.seat}
    origin = {"known_since": tending.known_since, "introduced_by_id": tending.introduced_by}
    return add_relationship(person, tending.alias, **kept, **origin).id


def tend(person: Person, relationship_id: int, tending: Tending) -> None:
    """Change how somebody is tended. Raises NotTheirs, AliasTaken, SeatTaken and Circular."""
    take_turn(person)
    relationship = own_relationship(person, relationship_id)
    people = everybody(person)
    refuse_clashes(people, tending, own=relationship.id)
    relationship.alias = tending.alias
    relationship.layer, relationship.cadence_days = tending.layer, tending.tau
    relationship.seat = tending.seat
    write_origin(relationship, people, tending)
    db.session.flush()


def write_origin(relationship: Relationship, people: Sequence[Relationship], tending: Tending) -> None:
    """Since when and through whom they are known: where that was said by a merged alias too, it is changed there."""
    one = standing_for(merged_among(people))
    aliases = [alias for alias in people if one.get(alias.id, alias.id) == relationship.id]
    if min(alias.known_since for alias in aliases) != tending.known_since:
        relationship.known_since = tending.known_since
        for alias in aliases:
            alias.known_since = max(alias.known_since, tending.known_since)
    if introducers(told_among(people), one).get(relationship.id) != tending.introduced_by:
        for alias in aliases:
            alias.introduced_by_id = None
        relationship.introduced_by_id = tending.introduced_by
    if circle(told_among(people)) or circle(introducers(told_among(people), one)):
        raise Circular


def free_seat(person: Person, relationship_id: int) -> str:
    """Let somebody's seat go, and keep everything else; their alias. Raises NotTheirs."""
    relationship = own_relationship(person, relationship_id)
    relationship.seat = None
    db.session.flush()
    return relationship.alias


def own_relationship(person: Person, relationship_id: int) -> Relationship:
    """One of the person's people, who was not merged into another. Raises NotTheirs."""
    own = select(Relationship).where(
        Relationship.id == relationship_id,
        Relationship.person_id == person.id,
        Relationship.merged_into_id.is_(None),
    )
    found = db.session.scalar(own)
    if found is None:
        raise NotTheirs
    return found


def everybody(person: Person) -> Sequence[Relationship]:
    """All the person's aliases, those too that were merged."""
    return db.session.scalars(
        select(Relationship).where(Relationship.person_id == person.id).order_by(Relationship.id)
    ).all()


def merged_among(people: Sequence[Relationship]) -> dict[int, int]:
    """For each merged alias the one it was merged into."""
    return {alias.id: alias.merged_into_id for alias in people if alias.merged_into_id is not None}


def told_among(people: Sequence[Relationship]) -> dict[int, int]:
    """For each alias that was introduced the one who brought it."""
    return {alias.id: alias.introduced_by_id for alias in people if alias.introduced_by_id is not None}


def refuse_clashes(people: Sequence[Relationship], tending: Tending, *, own: int | None) -> None:
    """Raise where another of the people has the alias, in whatever case, or the seat; or a stranger brought them."""
    others = [alias for alias in people if alias.id != own]
    if alias_among({alias.id: alias.alias for alias in others}, tending.alias) is not None:
        raise AliasTaken
    if tending.seat is not None and tending.seat in {alias.seat for alias in others}:
        raise SeatTaken
    if tending.introduced_by is not None and tending.introduced_by not in {alias.id for alias in others}:
        raise NotTheirs
