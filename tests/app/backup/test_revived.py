"""Ended before a restore stays ended: browsers, links, steps of signing in; and no mail goes out a second time."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from app.access import digest, new_token
from app.backup import archive
from app.clock import DAY
from app.db import db
from app.mail import Letter, enqueue
from app.mail.sending import send_due
from app.models import Mail, Person, Session, Token
from app.models.people import PURPOSES
from tests.app.backup.conftest import rows
from tests.browsing import Browser
from tests.cast import NOON, Cast, save

LASTS = NOON + 30 * DAY
SENT = [f"{name}@example.org" for name in ("ada", "ben")]


def backup(run: Any, folder: Path) -> Path:
    said = run("backup", folder)
    assert said.exit_code == 0, said.output
    (path,) = archive.backups_in(folder).values()
    return path


def of(application: Any) -> Browser:
    application.test_client_class = Browser
    browser: Browser = application.test_client()
    return browser


def with_the_cookies_of(browser: Browser, application: Any) -> Browser:
    """The same browser, before the installation that was restored."""
    other = of(application)
    for cookie in browser._cookies.values():
        other.set_cookie(cookie.key, cookie.value)
    return other


def test_a_browser_that_was_signed_out_after_the_backup_stays_so(
    cast: Cast, run: Any, browser_of: Any, elsewhere: Any, tmp_path: Path
) -> None:
    phone, thief = browser_of(cast.ada), browser_of(cast.ada)
    browser_of(cast.ben)
    path = backup(run, tmp_path)
    stolen = with_the_cookies_of(thief, elsewhere)
    assert phone.send("/settings/browsers/end-others").status_code == 303
    assert thief.get("/settings/").status_code == 302
    said = run("restore", path, of=elsewhere)
    assert said.exit_code == 0, said.output
    assert "Everybody signs in again: three browsers signed out, no links ended.\n" in said.output
    assert stolen.get("/settings/").status_code == 302
    assert with_the_cookies_of(phone, elsewhere).get("/settings/").status_code == 302
    assert rows(elsewhere, "session WHERE ended_at IS NULL") == 0


def link_of(cast: Cast, purpose: str) -> str:
    token = new_token()
    place = cast.ada_enrolled.id if purpose == "confirm" else None
    row = Token(purpose=purpose, person_id=cast.ada.id, enrolment_id=place, token_hash=digest(token), expires_at=LASTS)
    row.kind = "digest" if purpose == "unsubscribe" else None
    save(row)
    return token


def test_no_link_of_before_the_backup_opens_anything_but_the_end_of_mails(
    cast: Cast, run: Any, elsewhere: Any, tmp_path: Path
) -> None:
    links = {purpose: link_of(cast, purpose) for purpose in PURPOSES}
    path = backup(run, tmp_path)
    db.session.execute(update(Token).values(used_at=NOON))
    said = run("restore", path, of=elsewhere)
    assert "no browsers signed out, five links ended.\n" in said.output
    assert said.exit_code == 0, said.output
    live = {row.purpose for row in tokens(elsewhere) if row.used_at is None and row.expires_at > NOON}
    assert live == {"unsubscribe"}
    assert "has run out" in of(elsewhere).get(f"/reset/{links['reset']}").text
    assert of(elsewhere).get(f"/unsubscribe/{links['unsubscribe']}").status_code == 200


def tokens(application: Any) -> list[Token]:
    with application.app_context():
        try:
            return list(db.session.scalars(select(Token)))
        finally:
            db.session.remove()


def test_links_that_were_used_or_had_run_out_before_the_backup_keep_their_own_end(
    cast: Cast, run: Any, elsewhere: Any, tmp_path: Path
) -> None:
    link_of(cast, "reset")
    db.session.execute(update(Token).values(expires_at=NOON - DAY))
    link_of(cast, "confirm")
    db.session.execute(update(Token).where(Token.purpose == "confirm").values(used_at=NOON - DAY))
    save(Session(person_id=cast.ada.id, token_hash=digest("a"), expires_at=LASTS, ended_at=NOON - DAY))
    said = run("restore", backup(run, tmp_path), of=elsewhere)
    assert "no browsers signed out, no links ended.\n" in said.output
    assert {row.expires_at for row in tokens(elsewhere)} == {NOON - DAY, LASTS}
    assert rows(elsewhere, "session WHERE ended_at IS NOT NULL") == 1


def test_what_waited_to_be_sent_is_left_to_the_operator_who_can_send_it_again(
    cast: Cast, run: Any, elsewhere: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in SENT:
        enqueue(Letter("Words", "To somebody."), key=address, to=address)
    save(Mail(key="before", state="sent", recipient="ada@example.org", subject="Sent", body=""))
    path = backup(run, tmp_path)
    send_due(lambda message, begin: None)
    said = run("restore", path, of=elsewhere)
    assert said.exit_code == 0, said.output
    assert "Not sent by itself, since it may have been sent already: two mails. See /operator/mail.\n" in said.output
    assert sent_by(elsewhere) == []
    olga = of(elsewhere)
    with elsewhere.app_context():
        olga.sign_in(db.session.scalars(select(Person).where(Person.is_operator)).one())
        db.session.remove()
    page = olga.get("/operator/mail").text
    assert "Two mails did not arrive" in page
    assert page.count("Held after a restore: it may have been sent already.") == 2
    assert olga.send("/operator/mail/again").status_code == 303
    assert sent_by(elsewhere) == SENT


def sent_by(application: Any) -> list[str]:
    """To whom a worker's turn over the outbox sends there."""
    sent: list[str] = []
    with application.app_context():
        send_due(lambda message, begin: sent.append(message["To"]))
        db.session.remove()
    return sorted(sent)


def test_a_mail_that_a_worker_had_taken_up_is_held_too_and_taken_up_by_nobody(
    cast: Cast, run: Any, elsewhere: Any, tmp_path: Path
) -> None:
    taken = {"leased_until": NOON + DAY, "leased_by": "a worker", "began_at": NOON}
    save(Mail(key="half", recipient="ada@example.org", subject="Words", body="To somebody.", **taken))
    assert run("restore", backup(run, tmp_path), of=elsewhere).exit_code == 0
    free = "leased_until IS NULL AND leased_by IS NULL AND began_at IS NULL"
    assert rows(elsewhere, f"mail WHERE state = 'ambiguous' AND {free}") == 1


def test_what_comes_back_as_it_was_is_said_and_the_guide_says_what_to_look_at(
    cast: Cast, run: Any, elsewhere: Any, tmp_path: Path
) -> None:
    said = run("restore", backup(run, tmp_path), of=elsewhere)
    assert "No mail waited to be sent.\n" in said.output
    assert "Passwords, roles, second steps, recovery codes, switched-off accounts" in said.output
    assert '"After a restore" in docs/operators.md' in said.output
