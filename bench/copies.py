"""Copies of all that a database holds, made inside it: millions of rows in the time that the disk takes."""

from typing import Any

from sqlalchemy import Column, Integer, func, select, text
from sqlalchemy.schema import Table

from app.db import Base, db

UNLIKE = {
    "email": "'copy-' || numbers.n || '-' || {0}",
    "slug": "'copy-' || numbers.n || '-' || {0}",
    "stable_id": "substr({0}, 1, 22) || '-' || numbers.n",
}
"""Texts of which there may be only one: each copy's carry its number."""

NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {times})"


def copy_all(times: int, *, tables: tuple[str, ...]) -> None:
    """Add so many copies of every row of these tables, each copy's rows pointing at one another. Commits each table.

    Ids are counted on from the highest; nothing else in the database may point into these tables.
    """
    wide = {
        name: db.session.scalar(select(func.max(Base.metadata.tables[name].c.id))) or 0 for name in with_ids(tables)
    }
    for table in Base.metadata.sorted_tables:
        if table.name in tables:
            if db.engine.dialect.name == "postgresql":
                # What is copied holds together as its original does: a look at each reference takes ten times as long.
                db.session.execute(text("SET LOCAL session_replication_role = replica"))
            db.session.execute(text(statement(table, times, wide)))
            db.session.commit()
    go_on(tables)


def with_ids(tables: tuple[str, ...]) -> list[str]:
    columns = {name: Base.metadata.tables[name].c for name in tables}
    return [name for name, those in columns.items() if "id" in those and isinstance(those["id"].type, Integer)]


def statement(table: Table, times: int, wide: dict[str, int]) -> str:
    """The insert of all copies of one table's rows."""
    columns = list(table.c)
    names = ", ".join(f'"{column.name}"' for column in columns)
    made = ", ".join(value(column, wide) for column in columns)
    own = f'WHERE "{table.name}".id <= {wide[table.name]}' if table.name in wide else ""
    copied = f'SELECT {made} FROM numbers CROSS JOIN "{table.name}" {own}'
    return f'INSERT INTO "{table.name}" ({names}) {NUMBERS.format(times=times)} {copied}'


def value(column: Column[Any], wide: dict[str, int]) -> str:
    """What a copy has in a column: ids and what points at them moved on by as many as there were, times its number."""
    name = f'"{column.table.name}"."{column.name}"'
    keys = [key.column.table.name for key in column.foreign_keys]
    of = keys[0] if keys else column.table.name if column.name == "id" else ""
    if of in wide:
        return f"{name} + numbers.n * {wide[of]}"
    return UNLIKE.get(column.name, "{0}").format(name)


def go_on(tables: tuple[str, ...]) -> None:
    """Let PostgreSQL count on from the ids that were given here; SQLite does so by itself."""
    if db.engine.dialect.name != "postgresql":
        return
    for name in with_ids(tables):
        found = f"SELECT pg_get_serial_sequence('\"{name}\"', 'id'), coalesce(max(id), 1) FROM \"{name}\""
        db.session.execute(text(f"SELECT setval(of, last) FROM ({found}) AS counted(of, last)"))
    db.session.commit()


def analyse() -> None:
    """Let the planner know how the rows lie, as a server's own housekeeping does within minutes. Commits."""
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE"))
        db.session.commit()
