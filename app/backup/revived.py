"""What a backup brings back that must not hold again: browsers that were signed in, links, and mails that waited."""

from typing import Any

from sqlalchemy import CursorResult, Update, update

from app import clock
from app.db import db
from app.models import Mail, Session, Token
from course.wording import counted

HELD = "Held after a restore: it may have been sent already."
"""Why such a mail waits for an operator."""


def sign_out() -> str:
    """End every session, and every link that was not used then: each may have been ended or used since.

    Links that end mails of a kind stay: they open nothing, and whoever follows an old one must not find it dead.
    """
    now = clock.now()
    live = Token.used_at.is_(None) & (Token.expires_at > now)
    browsers = changed(update(Session).where(Session.ended_at.is_(None)).values(ended_at=now))
    links = changed(update(Token).where(Token.purpose != "unsubscribe", live).values(expires_at=now))
    return f"Everybody signs in again: {counted(browsers, 'browser')} signed out, {counted(links, 'link')} ended."


def hold_mail() -> str:
    """Leave the mails that waited then to the operator: nobody knows which of them have gone out since."""
    free = {"leased_until": None, "leased_by": None, "began_at": None}
    held = changed(update(Mail).where(Mail.state == "waiting").values(state="ambiguous", failure=HELD, **free))
    if not held:
        return "No mail waited to be sent."
    return f"Not sent by itself, since it may have been sent already: {counted(held, 'mail')}. See /operator/mail."


def changed(statement: Update) -> int:
    """Run it; how many rows it changed."""
    done: CursorResult[Any] = db.session.execute(  # type: ignore[assignment]
        statement.execution_options(synchronize_session=False)
    )
    return done.rowcount
