"""Whether an installation is ready, and that a machine that asks is told no more than that."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text

from app import create_app
from app.db import db
from app.mail import Letter, enqueue
from tests.cast import NOON

At = Callable[[Any], None]
WELL = {"database": "ok", "migrations": "ok", "outbox": "ok", "disk": "ok"}


def asked(client: Any, query: str = "") -> tuple[int, dict[str, str]]:
    answer = client.get(f"/readyz{query}")
    assert answer.json["ready"] is (answer.status_code == 200)
    return answer.status_code, answer.json["checks"]


def test_ready_is_said_in_two_questions_to_the_database(client: Any, queries: list[str]) -> None:
    assert asked(client) == (200, WELL)
    assert len(queries) == 2


def test_mail_that_has_been_due_too_long_is_late(client: Any, at: At) -> None:
    enqueue(Letter("Subject", "Words."), key="one", to="ada@example.org")
    db.session.commit()
    at(NOON + timedelta(seconds=900))
    assert asked(client)[0] == 200
    at(NOON + timedelta(seconds=901))
    assert asked(client) == (503, {**WELL, "outbox": "late"})


def test_a_balancer_that_asks_for_less_does_not_take_a_machine_out_for_its_mail_server(client: Any, at: At) -> None:
    enqueue(Letter("Subject", "Words."), key="one", to="ada@example.org")
    db.session.commit()
    at(NOON + timedelta(days=1))
    assert asked(client, "?only=database,migrations,disk")[0] == 200
    assert asked(client, "?only=outbox")[0] == 503
    assert asked(client, "?only=nothing-of-ours")[0] == 503


def test_a_disk_that_is_nearly_full_is_told_before_it_is(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=500_000_000))
    assert asked(client)[0] == 200
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=499_999_999))
    assert asked(client) == (503, {**WELL, "disk": "nearly full"})


def test_an_older_schema_is_not_ready(app: Any, client: Any) -> None:
    head = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    db.session.commit()
    try:
        status, checks = asked(client)
        assert (status, checks["database"], checks["migrations"]) == (503, "ok", "not at head")
    finally:
        db.session.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": head})
        db.session.commit()


def test_a_database_that_is_away_is_said_without_a_word_about_where_it_was(
    app: Any, engine_name: str, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/none/secret.db"
    if engine_name == "postgresql":
        url = "postgresql+psycopg://someone:secret@127.0.0.1:9/none"
    given = {key: app.config[key] for key in app.config if key.isupper()}
    away = create_app({**given, "SQLALCHEMY_DATABASE_URI": url})
    with away.app_context():
        answer = away.test_client().get("/readyz")
        db.engine.dispose()
    assert answer.status_code == 503
    assert answer.json["checks"]["database"] == "does not answer"
    assert "secret" not in answer.text
    assert "alive" not in answer.text
