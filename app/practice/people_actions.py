"""Write down whom a learner tends, and how. Flush, never commit."""

from sqlalchemy import select

from app.db import db
from app.models import Person, Relationship
from app.practice.actions import NotTheirs, add_relationship, take_turn
from app.practice.facts import Tending, alias_among


class AliasTaken(Exception):
    """Another of the person's relationships has this alias."""


class SeatTaken(Exception):
    """Somebody else sits there."""


def add_person(person: Person, tending: Tending) -> int:
    """Add somebody to tend; their id. Raises AliasTaken and SeatTaken."""
    take_turn(person)
    refuse_clashes(person, tending, own=None)
    return add_relationship(person, tending.alias, **kept_as(tending)).id


def tend(person: Person, relationship_id: int, tending: Tending) -> None:
    """Change how somebody is tended. Raises NotTheirs, AliasTaken and SeatTaken."""
    take_turn(person)
    relationship = own_relationship(person, relationship_id)
    refuse_clashes(person, tending, own=relationship.id)
    relationship.alias = tending.alias
    for name, value in kept_as(tending).items():
        setattr(relationship, name, value)
    db.session.flush()


def free_seat(person: Person, relationship_id: int) -> str:
    """Let somebody's seat go, and keep everything else; their alias. Raises NotTheirs."""
    relationship = own_relationship(person, relationship_id)
    relationship.seat = None
    db.session.flush()
    return relationship.alias


def own_relationship(person: Person, relationship_id: int) -> Relationship:
    own = select(Relationship).where(Relationship.id == relationship_id, Relationship.person_id == person.id)
    found = db.session.scalar(own)
    if found is None:
        raise NotTheirs
    return found


def refuse_clashes(person: Person, tending: Tending, *, own: int | None) -> None:
    """Raise where another of the person's people has the alias, in whatever case, or the seat."""
    rows = db.session.execute(
        select(Relationship.id, Relationship.alias, Relationship.seat).where(Relationship.person_id == person.id)
    ).all()
    others = [row for row in rows if row.id != own]
    if alias_among({row.id: row.alias for row in others}, tending.alias) is not None:
        raise AliasTaken
    if tending.seat is not None and tending.seat in {row.seat for row in others}:
        raise SeatTaken


def kept_as(tending: Tending) -> dict[str, object]:
    return {
        "layer": tending.layer,
        "cadence_days": tending.tau,
        "seat": tending.seat,
        "known_since": tending.known_since,
    }
