"""Write to the practice log: entries are added and never changed, promises are settled. Flush, never commit.

What logging an entry takes is said in statements built once: putting one together takes longer than running it.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, insert, or_, select, update

from app import clock
from app.db import db
from app.models import Enrolment, Entry, Person, Plan, Promise, Relationship
from app.practice.facts import Facts, alias_among
from app.practice.queries import stands
from course.merging import standing_for
from course.practice import LINES

PERSONS: Any = Person.__table__
PEOPLE: Any = Relationship.__table__
ENTRIES: Any = Entry.__table__
# Without the key's lock: rows that merely refer to the person needn't wait.
TURN = select(PERSONS.c.id).where(PERSONS.c.id == bindparam("person")).with_for_update(key_share=True)
ALIASES = select(PEOPLE.c.id, PEOPLE.c.alias).where(PEOPLE.c.person_id == bindparam("person"))
ONE_OF_THEM = ALIASES.where(PEOPLE.c.id == bindparam("id"))
MERGED = select(PEOPLE.c.id, PEOPLE.c.merged_into_id).where(
    PEOPLE.c.person_id == bindparam("person"), PEOPLE.c.merged_into_id.is_not(None)
)
ADD_ENTRY = insert(ENTRIES)
LINE_KEYS = tuple(line.key for line in LINES)
UNRATED = dict.fromkeys(LINE_KEYS)


class NotTheirs(Exception):
    """There is no such row among the person's own."""


class AlreadyCorrected(Exception):
    """The entry was replaced in the meantime, by another tab or another device."""


@dataclass(frozen=True)
class Added:
    """An entry that was just written: its id, whose it is, and whom it is with."""

    id: int
    person_id: int
    relationship_id: int | None


def take_turn(person: Person) -> None:
    """What one person writes is written one after the other, so that what was just read stays true."""
    # On SQLite a transaction that may write is the only one from its beginning.
    if db.engine.dialect.name != "sqlite":
        db.session.execute(TURN, {"person": person.id})


def log_entry(person: Person, facts: Facts) -> int:
    """Add an entry with the promise it makes and those it keeps; its id. Raises NotTheirs."""
    take_turn(person)
    entry = add_entry(person, facts)
    if facts.promise:
        db.session.add(promise_of(entry, facts))
    keep_promises(entry, facts)
    return entry.id


def correct_entry(person: Person, entry_id: int, facts: Facts) -> int:
    """Add an entry that replaces one; its id. The promise of the old one goes with it, as the new one words it.

    Raises NotTheirs, and AlreadyCorrected if the entry doesn't stand any more.
    """
    take_turn(person)
    replaced = standing_entry(person, entry_id)
    if facts.person in same_person(person.id, replaced.relationship_id):
        # Two aliases that were merged stay apart in their rows: a correction stays with the one it corrects.
        facts = replace(facts, person=replaced.relationship_id)
    entry = add_entry(person, facts, replaces_id=replaced.id)
    if facts.promise:
        before = promise_made(replaced)
        settled = {"kept_on": before.kept_on, "dropped_on": before.dropped_on} if before else {}
        db.session.add(promise_of(entry, facts, **settled))
    keep_promises(entry, facts)
    hand_on_plan(replaced.id, entry.id)
    return entry.id


def take_back(person: Person, entry_id: int) -> int:
    """Say that an entry didn't happen: it is replaced by a void one. Raises NotTheirs and AlreadyCorrected."""
    take_turn(person)
    replaced = standing_entry(person, entry_id)
    if replaced.void:
        raise AlreadyCorrected
    same = {column.key: getattr(replaced, column.key) for column in Entry.__table__.columns}
    for own in ("id", "created_at"):
        del same[own]
    entry = Entry(**{**same, "replaces_id": replaced.id, "void": True})
    db.session.add(entry)
    db.session.flush()
    hand_on_plan(replaced.id, entry.id)
    return entry.id


def report_done(enrolment: Enrolment, plan_id: int, entry_id: int) -> None:
    """Say that a plan was done and what was logged of it. What was reported first stands, and so does its entry.

    Raises NotTheirs for a plan that is not the enrolment's.
    """
    mine = (Plan.id == plan_id, Plan.enrolment_id == enrolment.id)
    open_or_done = (or_(Plan.outcome.is_(None), Plan.outcome == "done"), Plan.entry_id.is_(None))
    told = {"outcome": "done", "entry_id": entry_id, "reported_at": func.coalesce(Plan.reported_at, clock.now())}
    done: Any = db.session.execute(update(Plan).where(*mine, *open_or_done).values(told))
    if not done.rowcount and db.session.scalar(select(Plan.id).where(*mine)) is None:
        raise NotTheirs


def hand_on_plan(replaced_id: int, entry_id: int) -> None:
    """The plan that an entry reported on goes with its correction."""
    db.session.execute(update(Plan).where(Plan.entry_id == replaced_id).values(entry_id=entry_id))


def settle_promise(person: Person, promise_id: int, *, outcome: str, day: date) -> int:
    """Say that a promise was kept or dropped on a day, or that it is open after all; the id of whom it was made to.

    Raises NotTheirs, also for a promise whose entry was corrected since.
    """
    days = {
        "kept_on": day if outcome == "kept" else None,
        "dropped_on": day if outcome == "dropped" else None,
    }
    own = (Promise.id == promise_id, Promise.person_id == person.id, stands())
    changed = update(Promise).where(*own).values(days).returning(Promise.relationship_id)
    relationship_id = db.session.scalar(changed.execution_options(synchronize_session=False))
    if relationship_id is None:
        raise NotTheirs
    return relationship_id


def add_entry(person: Person, facts: Facts, *, replaces_id: int | None = None) -> Added:
    whom = relationship_in(person, facts)
    row = {
        "person_id": person.id,
        "relationship_id": whom,
        "day": facts.day,
        "channel": facts.channel,
        "minutes": facts.minutes,
        "began": facts.began,
        "lesson_id": facts.exercise,
        "step": facts.step,
        "step_due": facts.step_due,
        "sign": facts.sign,
        "note": facts.note,
        "replaces_id": replaces_id,
        **(dict(zip(LINE_KEYS, facts.rubric.points, strict=True)) if facts.rubric else UNRATED),
    }
    added: Any = db.session.execute(ADD_ENTRY, row)
    return Added(added.inserted_primary_key.id, person.id, whom)


def relationship_in(person: Person, facts: Facts) -> int | None:
    """Whom the entry is with: one of the person's own, found by id or alias, or made; None if done alone."""
    if facts.person is None and not facts.alias:
        return None
    if facts.person is not None:
        if db.session.execute(ONE_OF_THEM, {"person": person.id, "id": facts.person}).first() is None:
            raise NotTheirs
        return facts.person
    own = {id: alias for id, alias in db.session.execute(ALIASES, {"person": person.id})}
    found = alias_among(own, facts.alias)
    return found if found is not None else add_relationship(person, facts.alias, known_since=facts.day).id


def same_person(person_id: int, relationship_id: int | None) -> frozenset[int]:
    """Every alias of somebody: the one asked for, and those that are merged with it."""
    if relationship_id is None:
        return frozenset()
    one = standing_for({id: into for id, into in db.session.execute(MERGED, {"person": person_id})})
    stands = one.get(relationship_id, relationship_id)
    return frozenset({stands, relationship_id, *(alias for alias in one if one[alias] == stands)})


def add_relationship(person: Person, alias: str, **given: Any) -> Relationship:
    """Someone new to tend. The caller has taken the person's turn and knows that the alias is free."""
    added = Relationship(person_id=person.id, alias=alias, **given)
    db.session.add(added)
    db.session.flush()
    return added


def standing_entry(person: Person, entry_id: int) -> Entry:
    entry = db.session.scalar(select(Entry).where(Entry.id == entry_id, Entry.person_id == person.id))
    if entry is None:
        raise NotTheirs
    if db.session.scalar(select(Entry.id).where(Entry.replaces_id == entry.id)) is not None:
        raise AlreadyCorrected
    return entry


def promise_made(entry: Entry | None) -> Promise | None:
    """The promise that an entry made, or the nearest earlier version of it."""
    while entry is not None:
        found = db.session.scalar(select(Promise).where(Promise.entry_id == entry.id))
        if found is not None:
            return found
        entry = db.session.get(Entry, entry.replaces_id) if entry.replaces_id else None
    return None


def promise_of(entry: Added, facts: Facts, **settled: date | None) -> Promise:
    return Promise(
        person_id=entry.person_id,
        relationship_id=entry.relationship_id,
        entry_id=entry.id,
        text=facts.promise,
        made_on=facts.day,
        due_on=facts.promise_due,
        **settled,
    )


def keep_promises(entry: Added, facts: Facts) -> None:
    """Mark the open promises to this person that the entry kept, on its day."""
    if not facts.kept:
        return
    open_ones = (
        Promise.person_id == entry.person_id,
        Promise.relationship_id.in_(same_person(entry.person_id, entry.relationship_id)),
        *(Promise.id.in_(facts.kept), Promise.kept_on.is_(None), Promise.dropped_on.is_(None), stands()),
    )
    db.session.execute(
        update(Promise).where(*open_ones).values(kept_on=facts.day).execution_options(synchronize_session=False)
    )
