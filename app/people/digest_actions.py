"""The daily reminder: a worker's turn over everybody whose hour has come. It commits each of them by itself."""

import logging
from datetime import date, datetime
from typing import Any

from sqlalchemy import CursorResult, or_, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app import clock
from app.content import library
from app.db import db
from app.mail import enqueue
from app.mail.ending import unsubscribe_link
from app.models import MailTerms, Person
from app.people import letters
from app.people.digest_queries import due_for, turns

log = logging.getLogger("connect.mail")


def remind() -> int:
    """Write a digest to each person whose hour has come and for whom something is due; how many were written."""
    now, written = clock.now(), 0
    for turn in turns(now):
        try:
            written += claim(turn.person_id, turn.day) and digest_for(turn.person_id, turn.day, now)
            db.session.commit()
        except Exception:
            db.session.rollback()
            log.exception("no digest could be made for person %d", turn.person_id)
    return written


def claim(person_id: int, day: date) -> bool:
    """Take the person's day for this worker; False if another has it. What is due later that day waits for the next."""
    insert: Any = sqlite_insert if db.engine.dialect.name == "sqlite" else postgresql_insert
    row = {"digest": True, "announcements": True, "digest_hour": 7, "quiet_from": 21, "quiet_until": 7}
    db.session.execute(insert(MailTerms).values(person_id=person_id, **row).on_conflict_do_nothing())
    mine = update(MailTerms).where(
        MailTerms.person_id == person_id,
        MailTerms.digest.is_(True),
        or_(MailTerms.digest_on.is_(None), MailTerms.digest_on < day),
    )
    result: CursorResult[Any] = db.session.execute(mine.values(digest_on=day))  # type: ignore[assignment]
    return bool(result.rowcount)


def digest_for(person_id: int, day: date, now: datetime) -> bool:
    """Enqueue the person's digest of a day, if anything is due."""
    person = db.session.get(Person, person_id)
    due = due_for(person, library(), now) if person else None
    if person is None or not due:
        return False
    enqueue(
        letters.digest(due, day),
        key=f"digest:{person_id}:{day.isoformat()}",
        to=person.email,
        person=person_id,
        unsubscribe=unsubscribe_link(person_id, "digest"),
    )
    return True
