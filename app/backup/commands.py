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
from app.schema import revisions


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
            with tempfile.TemporaryDirectory(prefix=".checking-", dir=path.parent) as private:
                sqlite.extracted(whole, found.tables, Path(private))
        else:
            postgresql.verify(whole, found)
    return found


def put_back(path: Path, *, replace: bool) -> tuple[Manifest, list[str]]:
    """Restore a backup; what it holds and what was done beside. Raises Unfit and then has changed nothing."""
    url = db.engine.url
    engine = url.get_backend_name()
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
def restore(file: Path, replace: bool, only_check: bool) -> None:
    """Put the rows of a backup FILE in place: all of them or, if anything is wrong, none."""
    try:
        found, done = (verify(file), []) if only_check else put_back(file, replace=replace)
    except (Unfit, OSError) as error:
        raise click.ClickException(f"Nothing was changed. {error}") from error
    what = f"{found.rows} rows of {len(found.tables)} tables, taken {found.taken_at}, schema {found.revision}"
    click.echo(f"{'Whole' if only_check else 'Restored'}: {what}.")
    for line in done:
        click.echo(line)
