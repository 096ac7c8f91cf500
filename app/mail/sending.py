"""The worker's turn over the outbox: what becomes of each mail, and of the line to the server."""

import logging
import secrets
from email.message import EmailMessage

from flask import current_app

from app import clock
from app.mail.message import message_of
from app.mail.outbox import BATCH, MOST_ATTEMPTS, Leased, hold, lease, postpone, release, settle
from app.mail.transport import Doubtful, Later, Lost, Never, Send, Unreachable, transport

log = logging.getLogger("connect.mail")

# A reminder that may have come is not worth coming twice; a link to a seat is.
NOT_REPEATED = frozenset({"digest", "announcement"})


def send_due(send: Send | None = None) -> int:
    """Send what is due, a batch at most; how many were taken up. Commits: it is a command's work, not a request's."""
    send = send or transport(current_app.config)
    leased = lease(secrets.token_hex(8))
    reachable = True
    for mail in leased:
        if not reachable:
            release(mail)
        elif mail.began:
            log.error("mail %s: its worker stopped while it was being sent", mail.key)
            doubt(mail, "the worker stopped while it was being sent")
        else:
            reachable = deliver(mail, send)
    return len(leased) if reachable else 0


def is_full(taken: int) -> bool:
    """Whether a turn took as many as it may, so that more may wait."""
    return taken == BATCH


def deliver(mail: Leased, send: Send) -> bool:
    """Send one leased mail and note what came of it; whether the server is there for another."""
    if not hold(mail, attempts=mail.attempts):
        return True
    try:
        send(composed(mail), lambda: hold(mail, began_at=clock.now()))
    except Lost:
        log.info("mail %s: another worker has it", mail.key)
    except Later as error:
        defer(mail, error)
        return not isinstance(error, Unreachable)
    except Doubtful as error:
        log.error("mail %s is ambiguous: the line dropped after its text had gone (%s)", mail.key, error)
        doubt(mail, str(error)[:500])
    except Never as error:
        log.error("mail %s is dead: %s", mail.key, error)
        settle(mail, "dead", str(error)[:500])
    else:
        settle(mail, "sent")
    return True


def composed(mail: Leased) -> EmailMessage:
    """The mail as it goes out. One that can't be made is dead, and doesn't hold up those behind it."""
    try:
        return message_of(mail)
    except Exception as error:
        raise Never(f"it can't be put into a message: {type(error).__name__}: {error}") from error


def defer(mail: Leased, error: Later) -> None:
    """Try again later, or give up when that has been done often enough."""
    if mail.attempts >= MOST_ATTEMPTS:
        log.error("mail %s is dead after %d tries: %s", mail.key, mail.attempts, error)
        settle(mail, "dead", str(error)[:500])
        return
    log.warning("mail %s was not sent: %s", mail.key, error)
    postpone(mail, str(error)[:500])


def doubt(mail: Leased, failure: str) -> None:
    """It may have arrived. What matters is sent once more, under the same Message-ID; then somebody has to look."""
    if mail.doubts or mail.kind in NOT_REPEATED:
        settle(mail, "ambiguous", failure)
    else:
        postpone(mail, failure, doubts=1)
