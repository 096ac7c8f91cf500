"""The engine's recipe: what two databases must agree on, and what a reader may not do."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, StatementError

from app.commands import alembic
from app.db import db, engine_options, prepare, reading, sqlite, wal_is_safe
from app.models import Cohort, Person
from tests import cast


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_wal_is_used_only_where_its_reset_bug_is_fixed(version: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_the_migrated_schema_equals_the_models(app: Any) -> None:
    command.check(alembic())


def test_sqlite_keeps_its_settings_on_every_connection(engine_name: str, tmp_path: Path) -> None:
    if engine_name == "postgresql":
        assert engine_options("postgresql+psycopg://x")["pool_pre_ping"] is True
        return
    # The suite itself does not wait for the disk: what is looked at is a connection as people get it.
    connection = sqlite.connect(tmp_path / "fresh.db")
    prepare(connection, None)
    names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
    found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names}
    connection.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 10000, "foreign_keys": 1}


def test_a_reader_cannot_write(app: Any) -> None:
    token = reading.set(True)
    try:
        db.session.add(Person(email="w@example.org", name="W"))
        with pytest.raises(DBAPIError):
            db.session.flush()
        db.session.rollback()
    finally:
        reading.reset(token)
    db.session.add(Person(email="w@example.org", name="W"))
    db.session.commit()
    assert db.session.scalar(select(Person.name)) == "W"


def test_a_connection_that_has_read_writes_and_reads_again(app: Any) -> None:
    for name in ("a", "b"):
        token = reading.set(True)
        try:
            db.session.scalar(select(Person.name))
            db.session.rollback()
        finally:
            reading.reset(token)
        db.session.add(Person(email=f"{name}@example.org", name=name))
        db.session.rollback()
        db.session.add(Person(email=f"{name}@example.org", name=name))
        db.session.commit()
    assert db.session.scalars(select(Person.name).order_by(Person.name)).all() == ["a", "b"]


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_a_page_that_is_opened_again_is_not_planned_again(client: Any) -> None:
    db.session.remove()
    db.engine.dispose()
    for _ in range(8):
        assert client.get("/").status_code == 200
    db.session.remove()
    assert db.session.scalar(text("SELECT count(*) FROM pg_prepared_statements WHERE generic_plans + custom_plans > 0"))


def test_an_instant_comes_back_aware_and_in_utc(app: Any) -> None:
    tokyo = timezone(timedelta(hours=9))
    who = cast.person("ada@example.org", created_at=datetime(2026, 2, 28, 8, 30, tzinfo=tokyo))
    db.session.expire_all()
    kept = db.session.get_one(Person, who.id).created_at
    assert kept == datetime(2026, 2, 27, 23, 30, tzinfo=UTC)
    assert kept.utcoffset() == timedelta(0)


def test_a_naive_instant_is_refused(app: Any) -> None:
    db.session.add(Person(email="n@example.org", name="N", created_at=datetime(2026, 1, 1)))
    with pytest.raises(StatementError, match="naive"):
        db.session.flush()
    db.session.rollback()


def test_a_share_comes_back_exact(app: Any) -> None:
    who = cast.person("ada@example.org")
    row = cast.receipt(who, margin=Decimal("0.3333"), attribution=None)
    assert (row.margin, row.attribution) == (Decimal("0.3333"), None)


def test_sixteen_writers_that_read_first_lose_no_update(app: Any) -> None:
    where = cast.cohort("busy", capacity=1000)
    cohort_id, turns = where.id, 5
    db.session.remove()
    barrier = threading.Barrier(16)

    def write() -> None:
        with app.app_context():
            barrier.wait()
            for _ in range(turns):
                row = db.session.scalars(select(Cohort).where(Cohort.id == cohort_id).with_for_update()).one()
                row.taken += 1
                db.session.commit()
            db.session.remove()

    threads = [threading.Thread(target=write) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert db.session.get_one(Cohort, cohort_id).taken == 16 * turns


def test_a_parent_is_altered_without_losing_its_children(app: Any, engine_name: str, tmp_path: Any) -> None:
    """The trap of batch alters on SQLite: recreating the parent fires the children's cascade."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    who = cast.person("ada@example.org")
    cast.relationship(who)
    db.session.remove()
    options = {
        key: kept for key, kept in engine_options(str(db.engine.url)).items() if key in {"module", "connect_args"}
    }
    engine = create_engine(db.engine.url, poolclass=NullPool, **options)
    with engine.connect() as connection:
        if engine_name == "sqlite":
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        with connection.begin() as transaction:
            operations = Operations(MigrationContext.configure(connection, opts={"render_as_batch": True}))
            with operations.batch_alter_table(
                "person", recreate="always" if engine_name == "sqlite" else "auto"
            ) as batch:
                batch.alter_column("name", nullable=True)
            assert connection.execute(text("SELECT count(*) FROM relationship")).scalar() == 1
            transaction.rollback()
    engine.dispose()


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_postgresql_plans_for_what_is_in_memory(app):
    assert db.session.execute(text("SHOW random_page_cost")).scalar() == "1.1"
