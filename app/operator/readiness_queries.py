"""What an operator's watch asks: whether this installation can serve, and what it soon can't."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from app.config import ROOT
from app.db import db
from app.models import Mail
from app.schema import revisions


@dataclass(frozen=True)
class Readiness:
    """Each is True where it is well. What can't be asked, because the database is away, is not well."""

    database: bool
    migrations: bool
    outbox: bool
    disk: bool


def readiness(now: datetime, *, longest: timedelta, least: int) -> Readiness:
    """Whether the database answers, is migrated, no mail is due for longer than that, and so many bytes are free."""
    disk = free_bytes() >= least
    try:
        migrated = db.session.scalar(text("SELECT version_num FROM alembic_version")) == revisions()[-1]
    except DBAPIError:
        db.session.rollback()
        return Readiness(database=answers(), migrations=False, outbox=False, disk=disk)
    # Of another schema the outbox can't be asked.
    since = waiting_since() if migrated else None
    outbox = migrated and (since is None or now - since <= longest)
    return Readiness(database=True, migrations=migrated, outbox=outbox, disk=disk)


def answers() -> bool:
    """Whether the database answers at all."""
    try:
        db.session.execute(text("SELECT 1"))
    except DBAPIError:
        return False
    finally:
        db.session.rollback()
    return True


def waiting_since() -> datetime | None:
    """Since when the mail that is due longest has been due; None where none waits."""
    return db.session.scalar(select(func.min(Mail.due_at)).where(Mail.state == "waiting"))


def mails_by_state() -> Sequence[tuple[str, int]]:
    """How many mails there are in each state, for those that have any."""
    found = db.session.execute(select(Mail.state, func.count()).group_by(Mail.state).order_by(Mail.state))
    return [(state, count) for state, count in found]


def data_folder() -> Path:
    """Where this machine keeps what must not run full: the database's own folder, or the instance's."""
    url = db.engine.url
    folder = Path(url.database or "").parent if url.get_backend_name() == "sqlite" else ROOT / "instance"
    return folder if folder.is_dir() else ROOT


def free_bytes() -> int:
    """How much room is left there."""
    return shutil.disk_usage(data_folder()).free
