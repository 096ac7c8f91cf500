"""Migrating on a machine where things go wrong: two at once, one killed half-way."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.pool import NullPool

from app.config import ROOT
from app.db import Base, db, engine_options
from tests.another_database import beside


@pytest.fixture
def empty(migrated: Any, engine_name: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database that nobody has migrated yet."""
    if engine_name == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with migrated.app_context():
        yield beside(db.engine.url, "empty_one")


def migrator(url: str) -> subprocess.Popen[str]:
    """`flask db upgrade` as an operator runs it."""
    environment = {**os.environ, "DATABASE_URL": url, "CONNECT_ENV": "testing"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def tables(url: str) -> set[str]:
    kept = {key: value for key, value in engine_options(url).items() if key in {"module", "connect_args"}}
    engine = create_engine(url, poolclass=NullPool, **kept)
    with engine.connect() as connection:
        return set(inspect(connection).get_table_names())


def test_of_two_migrators_at_once_one_works_and_one_waits(empty: str) -> None:
    both = [migrator(empty), migrator(empty)]
    said = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert set(Base.metadata.tables) <= tables(empty)


def test_a_migration_that_was_killed_is_completed_by_the_next(empty: str) -> None:
    first = migrator(empty)
    with contextlib.suppress(subprocess.TimeoutExpired):
        first.wait(timeout=0.7)
    first.kill()
    first.communicate()
    second = migrator(empty)
    said, _ = second.communicate(timeout=60)
    assert second.returncode == 0, said
    assert set(Base.metadata.tables) <= tables(empty)
