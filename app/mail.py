"""The outbox: enqueue in the transaction of the fact, send later, each key once.

Sending takes a lease on a few mails, talks to the server outside any transaction, and notes what came of it.
"""

import logging
import smtplib
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app import clock
from app.db import db
from app.models import Mail

log = logging.getLogger("connect.mail")

BATCH = 20
LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 8

Send = Callable[[EmailMessage], None]


def enqueue(*, key: str, to: str, subject: str, body: str) -> None:
    """Put a mail into the outbox with the fact that it tells of. A key that was enqueued before is left alone."""
    insert: Any = sqlite_insert if db.engine.dialect.name == "sqlite" else postgresql_insert
    row = {"key": key, "recipient": to, "subject": " ".join(subject.split()), "body": body, "due_at": clock.now()}
    db.session.execute(insert(Mail).values(**row, attempts=0).on_conflict_do_nothing(index_elements=["key"]))


def link(path: str) -> str:
    """The address of a page for a mail: made from the settings, never from what a request calls itself."""
    return f"{current_app.config['BASE_URL']}{path}"


def send_due(send: Send | None = None) -> int:
    """Send what is due; how many were sent. Commits: it is a command's work, not a request's."""
    send = send or transport(current_app)
    leased = lease()
    return sum(deliver(mail, send) for mail in leased)


def lease() -> Sequence[Mail]:
    """Take some due mails, so that no other worker sends them meanwhile."""
    now = clock.now()
    free = or_(Mail.leased_until.is_(None), Mail.leased_until < now)
    due = (
        select(Mail)
        .where(Mail.sent_at.is_(None), Mail.due_at <= now, free, Mail.attempts < MOST_ATTEMPTS)
        .order_by(Mail.due_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    mails = db.session.scalars(due).all()
    for mail in mails:
        mail.leased_until = now + LEASE
        mail.attempts += 1
    db.session.commit()
    return mails


def deliver(mail: Mail, send: Send) -> bool:
    """Send one leased mail and note what came of it; a failure waits longer each time."""
    try:
        send(message_of(mail))
    except (OSError, smtplib.SMTPException) as error:
        log.warning("mail %s was not sent: %s", mail.key, type(error).__name__)
        later = clock.now() + timedelta(seconds=30 * 2**mail.attempts)
        values: dict[str, Any] = {
            "failure": f"{type(error).__name__}: {error}"[:500],
            "due_at": later,
            "leased_until": None,
        }
        sent = False
    else:
        values, sent = {"sent_at": clock.now(), "failure": None, "leased_until": None}, True
    db.session.execute(update(Mail).where(Mail.id == mail.id).values(values))
    db.session.commit()
    return sent


def message_of(mail: Mail) -> EmailMessage:
    """The mail as it goes out. EmailMessage refuses a header with a line break."""
    message = EmailMessage()
    message["From"] = current_app.config["MAIL_FROM"]
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = formatdate(mail.due_at.timestamp())
    message["Message-ID"] = make_msgid(idstring=str(mail.id), domain=current_app.config["MAIL_FROM"].split("@")[-1])
    message.set_content(mail.body)
    return message


def transport(app: Flask) -> Send:
    """How mails leave: by the configured server, or as files where none is configured."""
    if app.config["SMTP"]:
        return by_server(app.config["SMTP"])
    return to_folder(app.config["MAIL_FOLDER"])


def by_server(address: str) -> Send:
    """Send through the mail server at host:port."""
    host, _, port = address.partition(":")

    def send(message: EmailMessage) -> None:
        with smtplib.SMTP(host, int(port or 25), timeout=20) as server:
            server.send_message(message)

    return send


def to_folder(folder: Path) -> Send:
    """Write each mail to a file and a line to the terminal, so that a developer can follow its link."""

    def send(message: EmailMessage) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{time.time_ns()}-{message['To'].replace('/', '_')}.eml"
        (folder / name).write_bytes(message.as_bytes())
        links = [word for word in message.get_content().split() if word.startswith("http")]
        log.info("mail to %s: %s  %s", message["To"], message["Subject"], " ".join(links))

    return send
