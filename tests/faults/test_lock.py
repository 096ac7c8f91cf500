"""A lock that another process holds: a write waits for its turn, and is told to come back when that takes too long."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from app.db import db
from app.models import Entry
from app.schema import migrate
from tests.cast import Cast
from tests.faults.site import beside
from tests.faults.writers import ENTRY

HELD = 3.0
# The module; `app.db` is also the name of what it makes.
database: Any = import_module("app.db")


@contextmanager
def held(app: Any, engine_name: str) -> Iterator[Connection]:
    """The lock, as another process would hold it: not in the line of this one's writers."""
    db.session.remove()
    with beside(app.config["SQLALCHEMY_DATABASE_URI"]) as engine, engine.connect() as connection:
        if engine_name == "sqlite":
            raw = connection.connection.dbapi_connection
            raw.execute("BEGIN IMMEDIATE")
            yield connection
            raw.execute("ROLLBACK")
        else:
            connection.execute(text("LOCK TABLE entry IN ACCESS EXCLUSIVE MODE"))
            yield connection
            connection.rollback()


def entries() -> int:
    return db.session.scalar(select(func.count()).select_from(Entry))


def test_a_write_waits_three_seconds_for_its_turn_and_is_taken(
    app: Any, engine_name: str, cast: Cast, browser_of: Callable[[Any], Any]
) -> None:
    ada = browser_of(cast.ada)
    answers = []

    def write() -> None:
        answers.append((ada.send("/practice/", dict(ENTRY)).status_code, time.monotonic()))

    writing = threading.Thread(target=write)
    with held(app, engine_name):
        began = time.monotonic()
        writing.start()
        time.sleep(HELD)
        assert not answers
    writing.join(timeout=database.PATIENCE)
    status, at = answers[0]
    assert (status, entries()) == (303, 1)
    assert HELD <= at - began < database.PATIENCE


@pytest.fixture
def impatient(app: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same with less patience: a connection takes it up when it is made."""
    assert HELD < database.PATIENCE < 30
    # Undone here: whatever cleans up after the test makes connections that the next one gets.
    with monkeypatch.context() as patch:
        patch.setattr(database, "PATIENCE", 0.3)
        db.session.remove()
        db.engine.dispose()
        yield
    db.session.remove()
    db.engine.dispose()


def test_a_write_that_would_wait_too_long_is_told_to_come_back(
    impatient: None, app: Any, engine_name: str, cast: Cast, browser_of: Callable[[Any], Any]
) -> None:
    ada = browser_of(cast.ada)
    with held(app, engine_name):
        began = time.monotonic()
        answer = ada.send("/practice/", dict(ENTRY))
        waited = time.monotonic() - began
    assert (answer.status_code, answer.headers["Retry-After"], entries()) == (503, "30", 0)
    assert "The books are closed for a moment" in answer.text
    assert 0.3 <= waited < HELD
    assert ada.send("/practice/", dict(ENTRY)).status_code == 303


def test_writers_of_this_process_who_wait_too_long_in_line_are_told_too(
    impatient: None, engine_name: str, cast: Cast, browser_of: Callable[[Any], Any]
) -> None:
    ada = browser_of(cast.ada)
    db.session.remove()
    with db.engine.connect() as holder, holder.begin():
        if engine_name == "postgresql":
            holder.execute(text("LOCK TABLE entry IN ACCESS EXCLUSIVE MODE"))
        assert ada.send("/practice/", dict(ENTRY)).status_code == 503
    assert ada.send("/practice/", dict(ENTRY)).status_code == 303


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_a_migrator_has_more_patience_than_a_page(impatient: None, app: Any) -> None:
    said = []

    def upgrade() -> None:
        with app.app_context():
            try:
                migrate()
            except DBAPIError as error:
                said.append(str(error))

    migrating = threading.Thread(target=upgrade)
    with beside(app.config["SQLALCHEMY_DATABASE_URI"]) as engine, engine.connect() as other:
        other.execute(text("SELECT pg_advisory_xact_lock(7420190116)"))
        migrating.start()
        migrating.join(timeout=1.5)
        assert migrating.is_alive()
        other.rollback()
    migrating.join(timeout=20)
    assert not migrating.is_alive()
    assert not said
