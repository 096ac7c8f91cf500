"""The flask commands about privacy: what an operator runs after a restore, and when somebody asks about themselves."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from app.backup.after import AFTER_RESTORE
from app.db import db
from app.privacy import erasure, notes, prospects, tombstones
from app.privacy.table import markdown
from course.wording import counted

log = logging.getLogger("connect")

prospect = AppGroup("prospect", help="Somebody without an account asks what learners wrote about them.")
reason = click.option(
    "--why", required=True, help="By which paper they asked and where it lies; no name, as it stands in the audit."
)
LONGEST = 280


@click.command("replay-erasures")
def replay_erasures() -> None:
    """Erase again whoever a restored backup has brought back."""
    if tombstones.read() is None:
        raise click.ClickException(f"There is no list of erasures at {tombstones.place()}: nobody was looked for.")
    count = erasure.erase_again()
    db.session.commit()
    click.echo(f"Erased again: {count}.")


def erased_again() -> str:
    """The same for a backup that is being put back; in words, empty where nobody came back."""
    count = erasure.erase_again()
    return f"Erased again, since they had asked for it: {count}." if count else ""


# Before all else: what is counted after it is of those who stay.
AFTER_RESTORE.insert(0, erased_again)


def replay_at_start() -> None:
    """The same before anything is served, where the schema is there."""
    try:
        if erasure.erase_again():
            log.warning("a restored database held people who had been erased: they are erased again")
        if tombstones.read() is None and tombstones.lacking():
            log.warning("people were erased, and the list of them is missing: `flask doctor` says more")
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
    with refusals():
        found = prospects.find(words, why=given(why))
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
    with refusals():
        told = prospects.hand_out(words, why=given(why))
    target.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    db.session.commit()
    click.echo(f"{counted(len(told), 'place')}. Read the file before you send it: a note may name others.")


@prospect.command()
@click.argument("account", type=int)
@click.argument("words")
@reason
def redact(account: int, words: str, why: str) -> None:
    """Blank the WORDS in all that ACCOUNT wrote, and every text about an alias of that name. The learner is told."""
    with refusals():
        places = prospects.blank(account, words, why=given(why))
    db.session.commit()
    click.echo(f"Blanked: {places} {'place' if places == 1 else 'places'}.")


@contextmanager
def refusals() -> Iterator[None]:
    """What is refused is said, and nothing of it committed."""
    try:
        yield
    except prospects.Refused as wrong:
        db.session.rollback()
        raise click.ClickException(str(wrong)) from wrong


def given(why: str) -> str:
    """The reason as one line. Refuses an empty one, and one that the audit would have to cut."""
    words = " ".join(why.split())
    if not words:
        raise click.ClickException("Say why: the reason stands in the audit.")
    if len(words) > LONGEST:
        raise click.ClickException(f"Say why in {LONGEST} characters: the audit holds no more.")
    return words


@click.command("privacy-table")
def privacy_table() -> None:
    """Print what docs/privacy.md holds of every column."""
    click.echo(markdown())


def init_app(app: Flask) -> None:
    notes.init_app(app)
    for command in (replay_erasures, prospect, privacy_table):
        app.cli.add_command(command)
