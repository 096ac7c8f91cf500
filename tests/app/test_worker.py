"""The worker's turn: every duty has its chance, whatever became of the others; what has had its time is forgotten."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app import commands
from app import sweep as app_sweep
from app.access import digest
from app.clock import DAY
from app.db import db
from app.mail import Letter, enqueue
from app.mail.outbox import BATCH
from app.models import Attempt, Mail, Plan, Session, Token
from tests.cast import NOON, TODAY, Cast, save

At = Callable[[Any], None]


@pytest.fixture
def folder(app: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setitem(app.config, "MAIL_FOLDER", tmp_path / "mail")
    return tmp_path / "mail"


def turn() -> None:
    commands.work_until(threading.Event(), once=True)


def put(count: int = 1, **given: Any) -> None:
    for number in range(count):
        enqueue(Letter("Subject", "Words."), **{"key": f"mail-{number}", "to": "ada@example.org", **given})
    db.session.commit()


def kept() -> dict[str, Mail]:
    db.session.rollback()
    return {mail.key: mail for mail in db.session.scalars(select(Mail))}


def test_one_turn_writes_the_reminder_and_sends_it(cast: Cast, folder: Path) -> None:
    save(Plan(enrolment_id=cast.ada_enrolled.id, lesson_id="a", if_text="b", then_text="c", due_on=TODAY))
    db.session.commit()
    turn()
    assert [mail.state for mail in kept().values()] == ["sent"]
    (file,) = folder.iterdir()
    assert "Today: one plan to report on" in file.read_text()


def test_all_that_is_due_is_sent_before_the_worker_rests(app: Any, folder: Path) -> None:
    put(BATCH + 3)
    turn()
    assert {mail.state for mail in kept().values()} == {"sent"}
    assert len(list(folder.iterdir())) == BATCH + 3


@pytest.mark.parametrize("duty", ["release", "remind", "sweep"])
def test_a_duty_that_fails_is_logged_and_the_others_are_done(
    app: Any, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, duty: str
) -> None:
    def broken() -> bool:
        raise RuntimeError("a fault of ours")

    broken.__name__ = duty
    monkeypatch.setattr(commands, duty, broken)
    put()
    turn()
    assert f"the worker could not {duty}" in caplog.text
    assert kept()["mail-0"].state == "sent"


def test_mails_are_forgotten_after_half_a_year_and_their_texts_after_a_month(app: Any, at: At) -> None:
    for key, state, days in (
        ("old", "sent", 181),
        ("lost", "dead", 31),
        ("fresh", "dead", 29),
        ("waits", "waiting", 400),
    ):
        put(key=key, created_at=NOON - days * DAY, due_at=NOON + DAY, unsubscribe="https://x.example/u")
        kept()[key].state = state
        db.session.commit()
    commands.sweep()
    left = {key: (mail.body, mail.unsubscribe) for key, mail in kept().items()}
    whole = ("Words.", "https://x.example/u")
    assert left == {"lost": ("", None), "fresh": whole, "waits": whole}


def test_a_browser_that_may_not_come_back_is_forgotten(cast: Cast) -> None:
    for name, expires, ended in (
        ("over", NOON - timedelta(seconds=1), None),
        ("signed out", NOON + DAY, NOON),
        ("good", NOON + DAY, None),
    ):
        save(Session(person_id=cast.ada.id, token_hash=digest(name), expires_at=expires, ended_at=ended))
    commands.sweep()
    db.session.rollback()
    assert set(db.session.scalars(select(Session.token_hash))) == {digest("signed out"), digest("good")}


def test_however_much_has_had_its_time_it_goes_a_thousand_rows_at_a_time(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_sweep, "AT_ONCE", 2)
    for number in range(3):
        save(Attempt(kind="sign in", account="a", address=str(number), at=NOON - 2 * DAY))
    assert commands.sweep() is True
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 1
    assert commands.sweep() is False
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_where_nothing_has_had_its_time_nobody_who_writes_is_kept_waiting(cast: Cast, queries: list[str]) -> None:
    put(key="fresh")
    save(Session(person_id=cast.ada.id, token_hash=digest("good"), expires_at=NOON + DAY))
    queries.clear()
    commands.sweep()
    assert len(queries) == 7
    assert {statement.split()[0] for statement in queries} == {"SELECT"}


def test_links_that_end_mails_are_forgotten_once_they_have_run_out(cast: Cast) -> None:
    for name, purpose, expires in (
        ("over", "unsubscribe", NOON - timedelta(seconds=1)),
        ("good", "unsubscribe", NOON + DAY),
        ("reset", "reset", NOON - DAY),
    ):
        save(Token(purpose=purpose, person_id=cast.ada.id, token_hash=digest(name), expires_at=expires))
    commands.sweep()
    db.session.rollback()
    assert set(db.session.scalars(select(Token.token_hash))) == {digest("good"), digest("reset")}
