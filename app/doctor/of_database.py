"""The database: whether it answers, is sound, safe to write to, and of the schema that the application knows."""

import stat
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from app.db import db, sqlite_driver, wal_is_safe
from app.doctor.finding import Finding, Findings, look, well, wrong
from app.doctor.pages import damage
from app.schema import revisions


def database() -> Findings:
    """Everything about the database; what makes the rest pointless ends it."""
    engine = db.engine
    if engine.url.get_backend_name() == "sqlite":
        path = Path(engine.url.database or "")
        if not path.exists():
            yield wrong(
                f"There is no database at {path}.", "Make it: flask db upgrade. Or restore one: flask restore FILE"
            )
            return
        found = damage(path, seconds=60)
        if found:
            yield wrong(f"The database file is damaged: {found}", "Stop everything, then: flask restore FILE --replace")
            return
        yield well("The database's pages are sound.")
        yield from sqlite_file(path)
    yield from answers(engine)


def sqlite_file(path: Path) -> Findings:
    """The driver's version, and who may read the file."""
    version = ".".join(str(part) for part in sqlite_driver.sqlite_version_info)
    if wal_is_safe(sqlite_driver.sqlite_version_info):
        yield well(
            f"SQLite {version} keeps its journal safely, so that readers and a writer don't wait for each other."
        )
    else:
        mend = "Install pysqlite3 (requirements.txt has it for Linux), or a Python with SQLite 3.51.3 or newer."
        yield look(f"SQLite {version} has a fault in its WAL journal, so the slower one is used.", mend)
    yield owners_alone(path)


def owners_alone(path: Path) -> Finding:
    """Whether a file or folder with people's data is closed to everybody but its owner and group."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & stat.S_IRWXO:
        return wrong(f"Everybody on this machine may use {path} (mode {mode:o}).", f"chmod o= {path}")
    return well(f"{path} is closed to others.")


def answers(engine: Engine) -> Findings:
    try:
        found = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    except DBAPIError as error:
        db.session.rollback()
        kind = type(error.orig).__name__
        yield wrong(
            f"The database at {engine.url.host or engine.url.database} has no schema or does not answer ({kind}).",
            "Check DATABASE_URL and that the server runs; where it is new: flask db upgrade",
        )
        return
    yield schema(str(found))


def schema(found: str) -> Finding:
    known = revisions()
    if found == known[-1]:
        return well(f"The schema is up to date ({found}).")
    if found in known:
        return wrong(
            f"The schema is {found}, the application needs {known[-1]}.", "flask backup, then: flask db upgrade"
        )
    return wrong(f"The schema {found} is newer than this application.", "Bring the application to its newest release.")
