"""Backup and restore of a SQLite file: a whole database file in the archive, replaced by renaming."""

import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from app.backup import archive
from app.backup.after import after_restore
from app.backup.manifest import Manifest, Summing, TableSum, Unfit, compare, version
from app.db import engine_options
from app.db import sqlite_driver as sqlite
from app.schema import migrate

FILE = "connect.db"


def connect(path: Path) -> Any:
    return sqlite.connect(str(path), isolation_level=None, timeout=10)


def take(source: Path, whole: zipfile.ZipFile, private: Path, *, taken_at: str) -> Manifest:
    """Put the database as it is at one instant into the archive, while others go on writing."""
    copy = private / FILE
    try:
        # The backup API begins anew whenever somebody writes, and under steady writes never ends; this does not.
        with closing(connect(source)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        with closing(connect(copy)) as connection:
            check(connection)
            found = sums(connection)
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    except sqlite.DatabaseError as error:
        raise Unfit(f"The database can't be read whole ({error}): `flask doctor` says more.") from error
    whole.write(copy, FILE)
    return Manifest("sqlite", revision, version(), taken_at, found)


def check(connection: Any) -> None:
    """Raise Unfit for damaged pages or broken references."""
    said = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
    if said != ["ok"]:
        raise Unfit(f"The database is damaged: {'; '.join(said)}")
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise Unfit(f"{len(broken)} rows refer to rows that are not there, the first in {broken[0][0]}.")


def sums(connection: Any) -> dict[str, TableSum]:
    """Every table with its rows added up. What FTS5 keeps for itself is left out: it is made of the rest."""
    names = sorted(
        row[1]
        for row in connection.execute("PRAGMA table_list")
        if row[0] == "main" and row[2] == "table" and not row[1].startswith(("sqlite_", "alembic_"))
    )
    return {name: sum_of(connection, name) for name in names}


def sum_of(connection: Any, table: str) -> TableSum:
    keys = [row for row in connection.execute(f'PRAGMA table_info("{table}")') if row[5]]
    order = ", ".join(f'"{row[1]}"' for row in sorted(keys, key=lambda row: row[5])) or "rowid"
    summing = Summing()
    for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY {order}'):  # noqa: S608 (names from the schema)
        summing.take(repr(row).encode(), 1)
    return summing.sum()


def extracted(whole: zipfile.ZipFile, said: Mapping[str, TableSum], folder: Path) -> Path:
    """The database of a backup as a file in this folder, checked: whole, sound, and with the rows it should have."""
    path = folder / FILE
    with whole.open(FILE) as packed, path.open("xb") as file:
        shutil.copyfileobj(packed, file, archive.CHUNK)
        os.fsync(file.fileno())
    try:
        with closing(connect(path)) as connection:
            check(connection)
            compare(sums(connection), said)
    except sqlite.DatabaseError as error:
        raise Unfit(f"The database in this backup is damaged ({error}).") from error
    return path


def restore(whole: zipfile.ZipFile, found: Manifest, target: Path, *, replace: bool) -> list[str]:
    """Put a backup in the place of the database; what was done, in words. Raises Unfit and then has changed nothing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, since only within one file system is a renaming a single step.
    with tempfile.TemporaryDirectory(prefix=archive.RESTORING, dir=target.parent) as private:
        path = extracted(whole, found.tables, Path(private))
        done = brought_up_to_date(path)
        path.chmod(0o600)
        if target.exists():
            done += put_aside(target, replace=replace)
        archive.settle(path, target)
    return done


def brought_up_to_date(path: Path) -> list[str]:
    """Migrate the restored file, and do with it what must be done before anybody reads it."""
    url = f"sqlite:///{path}"
    engine = create_engine(url, poolclass=NullPool, **engine_options(url))
    try:
        with engine.connect() as connection:
            migrate(connection)
            with connection.begin():
                done = after_restore(connection)
    finally:
        engine.dispose()
    with closing(connect(path)) as connection:
        # What the journal holds goes into the file, which is about to be renamed without it.
        connection.execute("PRAGMA journal_mode=DELETE")
    return done


def put_aside(target: Path, *, replace: bool) -> list[str]:
    """Keep the database that is there under another name. Raises Unfit unless it is empty or may be replaced."""
    if not replace and not is_empty(target):
        raise Unfit("There are rows in the database already. To put them aside for the backup's, add --replace.")
    close_journal(target)
    aside = next(path for n in range(1000) if not (path := target.with_name(f"{target.name}.replaced-{n}")).exists())
    # A second name first, then the renaming: at no moment is there no database.
    os.link(target, aside)
    return [f"The database that was there is now {aside.name}. Remove it once you are sure: it holds people's data."]


def is_empty(target: Path) -> bool:
    try:
        with closing(connect(target)) as connection:
            return not any(table.rows for table in sums(connection).values())
    except sqlite.DatabaseError:
        return False


def close_journal(target: Path) -> None:
    """Write the journal into the file. Its remains beside another database would be replayed into that one.

    Only possible when nobody else has the database open, so it also finds a server that still runs.
    """
    try:
        with closing(connect(target)) as connection:
            connection.execute("PRAGMA busy_timeout=2000")
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite.OperationalError as error:
        raise Unfit("Somebody has the database open: stop the server and the worker first.") from error
    except sqlite.DatabaseError:
        for ending in ("-wal", "-shm"):  # damaged beyond reading: its journal is worth nothing without it
            target.with_name(target.name + ending).unlink(missing_ok=True)
        return
    if mode != "delete":
        raise Unfit("Somebody has the database open: stop the server and the worker first.")
