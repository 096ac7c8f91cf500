"""What a learner changes beside the ledger: an opportunity's later state is a new row, and the earlier ones stay."""

from datetime import date, datetime

from sqlalchemy import func, select, update

from app.db import db
from app.models import Intangible, Opportunity, Person, Receipt
from app.practice.ledger_actions import add_receipt, lock
from app.practice.ledger_facts import NewReceipt
from app.practice.opportunity_facts import NewOpportunity
from course.evidence import State


class NotTheirs(Exception):
    """The person has no such opportunity."""


class ChangedMeanwhile(Exception):
    """The opportunity was changed by another tab or another device: its state stands no more."""


def add_opportunity(person: Person, new: NewOpportunity) -> int:
    """Write down a possible gain; its id. The relationship, if there is one, has to be the person's own."""
    return _add(person, new, replaces_id=None)


def change_opportunity(person: Person, opportunity_id: int, new: NewOpportunity) -> int:
    """Let a new state take the place of one that stands; its id. Raises NotTheirs and ChangedMeanwhile."""
    lock(person)
    return _add(person, new, replaces_id=_standing(person, opportunity_id).id)


def remove_opportunity(person: Person, opportunity_id: int, *, now: datetime) -> None:
    """Take an opportunity out; done twice is done. Raises NotTheirs and ChangedMeanwhile."""
    lock(person)
    row = _standing(person, opportunity_id)
    row.removed_at = row.removed_at or now
    db.session.flush()


def receive(person: Person, new: NewReceipt) -> None:
    """Write down a receipt that pays an opportunity, and move that on: signed, or paid once all of it came.

    Raises NotTheirs and ChangedMeanwhile.
    """
    lock(person)
    assert new.opportunity_id is not None
    pays = _standing(person, new.opportunity_id)
    add_receipt(person, new)
    settled = _brought(person, pays) >= pays.amount
    state: State = "paid" if settled else "signed"
    if state == pays.state:
        return
    same = {name: getattr(pays, name) for name in ("what", "amount", "margin", "probability", "expected_on")}
    moved = NewOpportunity(day=max(new.day, pays.day), state=state, relationship_id=pays.relationship_id, **same)
    _add(person, moved, replaces_id=pays.id)


def add_intangible(person: Person, day: date, text: str, *, relationship_id: int | None) -> None:
    """Write down what came back and is no money."""
    db.session.add(Intangible(person_id=person.id, day=day, text=text, relationship_id=relationship_id))
    db.session.flush()


def remove_intangible(person: Person, intangible_id: int, *, now: datetime) -> bool:
    """Take words out; done twice is done. False if the person has no such words."""
    removed = db.session.execute(
        update(Intangible)
        .where(Intangible.id == intangible_id, Intangible.person_id == person.id)
        .values(removed_at=func.coalesce(Intangible.removed_at, now))
        .returning(Intangible.id)
    )
    return removed.scalar() is not None


def _standing(person: Person, opportunity_id: int) -> Opportunity:
    mine = (Opportunity.id == opportunity_id, Opportunity.person_id == person.id)
    found = db.session.scalar(select(Opportunity).where(*mine))
    if found is None:
        raise NotTheirs
    if db.session.scalar(select(Opportunity.id).where(Opportunity.replaces_id == found.id)) is not None:
        raise ChangedMeanwhile
    return found


def _brought(person: Person, opportunity: Opportunity) -> int:
    """What receipts brought of an opportunity, in whichever state they found it."""
    rows = db.session.execute(select(Opportunity.id, Opportunity.replaces_id).where(Opportunity.person_id == person.id))
    before = {id: replaces_id for id, replaces_id in rows}
    states: list[int] = []
    here: int | None = opportunity.id
    while here is not None:
        states.append(here)
        here = before[here]
    mine = (Receipt.person_id == person.id, Receipt.removed_at.is_(None), Receipt.opportunity_id.in_(states))
    return int(db.session.scalar(select(func.sum(Receipt.amount)).where(*mine)) or 0)


def _add(person: Person, new: NewOpportunity, *, replaces_id: int | None) -> int:
    row = Opportunity(person_id=person.id, replaces_id=replaces_id, **vars(new))
    db.session.add(row)
    db.session.flush()
    return row.id
