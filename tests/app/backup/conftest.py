"""An installation of its own for each test: its database is taken, harmed and replaced."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app import create_app
from app.db import db
from app.schema import migrate
from tests import databases
from tests.another_database import beside


@pytest.fixture(autouse=True)
def listing(app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of erasures for this test alone, with nobody in it yet; `elsewhere` is told of the same one."""
    path = tmp_path / "kept" / "tombstones"
    path.parent.mkdir()
    path.touch()
    monkeypatch.setitem(app.config, "TOMBSTONES", path)
    return path


@pytest.fixture
def elsewhere(app: Any, engine_name: str, tmp_path: Path) -> Iterator[Any]:
    """A second installation with an empty folder or database; nobody has migrated it yet."""
    if engine_name == "sqlite":
        url = databases.sqlite_url(tmp_path / "elsewhere")
    else:
        url = beside(db.engine.url, "elsewhere_one")
    made = create_app({**{key: app.config[key] for key in app.config if key.isupper()}, "SQLALCHEMY_DATABASE_URI": url})
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def run(app: Any) -> Any:
    """A command as an operator gives it, here or elsewhere; what it said and how it ended."""

    def given(*words: object, of: Any = app) -> Any:
        # The test's own transaction would hold up a command that writes, until that has waited long enough.
        db.session.commit()
        with of.app_context():
            return of.test_cli_runner().invoke(args=[str(word) for word in words])

    return given


def rows(application: Any, table: str) -> int:
    with application.app_context():
        try:
            return int(db.session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)
        finally:
            db.session.remove()


def migrated_with(application: Any, email: str) -> None:
    """Migrate an installation and put somebody into it."""
    from tests.cast import person

    if application.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        Path(application.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")).parent.mkdir()
    with application.app_context():
        migrate()
        db.session.add(person(email))
        db.session.commit()
        db.session.remove()
