"""Notes go by themselves: the words of an entry are blanked when they have reached their age, and the entry says when.

So are those of promises that are settled and of plans that were reported, which say that their words have gone. The
installation sets the age (NOTE_MONTHS); a person may choose a shorter one. What was rated, how long it took and with
whom stays: the log is a record of practice, and its words may speak of somebody who was never asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, current_app
from flask_login import current_user
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from app import clock
from app.db import db, only_reading
from app.models import Contact, Enrolment, Entry, Person, Plan, Promise
from course.months import months_ago

AT_ONCE = 1000
GONE = "(words gone by their age)"
"""What stands instead of words that a line can't be without."""

# The day on which this worker found nothing more to do. Another worker that looks again does no harm.
last: dict[str, date] = {}


@dataclass(frozen=True)
class Aged:
    """Words of one table: the rows that have any, with their owner; the day they are of; what stands there later."""

    model: Any
    worded: Select[Any]
    day: InstrumentedAttribute[date]
    later: Callable[[date], dict[str, Any]]


AGED = (
    Aged(
        Entry,
        select(Entry.id).join(Person, Person.id == Entry.person_id).where(or_(Entry.note != "", Entry.step != "")),
        Entry.day,
        lambda today: {"note": "", "step": "", "words_removed_on": today},
    ),
    Aged(
        Promise,
        select(Promise.id)
        .join(Person, Person.id == Promise.person_id)
        .where(Promise.text != GONE, or_(Promise.kept_on.is_not(None), Promise.dropped_on.is_not(None))),
        Promise.due_on,
        lambda today: {"text": GONE},
    ),
    Aged(
        Plan,
        select(Plan.id)
        .join(Enrolment, Enrolment.id == Plan.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Plan.then_text != GONE, Plan.outcome.is_not(None)),
        Plan.due_on,
        lambda today: {"if_text": GONE, "then_text": GONE, "because": ""},
    ),
)


def months_of(person: Person | None) -> int:
    """After how many months the person's notes go; the installation's time for who chose none, or a longer one."""
    longest: int = current_app.config["NOTE_MONTHS"]
    chosen = person.note_months if person else None
    return min(chosen or longest, longest)


def forget_daily() -> bool:
    """Blank what is due, a thousand at a time, once a day; whether there is more of it. Commits."""
    today = clock.now().date()
    if last.get("day") == today:
        return False
    more = forget(today)
    if not more:
        last["day"] = today
    return more


def forget(today: date) -> bool:
    """Blank a thousand rows of each table at most whose words have reached their age. Commits."""
    found, contacts = due(today)
    for aged, ids in zip(AGED, found, strict=True):
        if ids:
            db.session.execute(update(aged.model).where(aged.model.id.in_(ids)).values(aged.later(today)))
    if contacts:
        db.session.execute(update(Contact).where(Contact.id.in_(contacts)).values(note=""))
    db.session.commit()
    return AT_ONCE in {len(ids) for ids in (*found, contacts)}


def due(today: date) -> tuple[list[list[int]], list[int]]:
    """The rows of each table of AGED and the trainers' notes that have reached their age.

    Only read: it keeps no writer waiting.
    """
    with only_reading():
        asked = [aged.worded.where(reached(today, aged.day)).limit(AT_ONCE) for aged in AGED]
        longest = months_ago(today, current_app.config["NOTE_MONTHS"])
        said = select(Contact.id).where(Contact.note != "", Contact.day < longest)
        return [list(db.session.scalars(each)) for each in asked], list(db.session.scalars(said.limit(AT_ONCE)))


def reached(today: date, day: InstrumentedAttribute[date]) -> ColumnElement[bool]:
    """That what is of this day is older than its owner's notes may become."""
    longest: int = current_app.config["NOTE_MONTHS"]
    chosen = db.session.scalars(select(Person.note_months).where(Person.note_months < longest).distinct())
    kept = func.coalesce(Person.note_months, longest)
    ages = [(Person.note_months == months, months) for months in chosen if months]
    ages.append((kept >= longest, longest))
    return or_(*(and_(whose, day < months_ago(today, months)) for whose, months in ages))


def init_app(app: Flask) -> None:
    def note_months() -> int:
        """After how many months the reader's notes go; the installation's time for a visitor."""
        return months_of(current_user.person if current_user.is_authenticated else None)

    app.jinja_env.globals["note_months"] = note_months
