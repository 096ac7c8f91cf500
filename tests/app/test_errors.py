"""What people read when the database can't serve: words, a time to come back, and nothing lost or doubled."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from app.db import db, is_unavailable
from tests.cast import Cast
from tests.faults.writers import ENTRY


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


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_database_that_may_not_grow_tells_writers_to_wait_until_it_may(
    app: Any, cast: Cast, browser_of: Callable[[Any], Any]
) -> None:
    """A full disk, as far as it can be had without one; `tests/faults/test_disk.py` has a real one, on both engines."""

    def limit(pages: int) -> None:
        db.session.remove()
        db.engine.dispose()
        event.listen(Engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count={pages}"), once=True)

    ada = browser_of(cast.ada)
    # Room that other tests have left in the file would do for a hundred entries.
    db.session.remove()
    roomy = db.engine.raw_connection()
    roomy.execute("VACUUM")  # type: ignore[attr-defined]
    roomy.close()
    limit(1)
    statuses = [ada.send("/practice/", dict(ENTRY)).status_code for _ in range(100)]
    assert statuses[-1] == 503
    assert set(statuses) <= {303, 503}
    assert ada.get("/practice/").status_code == 200
    limit(10**9)
    assert ada.send("/practice/", dict(ENTRY)).status_code == 303


def test_a_lock_error_of_the_standard_driver_is_known_too() -> None:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorname = "SQLITE_BUSY"
    assert is_unavailable(OperationalError("BEGIN", {}, error))
