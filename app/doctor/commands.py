"""`flask doctor`, and what is looked at before serving."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click
from flask import current_app

from app.config import ROOT
from app.db import db
from app.doctor import of_backups, of_database, of_machine, of_mail
from app.doctor.finding import WRONG, Finding
from app.doctor.pages import damage
from app.operator.readiness_queries import data_folder

SIGN = {"well": "  ok  ", "look": " look ", "wrong": "WRONG "}


def findings() -> Iterator[Finding]:
    """Everything that can be looked at from here, in the order in which it would be mended."""
    config = current_app.config
    yield from of_machine.settings(config)
    yield from of_database.database()
    yield from of_mail.outbox(timedelta(seconds=config["OUTBOX_LIMIT"]))
    yield of_mail.server(config)
    yield of_machine.disk(config["DISK_LIMIT"])
    yield from of_machine.instance_folder(ROOT / "instance")
    yield from of_backups.backups(config["BACKUPS"])
    yield from of_backups.left([config["BACKUPS"], data_folder()])
    yield from of_backups.erasures(config["TOMBSTONES"], config["BACKUPS"])
    yield from of_machine.lessons()
    yield from of_machine.time()


@click.command()
def doctor() -> None:
    """Say what is wrong with this installation, and how to mend it. Ends with 1 if anything is."""
    faults = 0
    for finding in findings():
        click.echo(f"[{SIGN[finding.state]}] {finding.what}")
        if finding.mend:
            click.echo(f"         {finding.mend}")
        faults += finding.state == WRONG
    db.session.remove()
    if faults:
        click.echo(f"{faults} to be mended.")
        raise SystemExit(1)


def refuse_damaged() -> None:
    """Raise a ClickException where the database's file has damaged pages: whatever writes would spread the damage.

    PostgreSQL looks after its pages itself.
    """
    url = db.engine.url
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    found = damage(Path(url.database))
    if found:
        raise click.ClickException(
            f"The database file is damaged, so nothing is served from it or written to it: {found}\n"
            f"Keep {url.database} for whoever can save something from it, and put the last backup in its place:\n"
            "  flask restore FILE --replace"
        )
