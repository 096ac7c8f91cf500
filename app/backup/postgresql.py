"""Backup and restore of a PostgreSQL database: every table by COPY, out of one snapshot and into one transaction.

Not pg_dump: it must be at least as new as the server, and a machine that runs Python need not have it.
"""

import zipfile
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool
from sqlalchemy.types import String

from app.backup import archive
from app.backup.after import after_restore
from app.backup.manifest import Manifest, Summing, TableSum, Unfit, compare, version
from app.db import Base, engine_options
from app.schema import migrate

# Values must read the same whoever asks.
PLAIN = "SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex'"
LATIN = "SET LOCAL extra_float_digits = 1; SET LOCAL intervalstyle = 'iso_8601'"

# What migrations make beside tables: the words of search, and what triggers do.
MADE_BESIDE = """
    SELECT format('DROP TEXT SEARCH CONFIGURATION %I CASCADE', cfgname) FROM pg_ts_config
    WHERE cfgnamespace = current_schema()::regnamespace
    UNION ALL SELECT format('DROP TEXT SEARCH DICTIONARY %I CASCADE', dictname) FROM pg_ts_dict
    WHERE dictnamespace = current_schema()::regnamespace
    UNION ALL SELECT format('DROP FUNCTION %s CASCADE', oid::regprocedure) FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype
"""


class Table:
    """A table with what COPY needs to know: its columns that are not computed, and the order of its keys."""

    def __init__(self, inspector: Any, name: str) -> None:
        self.name = name
        columns = [column for column in inspector.get_columns(name) if not column.get("computed")]
        self.columns = ", ".join(f'"{column["name"]}"' for column in columns)
        types = {column["name"]: column["type"] for column in columns}
        keys = inspector.get_pk_constraint(name)["constrained_columns"]
        # By bytes: another server may sort letters otherwise.
        self.order = ", ".join(f'"{key}"' + (' COLLATE "C"' if isinstance(types[key], String) else "") for key in keys)

    @property
    def outward(self) -> str:
        order = f" ORDER BY {self.order}" if self.order else ""
        return f'COPY (SELECT {self.columns} FROM "{self.name}"{order}) TO STDOUT'  # noqa: S608 (names from the schema)

    @property
    def inward(self) -> str:
        return f'COPY "{self.name}" ({self.columns}) FROM STDIN'


def tables(connection: Connection) -> list[Table]:
    """Every table of ours that is there, those first that others refer to."""
    inspector = inspect(connection)
    names = [name for name, _ in inspector.get_sorted_table_and_fkc_names() if name]
    return [Table(inspector, name) for name in names if not name.startswith("alembic_")]


def engine_of(url: Any) -> Engine:
    options = {key: value for key, value in engine_options(str(url)).items() if key == "connect_args"}
    return create_engine(url, poolclass=NullPool, **options)


def take(url: Any, whole: zipfile.ZipFile, *, taken_at: str) -> Manifest:
    """Put the database as it is at one instant into the archive, while others go on writing."""
    with engine_of(url).connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        connection.execute(text(f"{PLAIN}; {LATIN}"))
        revision = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
        found = {table.name: copied_out(connection, table, whole) for table in tables(connection)}
        return Manifest("postgresql", revision, version(), taken_at, found, sequences(connection))


def copied_out(connection: Connection, table: Table, whole: zipfile.ZipFile | None = None) -> TableSum:
    """Add up a table's rows, and write them to the archive if there is one."""
    driver: Any = connection.connection.driver_connection
    summing = Summing()
    with driver.cursor() as cursor, cursor.copy(table.outward) as rows:
        if whole is None:
            for row in rows:
                summing.take(bytes(row), 1)
        else:
            with whole.open(member(table.name), "w", force_zip64=True) as file:
                for row in rows:
                    file.write(row)
                    summing.take(bytes(row), 1)
    return summing.sum()


def member(name: str) -> str:
    return f"{name}.copy"


def sequences(connection: Connection) -> dict[str, int]:
    """The last number that each counter gave out, for those that gave any: a number is never given twice."""
    rows = connection.execute(
        text("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()")
    )
    return {name: last for name, last in rows if last is not None}


def verify(whole: zipfile.ZipFile, said: Manifest) -> None:
    """Raise Unfit unless the archive holds exactly what its manifest says. Asks no database."""
    found = {}
    for name in said.tables:
        summing = Summing()
        with whole.open(member(name)) as file:
            while chunk := file.read(archive.CHUNK):
                # COPY writes a line break within a value as two characters, so each that stands there ends a row.
                summing.take(chunk, chunk.count(b"\n"))
        found[name] = summing.sum()
    compare(found, said.tables)


def restore(whole: zipfile.ZipFile, found: Manifest, url: Any, *, replace: bool) -> list[str]:
    """Put a backup in the place of the database; what was done, in words. Raises Unfit and then has changed nothing."""
    verify(whole, found)
    engine = engine_of(url)
    try:
        # One transaction for all of it: whatever fails, the database is as it was.
        with engine.begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = '10s'; {PLAIN}; {LATIN}"))
            clear(connection, replace=replace)
            migrate(connection, to=found.revision)
            copy_in(connection, whole, found)
            migrate(connection)
            done = after_restore(connection)
            # Till the server's own housekeeping comes round, it would plan as for empty tables.
            connection.execute(text("ANALYZE"))
            return done
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) == "55P03":
            raise Unfit("Somebody is using the database: stop the server and the worker first.") from error
        raise
    finally:
        engine.dispose()


def clear(connection: Connection, *, replace: bool) -> None:
    """Drop our tables. Raises Unfit if there are rows in them that may not be replaced. Other tables stay."""
    there = set(inspect(connection).get_table_names())
    ours = sorted(there & {*Base.metadata.tables, "alembic_version"})
    if not replace and any(has_rows(connection, name) for name in ours if name != "alembic_version"):
        raise Unfit("There are rows in the database already. To replace them by the backup's, add --replace.")
    if ours:
        connection.execute(text(f"DROP TABLE {', '.join(quoted(ours))} CASCADE"))
    for statement in connection.scalars(text(MADE_BESIDE)).all():
        connection.execute(text(statement))


def has_rows(connection: Connection, name: str) -> bool:
    return connection.scalar(text(f'SELECT 1 FROM "{name}" LIMIT 1')) is not None  # noqa: S608 (name from the schema)


def quoted(names: Iterable[str]) -> list[str]:
    return [f'"{name}"' for name in names]


def copy_in(connection: Connection, whole: zipfile.ZipFile, said: Manifest) -> None:
    """Fill the tables, set the counters, and compare every row with what the manifest says."""
    driver: Any = connection.connection.driver_connection
    there = tables(connection)
    for table in there:
        if table.name in said.tables:
            with whole.open(member(table.name)) as file, driver.cursor() as cursor, cursor.copy(table.inward) as rows:
                while chunk := file.read(archive.CHUNK):
                    rows.write(chunk)
    for name, last in said.sequences.items():
        connection.execute(text("SELECT setval(CAST(:name AS regclass), :last)"), {"name": f'"{name}"', "last": last})
    compare({table.name: copied_out(connection, table) for table in there}, said.tables)
