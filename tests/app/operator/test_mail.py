"""Mail that did not arrive: the operator sees it with its reason, and can send it again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.db import db
from app.mail import send_due
from app.mail.transport import Begin
from app.models import Mail
from tests.browsing import Browser
from tests.cast import NOON, Cast, save

Browsers = Callable[[Any], Browser]


def mail(key: str, state: str = "dead", **given: Any) -> Mail:
    facts: dict[str, Any] = {"subject": f"Subject {key}", "recipient": f"{key}@example.org", "body": "Words."}
    facts |= {"attempts": 3, "failure": f"550 {key} refused"}
    row: Mail = save(Mail(key=key, state=state, **{**facts, **given}))
    return row


def states() -> dict[str, str]:
    db.session.rollback()
    return {key: state for key, state in db.session.execute(select(Mail.key, Mail.state))}


def test_all_is_well_is_said_plainly(cast: Cast, browser_of: Browsers) -> None:
    page = browser_of(cast.olga).get("/operator/mail").text
    assert "Every mail arrived at its server" in page
    assert "Nothing waits to be sent." in page


def test_what_did_not_arrive_is_listed_with_its_reason_and_without_its_text(cast: Cast, browser_of: Browsers) -> None:
    mail("gone", body="https://x.example/secret")
    mail("maybe", "ambiguous")
    mail("fine", "sent", failure=None)
    page = browser_of(cast.olga).get("/operator/mail").text
    assert "Two mails did not arrive" in page
    for words in ("gone@example.org", "550 gone refused", "Given up after three tries.", "It may have arrived."):
        assert words in page
    assert "fine@example.org" not in page
    assert "secret" not in page


def test_mail_that_is_held_up_is_told_with_what_the_server_says(cast: Cast, browser_of: Browsers) -> None:
    mail("held", "waiting", failure="451 come back", created_at=NOON - timedelta(hours=2), due_at=NOON)
    page = browser_of(cast.olga).get("/operator/mail").text
    assert "Mail is held up" in page
    assert "One waits to be sent, the oldest since 24\u00a0November 2026, 11:00. The server said: 451 come back" in page


def test_one_is_sent_again_when_asked_and_keeps_its_key(cast: Cast, browser_of: Browsers) -> None:
    gone, other = mail("gone"), mail("other")
    answer = browser_of(cast.olga).send(f"/operator/mail/{gone.id}/again")
    assert (answer.status_code, answer.location) == (303, "/operator/mail")
    arrived: list[str] = []

    def take(message: Any, begin: Begin) -> None:
        if begin():
            arrived.append(message["To"])

    send_due(take)
    assert arrived == ["gone@example.org"]
    assert states() == {"gone": "sent", "other": "dead"}
    assert other.key == "other"


def test_all_are_sent_again_but_those_whose_text_is_gone(cast: Cast, browser_of: Browsers) -> None:
    mail("gone")
    mail("maybe", "ambiguous")
    mail("old", body="")
    mail("fine", "sent")
    olga = browser_of(cast.olga)
    assert olga.send("/operator/mail/again").status_code == 303
    assert states() == {"gone": "waiting", "maybe": "waiting", "old": "dead", "fine": "sent"}


@pytest.mark.parametrize("state", ["sent", "waiting"])
def test_what_was_not_given_up_is_not_sent_again(cast: Cast, browser_of: Browsers, state: str) -> None:
    row = mail("fine", state)
    assert browser_of(cast.olga).send(f"/operator/mail/{row.id}/again").status_code == 404
    assert states() == {"fine": state}


def test_the_page_takes_three_queries_however_many_there_are(
    cast: Cast, browser_of: Browsers, queries: list[str]
) -> None:
    for number in range(110):
        db.session.add(Mail(key=str(number), state="dead", recipient="a@b", subject="S", body="B", failure="550"))
    db.session.commit()
    olga = browser_of(cast.olga)
    queries.clear()
    page = olga.get("/operator/mail").text
    assert len(queries) == 3
    assert "110 mails did not arrive" in page
    assert "The newest 100 are listed." in page
