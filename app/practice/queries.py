"""What a learner has practised, with whom, and what they promised. Reads only; each takes its owner.

The statements are built once: putting one together takes longer than running it. They read tables and not entities,
since only values are wanted, which halves the time for a log of a hundred lines.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, select

from app import models
from app.db import db
from app.models import Person
from app.practice.book import Book, Company, Logged, Tended
from course import cadence, practice
from course.cadence import Due
from course.practice import RUBRICS, Entry, Promise, Week

ENTRY, PROMISE, KNOWN, RECEIPT = (
    table.__table__.c for table in (models.Entry, models.Promise, models.Relationship, models.Receipt)
)
OWNER: BindParameter[int] = bindparam("person")


def stands() -> ColumnElement[bool]:
    """That a promise's entry has not been replaced. A promise that no entry made stands by itself."""
    later = models.Entry.__table__.alias()
    return ~exists().where(later.c.replaces_id == PROMISE.entry_id)


# In the order of the values they make: rows are read by place.
LINE = (
    *(ENTRY.id, ENTRY.day, ENTRY.relationship_id, ENTRY.channel, ENTRY.minutes, ENTRY.began, ENTRY.lesson_id),
    *(ENTRY.sign, ENTRY.replaces_id, ENTRY.step, ENTRY.step_due, ENTRY.void),
    *(ENTRY.personal, ENTRY.two_way, ENTRY.about_them, ENTRY.value, ENTRY.next_step),
)
WORDS = (
    *(PROMISE.id, PROMISE.relationship_id, PROMISE.text, PROMISE.made_on),
    *(PROMISE.due_on, PROMISE.kept_on, PROMISE.dropped_on),
)
TENDED = (KNOWN.id, KNOWN.alias, KNOWN.layer, KNOWN.cadence_days, KNOWN.seat, KNOWN.known_since)

LOG = select(*LINE).where(ENTRY.person_id == OWNER).order_by(ENTRY.id)
LOG_WITH_NOTES = LOG.with_only_columns(ENTRY.note, ENTRY.created_at, *LINE)
LOGS = select(ENTRY.person_id, *LINE).where(ENTRY.person_id.in_(bindparam("people", expanding=True))).order_by(ENTRY.id)
REPLACING = models.Entry.__table__.alias()
PRACTISED = (
    select(ENTRY.lesson_id)
    .where(ENTRY.person_id == OWNER, ENTRY.lesson_id.is_not(None), ENTRY.void.is_(False))
    .where(~exists().where(REPLACING.c.replaces_id == ENTRY.id))
    .distinct()
)
PROMISES = select(*WORDS).where(PROMISE.person_id == OWNER, stands()).order_by(PROMISE.id)
PEOPLE = (
    select(*TENDED, PROMISE.entry_id, *WORDS)
    .outerjoin_from(models.Relationship.__table__, models.Promise.__table__, PROMISE.relationship_id == KNOWN.id)
    .where(KNOWN.person_id == OWNER)
    .order_by(KNOWN.alias, KNOWN.id, PROMISE.id)
)
OPEN = and_(PROMISE.relationship_id == KNOWN.id, PROMISE.kept_on.is_(None), PROMISE.dropped_on.is_(None), stands())
COMPANY = (
    select(KNOWN.id, KNOWN.alias, *WORDS)
    .outerjoin_from(models.Relationship.__table__, models.Promise.__table__, OPEN)
    .where(KNOWN.person_id == OWNER)
    .order_by(KNOWN.alias, KNOWN.id, PROMISE.due_on, PROMISE.id)
)
PAID = select(RECEIPT.relationship_id, RECEIPT.day, RECEIPT.what, RECEIPT.amount).where(
    RECEIPT.person_id == OWNER, RECEIPT.removed_at.is_(None), RECEIPT.relationship_id.is_not(None)
)
PAID_BY = PAID.where(RECEIPT.relationship_id == bindparam("payer")).order_by(RECEIPT.day.desc(), RECEIPT.id.desc())
PAYMENT_DAYS = PAID.with_only_columns(RECEIPT.relationship_id, RECEIPT.day).order_by(RECEIPT.day)


@dataclass(frozen=True)
class Paid:
    """Money that came from somebody: minor units of the learner's currency."""

    day: date
    what: str
    amount: int


def entries_of(person: Person) -> tuple[Entry, ...]:
    """The whole log as it was written, corrections included, oldest first: what the rules of `course` take."""
    return tuple(map(entry, db.session.execute(LOG, {"person": person.id}).all()))


def entries_of_people(ids: Collection[int]) -> Mapping[int, tuple[Entry, ...]]:
    """The whole log of each of these persons, by the person's id; nothing for one who wrote none."""
    logs: dict[int, list[Entry]] = defaultdict(list)
    for whose, *line in db.session.execute(LOGS, {"people": list(ids)}).all():
        logs[whose].append(entry(line))
    return {id: tuple(log) for id, log in logs.items()}


def practised_lessons(person: Person) -> frozenset[str]:
    """Ids of the lessons whose exercise the person has an entry for; the rule is `course.practice.practised`."""
    return frozenset(db.session.execute(PRACTISED, {"person": person.id}).scalars())


def weeks_of(person: Person, today: date) -> tuple[Week, ...]:
    """The last twelve weeks of rated entries, oldest first."""
    return practice.weeks(entries_of(person), today)


def promises_of(person: Person) -> tuple[Promise, ...]:
    """The promises that stand: one made in an entry that was corrected since stands as the correction says."""
    return tuple(Promise(*row) for row in db.session.execute(PROMISES, {"person": person.id}))


def people_due(person: Person, today: date) -> tuple[Due, ...]:
    """Who is due today and why, whom it serves most first."""
    return cadence.due_list(book_of(person).rhythms, today)


def book_of(person: Person) -> Book:
    """The person's practice book, in two queries: their people with what was promised them, and their log."""
    whose = {"person": person.id}
    log = db.session.execute(LOG_WITH_NOTES, whose).all()
    return bound(log, db.session.execute(PEOPLE, whose).all())


def company_of(person: Person) -> Company:
    """Who the person's next entry can be with, and what they are still promised, in one query however long the log."""
    aliases, still_open = {}, []
    for id, alias, *words in db.session.execute(COMPANY, {"person": person.id}).all():
        aliases[id] = alias
        if words[0] is not None:
            still_open.append(Promise(*words))
    return Company(aliases, tuple(still_open))


def receipts_with(person: Person, relationship_id: int) -> tuple[Paid, ...]:
    """What came from one of the person's relationships, the latest first."""
    found = db.session.execute(PAID_BY, {"person": person.id, "payer": relationship_id})
    return tuple(Paid(day, what, amount) for _, day, what, amount in found)


def payment_days(person: Person) -> Mapping[int, tuple[date, ...]]:
    """The days on which money came from each relationship, by its id."""
    days: dict[int, list[date]] = defaultdict(list)
    for id, day in db.session.execute(PAYMENT_DAYS, {"person": person.id}).all():
        days[id].append(day)
    return defaultdict(tuple, {id: tuple(them) for id, them in days.items()})


def bound(log: Iterable[Sequence[Any]], people: Iterable[Sequence[Any]]) -> Book:
    """The rows of LOG_WITH_NOTES and of PEOPLE as one book."""
    written = [(entry(line), note, at) for note, at, *line in log]
    replaced = {line.replaces for line, _, _ in written}
    kept: dict[int, tuple[Sequence[Any], list[Promise]]] = {}
    made = {}
    for row in people:
        tended, (made_in, *words) = row[: len(TENDED)], row[len(TENDED) :]
        _, promises = kept.setdefault(tended[0], (tended, []))
        if words[0] is None:
            continue
        promise = Promise(*words)
        if made_in is not None:
            made[made_in] = promise
        if made_in is None or made_in not in replaced:
            promises.append(promise)
    aliases = {id: tended[1] for id, (tended, _) in kept.items()}
    return Book(
        people=tuple(tended_from(tended, promises) for tended, promises in kept.values()),
        log=tuple(Logged(line, aliases.get(line.person or 0, ""), note, at) for line, note, at in written),
        made=made,
    )


def tended_from(row: Sequence[Any], promises: Iterable[Promise]) -> Tended:
    """A row of TENDED with the promises that stand."""
    id, alias, layer, tau, seat, known_since = row
    return Tended(id, alias, layer, tau, seat, known_since, tuple(promises))


def entry(row: Sequence[Any]) -> Entry:
    """A row of LINE as the rules know it."""
    id, day, person, channel, minutes, began, exercise, sign, replaces, step, step_due, void, *points = row
    return Entry(
        id=id,
        on=day,
        person=person,
        channel=channel,
        minutes=minutes,
        began=began,
        rubric=None if person is None else RUBRICS.get(tuple(points)),
        exercise=exercise,
        sign=sign,
        replaces=replaces,
        step=step,
        step_due=step_due,
        void=void,
    )
