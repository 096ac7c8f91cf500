"""The outbox: a mail stands or falls with its fact, is sent by one worker, and comes back from one that crashed."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.mail import send_due
from app.mail.outbox import LEASE, LONGEST_WAIT, MOST_ATTEMPTS, hold, lease, settle
from app.mail.transport import Begin, Later, Lost, Unreachable
from app.models import Mail
from tests.cast import NOON

Put = Callable[..., None]
Kept = Callable[..., Mail]
At = Callable[[Any], None]


def sent() -> list[EmailMessage]:
    """Send what is due; the messages that left."""
    messages: list[EmailMessage] = []

    def take(message: EmailMessage, begin: Begin) -> None:
        if begin():
            messages.append(message)

    send_due(take)
    return messages


def refuse(_message: EmailMessage, _begin: Begin) -> None:
    raise Later("450 come back")


def test_a_mail_goes_out_once_and_keeps_no_text(put: Put, kept: Kept) -> None:
    put()
    assert [message["To"] for message in sent()] == ["welcome-1@example.org"]
    assert sent() == []
    assert (kept().state, kept().sent_at, kept().body) == ("sent", NOON, "")


def test_a_key_that_was_enqueued_before_makes_no_second_mail(put: Put) -> None:
    put()
    put(subject="something else")
    assert [message["Subject"] for message in sent()] == ["Your seat"]


def test_a_mail_of_a_fact_that_was_dropped_is_never_sent(app: Any) -> None:
    from app.mail import Letter, enqueue

    enqueue(Letter("Your seat", "A seat."), key="dropped", to="ada@example.org")
    db.session.rollback()
    assert sent() == []
    assert db.session.scalars(select(Mail)).all() == []


def test_a_failure_is_kept_and_tried_again_later_each_time_longer(put: Put, kept: Kept, at: At) -> None:
    put()
    waits = []
    while kept().state == "waiting":
        before = clock.now()
        send_due(refuse)
        assert sent() == []
        waits.append(kept().due_at - before)
        at(kept().due_at if kept().state == "waiting" else before)
    minutes = [timedelta(minutes=n) for n in (1, 2, 4, 8, 16, 32, 64, 128)]
    assert waits[: MOST_ATTEMPTS - 1] == [*minutes, LONGEST_WAIT, LONGEST_WAIT, LONGEST_WAIT]
    assert (kept().state, kept().attempts, kept().failure) == ("dead", MOST_ATTEMPTS, "450 come back")
    at(NOON + timedelta(days=30))
    assert sent() == []


def test_a_mail_that_another_worker_has_leased_is_left_alone(put: Put) -> None:
    put()
    inner: list[int] = []

    def send(_message: EmailMessage, begin: Begin) -> None:
        inner.append(send_due(refuse))
        assert begin()

    assert send_due(send) == 1
    assert inner == [0]


def test_a_mail_of_a_worker_that_crashed_before_it_began_comes_back(put: Put, kept: Kept, at: At) -> None:
    put()
    lease("crashed")
    at(NOON + LEASE)
    assert sent() == []
    at(NOON + LEASE + timedelta(seconds=1))
    assert len(sent()) == 1
    assert kept().doubts == 0


def test_a_mail_of_a_worker_that_crashed_in_the_middle_is_ambiguous_and_logged(
    put: Put, kept: Kept, at: At, caplog: pytest.LogCaptureFixture
) -> None:
    put(kind="digest")
    (mail,) = lease("crashed")
    assert hold(mail, began_at=NOON)
    at(NOON + 2 * LEASE)
    assert sent() == []
    assert kept().state == "ambiguous"
    assert "its worker stopped while it was being sent" in caplog.text


def test_a_worker_that_was_too_slow_sends_nothing_that_another_has_taken_up(put: Put, kept: Kept, at: At) -> None:
    put()
    outcomes: list[Any] = []

    def stalled(_message: EmailMessage, begin: Begin) -> None:
        at(NOON + 2 * LEASE)
        outcomes.append([message["Subject"] for message in sent()])
        outcomes.append(begin())
        raise Lost

    send_due(stalled)
    assert outcomes == [["Your seat"], False]
    assert (kept().state, kept().failure) == ("sent", None)


def test_a_mail_is_held_and_settled_only_by_the_worker_that_has_it_now(put: Put, kept: Kept, at: At) -> None:
    put()
    (late,) = lease("the first")
    at(NOON + 2 * LEASE)
    (mail,) = lease("the second")
    assert not hold(late, began_at=NOON)
    settle(late, "dead", "too late")
    assert (kept().state, kept().began_at, kept().leased_by) == ("waiting", None, "the second")
    assert hold(mail)


def test_where_no_server_answers_one_try_is_counted_and_the_others_are_given_back(put: Put, kept: Kept) -> None:
    for number in range(4):
        put(f"mail-{number}")

    def gone(_message: EmailMessage, _begin: Begin) -> None:
        raise Unreachable("ConnectionRefusedError")

    assert send_due(gone) == 0
    assert [kept(f"mail-{number}").attempts for number in range(4)] == [1, 0, 0, 0]
    assert len(sent()) == 3


def test_a_mail_that_cannot_be_made_is_dead_and_holds_up_nobody(put: Put, kept: Kept) -> None:
    put("broken", to="eve@example.org\r\nBcc: all@example.org")
    put("sound")
    assert [message["To"] for message in sent()] == ["sound@example.org"]
    assert kept("broken").state == "dead"
    assert "can't be put into a message" in (kept("broken").failure or "")


@pytest.mark.parametrize("subject", ["Hello\r\nBcc: all@example.org", "Hello\nthere"])
def test_a_subject_cannot_carry_a_header(put: Put, subject: str) -> None:
    put(subject=subject)
    (message,) = sent()
    assert message["Bcc"] is None
    assert "\n" not in message["Subject"]
