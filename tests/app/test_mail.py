"""The outbox: a mail stands or falls with its fact, goes out once, and waits longer after each failure."""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.db import db
from app.mail import MOST_ATTEMPTS, enqueue, send_due
from app.models import Mail
from tests.cast import NOON


def put(key: str = "welcome-1", **given: str) -> None:
    enqueue(
        **{"key": key, "to": "ada@example.org", "subject": "Your seat", "body": "http://x.example/welcome/1", **given}
    )


def sent() -> list[EmailMessage]:
    """Send what is due; the messages that left."""
    messages: list[EmailMessage] = []
    send_due(messages.append)
    return messages


def refuse(_message: EmailMessage) -> None:
    raise ConnectionRefusedError("no server")


def test_a_mail_goes_out_once(app: Any) -> None:
    put()
    db.session.commit()
    assert [message["To"] for message in sent()] == ["ada@example.org"]
    assert sent() == []


def test_a_key_that_was_enqueued_before_makes_no_second_mail(app: Any) -> None:
    put()
    put(body="something else")
    db.session.commit()
    assert [message.get_content().strip() for message in sent()] == ["http://x.example/welcome/1"]


def test_a_mail_of_a_fact_that_was_dropped_is_never_sent(app: Any) -> None:
    put()
    db.session.rollback()
    assert sent() == []


def test_a_failure_is_kept_and_tried_again_later(app: Any, at: Callable[[Any], None]) -> None:
    put()
    db.session.commit()
    assert send_due(refuse) == 0
    assert sent() == []
    row = db.session.scalars(select(Mail)).one()
    assert row.failure == "ConnectionRefusedError: no server"
    at(NOON + timedelta(minutes=2))
    assert len(sent()) == 1


def test_a_mail_that_never_goes_out_is_given_up_and_stays_visible(app: Any, at: Callable[[Any], None]) -> None:
    put()
    db.session.commit()
    for day in range(MOST_ATTEMPTS + 3):
        at(NOON + timedelta(days=day))
        send_due(refuse)
    row = db.session.scalars(select(Mail)).one()
    assert (row.attempts, row.sent_at) == (MOST_ATTEMPTS, None)


def test_a_mail_that_another_worker_has_leased_is_left_alone(app: Any) -> None:
    put()
    db.session.commit()
    inner: list[int] = []

    def send(_message: EmailMessage) -> None:
        inner.append(send_due(lambda message: None))

    assert send_due(send) == 1
    assert inner == [0]


@pytest.mark.parametrize("subject", ["Hello\r\nBcc: all@example.org", "Hello\nthere"])
def test_a_subject_cannot_carry_a_header(app: Any, subject: str) -> None:
    put(subject=subject)
    db.session.commit()
    message = sent()[0]
    assert message["Bcc"] is None
    assert "\n" not in message["Subject"]


def test_in_development_a_mail_is_a_file_and_a_line_with_its_link(
    app: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(app.config, "MAIL_FOLDER", tmp_path / "mail")
    put()
    db.session.commit()
    with caplog.at_level("INFO", logger="connect.mail"):
        send_due()
    (file,) = (tmp_path / "mail").iterdir()
    assert message_from_bytes(file.read_bytes())["To"] == "ada@example.org"
    assert "http://x.example/welcome/1" in caplog.text
