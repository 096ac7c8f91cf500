"""What has had its time is forgotten: rows that only passed through. Words that people wrote have ages of their own,
in `app/privacy/notes.py`.

Each turn of the worker looks first, by an index, and writes only where it found something: on SQLite a statement that
may delete keeps every other writer waiting, whether or not there is anything to delete.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, inspect, or_, select, update

from app import clock
from app.clock import DAY
from app.db import db, only_reading
from app.models import Attempt, Mail, Once, Session, Token
from app.privacy.erasure import FAREWELL

AT_ONCE = 1000
"""Rows of a kind that one turn takes: the writers wait no longer than that."""

PASSING = ("unsubscribe", "second step")
"""Links whose row nobody asks for once they have run out."""


def sweep() -> bool:
    """Forget once-only keys after two days, counted attempts after one, mails after half a year, browsers that may not
    come back, links that ran out; whether there is more of it. Commits.

    What did not arrive keeps its text for thirty days, so that it can be sent again. The last mail to somebody who was
    erased goes once it was sent.
    """
    more = False
    for change, which in had_their_time(clock.now()):
        key = inspect(change.entity_description["entity"]).primary_key[0]
        with only_reading():
            found = db.session.scalars(select(key).where(which).limit(AT_ONCE)).all()
        if found:
            db.session.execute(change.where(key.in_(found)))
            db.session.commit()
        more = more or len(found) == AT_ONCE
    return more


def had_their_time(now: datetime) -> Iterator[tuple[Any, ColumnElement[bool]]]:
    """What is done to rows, and to which."""
    settled = Mail.state != "waiting"
    undelivered = Mail.state.in_(("dead", "ambiguous"))
    # Whoever was erased is nobody's number any more, which an index finds.
    farewell = Mail.person_id.is_(None) & Mail.key.startswith(FAREWELL)
    yield delete(Once), Once.created_at < now - 2 * DAY
    yield delete(Attempt), Attempt.at < now - DAY
    yield delete(Token), Token.purpose.in_(PASSING) & (Token.expires_at < now)
    yield delete(Session), Session.expires_at < now
    yield delete(Mail), farewell & or_(Mail.state == "sent", Mail.created_at < now - 7 * DAY)
    yield delete(Mail), settled & (Mail.created_at < now - 180 * DAY)
    yield (
        update(Mail).values(body="", unsubscribe=None),
        undelivered & (Mail.body != "") & (Mail.created_at < now - 30 * DAY),
    )
