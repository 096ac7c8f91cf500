"""`flask backup` and `flask restore`."""

import tempfile
import zipfile
from pathlib import Path

import click
from flask import current_app

from app import clock
from app.backup import archive, postgresql, retention, sqlite
from app.backup.manifest import Manifest, Unfit
from app.db import db
from app.privacy import tombstones
from app.schema import revisions
from course.wording import counted

NO_LIST = (
    "There is no list of erasures at {place} (TOMBSTONES): whoever was erased after the backup would come back. "
    "Put its newest copy there. Where nobody has ever been erased, or the list is lost for good, say so: "
    "--without-tombstones"
)
AS_IT_WAS = (
    "Passwords, roles, second steps, recovery codes, switched-off accounts and all else that was taken back since are "
    'as they were at the backup: go through "After a restore" in docs/operators.md before anybody is let in.'
)


def take(folder: Path) -> Path:
    """A backup of the application's database in this folder, read back and checked. Raises Unfit."""
    now = clock.now()
    url = db.engine.url

    def fill(whole: zipfile.ZipFile, private: Path) -> Manifest:
        if url.get_backend_name() == "sqlite":
            return sqlite.take(Path(url.database or ""), whole, private, taken_at=now.isoformat())
        return postgresql.take(url, whole, taken_at=now.isoformat())

    return archive.make(folder, now, fill, check=verify)


def refuse_unknown(found: Manifest) -> None:
    """Raise Unfit for a schema that this application doesn't know."""
    if found.revision not in revisions():
        raise Unfit(f"Its schema ({found.revision}) is newer than this application: bring the application up first.")


def verify(path: Path) -> Manifest:
    """What a backup holds. Raises Unfit unless it is whole, and of a schema that this application knows."""
    with archive.opened(path) as (whole, found):
        refuse_unknown(found)
        if found.engine == "sqlite":
            with tempfile.TemporaryDirectory(prefix=archive.CHECKING, dir=path.parent) as private:
                sqlite.extracted(whole, found.tables, Path(private))
        else:
            postgresql.verify(whole, found)
    return found


def erasures_known(*, required: bool) -> str:
    """What the list of erasures holds, in words. Raises Unfit where there is none and one is required."""
    found, place = tombstones.read(), tombstones.place()
    if found is None and required:
        raise Unfit(NO_LIST.format(place=place))
    if found is None:
        return "There was no list of erasures: whoever was erased after the backup is back."
    torn = f" Not to be read: {counted(found.unreadable, 'line')}; whoever they stood for may be back."
    return f"The list of erasures has {counted(len(found.marks), 'account')}.{torn if found.unreadable else ''}"


def remove_left_by_others(path: Path) -> None:
    """Remove what killed backups and restores have left beside this backup and beside the database."""
    url, now = db.engine.url, clock.now()
    archive.remove_left(path.parent, now)
    if url.get_backend_name() == "sqlite" and url.database:
        archive.remove_left(Path(url.database).parent, now)


def put_back(path: Path, *, replace: bool) -> tuple[Manifest, list[str]]:
    """Restore a backup; what it holds and what was done beside. Raises Unfit and then has changed nothing."""
    url = db.engine.url
    engine = url.get_backend_name()
    remove_left_by_others(path)
    with archive.opened(path) as (whole, found):
        refuse_unknown(found)
        if found.engine != engine:
            raise Unfit(f"It was taken from {found.engine} and DATABASE_URL names {engine}: they don't mix.")
        if engine == "sqlite":
            db.engine.dispose()
            return found, sqlite.restore(whole, found, Path(url.database or ""), replace=replace)
        return found, postgresql.restore(whole, found, url, replace=replace)


@click.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--keep", metavar='"7 daily, 4 weekly"', help="Remove older backups that this rule does not keep.")
def backup(folder: Path | None, keep: str | None) -> None:
    """Save every row into one file in FOLDER (the BACKUPS setting), while others write. The file is checked."""
    folder = folder or current_app.config["BACKUPS"]
    try:
        rule = retention.parse(keep) if keep else None
        made = take(folder)
    except (Unfit, ValueError, OSError) as error:
        raise click.ClickException(f"No backup was made. {error}") from error
    click.echo(f"Saved and checked: {made} ({made.stat().st_size / 1e6:.1f} MB)")
    for gone in archive.remove_old(folder, rule) if rule else ():
        click.echo(f"Removed: {gone.name}")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Also where the database has rows: they give way to the backup's.")
@click.option("--check", "only_check", is_flag=True, help="Only say whether the file is whole; change nothing.")
@click.option("--without-tombstones", is_flag=True, help="Also without the list of erasures: the erased come back.")
def restore(file: Path, replace: bool, only_check: bool, without_tombstones: bool) -> None:
    """Put the rows of a backup FILE in place: all of them or, if anything is wrong, none."""
    try:
        if only_check:
            click.echo(f"Whole: {told(verify(file))}.")
            return
        erasures = erasures_known(required=not without_tombstones)
        found, done = put_back(file, replace=replace)
    except (Unfit, OSError) as error:
        raise click.ClickException(f"Nothing was changed. {error}") from error
    click.echo(f"Restored: {told(found)}.")
    for line in (erasures, *done, AS_IT_WAS):
        click.echo(line)


def told(found: Manifest) -> str:
    return f"{found.rows} rows of {len(found.tables)} tables, taken {found.taken_at}, schema {found.revision}"
