"""From every schema that there was to today's, with the rows that the code of that day had written: none is lost.

tests/stored/ holds a small database of each schema, table by table, as JSON. At a release add one of its schema.
Everything here is asked for by name, without the models: they know today's schema only.
"""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from app.db import db, engine_options
from app.schema import migrate, revisions
from tests.another_database import beside

STORED = sorted((Path(__file__).parent.parent / "stored").glob("*.json"))
# Came in one step with the next: no code ever wrote rows under it.
TOGETHER = {"0014"}
Rows = list[dict[str, Any]]


@pytest.fixture
def fresh(migrated: Any, engine_name: str, tmp_path: Path) -> Iterator[Connection]:
    """A connection to an empty database of its own."""
    with migrated.app_context():
        url = f"sqlite:///{tmp_path}/old.db" if engine_name == "sqlite" else beside(db.engine.url, "old_one")
        options = {key: value for key, value in engine_options(url).items() if key in {"module", "connect_args"}}
        engine = create_engine(url, poolclass=NullPool, **options)
        with engine.connect() as connection:
            yield connection
        db.session.remove()


def in_any_order(connection: Connection) -> None:
    """Let rows come before those they refer to. The stored ones are complete; SQLite's are checked when migrated."""
    if connection.dialect.name == "sqlite":
        # Within a transaction SQLite would not hear it.
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
    else:
        connection.execute(text("SET session_replication_role = replica; SET timezone = 'UTC'"))


def fill(connection: Connection, table: str, rows: Rows) -> None:
    names = ", ".join(f'"{name}"' for name in rows[0])
    if connection.dialect.name == "sqlite":
        values = ", ".join(f":{name}" for name in rows[0])
        statement, given = f'INSERT INTO "{table}" ({names}) VALUES ({values})', [plain(row) for row in rows]
    else:
        # The server makes of each text what its column is.
        source = f'json_populate_recordset(NULL::"{table}", CAST(:rows AS json))'
        statement = f'INSERT INTO "{table}" ({names}) SELECT {names} FROM {source}'
        given = [{"rows": json.dumps([{key: as_hex(value) for key, value in row.items()} for row in rows])}]
    connection.execute(text(statement), given)


def plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: base64.b64decode(value["base64"]) if isinstance(value, dict) else value for key, value in row.items()}


def as_hex(value: Any) -> Any:
    return "\\x" + base64.b64decode(value["base64"]).hex() if isinstance(value, dict) else value


def rows_of(connection: Connection, tables: dict[str, Rows]) -> dict[str, list[str]]:
    """The rows of these tables with the columns that they were stored with, as text, in one order.

    A column or a table that has gone is an error of the database that names it: say here where its values went.
    """
    found = {}
    for table, rows in tables.items():
        # With its table's name before it: SQLite takes a lone quoted name that it doesn't know for a text.
        names = ", ".join(f'"{table}"."{name}"' for name in rows[0])
        found[table] = sorted(repr(tuple(row)) for row in connection.execute(text(f'SELECT {names} FROM "{table}"')))
    connection.rollback()
    return found


def loses_nothing(connection: Connection, tables: dict[str, Rows], *, to: str) -> None:
    """Fill the tables, migrate, and find every value of every row again; then empty them."""
    in_any_order(connection)
    for table, rows in tables.items():
        fill(connection, table, rows)
    connection.commit()
    before = rows_of(connection, tables)
    assert {table: len(rows) for table, rows in before.items()} == {table: len(rows) for table, rows in tables.items()}
    migrate(connection, to=to)
    connection.commit()
    assert rows_of(connection, tables) == before
    in_any_order(connection)
    for table in tables:
        connection.execute(text(f'DELETE FROM "{table}"'))
    connection.commit()


def test_every_step_between_schemas_keeps_the_rows_that_the_code_before_it_wrote(fresh: Connection) -> None:
    """One database walked through all schemas: at each it gets the rows that were written under it."""
    found = [json.loads(path.read_text()) for path in STORED]
    migrate(fresh, to=found[0]["revision"])
    fresh.commit()
    for stored, following in zip(found, [*found[1:], {"revision": revisions()[-1]}], strict=True):
        loses_nothing(fresh, stored["tables"], to=following["revision"])
    assert fresh.scalar(text("SELECT version_num FROM alembic_version")) == revisions()[-1]


def test_every_row_of_the_first_schema_is_there_after_all_steps_at_once(fresh: Connection) -> None:
    stored = json.loads(STORED[0].read_text())
    migrate(fresh, to=stored["revision"])
    fresh.commit()
    loses_nothing(fresh, stored["tables"], to="head")
    assert fresh.scalar(text("SELECT version_num FROM alembic_version")) == revisions()[-1]


def test_there_is_a_stored_database_of_every_schema_that_could_have_been_installed() -> None:
    found = [json.loads(path.read_text())["revision"] for path in STORED]
    assert found == [path.stem for path in STORED]
    assert found == [number for number in revisions() if number not in TOGETHER][: len(found)]
    assert len(found) >= 15
