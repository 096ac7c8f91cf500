"""Erasing an account: what goes, what stays without it, and what is done again after a restore.

The rows that are somebody's hang on their account and go with it in the database. A cohort's count of seats is set
right; the worker's next turn offers the seat to whoever waits.
"""

from dataclasses import dataclass

from sqlalchemy import delete, exists, func, or_, orm, select, update

from app import audit, clock
from app.access import digest, new_token, record
from app.db import Base, db
from app.mail import enqueue
from app.models import Attempt, Cohort, CohortTrainer, Enrolment, Mail, Person, Token
from app.privacy import letters, tombstones
from app.privacy.declarations import TABLES
from app.privacy.owned import owned

HELD = ("offered", "confirmed")
ADDRESS_KEY = "address:"
"""How the key begins of a mail to an address that somebody wants to move to; the link's fingerprint follows."""
FAREWELL = "erased:"
"""How the key begins of the one mail that is written after an erasure: it goes as soon as it was sent."""


@dataclass(frozen=True)
class InTheWay:
    """What must be handed over first: the installation, or cohorts that nobody else runs, by their names."""

    runs_all: bool
    cohorts: tuple[str, ...]

    def __bool__(self) -> bool:
        return self.runs_all or bool(self.cohorts)


def in_the_way(person: Person) -> InTheWay:
    """What keeps the person from being erased."""
    other = orm.aliased(CohortTrainer)
    another = exists().where(other.cohort_id == Cohort.id, other.person_id != person.id)
    alone = (
        select(Cohort.name)
        .join(CohortTrainer, CohortTrainer.cohort_id == Cohort.id)
        .where(CohortTrainer.person_id == person.id, ~another)
        .order_by(Cohort.starts_on, Cohort.id)
    )
    return InTheWay(person.is_operator, tuple(db.session.scalars(alone)))


def held_by(person: Person) -> dict[str, int]:
    """How many rows are the person's, by table; tables without any left out. One query."""
    counts = [
        select(func.count())
        .select_from(Base.metadata.tables[table.name])
        .where(owned(table, person.id))
        .scalar_subquery()
        .label(table.name)
        for table in TABLES.values()
        if table.mine
    ]
    row = db.session.execute(select(*counts)).mappings().one()
    return {name: count for name, count in row.items() if count}


def erase(person: Person) -> None:
    """Erase the person for good: out of the database, told by one last mail, and listed outside it.

    Listed when all else is done and before it is committed: what fails erases nobody now or later, and no crash in
    between lets a backup bring them back. OSError where the list can't be written.
    """
    email, stable_id = person.email, person.stable_id
    remove(person)
    enqueue(letters.farewell(), key=f"{FAREWELL}{new_token()}", to=email)
    audit.note("erased", by=None, about=tombstones.mark(stable_id)[:16])
    db.session.flush()
    tombstones.keep(stable_id, clock.now())
    record("erased", mark=tombstones.mark(stable_id)[:16])


def erase_again() -> int:
    """Erase whoever was erased before and came back, by a backup that was older; how many."""
    marks = tombstones.listed()
    if not marks:
        return 0
    back = [
        id
        for id, stable_id in db.session.execute(select(Person.id, Person.stable_id))
        if tombstones.mark(stable_id) in marks
    ]
    for id in back:
        person = db.session.get_one(Person, id)
        remove(person)
        audit.note("erased again", by=None, about=tombstones.mark(person.stable_id)[:16])
    db.session.flush()
    return len(back)


def remove(person: Person) -> None:
    """Take the person and all that hangs on them out of the database."""
    give_seats_back(person)
    # A new address that was never confirmed is nobody's here: its mail is known by the link's fingerprint.
    asked = select(ADDRESS_KEY + Token.token_hash).where(Token.person_id == person.id)
    theirs = or_(Mail.person_id == person.id, Mail.recipient == person.email, Mail.key.in_(asked))
    account = Attempt.account == digest(person.email.lower())
    for gone in (
        delete(Mail).where(theirs),
        delete(Attempt).where(account),
        delete(Person).where(Person.id == person.id),
    ):
        db.session.execute(gone.execution_options(synchronize_session=False))


def give_seats_back(person: Person) -> None:
    """Free the seats that the person holds. Cohorts are locked in one order, as whoever takes a seat does."""
    theirs = select(Enrolment.cohort_id).where(Enrolment.person_id == person.id)
    db.session.execute(select(Cohort.id).where(Cohort.id.in_(theirs)).order_by(Cohort.id).with_for_update())
    holds = exists().where(
        Enrolment.cohort_id == Cohort.id, Enrolment.person_id == person.id, Enrolment.status.in_(HELD)
    )
    freed = update(Cohort).where(holds, Cohort.taken > 0).values(taken=Cohort.taken - 1)
    db.session.execute(freed.execution_options(synchronize_session=False))
