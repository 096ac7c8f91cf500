"""Mail: whether its server lets us in, whether the outbox moves, and what did not arrive."""

import smtplib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.exc import DBAPIError

from app import clock
from app.db import db
from app.doctor.finding import Finding, Findings, look, well, wrong
from app.mail.transport import opened
from app.operator.readiness_queries import mails_by_state, waiting_since


def server(config: Mapping[str, Any]) -> Finding:
    """Whether the mail server answers and takes our name and password. Sends nothing."""
    if not config["SMTP"]:
        return look("SMTP is empty: mails become files.", "Name a mail server: SMTP=mail.example.org:587")
    try:
        opened(config).close()
    except (OSError, smtplib.SMTPException) as error:
        mend = "Check SMTP, SMTP_SECURITY, SMTP_USER and SMTP_PASSWORD, and that no firewall is between."
        return wrong(f"The mail server {config['SMTP']} does not let us in ({type(error).__name__}).", mend)
    return well(f"The mail server {config['SMTP']} lets us in.")


def outbox(longest: timedelta) -> Findings:
    try:
        since, states = waiting_since(), dict(mails_by_state())
    except DBAPIError:
        db.session.rollback()
        return  # the database has been told of already
    if since is not None and clock.now() - since > longest:
        waited = clock.now() - since
        yield wrong(
            f"A mail has been due for {waited}.", "Is the worker running? systemctl status connect-web connect-work"
        )
    else:
        yield well(f"The outbox moves; {states.get('waiting', 0)} wait for their time.")
    lost = states.get("dead", 0) + states.get("ambiguous", 0)
    if lost:
        yield look(f"{lost} mails did not arrive, or nobody knows.", "Read why, and send them again: /operator/mail")
