"""What the page of the log asks for: as little of a long log as it shows, and nothing that grows with it.

The log is counted by the database and read twenty lines at a time. What stands, and what connects, is the rule of
`course.practice` said once more for a database; `tests/app/practice/test_log_queries.py` holds the two equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from app.db import db
from app.models import Enrolment, Entry, Person, Plan, Promise, Relationship
from app.practice.circle import Circle, Touch
from app.practice.paging import SIZE
from app.study.queries import KeptPlan
from course import practice
from course.practice import LINES, THRESHOLD, Week

OWNER = bindparam("person", type_=Integer)
FIRST, LAST = bindparam("first", type_=Date), bindparam("today", type_=Date)


def stands(entry: Any) -> ColumnElement[bool]:
    """That an entry counts: no later one replaces it, and it takes nothing back."""
    later = aliased(Entry)
    return and_(entry.void.is_(False), ~exists().where(later.replaces_id == entry.id))


# In the order of a KeptPlan's fields.
PLAN = ("id", "lesson_id", "if_text", "then_text", "due_on", "outcome", "because", "reported_at", "entry_id")
RATED = Entry.relationship_id.is_not(None)
CONNECTING = and_(
    RATED,
    Entry.two_way >= 1,
    Entry.about_them >= 1,
    Entry.personal + Entry.two_way + Entry.about_them + Entry.value + Entry.next_step >= THRESHOLD,
)
KINDS: Mapping[str, ColumnElement[bool]] = {
    "": true(),
    "connecting": CONNECTING,
    "contacting": and_(RATED, ~CONNECTING),
    "alone": ~RATED,
}


@dataclass(frozen=True)
class Sought:
    """Which entries the list shows: with these aliases of one person, of one verdict; of all where nothing is said."""

    aliases: tuple[int, ...] = ()
    verdict: str = ""

    @property
    def all(self) -> bool:
        """Whether nothing is left out."""
        return not self.aliases and not self.verdict

    @property
    def person(self) -> int | None:
        """The id of the one whose entries are looked for, by which the address asks for them."""
        return self.aliases[0] if self.aliases else None

    @property
    def asked(self) -> dict[str, Any]:
        return {"aliases": list(self.aliases)} if self.aliases else {}


@dataclass(frozen=True)
class Tally:
    """The log in numbers: entries that stand, rated ones among them and those that connect, and the last weeks.

    `sought` counts the entries that the list shows, on all its pages.
    """

    written: int
    rated: int
    connecting: int
    sought: int
    weeks: tuple[Week, ...]


@dataclass(frozen=True)
class Line:
    """One entry as the list shows it; `corrections` counts how often it was corrected."""

    id: int
    on: date
    person: int | None
    channel: str | None
    began: str | None
    minutes: int
    exercise: str | None
    points: tuple[int, ...]
    corrections: int


# The last entry that stands under each alias, found by its index: with the open promises, one query for the form.
TOUCH, NEWEST = aliased(Entry, name="touch"), aliased(Entry, name="newest")
LATEST = (
    select(NEWEST.id)
    .where(NEWEST.relationship_id == Relationship.id, stands(NEWEST))
    .order_by(NEWEST.day.desc(), NEWEST.id.desc())
    .limit(1)
    .correlate(Relationship)
    .scalar_subquery()
)
MADE_IN = aliased(Entry)
OPEN = and_(
    Promise.relationship_id == Relationship.id,
    Promise.kept_on.is_(None),
    Promise.dropped_on.is_(None),
    or_(Promise.entry_id.is_(None), ~exists().where(MADE_IN.replaces_id == Promise.entry_id)),
)
CIRCLE = (
    select(
        *(Relationship.id, Relationship.alias, Relationship.merged_into_id),
        *(TOUCH.id, TOUCH.day, TOUCH.channel, TOUCH.began, TOUCH.minutes),
        *(Promise.id, Promise.relationship_id, Promise.text, Promise.made_on, Promise.due_on),
    )
    .select_from(Relationship)
    .outerjoin(TOUCH, TOUCH.id == LATEST)
    .outerjoin(Promise, OPEN)
    .where(Relationship.person_id == OWNER)
    .order_by(Relationship.alias, Relationship.id, Promise.due_on, Promise.id)
)


def circle_of(person: Person) -> Circle:
    """Whom the learner's next entry can be with, how they were last in touch, and what is still promised."""
    aliases, heads, last, promises = {}, {}, {}, []
    for id, alias, head, *rest in db.session.execute(CIRCLE, {"person": person.id}).all():
        touch, words = rest[:5], rest[5:]
        aliases[id] = alias
        if head is not None:
            heads[id] = head
        if touch[0] is not None:
            last[id] = Touch(*touch)
        if words[0] is not None:
            promises.append(practice.Promise(*words))
    return Circle.of(aliases, heads=heads, last=last, promises=promises)


@lru_cache(maxsize=16)
def tally(verdict: str, *, by_alias: bool) -> Select[Any]:
    """The statement that counts the log by the days of the last weeks, the days before together, beside a plan."""
    sought = KINDS[verdict] if not by_alias else and_(KINDS[verdict], one_of_the_aliases())
    recent = case((Entry.day.between(FIRST, LAST), Entry.day), else_=cast(null(), Date))
    counted = (
        select(
            recent.label("day"),
            func.count().label("written"),
            func.count().filter(RATED).label("rated"),
            func.count().filter(CONNECTING).label("connecting"),
            func.count().filter(sought).label("sought"),
        )
        .where(Entry.person_id == OWNER, stands(Entry))
        .group_by(recent)
        .subquery()
    )
    # Always a row, also of a learner who has written nothing: the plan stands in it.
    return (
        select(
            *(counted.c.day, counted.c.written, counted.c.rated, counted.c.connecting, counted.c.sought),
            *(getattr(Plan, name) for name in PLAN),
        )
        .select_from(Enrolment)
        .outerjoin(counted, true())
        .outerjoin(Plan, and_(Plan.enrolment_id == Enrolment.id, Plan.id == bindparam("plan", type_=Integer)))
        .where(Enrolment.id == bindparam("enrolment", type_=Integer))
    )


def tally_of(
    person: Person, enrolment: Enrolment, today: date, *, sought: Sought, plan_id: int | None = None
) -> tuple[Tally, KeptPlan | None]:
    """The log in numbers, and the plan of that id, None if the enrolment has no such plan; in one query."""
    asked = {"person": person.id, "enrolment": enrolment.id, "plan": plan_id, **sought.asked}
    asked |= {"first": practice.first_monday(today), "today": today}
    rows = db.session.execute(tally(sought.verdict, by_alias=bool(sought.aliases)), asked).all()
    days = [row[:5] for row in rows if row[1] is not None]
    plan = rows[0][5:]
    sums = [sum(column) for column in zip(*(row[1:] for row in days), strict=True)] or [0, 0, 0, 0]
    by_day = {day: (connecting, rated - connecting) for day, _, rated, connecting, _ in days if day is not None}
    written, rated, connecting, found = sums
    counted = Tally(written, rated, connecting, found, practice.weeks_of_days(by_day, today))
    return counted, KeptPlan(*plan) if plan[0] is not None else None


def one_of_the_aliases() -> ColumnElement[bool]:
    return Entry.relationship_id.in_(bindparam("aliases", expanding=True, type_=Integer))


@lru_cache(maxsize=16)
def listing(verdict: str, *, by_alias: bool) -> Select[Any]:
    """The statement that reads one page of the list, with how often each line was corrected."""
    columns = (
        *(Entry.id, Entry.day, Entry.relationship_id, Entry.channel, Entry.began, Entry.minutes, Entry.lesson_id),
        *(getattr(Entry, line.key) for line in LINES),
    )
    wanted = select(*columns, Entry.replaces_id).where(Entry.person_id == OWNER, stands(Entry), KINDS[verdict])
    if by_alias:
        wanted = wanted.where(one_of_the_aliases())
    newest = wanted.order_by(Entry.day.desc(), Entry.id.desc())
    shown = newest.limit(SIZE).offset(bindparam("skipped", type_=Integer)).cte("shown")
    before = select(shown.c.id.label("line"), shown.c.replaces_id.label("earlier"), literal(1).label("times"))
    chain = before.where(shown.c.replaces_id.is_not(None)).cte("chain", recursive=True)
    older = aliased(Entry)
    chain = chain.union_all(
        select(chain.c.line, older.replaces_id, chain.c.times + 1)
        .join_from(chain, older, older.id == chain.c.earlier)
        .where(older.replaces_id.is_not(None))
    )
    times = select(func.count()).where(chain.c.line == shown.c.id).scalar_subquery()
    read = [column for column in shown.c if column.name != "replaces_id"]
    return select(*read, times).order_by(shown.c.day.desc(), shown.c.id.desc())


def lines_of(person: Person, *, sought: Sought, skipped: int) -> tuple[Line, ...]:
    """One page of the log, newest first, after so many that are skipped."""
    asked = {"person": person.id, "skipped": skipped, **sought.asked}
    rows = db.session.execute(listing(sought.verdict, by_alias=bool(sought.aliases)), asked)
    return tuple(Line(*(*row[:7], tuple(row[7:12]), row[12])) for row in rows)
