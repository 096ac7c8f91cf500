"""What an operator does about mails that did not arrive."""

from typing import Any

from sqlalchemy import CursorResult, update

from app import clock
from app.db import db
from app.models import Mail
from app.operator.queries import FAILED


def send_again(mail_id: int | None = None) -> int:
    """Put one mail that was given up, or all of them, back into the outbox; how many. One without its text stays."""
    again = update(Mail).where(Mail.state.in_(FAILED), Mail.body != "")
    if mail_id is not None:
        again = again.where(Mail.id == mail_id)
    values = {"state": "waiting", "due_at": clock.now(), "attempts": 0, "doubts": 0}
    result: CursorResult[Any] = db.session.execute(again.values(**values))  # type: ignore[assignment]
    return result.rowcount
