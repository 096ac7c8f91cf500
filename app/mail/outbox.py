"""The outbox: mails are enqueued in the transaction of their fact, leased to one worker, and settled by it alone.

A mail `waits` until it was `sent`, is `dead` (refused for good, or tried in vain too often), or stays `ambiguous`: the
line dropped after the whole text had gone, so that nobody knows whether it arrived.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, bindparam, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app import clock
from app.db import UTCDateTime, db
from app.mail.letter import Letter
from app.models import Mail

BATCH = 20
LEASE = timedelta(minutes=5)
"""How long a worker has for one mail, from the moment it takes it up; longer than any transport may take."""

MOST_ATTEMPTS = 12
LONGEST_WAIT = timedelta(hours=4)


# Built once: putting a statement together takes longer than running it.
MAILS: Any = Mail.__table__
FRESH: Any = {
    engine: insert(MAILS).on_conflict_do_nothing(index_elements=["key"])
    for engine, insert in (("sqlite", sqlite_insert), ("postgresql", postgresql_insert))
}

# Of the table, not of the model: no row of theirs is in the session, which would look for them one by one.
MINE = update(MAILS).where(Mail.id == bindparam("of"), Mail.leased_by == bindparam("owner"))
HELD = MINE.where(Mail.leased_until >= bindparam("now", type_=UTCDateTime))


@dataclass(frozen=True)
class Leased:
    """A mail that one worker may send, with everything needed to do so: no transaction is open while it does.

    `began` says that a worker which had it before got as far as sending its text. `attempts` counts this one.
    """

    id: int
    key: str
    kind: str
    recipient: str
    subject: str
    body: str
    unsubscribe: str | None
    written_at: datetime
    attempts: int
    doubts: int
    began: bool
    owner: str


def enqueue(
    letter: Letter, *, key: str, to: str, person: int | None = None, unsubscribe: str | None = None, **given: Any
) -> None:
    """Put a mail into the outbox with the fact that it tells of. A key that was enqueued before is left alone.

    `person` is whose log it stands in; `unsubscribe` the address that ends mails of this kind; `due_at` may be given.
    """
    now = clock.now()
    row = {
        "key": key,
        "kind": letter.kind,
        "recipient": to,
        "person_id": person,
        "subject": " ".join(letter.subject.split())[:200],
        "body": letter.body,
        "unsubscribe": unsubscribe,
        "created_at": now,
        "due_at": now,
        **given,
    }
    fresh = {**row, "attempts": 0, "doubts": 0, "state": "waiting"}
    db.session.execute(FRESH[db.engine.dialect.name], fresh)


def lease(owner: str) -> Sequence[Leased]:
    """Take some due mails for this worker. What another took and did not finish in time is free again. Commits."""
    now = clock.now()
    free = or_(Mail.leased_until.is_(None), Mail.leased_until < now)
    due = (
        select(Mail)
        .where(Mail.state == "waiting", Mail.due_at <= now, free)
        .order_by(Mail.due_at, Mail.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    leased = []
    for mail in db.session.scalars(due).all():
        mail.leased_until, mail.leased_by = now + LEASE, owner
        leased.append(leased_from(mail, owner))
    db.session.commit()
    return leased


def leased_from(mail: Mail, owner: str) -> Leased:
    return Leased(
        id=mail.id,
        key=mail.key,
        kind=mail.kind,
        recipient=mail.recipient,
        subject=mail.subject,
        body=mail.body,
        unsubscribe=mail.unsubscribe,
        written_at=mail.created_at,
        attempts=mail.attempts + 1,
        doubts=mail.doubts,
        began=mail.began_at is not None,
        owner=owner,
    )


def hold(mail: Leased, **values: Any) -> bool:
    """Note something about a mail and renew its lease, if this worker still has it; else False. Commits."""
    now = clock.now()
    given = {"of": mail.id, "owner": mail.owner, "now": now}
    result: CursorResult[Any] = db.session.execute(HELD.values(leased_until=now + LEASE, **values), given)  # type: ignore[assignment]
    db.session.commit()
    return bool(result.rowcount)


def release(mail: Leased, **values: Any) -> None:
    """Give a mail back with what came of it. One that another worker has by now is left to it. Commits."""
    given = {"of": mail.id, "owner": mail.owner}
    db.session.execute(MINE.values(leased_until=None, leased_by=None, began_at=None, **values), given)
    db.session.commit()


def settle(mail: Leased, state: str, failure: str | None = None) -> None:
    """It was sent, or is given up. What was sent needs its text no more: it may hold a secret."""
    gone = {"body": "", "unsubscribe": None, "sent_at": clock.now()} if state == "sent" else {}
    release(mail, state=state, failure=failure, **gone)


def postpone(mail: Leased, failure: str, **values: Any) -> None:
    """Try it again later: each time twice as much later, up to four hours."""
    wait = min(timedelta(minutes=1) * 2 ** (mail.attempts - 1), LONGEST_WAIT)
    release(mail, failure=failure, due_at=clock.now() + wait, **values)
