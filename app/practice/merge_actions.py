"""Two aliases become one person, and two again. Only who stands for whom changes: no row moves. Flush, never commit."""

from datetime import datetime

from app.db import db
from app.models import Person, Relationship
from app.practice.actions import NotTheirs, take_turn
from app.practice.people_actions import Circular, everybody, merged_among, own_relationship, told_among
from course.merging import standing_for
from course.referral import circle, introducers


class NotMerged(Exception):
    """The alias is somebody of their own."""


def merge(person: Person, stays: int, *, other: int, now: datetime) -> None:
    """Say that the other alias is the person of the one that stays. A seat of the other goes to who has none.

    Raises NotTheirs, also where they are one already, and Circular where they would have introduced themselves.
    """
    take_turn(person)
    standing, merged = own_relationship(person, stays), own_relationship(person, other)
    if standing is merged:
        raise NotTheirs
    merged.merged_into_id, merged.merged_at = standing.id, now
    merged.merged_seat, merged.seat = merged.seat, None
    # The seat is free before somebody else sits down.
    db.session.flush()
    if standing.seat is None:
        standing.seat = merged.merged_seat
    refuse_circles(person)
    db.session.flush()


def part(person: Person, alias_id: int) -> tuple[str, int | None]:
    """Say that a merged alias is somebody of their own again; the alias, and the seat it has back, if any.

    The seat it came with is given back, also by who had it from this alias; somebody else who took it keeps it.
    Raises NotTheirs and NotMerged.
    """
    take_turn(person)
    people = {alias.id: alias for alias in everybody(person)}
    alias = people.get(alias_id)
    if alias is None:
        raise NotTheirs
    if alias.merged_into_id is None:
        raise NotMerged
    seat = given_back(alias, people)
    alias.merged_into_id = alias.merged_at = alias.merged_seat = None
    db.session.flush()
    alias.seat = seat
    db.session.flush()
    return alias.alias, seat


def given_back(alias: Relationship, people: dict[int, Relationship]) -> int | None:
    """The seat that a merged alias had, free again; None where it had none or another person has it now."""
    seat = alias.merged_seat
    if seat is None:
        return None
    stands = standing_for(merged_among(list(people.values())))[alias.id]
    sitting = next((one for one in people.values() if one.seat == seat), None)
    if sitting is not None and sitting.id != stands:
        return None
    if sitting is not None:
        sitting.seat = None
    # On the way up the seat was handed on; it must not come back a second time.
    above = people.get(alias.merged_into_id or 0)
    while above is not None and above.id != stands:
        above.merged_seat = None if above.merged_seat == seat else above.merged_seat
        above = people.get(above.merged_into_id or 0)
    return seat


def refuse_circles(person: Person) -> None:
    """Raise Circular where some people would have brought each other in a ring, now that two are one."""
    people = everybody(person)
    if circle(introducers(told_among(people), standing_for(merged_among(people)))):
        raise Circular
