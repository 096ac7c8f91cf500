"""How a learner shows something and stops showing it; both leave a line in the audit. No request, no commit."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app import audit, clock
from app.db import db
from app.models import Enrolment, Entry, Person, Plan, Shared
from app.practice.actions import AlreadyCorrected, NotTheirs


def show_entry(enrolment: Enrolment, entry_id: int) -> int:
    """Show an entry as it stands; the id of the showing, also where it is shown already.

    Raises NotTheirs, and AlreadyCorrected for an entry that stands no more.
    """
    entry = db.session.scalar(select(Entry).where(Entry.id == entry_id, Entry.person_id == enrolment.person_id))
    if entry is None:
        raise NotTheirs
    replaced = select(Entry.id).where(Entry.replaces_id == entry_id)
    if entry.void or db.session.scalar(replaced) is not None:
        raise AlreadyCorrected
    return show(Shared(enrolment_id=enrolment.id, entry_id=entry_id), by=enrolment.person_id)


def show_plan(enrolment: Enrolment, plan_id: int) -> int:
    """Show a plan and what was reported of it; the id of the showing. Raises NotTheirs."""
    mine = (Plan.id == plan_id, Plan.enrolment_id == enrolment.id)
    if db.session.scalar(select(Plan.id).where(*mine)) is None:
        raise NotTheirs
    return show(Shared(enrolment_id=enrolment.id, plan_id=plan_id), by=enrolment.person_id)


def show(shared: Shared, *, by: int) -> int:
    """Keep the showing, unless the same thing is shown at this moment; its id."""
    same = (Shared.entry_id == shared.entry_id) if shared.entry_id else (Shared.plan_id == shared.plan_id)
    open_one = select(Shared.id).where(same, Shared.withdrawn_at.is_(None))
    try:
        with db.session.begin_nested():
            db.session.add(shared)
    except IntegrityError:
        return db.session.execute(open_one).scalar_one()
    audit.note("showed", by=by, whom=by, about=f"shared {shared.id}")
    db.session.flush()
    return shared.id


def withdraw(person: Person, shared_id: int) -> None:
    """Stop showing it; what a trainer wrote stays with the trainer. Raises NotTheirs."""
    if _change(person, shared_id, Shared.withdrawn_at, withdrawn_at=clock.now()):
        audit.note("withdrew", by=person.id, whom=person.id, about=f"shared {shared_id}")
        db.session.flush()


def hear(person: Person, shared_id: int) -> None:
    """Say that the answer was read. Raises NotTheirs."""
    _change(person, shared_id, Shared.heard_at, heard_at=clock.now())


def _change(person: Person, shared_id: int, column: Any, **values: Any) -> bool:
    """Set what is not set yet; False where it was. Raises NotTheirs."""
    own = select(Enrolment.id).where(Enrolment.person_id == person.id)
    mine = (Shared.id == shared_id, Shared.enrolment_id.in_(own))
    done: Any = db.session.execute(update(Shared).where(*mine, column.is_(None)).values(values))
    if not done.rowcount and db.session.scalar(select(Shared.id).where(*mine)) is None:
        raise NotTheirs
    return bool(done.rowcount)
