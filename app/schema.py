"""The schema's migrations: which there are, whether they have run, and running them."""

import logging
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from app.config import ROOT
from app.db import db

VERSIONS = ROOT / "migrations" / "versions"


def revisions() -> list[str]:
    """Every migration's number, the oldest first: read from the file names, since Alembic takes long to load."""
    return sorted(path.name.partition("_")[0] for path in VERSIONS.glob("*.py"))


def alembic(connection: Connection | None = None) -> Any:
    """The migration tool's configuration, for one connection or for the application's own database.

    Imported here: a web worker never needs it.
    """
    from alembic.config import Config

    # Of each migration a line; not of each plugin that could have helped.
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["connection"] = connection
    return config


def migrate(connection: Connection | None = None, *, to: str = "head") -> None:
    """Run what migrations are missing, up to this one."""
    from alembic import command

    (ROOT / "instance").mkdir(exist_ok=True)
    command.upgrade(alembic(connection), to)


def revision_in_place() -> str | None:
    """The newest migration that has run; None where none has, or the database can't be asked."""
    try:
        found: str | None = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    except DBAPIError:
        return None
    finally:
        db.session.rollback()
    return found


def is_migrated() -> bool:
    """Whether the newest migration has run."""
    return revision_in_place() == revisions()[-1]
