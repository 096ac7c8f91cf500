"""What a learner has practised, with whom, and what they promised. Reads only; each takes its owner."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import aliased

from app import models
from app.db import db
from app.models import Person, Receipt
from app.practice.book import Book, Logged, Tended
from course import cadence, practice
from course.cadence import Due
from course.practice import Entry, Promise, Rubric, Week

LINES = (
    *(models.Entry.id, models.Entry.person_id, models.Entry.relationship_id, models.Entry.day, models.Entry.channel),
    *(models.Entry.minutes, models.Entry.began, models.Entry.lesson_id, models.Entry.sign, models.Entry.replaces_id),
    *(models.Entry.personal, models.Entry.two_way, models.Entry.about_them, models.Entry.value),
    *(models.Entry.next_step, models.Entry.step, models.Entry.step_due, models.Entry.void),
)
PROMISES = (
    *(models.Promise.id, models.Promise.relationship_id, models.Promise.entry_id, models.Promise.text),
    *(models.Promise.made_on, models.Promise.due_on, models.Promise.kept_on, models.Promise.dropped_on),
)


@dataclass(frozen=True)
class Paid:
    """Money that came from somebody: minor units of the learner's currency."""

    day: date
    what: str
    amount: int


def entries_of(person: Person) -> tuple[Entry, ...]:
    """The whole log as it was written, corrections included, oldest first: what the rules of `course` take."""
    return tuple(map(entry, db.session.execute(lines(models.Entry.person_id == person.id))))


def entries_of_people(ids: Collection[int]) -> Mapping[int, tuple[Entry, ...]]:
    """The whole log of each of these persons, by the person's id; nothing for one who wrote none."""
    logs: dict[int, list[Entry]] = defaultdict(list)
    for row in db.session.execute(lines(models.Entry.person_id.in_(ids))):
        logs[row.person_id].append(entry(row))
    return {id: tuple(log) for id, log in logs.items()}


def practised_lessons(person: Person) -> frozenset[str]:
    """Ids of the lessons whose exercise the person has an entry for."""
    return practice.practised(entries_of(person))


def weeks_of(person: Person, today: date) -> tuple[Week, ...]:
    """The last twelve weeks of rated entries, oldest first."""
    return practice.weeks(entries_of(person), today)


def promises_of(person: Person) -> tuple[Promise, ...]:
    """The promises that stand: one made in an entry that was corrected since stands as the correction says."""
    found = select(*PROMISES).where(models.Promise.person_id == person.id, stands()).order_by(models.Promise.id)
    return tuple(promise(row) for row in db.session.execute(found))


def people_due(person: Person, today: date) -> tuple[Due, ...]:
    """Who is due today and why, whom it serves most first."""
    return cadence.due_list(book_of(person).rhythms, today)


def book_of(person: Person) -> Book:
    """The person's practice book, in two queries: their people with what was promised them, and their log."""
    log = db.session.execute(
        lines(models.Entry.person_id == person.id).add_columns(models.Entry.note, models.Entry.created_at)
    ).all()
    joined = (
        select(models.Relationship, *(column.label(f"promise_{column.key}") for column in PROMISES))
        .outerjoin(models.Promise, models.Promise.relationship_id == models.Relationship.id)
        .where(models.Relationship.person_id == person.id)
        .order_by(models.Relationship.alias, models.Relationship.id, models.Promise.id)
    )
    return bound(log, db.session.execute(joined).all())


def receipts_with(person: Person, relationship_id: int) -> tuple[Paid, ...]:
    """What came from one of the person's relationships, the latest first."""
    found = (
        select(Receipt.day, Receipt.what, Receipt.amount)
        .where(own_receipts(person), Receipt.relationship_id == relationship_id)
        .order_by(Receipt.day.desc(), Receipt.id.desc())
    )
    return tuple(Paid(*row) for row in db.session.execute(found))


def payment_days(person: Person) -> Mapping[int, tuple[date, ...]]:
    """The days on which money came from each relationship, by its id."""
    days: dict[int, list[date]] = defaultdict(list)
    found = select(Receipt.relationship_id, Receipt.day).where(own_receipts(person)).order_by(Receipt.day)
    for id, day in db.session.execute(found):
        if id is not None:
            days[id].append(day)
    return defaultdict(tuple, {id: tuple(them) for id, them in days.items()})


def own_receipts(person: Person) -> ColumnElement[bool]:
    return and_(Receipt.person_id == person.id, Receipt.removed_at.is_(None))


def stands() -> ColumnElement[bool]:
    """That a promise's entry has not been replaced. A promise that no entry made stands by itself."""
    later = aliased(models.Entry)
    return ~exists().where(later.replaces_id == models.Promise.entry_id)


def lines(of: ColumnElement[bool]) -> Any:
    return select(*LINES).where(of).order_by(models.Entry.id)


def bound(log: Iterable[Any], people: Iterable[Any]) -> Book:
    """The rows as one book."""
    rows = list(log)
    replaced = {row.replaces_id for row in rows}
    kept: dict[int, tuple[models.Relationship, list[Promise]]] = {}
    made = {}
    for row in people:
        relationship = row.Relationship
        _, promises = kept.setdefault(relationship.id, (relationship, []))
        if row.promise_id is None:
            continue
        words = promise(row, "promise_")
        if row.promise_entry_id is not None:
            made[row.promise_entry_id] = words
        if row.promise_entry_id is None or row.promise_entry_id not in replaced:
            promises.append(words)
    tended = tuple(tended_from(relationship, promises) for relationship, promises in kept.values())
    aliases = {person.id: person.alias for person in tended}
    written = (Logged(entry(row), aliases.get(row.relationship_id, ""), row.note, row.created_at) for row in rows)
    return Book(tended, tuple(written), made)


def tended_from(row: models.Relationship, promises: Iterable[Promise]) -> Tended:
    return Tended(
        id=row.id,
        alias=row.alias,
        layer=row.layer,
        tau=row.cadence_days,
        seat=row.seat,
        known_since=row.known_since,
        promises=tuple(promises),
    )


def entry(row: Any) -> Entry:
    """A row of the log as the rules know it."""
    points = (row.personal, row.two_way, row.about_them, row.value, row.next_step)
    rated = row.relationship_id is not None and None not in points
    return Entry(
        id=row.id,
        on=row.day,
        person=row.relationship_id,
        channel=row.channel,
        minutes=row.minutes,
        began=row.began,
        rubric=Rubric(*points) if rated else None,
        exercise=row.lesson_id,
        sign=row.sign,
        replaces=row.replaces_id,
        step=row.step,
        step_due=row.step_due,
        void=row.void,
    )


def promise(row: Any, prefix: str = "") -> Promise:
    """A promise as the rules know it."""
    facts = {column.key: getattr(row, prefix + column.key) for column in PROMISES}
    return Promise(
        id=facts["id"],
        person=facts["relationship_id"],
        text=facts["text"],
        made=facts["made_on"],
        due=facts["due_on"],
        kept=facts["kept_on"],
        dropped=facts["dropped_on"],
    )
