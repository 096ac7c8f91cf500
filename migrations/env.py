"""How migrations run: in one transaction, one migrator at a time, with no child row lost on SQLite.

A batch alter on SQLite drops and recreates the parent table, which fires ON DELETE CASCADE while foreign keys are on.
The pragma can't be changed inside a transaction, so it is turned off before BEGIN, and every reference is checked
before COMMIT.
"""

from contextlib import nullcontext

from alembic import context
from flask import current_app
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

import app.models  # noqa: F401  (fills the metadata)
from app.db import Base, Money, Scaled, ShareOfOne, UTCDateTime, db, engine_options

# Any number, the same for every migrator of this database.
ADVISORY_LOCK = 7_420_190_116


def render_item(kind: str, obj: object, _context: object) -> str | bool:
    """Write our column types as what they are in the database: a migration must outlive the code around it."""
    if kind != "type":
        return False
    if isinstance(obj, Scaled):
        return "sa.Integer()" if isinstance(obj, ShareOfOne) else "sa.BigInteger()"
    return {UTCDateTime: "sa.DateTime(timezone=True)", Money: "sa.BigInteger()"}.get(type(obj), False)


def include_name(name: str | None, kind: str, parents: dict[str, str | None]) -> bool:
    """Leave out what no model can say in words of both engines: the index of search, made by its migration.

    On SQLite it is a virtual table and the tables that FTS5 keeps behind it; on PostgreSQL a generated column.
    """
    if kind == "table":
        return not (name or "").startswith("passage_index")
    if parents.get("table_name") == "passage":
        return name not in {"search", "ix_passage_search"}
    return True


def configure(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        include_name=include_name,
        compare_type=True,
        transactional_ddl=True,
    )


def migrate_sqlite(connection: Connection) -> None:
    raw = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        # The engine begins IMMEDIATE: a second migrator waits here, then finds nothing to do.
        with connection.begin():
            configure(connection)
            context.run_migrations()
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"the migration would leave broken references: {broken[:5]}")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def migrate_postgresql(connection: Connection) -> None:
    # A restore migrates within its own transaction, so that all of it is undone if any of it fails.
    with nullcontext() if connection.in_transaction() else connection.begin():
        # A second migrator waits however long the first one takes.
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
        configure(connection)
        context.run_migrations()


def migrate(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        migrate_sqlite(connection)
    else:
        migrate_postgresql(connection)


def run() -> None:
    given = context.config.attributes.get("connection")
    if given is not None:
        migrate(given)
        return
    url = current_app.config["SQLALCHEMY_DATABASE_URI"]
    options = {key: value for key, value in engine_options(url).items() if key in {"module", "connect_args"}}
    engine = create_engine(db.engine.url, poolclass=NullPool, **options)
    with engine.connect() as connection:
        migrate(connection)
    engine.dispose()


run()
