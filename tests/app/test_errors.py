"""What people read when the database can't serve: words, a time to come back, and nothing lost or doubled."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from app.db import db, is_unavailable
from tests.browsing import Browser


class Busy(Exception):
    sqlite_errorname = "SQLITE_BUSY"


class Nonsense(Exception):
    sqlite_errorname = "SQLITE_ERROR"


class Code(Exception):
    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("cause", "unavailable"),
    [
        (Busy(), True),
        (Nonsense(), False),
        (Code("08006"), True),
        (Code("57P01"), True),
        (Code("25006"), True),
        (Code("53100"), True),
        (Code("42P01"), False),
    ],
)
def test_what_can_be_waited_for_is_told_from_what_is_a_fault(cause: Exception, unavailable: bool) -> None:
    assert is_unavailable(OperationalError("SELECT", {}, cause)) is unavailable


@pytest.fixture
def read_only_file(app: Any, engine_name: str) -> Iterator[None]:
    """As if the database could only be read: root may write whatever the file's mode says, so the engine is told."""

    def forbid(connection: Any) -> None:
        if engine_name == "sqlite":
            connection.exec_driver_sql("PRAGMA query_only=ON")
        else:
            connection.connection.dbapi_connection.read_only = True

    event.listen(Engine, "begin", forbid)
    yield
    event.remove(Engine, "begin", forbid)
    db.session.rollback()
    db.engine.dispose()


def test_with_a_read_only_database_pages_are_read_and_writes_are_told_to_wait(
    app: Any, read_only_file: None, client: Any
) -> None:
    assert client.get("/").status_code == 200
    answer = client.send("/sign-in", {"email": "ada@example.org", "password": "whatever it may be"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "The books are closed for a moment" in answer.text


@pytest.fixture
def impatient(app: Any, engine_name: str) -> Iterator[None]:
    """Waiters give up after 50 ms: how long they wait is the engine's own, that they are answered is ours."""
    db.session.remove()
    db.engine.dispose()

    def short_wait(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=50" if engine_name == "sqlite" else "SET lock_timeout = '50ms'")
        cursor.close()
        if engine_name == "postgresql":
            connection.commit()

    event.listen(Engine, "connect", short_wait)
    yield
    event.remove(Engine, "connect", short_wait)
    db.session.remove()
    db.engine.dispose()


def test_a_lock_that_is_held_too_long_answers_503(
    impatient: None, engine_name: str, client: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with db.engine.connect() as holder, holder.begin():
        if engine_name == "postgresql":
            holder.execute(text("LOCK TABLE attempt IN ACCESS EXCLUSIVE MODE"))
        answer = client.send("/sign-in", {"email": "ada@example.org", "password": "whatever it may be"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")


def test_a_lock_error_of_the_standard_driver_is_known_too() -> None:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorname = "SQLITE_BUSY"
    assert is_unavailable(OperationalError("BEGIN", {}, error))
