"""Notes go by themselves: the words of an entry are blanked when they have reached their age, and the entry says when.

The installation sets the age (NOTE_MONTHS); a person may choose a shorter one. What was rated, how long it took and
with whom stays: the log is a record of practice, and its words may speak of somebody who was never asked.
"""

from datetime import date

from flask import Flask, current_app
from flask_login import current_user
from sqlalchemy import ColumnElement, and_, func, or_, select, update

from app import clock
from app.db import db, reading
from app.models import Contact, Entry, Person
from course.months import months_ago

AT_ONCE = 1000
# The day on which this worker found nothing more to do. Another worker that looks again does no harm.
last: dict[str, date] = {}


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
    """Blank a thousand entries and notes of trainers at most that have reached their age. Commits."""
    entries, contacts = due(today)
    if entries:
        blank = {"note": "", "step": "", "words_removed_on": today}
        db.session.execute(update(Entry).where(Entry.id.in_(entries)).values(blank))
    if contacts:
        db.session.execute(update(Contact).where(Contact.id.in_(contacts)).values(note=""))
    db.session.commit()
    return AT_ONCE in (len(entries), len(contacts))


def due(today: date) -> tuple[list[int], list[int]]:
    """The entries and the trainers' notes that have reached their age. Only read: it keeps no writer waiting."""
    token = reading.set(True)
    try:
        worded = or_(Entry.note != "", Entry.step != "")
        old = select(Entry.id).join(Person, Person.id == Entry.person_id).where(worded, reached(today))
        longest = months_ago(today, current_app.config["NOTE_MONTHS"])
        said = select(Contact.id).where(Contact.note != "", Contact.day < longest)
        return list(db.session.scalars(old.limit(AT_ONCE))), list(db.session.scalars(said.limit(AT_ONCE)))
    finally:
        # What was read ends here: the next transaction may write.
        db.session.rollback()
        reading.reset(token)


def reached(today: date) -> ColumnElement[bool]:
    """That an entry is older than its owner's notes may become."""
    longest: int = current_app.config["NOTE_MONTHS"]
    chosen = db.session.scalars(select(Person.note_months).where(Person.note_months < longest).distinct())
    kept = func.coalesce(Person.note_months, longest)
    ages = [(Person.note_months == months, months) for months in chosen if months]
    ages.append((kept >= longest, longest))
    return or_(*(and_(whose, Entry.day < months_ago(today, months)) for whose, months in ages))


def init_app(app: Flask) -> None:
    def note_months() -> int:
        """After how many months the reader's notes go; the installation's time for a visitor."""
        return months_of(current_user.person if current_user.is_authenticated else None)

    app.jinja_env.globals["note_months"] = note_months
