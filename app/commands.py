"""The flask commands: what an operator or a developer runs. A command commits its own work."""

import logging
import os
import signal
import threading
from collections.abc import Callable
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app import clock, content, mail
from app.backup.commands import backup, restore
from app.content_commands import lessons
from app.db import db
from app.doctor.commands import doctor, refuse_damaged
from app.mail.sending import is_full
from app.models import Person
from app.person_commands import break_glass, people
from app.privacy import commands as privacy
from app.schema import alembic, is_migrated, migrate
from app.sweep import sweep

log = logging.getLogger("connect")

database = AppGroup("db", help="The schema: upgrade it, write a migration, compare it with the models.")


@database.command()
def upgrade() -> None:
    """Bring the schema up to date."""
    refuse_damaged()
    migrate()
    click.echo("The schema is up to date.")


@database.command()
@click.argument("message")
def revision(message: str) -> None:
    """Write a migration from what the models have and the schema has not."""
    from alembic import command

    command.revision(alembic(), message=message, autogenerate=True)


@database.command()
def check() -> None:
    """Fail if the models and the schema differ."""
    from alembic import command

    command.check(alembic())


@click.command("badge-key")
def badge_key() -> None:
    """Make a new key that signs badges from now on; what older keys signed stays verifiable."""
    from app.certificates.actions import keep_key
    from app.certificates.keys import new_key

    made = new_key(current_app.config["SECRET_KEY"])
    keep_key(made)
    db.session.commit()
    click.echo(f"Badges are signed by {made.kid} now. The keys before it stay published.")


@click.command()
def demo() -> None:
    """Fill an empty development database with plainly invented people and figures."""
    from app.demo import seed

    click.echo(seed())


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
def work(once: bool) -> None:
    """Send mail that is due and clear away what has expired, until stopped."""
    refuse_damaged()
    privacy.replay_at_start()
    stop = threading.Event()
    if not once:
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        signal.signal(signal.SIGINT, lambda *_: stop.set())
    work_until(stop, once=once)


def work_until(stop: threading.Event, *, once: bool = False) -> None:
    """The worker's loop. A fault is logged and the next turn tries again."""
    while not stop.is_set():
        more = False
        for duty in (release, remind, sweep, forget, send):
            more = done(duty)
        if once and not more:
            return
        # With more to send the next turn comes at once.
        stop.wait(0 if more else 2)


def done(duty: Callable[[], bool]) -> bool:
    """Do one of the worker's duties, whatever became of the others; whether there is more of it to do."""
    try:
        return duty()
    except Exception:
        log.exception("the worker could not %s", duty.__name__)
        return False
    finally:
        db.session.remove()


def release() -> bool:
    """Free the seats that were not taken in time."""
    from app.cohorts.actions import release_expired

    release_expired(clock.now())
    return False


def remind() -> bool:
    """Write the reminders of those whose hour has come."""
    from app.people.digest_actions import remind

    remind()
    return False


def send() -> bool:
    """Send mail that is due. Last of all duties, since a slow mail server takes its time."""
    return is_full(mail.send_due())


def forget() -> bool:
    """Blank the notes that have reached their age, once a day."""
    from app.privacy import notes

    return notes.forget_daily()


@click.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--demo", "with_demo", is_flag=True, help="Migrate, and seed the demo where there is nobody yet.")
@click.option("--no-worker", is_flag=True, help="Pages only: no mail is sent, no seat is freed, nothing cleared away.")
def serve(port: int, host: str, with_demo: bool, no_worker: bool) -> None:
    """Serve the application, with a worker beside it, until told to stop."""
    from app.server import run

    app: Any = current_app
    if app.config["ENV"] == "development" and "BASE_URL" not in os.environ:
        # Links in mails and on the terminal lead to where this server listens.
        app.config["BASE_URL"] = f"http://{host}:{port}"
    refuse_damaged()
    if with_demo:
        prepare_demo()
    else:
        keep_served()
    privacy.replay_at_start()
    run(app._get_current_object(), host=host, port=port, worker=not no_worker)


def keep_served() -> None:
    """Publish what will be served, so that no reader ever finishes a version that isn't kept."""
    try:
        content.publish()
    except DBAPIError as error:
        # Another process did it at the same moment, or the schema isn't there yet: no reason not to serve.
        log.warning("the lessons were not published: %s", type(error.orig).__name__)
    finally:
        db.session.remove()


def prepare_demo() -> None:
    """Migrate, publish the lessons, seed an empty database, and say who can sign in."""
    from app.demo import greeting, seed

    if not is_migrated():
        migrate()
    content.publish()
    if db.session.scalar(select(Person.id).limit(1)) is None:
        click.echo(seed())
    click.echo(greeting())
    db.session.remove()


def init_app(app: Flask) -> None:
    for command in (database, lessons, people, break_glass, badge_key, demo, work, serve, backup, restore, doctor):
        app.cli.add_command(command)
    privacy.init_app(app)
