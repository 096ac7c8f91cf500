"""The flask commands about privacy: what an operator runs after a restore, and when somebody asks about themselves."""

import json
import logging
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from app.backup.after import AFTER_RESTORE
from app.db import db
from app.privacy import erasure, notes, prospects
from app.privacy.table import markdown
from course.wording import counted

log = logging.getLogger("connect")

prospect = AppGroup("prospect", help="Somebody without an account asks what learners wrote about them.")
reason = click.option("--why", required=True, help="Who asked, and by what: it stands in the audit.")


@click.command("replay-erasures")
def replay_erasures() -> None:
    """Erase again whoever a restored backup has brought back."""
    count = erasure.erase_again()
    db.session.commit()
    click.echo(f"Erased again: {count}.")


def erased_again() -> str:
    """The same for a backup that is being put back; in words, empty where nobody came back."""
    count = erasure.erase_again()
    return f"Erased again, since they had asked for it: {count}." if count else ""


AFTER_RESTORE.append(erased_again)


def replay_at_start() -> None:
    """The same before anything is served, where the schema is there."""
    try:
        if erasure.erase_again():
            log.warning("a restored database held people who had been erased: they are erased again")
        db.session.commit()
    except DBAPIError as error:
        log.warning("erasures were not replayed: %s", type(error.orig).__name__)
    finally:
        db.session.remove()


@prospect.command()
@click.argument("words")
@reason
def find(words: str, why: str) -> None:
    """List where the WORDS stand, by the number of the account that wrote them."""
    try:
        found = prospects.find(words, why=given(why))
    except prospects.TooShort as wrong:
        raise click.ClickException(str(wrong)) from wrong
    db.session.commit()
    for each in found:
        click.echo(f"account {each.account}, {each.table} {each.row}, {each.column}: {each.words}")
    click.echo(f"{counted(len(found), 'place')}.")


@prospect.command("export")
@click.argument("words")
@click.argument("target", type=click.Path(path_type=Path, exists=False))
@reason
def hand_out(words: str, target: Path, why: str) -> None:
    """Write what is found to the file TARGET, for whoever asked. Learners are counted in it, not named."""
    try:
        told = prospects.hand_out(words, why=given(why))
    except prospects.TooShort as wrong:
        raise click.ClickException(str(wrong)) from wrong
    target.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    db.session.commit()
    click.echo(f"{counted(len(told), 'place')}. Read the file before you send it: a note may name others.")


@prospect.command()
@click.argument("account", type=int)
@click.argument("words")
@reason
def redact(account: int, words: str, why: str) -> None:
    """Blank the WORDS in all that ACCOUNT wrote, and every text about an alias of that name. The learner is told."""
    try:
        places = prospects.blank(account, words, why=given(why))
    except prospects.TooShort as wrong:
        raise click.ClickException(str(wrong)) from wrong
    db.session.commit()
    click.echo(f"Blanked: {places} {'place' if places == 1 else 'places'}.")


def given(why: str) -> str:
    """The reason, one line of 280 characters at most. Refuses an empty one."""
    words = " ".join(why.split())[:280]
    if not words:
        raise click.ClickException("Say why: the reason stands in the audit.")
    return words


@click.command("privacy-table")
def privacy_table() -> None:
    """Print what docs/privacy.md holds of every column."""
    click.echo(markdown())


def init_app(app: Flask) -> None:
    notes.init_app(app)
    for command in (replay_erasures, prospect, privacy_table):
        app.cli.add_command(command)
