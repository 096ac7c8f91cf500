"""What a learner writes down for the gate. Statements and batches are added, never changed. Flush, never commit."""

from datetime import date, datetime

from sqlalchemy import func, select, update

from app.db import db
from app.models import Batch, Delivery, GateTerms, Person
from app.practice.actions import NotTheirs, take_turn
from app.practice.gate_facts import Counts, NewDelivery, NewTerms


class Overtaken(Exception):
    """Another tab or device has written in the meantime: what was typed goes by what doesn't stand any more."""


def state_terms(person: Person, new: NewTerms, *, day: date, seen: int | None) -> None:
    """State the terms from a day on. `seen`: the id of the statement that was before the learner's eyes.

    Raises Overtaken where it is not the latest any more.
    """
    take_turn(person)
    latest = select(GateTerms.id).where(GateTerms.person_id == person.id)
    if db.session.scalar(latest.order_by(GateTerms.day.desc(), GateTerms.id.desc()).limit(1)) != seen:
        raise Overtaken
    db.session.add(
        GateTerms(
            person_id=person.id,
            day=day,
            batch=new.batch,
            capacity_minutes=new.capacity_minutes,
            reply_minutes=new.reply_minutes,
            send_minutes=new.send_minutes,
            send_cost=new.send_cost,
            deal_margin=new.deal_margin,
            law=list(new.law),
        )
    )
    db.session.flush()


def add_delivery(person: Person, new: NewDelivery) -> None:
    """Write down something delivered. The relationship, if there is one, has to be the person's own."""
    db.session.add(
        Delivery(
            person_id=person.id,
            relationship_id=new.relationship_id,
            day=new.day,
            what=new.what,
            as_promised=new.as_promised,
        )
    )
    db.session.flush()


def remove_delivery(person: Person, delivery_id: int, *, now: datetime) -> None:
    """Take a delivery out; done twice is done. Raises NotTheirs."""
    own = (Delivery.id == delivery_id, Delivery.person_id == person.id)
    marked = update(Delivery).where(*own).values(removed_at=func.coalesce(Delivery.removed_at, now))
    if db.session.scalar(marked.returning(Delivery.id)) is None:
        raise NotTheirs


def plan_batch(person: Person, *, day: date, size: int, seen: int) -> None:
    """Write down a batch before it goes. `seen`: the highest id of the batches it was allowed by, 0 for none.

    Raises Overtaken where another was written down meanwhile.
    """
    take_turn(person)
    if (db.session.scalar(select(func.max(Batch.id)).where(Batch.person_id == person.id)) or 0) != seen:
        raise Overtaken
    db.session.add(Batch(person_id=person.id, day=day, size=size))
    db.session.flush()


def count_batch(person: Person, batch_id: int, counts: Counts) -> None:
    """Note what came back, as a row that replaces the batch's last one. Raises NotTheirs, and Overtaken if it isn't."""
    take_turn(person)
    row = standing_batch(person, batch_id)
    db.session.add(
        Batch(
            person_id=person.id,
            day=row.day,
            size=row.size,
            replies=counts.replies,
            two_way=counts.two_way,
            answered_in_time=counts.answered_in_time,
            complaints=counts.complaints,
            replaces_id=row.id,
        )
    )
    db.session.flush()


def remove_batch(person: Person, batch_id: int, *, now: datetime) -> None:
    """Take a batch out that never went. Raises NotTheirs, and Overtaken if its row was replaced in the meantime."""
    take_turn(person)
    standing_batch(person, batch_id).removed_at = now
    db.session.flush()


def standing_batch(person: Person, batch_id: int) -> Batch:
    row = db.session.scalar(select(Batch).where(Batch.id == batch_id, Batch.person_id == person.id))
    if row is None or row.removed_at is not None:
        raise NotTheirs
    if db.session.scalar(select(Batch.id).where(Batch.replaces_id == row.id)) is not None:
        raise Overtaken
    return row
