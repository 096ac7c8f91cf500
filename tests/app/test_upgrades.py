"""From every schema that there was to today's, with the rows that the code of that day had written: none is lost.

tests/stored/ holds a small database of each schema, table by table, as JSON. At a release add one of its schema.
"""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, Table, create_engine, select, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.pool import NullPool

from app.db import db, engine_options
from app.schema import migrate, revisions
from tests.another_database import beside

STORED = sorted((Path(__file__).parent.parent / "stored").glob("*.json"))
Rows = dict[str, list[dict[str, Any]]]


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


def reflected(connection: Connection) -> dict[str, Table]:
    """Every table as it is in the database now."""
    found = MetaData()
    # What FTS5 keeps for itself is no table of ours.
    found.reflect(connection, only=lambda name, _: not name.startswith("passage_index"))
    return dict(found.tables)


def as_column(value: Any, kind: type) -> Any:
    """A stored value as a column of this kind takes it."""
    if isinstance(value, dict):
        return base64.b64decode(value["base64"])
    if isinstance(value, str) and kind is datetime:
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    if isinstance(value, str) and kind is date:
        return date.fromisoformat(value)
    return bool(value) if kind is bool and value is not None else value


def fill(connection: Connection, tables: dict[str, Table], stored: Rows) -> None:
    for table in next(iter(tables.values())).metadata.sorted_tables:
        if table.name in stored:
            kinds = {column.name: python_type(column) for column in table.columns}
            rows = [{key: as_column(value, kinds[key]) for key, value in row.items()} for row in stored[table.name]]
            connection.execute(table.insert(), rows)


def python_type(column: Any) -> type:
    found: type = object if isinstance(column.type, TSVECTOR) else column.type.python_type
    return found


def rows_of(connection: Connection, tables: dict[str, Table], columns: dict[str, list[str]]) -> dict[str, Any]:
    """The rows of these tables in the order of their keys, with these columns."""
    return {
        name: [
            tuple(row)
            for row in connection.execute(
                select(*(tables[name].c[column] for column in wanted)).order_by(*tables[name].primary_key)
            )
        ]
        for name, wanted in columns.items()
    }


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_every_row_of_an_older_schema_is_there_after_the_upgrade(fresh: Connection, path: Path) -> None:
    stored = json.loads(path.read_text())
    migrate(fresh, to=stored["revision"])
    fresh.rollback()
    with fresh.begin():
        old = reflected(fresh)
        fill(fresh, old, stored["tables"])
    columns = {name: list(old[name].c.keys()) for name in stored["tables"]}
    before = rows_of(fresh, old, columns)
    fresh.rollback()
    migrate(fresh)
    fresh.commit()
    new = reflected(fresh)
    gone = [(name, key) for name, keys in columns.items() for key in keys if key not in new[name].c]
    assert not gone, "a column has gone: say here where its values went"
    assert rows_of(fresh, new, columns) == before
    assert fresh.scalar(text("SELECT version_num FROM alembic_version")) == revisions()[-1]


def test_there_is_a_stored_database_of_every_schema_up_to_the_newest_stored_one() -> None:
    found = [json.loads(path.read_text())["revision"] for path in STORED]
    assert found == [path.stem for path in STORED]
    assert found == revisions()[: len(found)]
    assert len(found) >= 8
