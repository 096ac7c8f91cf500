"""Fixtures of all tests: the application on each database, the cast, browsers, a clock that stands."""

import contextlib
import gc
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests import databases
from tests.cast import CHEAP, NOBODY, NOON, Cast, Troupe


# Nothing of a test must outlive a power cut: waiting for the disk took a quarter of the suite's time.
@event.listens_for(Engine, "connect")
def do_not_wait_for_the_disk(connection: Any, _record: Any) -> None:
    if hasattr(connection, "set_trace_callback"):
        connection.execute("PRAGMA synchronous=OFF")


# Where single tests take half a minute.
LONG = ("tests/attacks", "tests/browser", "tests/faults", "tests/app/backup")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first: whoever had the last of them went on for minutes while the other process stood by."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def pytest_collection_finish() -> None:
    """Leave the tests that were found out of every later search for garbage: there are twenty thousand of them."""
    gc.collect()
    gc.freeze()


SECRET_KEY = "for the tests only, and long enough to be one"
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")


@pytest.fixture(params=databases.ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def applications() -> Iterator[dict[str, Any]]:
    """The applications made so far, by name. Kept to the end of the session: a server is started once a worker."""
    from app.db import db

    made: dict[str, Any] = {}
    yield made
    for app in made.values():
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def migrated(engine_name: str, applications: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The application on a migrated database of this engine."""
    if engine_name not in applications:
        applications[engine_name] = migrate(engine_name, tmp_path_factory.mktemp(engine_name))
    return applications[engine_name]


def migrate(engine_name: str, folder: Path) -> Any:
    from alembic import command

    from app import create_app
    from app.commands import alembic
    from tests.browsing import sent_apart

    url = databases.sqlite_url(folder) if engine_name == "sqlite" else databases.postgresql_url()
    app = create_app(settings_for(url, folder))
    app.wsgi_app = sent_apart(app.wsgi_app)
    with app.app_context():
        command.upgrade(alembic(), "head")
    return app


def settings_for(url: str, folder: Path) -> dict[str, Any]:
    from app.config import database_url

    return {
        "ENV": "testing",
        "TESTING": True,
        # A fault is answered as it would be for people; the log has its trace.
        "PROPAGATE_EXCEPTIONS": False,
        "SECRET_KEY": SECRET_KEY,
        "SQLALCHEMY_DATABASE_URI": database_url(url),
        "MAIL_FOLDER": folder / "mail",
        "TOMBSTONES": folder / "tombstones",
        "SERVER_NAME": None,
    }


@pytest.fixture
def app(migrated: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The application with an empty database, at noon on 24 November 2026, where to hash a password costs nothing."""
    from app import access, clock
    from app.db import db
    from tests.browsing import Browser

    monkeypatch.setattr(clock, "now", lambda: NOON)
    monkeypatch.setattr(access, "hasher", CHEAP)
    monkeypatch.setattr(access, "NOBODY", NOBODY)
    migrated.test_client_class = Browser
    with migrated.app_context():
        yield migrated
        db.session.rollback()
        databases.empty()
        db.session.remove()
    # The cast has the same numbers every time: whoever was erased in one test would be in those after it.
    # Where a test has it somewhere else, it sees to it.
    with contextlib.suppress(OSError):
        Path(migrated.config["TOMBSTONES"]).unlink()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the clock."""
    from app import clock

    return lambda instant: monkeypatch.setattr(clock, "now", lambda: instant)


@pytest.fixture(scope="session")
def troupes() -> dict[str, Troupe]:
    return {}


@pytest.fixture
def cast(app: Any, engine_name: str, troupes: dict[str, Troupe]) -> Cast:
    if engine_name not in troupes:
        troupes[engine_name] = Troupe.assembled()
    else:
        troupes[engine_name].enter()
    return troupes[engine_name].cast()


@pytest.fixture
def client(app: Any) -> Any:
    """A visitor's browser."""
    return app.test_client()


@pytest.fixture
def browser_of(app: Any) -> Callable[[Any], Any]:
    """The signed-in browser of a person."""
    return lambda who: app.test_client().sign_in(who)


@pytest.fixture
def queries(app: Any) -> Iterator[list[str]]:
    """The statements sent to the database while the test runs; clear it before the request that is counted."""
    sent: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(CONTROL):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)
