"""What an operator asks: which mails did not arrive, and whether any are stuck."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.db import db
from app.models import Mail

LISTED = 100
FAILED = ("dead", "ambiguous")


@dataclass(frozen=True)
class Failed:
    """A mail that was given up, or of which nobody knows. One without its text can't be sent again."""

    id: int
    recipient: str
    subject: str
    state: str
    failure: str
    written_at: datetime
    attempts: int
    has_text: bool


@dataclass(frozen=True)
class Outbox:
    """How many mails wait, since when the oldest that is due does, the last failure among them, and those given up."""

    waiting: int
    oldest: datetime | None
    failure: str
    failed: Sequence[Failed]
    count: int


def outbox(now: datetime) -> Outbox:
    """The state of the outbox, in two queries however much is in it."""
    late = (Mail.state == "waiting") & (Mail.due_at <= now)
    waiting, oldest, failure, count = db.session.execute(
        select(
            func.count().filter(Mail.state == "waiting"),
            func.min(Mail.created_at).filter(late | Mail.failure.is_not(None)).filter(Mail.state == "waiting"),
            func.max(Mail.failure).filter(Mail.state == "waiting"),
            func.count().filter(Mail.state.in_(FAILED)),
        ).where(Mail.state.in_(("waiting", *FAILED)))
    ).one()
    rows = db.session.execute(
        select(
            *(Mail.id, Mail.recipient, Mail.subject, Mail.state, func.coalesce(Mail.failure, "")),
            *(Mail.created_at, Mail.attempts, Mail.body != ""),
        )
        .where(Mail.state.in_(FAILED))
        .order_by(Mail.id.desc())
        .limit(LISTED)
    ).all()
    return Outbox(waiting, oldest, failure or "", [Failed(*row) for row in rows], count)
