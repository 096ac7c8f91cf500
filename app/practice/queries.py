"""What a learner has practised, with whom, and what they promised. Reads only; each takes its owner.

The statements are built once: putting one together takes longer than running it. They read tables and not entities,
since only values are wanted, which halves the time for a log of a hundred lines.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CTE, BindParameter, ColumnElement, Select, and_, bindparam, exists, func, select

from app import models
from app.db import db
from app.models import Person
from app.practice.book import Book, Company, Logged, OtherAlias, Tended
from app.practice.oneness import merged_aliases, owned_by
from course import cadence, practice
from course.cadence import Due
from course.practice import RUBRICS, Entry, Promise, Week
from course.referral import introducers

ENTRY, PROMISE, KNOWN, RECEIPT = (
    table.__table__.c for table in (models.Entry, models.Promise, models.Relationship, models.Receipt)
)
OWNER: BindParameter[int] = bindparam("person")


def stands() -> ColumnElement[bool]:
    """That a promise's entry has not been replaced. A promise that no entry made stands by itself."""
    later = models.Entry.__table__.alias()
    return ~exists().where(later.c.replaces_id == PROMISE.entry_id)


# Two aliases that were merged are read as one person: everywhere, and by the alias that stands for both.
ONE = merged_aliases(owned_by(OWNER))
ONE_OF_MANY = merged_aliases(lambda owner: owner.in_(bindparam("people", expanding=True)), "merged_of_many")


def merged_among(people: Select[int]) -> CTE:
    """The merged aliases of these persons, for another feature's statements."""
    return merged_aliases(lambda owner: owner.in_(people), "merged_among")


def stands_for(written: Any, one: Any = ONE) -> Any:
    """The id of who stands for the alias that a row was written under."""
    return func.coalesce(one.c.root, written)


# In the order of the values they make: rows are read by place.
LINE = (
    *(
        ENTRY.id,
        ENTRY.day,
        stands_for(ENTRY.relationship_id),
        ENTRY.channel,
        ENTRY.minutes,
        ENTRY.began,
        ENTRY.lesson_id,
    ),
    *(ENTRY.sign, ENTRY.replaces_id, ENTRY.step, ENTRY.step_due, ENTRY.void),
    *(ENTRY.personal, ENTRY.two_way, ENTRY.about_them, ENTRY.value, ENTRY.next_step),
)
WORDS = (
    *(PROMISE.id, stands_for(PROMISE.relationship_id), PROMISE.text, PROMISE.made_on),
    *(PROMISE.due_on, PROMISE.kept_on, PROMISE.dropped_on),
)
TENDED = (
    *(KNOWN.id, KNOWN.alias, KNOWN.layer, KNOWN.cadence_days, KNOWN.seat, KNOWN.known_since),
    *(KNOWN.introduced_by_id, stands_for(KNOWN.id), KNOWN.merged_at),
)

LOG = (
    select(*LINE)
    .outerjoin_from(models.Entry.__table__, ONE, ONE.c.id == ENTRY.relationship_id)
    .where(ENTRY.person_id == OWNER)
    .order_by(ENTRY.id)
)
LOG_WITH_NOTES = LOG.with_only_columns(ENTRY.note, ENTRY.created_at, ENTRY.words_removed_on, *LINE)
LINE_OF_MANY = tuple(
    stands_for(ENTRY.relationship_id, ONE_OF_MANY) if place == 2 else column for place, column in enumerate(LINE)
)
LOGS = (
    select(ENTRY.person_id, *LINE_OF_MANY)
    .outerjoin_from(models.Entry.__table__, ONE_OF_MANY, ONE_OF_MANY.c.id == ENTRY.relationship_id)
    .where(ENTRY.person_id.in_(bindparam("people", expanding=True)))
    .order_by(ENTRY.id)
)
REPLACING = models.Entry.__table__.alias()
PRACTISED = (
    select(ENTRY.lesson_id)
    .where(ENTRY.person_id == OWNER, ENTRY.lesson_id.is_not(None), ENTRY.void.is_(False))
    .where(~exists().where(REPLACING.c.replaces_id == ENTRY.id))
    .distinct()
)
PROMISES = (
    select(*WORDS)
    .outerjoin_from(models.Promise.__table__, ONE, ONE.c.id == PROMISE.relationship_id)
    .where(PROMISE.person_id == OWNER, stands())
    .order_by(PROMISE.id)
)
PEOPLE = (
    select(*TENDED, PROMISE.entry_id, *WORDS)
    .outerjoin_from(models.Relationship.__table__, models.Promise.__table__, PROMISE.relationship_id == KNOWN.id)
    .outerjoin(ONE, ONE.c.id == KNOWN.id)
    .where(KNOWN.person_id == OWNER)
    .order_by(KNOWN.alias, KNOWN.id, PROMISE.id)
)
OPEN = and_(PROMISE.relationship_id == KNOWN.id, PROMISE.kept_on.is_(None), PROMISE.dropped_on.is_(None), stands())
COMPANY = (
    select(KNOWN.id, KNOWN.alias, ONE.c.root, *WORDS)
    .outerjoin_from(models.Relationship.__table__, models.Promise.__table__, OPEN)
    .outerjoin(ONE, ONE.c.id == KNOWN.id)
    .where(KNOWN.person_id == OWNER)
    .order_by(KNOWN.alias, KNOWN.id, PROMISE.due_on, PROMISE.id)
)
PAID = (
    select(stands_for(RECEIPT.relationship_id), RECEIPT.id, RECEIPT.day, RECEIPT.what, RECEIPT.amount)
    .outerjoin_from(models.Receipt.__table__, ONE, ONE.c.id == RECEIPT.relationship_id)
    .where(RECEIPT.person_id == OWNER, RECEIPT.removed_at.is_(None), RECEIPT.relationship_id.is_not(None))
    .order_by(RECEIPT.day, RECEIPT.id)
)


@dataclass(frozen=True)
class Paid:
    """Money that came from somebody: minor units of the learner's currency."""

    person: int
    id: int
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
    for id, alias, merged, *words in db.session.execute(COMPANY, {"person": person.id}).all():
        if merged is None:
            aliases[id] = alias
        if words[0] is not None:
            still_open.append(Promise(*words))
    return Company(aliases, tuple(still_open))


def receipts_by_person(person: Person) -> Mapping[int, tuple[Paid, ...]]:
    """What came from each of the person's people, the earliest first, by the id of who paid."""
    paid: dict[int, list[Paid]] = defaultdict(list)
    for row in db.session.execute(PAID, {"person": person.id}):
        paid[row[0]].append(Paid(*row))
    return defaultdict(tuple, {id: tuple(them) for id, them in paid.items()})


def bound(log: Iterable[Sequence[Any]], people: Iterable[Sequence[Any]]) -> Book:
    """The rows of LOG_WITH_NOTES and of PEOPLE as one book."""
    written = [(entry(line), said) for *said, line in ((*row[:3], row[3:]) for row in log)]
    replaced = {line.replaces for line, _ in written}
    rows: dict[int, Sequence[Any]] = {}
    promises: dict[int, list[Promise]] = defaultdict(list)
    made = {}
    for row in people:
        tended, (made_in, *words) = row[: len(TENDED)], row[len(TENDED) :]
        rows.setdefault(tended[0], tended)
        if words[0] is None:
            continue
        promise = Promise(*words)
        if made_in is not None:
            made[made_in] = promise
        if made_in is None or made_in not in replaced:
            promises[promise.person].append(promise)
    tended_people = people_from(rows.values(), promises)
    aliases = {tended.id: tended.alias for tended in tended_people}
    return Book(
        people=tended_people,
        log=tuple(Logged(line, aliases.get(line.person or 0, ""), *said) for line, said in written),
        made=made,
    )


def people_from(rows: Iterable[Sequence[Any]], promises: Mapping[int, Sequence[Promise]]) -> tuple[Tended, ...]:
    """Rows of TENDED as people, in their order: merged aliases become part of the one that stands for them."""
    told: dict[int, int] = {}
    one: dict[int, int] = {}
    since: dict[int, date] = {}
    others: dict[int, list[OtherAlias]] = defaultdict(list)
    standing = []
    for row in rows:
        id, alias, *_, known_since, by, root, merged_at = row
        since[root] = min(known_since, since.get(root, known_since))
        if by is not None:
            told[id] = by
        if root == id:
            standing.append(row)
        else:
            one[id] = root
            others[root].append(OtherAlias(id, alias, merged_at))
    brought = introducers(told, one)
    return tuple(
        Tended(
            id=row[0],
            alias=row[1],
            layer=row[2],
            tau=row[3],
            seat=row[4],
            known_since=since[row[0]],
            promises=tuple(sorted(promises.get(row[0], ()), key=lambda promise: promise.id)),
            introduced_by=brought.get(row[0]),
            others=tuple(others.get(row[0], ())),
        )
        for row in standing
    )


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
