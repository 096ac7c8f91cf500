"""A real mail server that is slow, refuses, or drops the line: what arrives, how often, and what is noted."""

import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.db import db
from app.mail import send_due
from app.models import Mail
from tests.app.mail.server import DROP, Server, serving
from tests.cast import NOON

Put = Callable[..., None]
Kept = Callable[..., Mail]
At = Callable[[Any], None]
CERTIFICATE = Path(__file__).with_name("certificate.pem")
MINUTE = timedelta(minutes=1)


def test_a_mail_arrives_as_it_was_written(server: Server, put: Put, kept: Kept) -> None:
    put(body="Grüße.\n\n.\n\n..two dots\n\nEnd")
    send_due()
    (message,) = server.arrived
    plain, page = message.get_payload()  # type: ignore[misc]
    assert plain.get_payload(decode=True).decode().replace("\r\n", "\n") == "Grüße.\n\n.\n\n..two dots\n\nEnd\n"  # type: ignore[union-attr]
    assert "<p>..two dots</p>" in page.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert kept().state == "sent"


@pytest.mark.parametrize("step", ["sender", "recipient", "text"])
def test_a_refusal_for_now_is_tried_again_and_arrives_once(
    server: Server, put: Put, kept: Kept, at: At, step: str
) -> None:
    setattr(server, step, lambda to: "451 Greylisted, come back")
    put()
    send_due()
    assert (kept().state, kept().failure, server.arrived) == ("waiting", "451 Greylisted, come back", [])
    setattr(server, step, lambda to: None)
    send_due()
    assert server.arrived == []
    at(NOON + MINUTE)
    send_due()
    at(NOON + 60 * MINUTE)
    send_due()
    assert (server.recipients, kept().state) == (["welcome-1@example.org"], "sent")


@pytest.mark.parametrize("step", ["recipient", "text"])
def test_a_mail_that_is_refused_for_good_is_dead_at_once(
    server: Server, put: Put, kept: Kept, at: At, step: str
) -> None:
    setattr(server, step, lambda to: "550 No such mailbox" if to.startswith("gone") else None)
    put("gone")
    put("there")
    send_due()
    assert (kept("gone").state, kept("gone").attempts, kept("gone").failure) == ("dead", 1, "550 No such mailbox")
    at(NOON + 600 * MINUTE)
    send_due()
    assert server.recipients == ["there@example.org"]


def test_a_refusal_of_us_is_no_fault_of_the_mail(server: Server, put: Put, kept: Kept, at: At) -> None:
    server.sender = lambda _: "530 Authentication required"
    put("one")
    put("two")
    assert send_due() == 0
    assert [(kept(key).state, kept(key).attempts) for key in ("one", "two")] == [("waiting", 1), ("waiting", 0)]
    server.sender = lambda _: None
    at(NOON + MINUTE)
    send_due()
    assert Counter(server.recipients) == {"one@example.org": 1, "two@example.org": 1}


def test_a_line_that_drops_before_the_text_leaves_no_doubt(server: Server, put: Put, kept: Kept, at: At) -> None:
    server.recipient = lambda to: DROP
    put()
    send_due()
    assert (kept().state, kept().doubts) == ("waiting", 0)
    server.recipient = lambda to: None
    at(NOON + MINUTE)
    send_due()
    assert server.recipients == ["welcome-1@example.org"]


def test_a_line_that_drops_after_the_text_is_logged_as_ambiguous_and_repeated_once(
    server: Server, put: Put, kept: Kept, at: At, caplog: pytest.LogCaptureFixture
) -> None:
    server.text = lambda to: DROP
    put()
    for hour in range(4):
        at(NOON + hour * 60 * MINUTE)
        send_due()
    assert len(server.arrived) == 2
    assert len({message["Message-ID"] for message in server.arrived}) == 1
    assert (kept().state, kept().doubts) == ("ambiguous", 1)
    assert caplog.text.count("mail welcome-1 is ambiguous") == 2


def test_a_reminder_whose_line_dropped_after_the_text_is_not_repeated(
    server: Server, put: Put, kept: Kept, at: At
) -> None:
    server.text = lambda to: DROP
    put(kind="digest")
    for hour in range(4):
        at(NOON + hour * 60 * MINUTE)
        send_due()
    assert (len(server.arrived), kept().state) == (1, "ambiguous")


def test_where_no_server_listens_the_mail_waits(app: Any, put: Put, kept: Kept, monkeypatch: Any) -> None:
    with serving() as gone:
        address = gone.address
    monkeypatch.setitem(app.config, "SMTP", address)
    put()
    assert send_due() == 0
    assert (kept().state, kept().attempts) == ("waiting", 1)


def test_a_server_that_never_comes_to_the_point_is_hung_up_on(
    server: Server, put: Put, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.mail.transport.DEADLINE", 0.3)
    server.answers.clear()
    put(kind="digest")
    began = time.monotonic()
    send_due()
    assert time.monotonic() - began < 5
    assert kept().state == "ambiguous"


def work(app: Any, times: int = 1) -> threading.Thread:
    """A worker in a thread of its own, that takes so many turns."""

    def turns() -> None:
        with app.app_context():
            for _ in range(times):
                send_due()
            db.session.remove()

    thread = threading.Thread(target=turns)
    thread.start()
    return thread


def test_pages_write_and_read_at_once_while_the_mail_server_keeps_silent(
    server: Server, put: Put, kept: Kept, app: Any, client: Any
) -> None:
    server.answers.clear()
    put()
    worker = work(app)
    assert server.took_text.wait(10)
    client.get("/forgot")
    took = []
    for number in range(3):
        began = time.monotonic()
        assert client.send("/forgot", {"email": f"somebody-{number}@example.org"}).status_code == 303
        assert client.get("/sign-in").status_code == 200
        took.append(time.monotonic() - began)
    assert server.arrived == []
    server.answers.set()
    worker.join(20)
    assert kept().state == "sent"
    assert min(took) < 0.5, took


def test_three_workers_at_once_send_every_key_once(
    server: Server, put: Put, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.mail.outbox.BATCH", 3)
    for number in range(15):
        put(f"mail-{number}")
    workers = [work(app, times=5) for _ in range(3)]
    for worker in workers:
        worker.join(60)
    assert Counter(server.recipients) == {f"mail-{number}@example.org": 1 for number in range(15)}


def encrypted() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def test_by_starttls_and_with_a_password(app: Any, put: Put, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    logins: dict[str, Any] = {"auth_required": True, "auth_require_tls": True, "require_starttls": True}
    with serving(
        tls_context=encrypted(), authenticator=lambda *given: listening.authenticate(*given), **logins
    ) as listening:
        given = {"SMTP": listening.address, "SMTP_SECURITY": "starttls", "SMTP_USER": "us", "SMTP_PASSWORD": "sesame"}
        for name, value in given.items():
            monkeypatch.setitem(app.config, name, value)
        put()
        send_due()
        assert kept().state == "sent"
        assert listening.logins == [(b"us", b"sesame")]


@pytest.mark.parametrize("fault", ["unknown certificate", "no starttls", "wrong password"])
def test_nothing_is_said_to_a_server_that_cannot_be_trusted_or_does_not_know_us(
    app: Any, put: Put, kept: Kept, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    if fault != "unknown certificate":
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    tls = {} if fault == "no starttls" else {"tls_context": encrypted()}
    with serving(authenticator=lambda *given: listening.authenticate(*given), **tls) as listening:
        given = {"SMTP": listening.address, "SMTP_SECURITY": "starttls", "SMTP_USER": "us", "SMTP_PASSWORD": "wrong"}
        for name, value in given.items():
            monkeypatch.setitem(app.config, name, value)
        put()
        assert send_due() == 0
        assert listening.arrived == []
        assert bool(listening.logins) == (fault == "wrong password")
    assert (kept().state, kept().attempts) == ("waiting", 1)
    assert "wrong" not in (kept().failure or "")
