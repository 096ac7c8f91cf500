"""How mails leave: by a mail server, or as files where none is configured. Says what kind of failure there was."""

import contextlib
import logging
import re
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from pathlib import Path
from typing import Any

log = logging.getLogger("connect.mail")

PATIENCE = 15.0
"""Seconds a server may be silent at any step."""

DEADLINE = 120.0
"""Seconds that all of one mail may take, however busily a server keeps us waiting. Well within a lease."""

Begin = Callable[[], bool]
Send = Callable[[EmailMessage, Begin], None]


class Later(Exception):
    """The server took it not, and may take it another time."""


class Unreachable(Later):
    """No server answers, or it will not deal with us: the next mail would fare the same."""


class Never(Exception):
    """The server refused this mail for good."""


class Doubtful(Exception):
    """The whole text had gone when the line dropped: it may have arrived."""


class Lost(Exception):
    """Another worker has the mail by now."""


def transport(config: Mapping[str, Any]) -> Send:
    """The way that the settings name. It calls `begin` right before the text goes; told False, it stops."""
    return by_server(config) if config["SMTP"] else to_folder(config["MAIL_FOLDER"])


def by_server(config: Mapping[str, Any]) -> Send:
    """Send through the configured mail server, a connection for each mail."""

    def send(message: EmailMessage, begin: Begin) -> None:
        with connected(config) as server:
            hand_over(server, message, begin)

    return send


@contextlib.contextmanager
def connected(config: Mapping[str, Any]) -> Iterator[smtplib.SMTP]:
    """A server that has greeted us and let us in; hung up on at the deadline at the latest."""
    try:
        server = opened(config)
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(told(error)) from error
    hang_up = threading.Timer(DEADLINE, cut_off, (server,))
    hang_up.start()
    try:
        yield server
    finally:
        hang_up.cancel()
        # What was accepted stays accepted, however the parting goes.
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def cut_off(server: smtplib.SMTP) -> None:
    """End the line under a thread that waits on it: closing alone would leave it waiting."""
    with contextlib.suppress(OSError):
        if server.sock:
            server.sock.shutdown(socket.SHUT_RDWR)


def opened(config: Mapping[str, Any]) -> smtplib.SMTP:
    """A connection as the settings want it: in the clear, by STARTTLS, or by TLS from the first byte."""
    host, _, port = config["SMTP"].rpartition(":")
    host, security = host.strip("[]"), config["SMTP_SECURITY"]
    context = ssl.create_default_context()
    if security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, int(port), timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(host, int(port), timeout=PATIENCE)
    try:
        server.ehlo_or_helo_if_needed()
        if security == "starttls":
            server.starttls(context=context)
            server.ehlo()
        if config["SMTP_USER"]:
            server.login(config["SMTP_USER"], config["SMTP_PASSWORD"])
    except Exception:
        server.close()
        raise
    return server


def hand_over(server: smtplib.SMTP, message: EmailMessage, begin: Begin) -> None:
    """Envelope, then text. Raises what the answers mean; a refusal of us, and not of the mail, may pass."""
    sender, recipient = str(message["From"]), str(message["To"])
    wide = not recipient.isascii()
    if wide and not server.has_extn("smtputf8"):
        raise Never("the mail server can't write to an address with these letters")
    try:
        text = re.sub(rb"(?m)^\.", b"..", message.as_bytes(policy=SMTPUTF8 if wide else SMTP))
        address_it(server, sender, recipient)
    except (OSError, smtplib.SMTPException) as error:
        raise Later(told(error)) from error
    except ValueError as error:
        raise Never(told(error)) from error
    if not begin():
        raise Lost
    try:
        server.send(text.rstrip(b"\r\n") + b"\r\n.\r\n")
        answer = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Doubtful(told(error)) from error
    judge(answer, 250)


def address_it(server: smtplib.SMTP, sender: str, recipient: str) -> None:
    """The envelope, up to where the server waits for the text."""
    answer = server.mail(sender, () if recipient.isascii() else ("SMTPUTF8", "BODY=8BITMIME"))
    if answer[0] != 250:
        raise Unreachable(words(answer))
    judge(server.rcpt(recipient), 250, 251)
    judge(server.docmd("data"), 354)


def judge(answer: tuple[int, bytes], *good: int) -> None:
    """Raise what an answer about the mail means, unless it is a good one."""
    if answer[0] in good:
        return
    raise (Never if 500 <= answer[0] < 600 else Later)(words(answer))


def words(answer: tuple[int, bytes]) -> str:
    """An answer of the server as one line."""
    return f"{answer[0]} {' '.join(answer[1].decode('utf-8', 'replace').split())}"


def told(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        raw = error.smtp_error
        return words((error.smtp_code, raw if isinstance(raw, bytes) else str(raw).encode()))
    return f"{type(error).__name__}: {error}"


def to_folder(folder: Path) -> Send:
    """Write each mail to a file and a line to the terminal, so that a developer can follow its link."""

    def send(message: EmailMessage, begin: Begin) -> None:
        if not begin():
            raise Lost
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{time.time_ns()}-{message['To'].replace('/', '_')}.eml"
        (folder / name).write_bytes(message.as_bytes())
        plain = message.get_body(("plain",))
        links = [word for word in str(plain.get_content() if plain else "").split() if word.startswith("http")]
        log.info("mail to %s: %s  %s", message["To"], message["Subject"], " ".join(links))

    return send
