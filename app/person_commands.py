"""What an operator does about people from the terminal: create, disable, roles, the lost phone, and breaking the glass.

Each act leaves a line in the audit and one in the log of security events, with the account of the machine it came from.
"""

import json
import os
import pwd
from collections.abc import Sequence

import click
from flask.cli import AppGroup

from app.db import db
from app.filters import plural
from app.models import Person
from app.passwords import weakness
from app.people import person_actions
from app.people.glass_queries import PARTS, rows_of

people = AppGroup("person", help="People: create them, give them roles, disable them, help who lost a phone.")

LEAST_REASON, MOST_REASON = 10, 280


def somebody(email: str) -> Person:
    """Whoever has this address, disabled or not."""
    found = person_actions.anybody(email.strip().lower())
    if found is None:
        raise click.ClickException("Nobody has this address.")
    return found


def by_whom() -> str:
    """The account of the machine that a command was given from, and who became it by sudo. Not what LOGNAME says."""
    became = f", for {os.environ['SUDO_USER']}" if "SUDO_USER" in os.environ else ""
    try:
        return f"at the command line, as {pwd.getpwuid(os.getuid()).pw_name}{became}"
    except KeyError:  # a user that the machine has no name for
        return f"at the command line{became}"


@people.command()
@click.argument("email")
@click.argument("name")
@click.option("--trainer", is_flag=True)
@click.option("--operator", is_flag=True)
@click.password_option()
def create(email: str, name: str, trainer: bool, operator: bool, password: str) -> None:
    """Create a person who can sign in at once."""
    email = email.strip().lower()
    if "@" not in email or len(email) > 254:
        raise click.ClickException("Write the whole address, with its @.")
    weak = weakness(password, address=email)
    if weak:
        raise click.ClickException(weak)
    if person_actions.anybody(email) is not None:
        raise click.ClickException("Somebody has this address already.")
    roles = [role for role, given in (("trainer", trainer), ("operator", operator)) if given]
    person_actions.create(email, name[:80], password=password, roles=roles, why=by_whom())
    db.session.commit()
    click.echo(f"Created {email}.")


@people.command()
@click.argument("email")
def disable(email: str) -> None:
    """End a person's sessions and refuse new ones."""
    person_actions.disable(somebody(email), why=by_whom())
    db.session.commit()
    click.echo(f"Disabled {email}.")


@people.command()
@click.argument("email")
def enable(email: str) -> None:
    """Let somebody who was disabled sign in again."""
    person_actions.enable(somebody(email), why=by_whom())
    db.session.commit()
    click.echo(f"Enabled {email}.")


@people.command()
@click.argument("email")
@click.option("--trainer/--no-trainer", default=None, help="Give or take the role of a trainer.")
@click.option("--operator/--no-operator", default=None, help="Give or take the role of an operator.")
def roles(email: str, trainer: bool | None, operator: bool | None) -> None:
    """Say a person's roles, after changing those that are named. It counts from their next page on."""
    person = somebody(email)
    for role, wanted in (("trainer", trainer), ("operator", operator)):
        if wanted is not None:
            person_actions.set_role(person, role, wanted, why=by_whom())
    db.session.commit()
    held = [role for role, has in (("trainer", person.is_trainer), ("operator", person.is_operator)) if has]
    click.echo(f"{person.email}: {', '.join(held) or 'no role'}")


@people.command("unlock-factor")
@click.argument("email")
def unlock_factor(email: str) -> None:
    """Take away the second step of somebody who lost phone and codes. Make sure first that it is them."""
    if not person_actions.unlock_factor(somebody(email), why=by_whom()):
        raise click.ClickException("There is no second step to take away.")
    db.session.commit()
    click.echo(f"{email} signs in with the password alone, until they set up a second step again. A mail tells them.")


@click.command("break-glass")
@click.argument("email")
@click.option("--reason", required=True, help="Why; the person reads it.")
@click.option(
    "--part",
    "parts",
    multiple=True,
    default=("shared",),
    show_default=True,
    type=click.Choice(list(PARTS)),
    help="What to read; may be given several times.",
)
def break_glass(email: str, reason: str, parts: Sequence[str]) -> None:
    """Read what is a learner's own, in an emergency. It is noted first, and the person is told by mail.

    Prints one JSON object a line.
    """
    reason = " ".join(reason.split())
    if not LEAST_REASON <= len(reason) <= MOST_REASON:
        raise click.ClickException(f"Give a reason of {LEAST_REASON} to {MOST_REASON} characters: the person reads it.")
    person = somebody(email)
    person_actions.break_glass(person, parts=parts, reason=reason, by=by_whom())
    # Kept before a line is read: nobody reads without a trace.
    db.session.commit()
    count = 0
    for table, row in rows_of(person.id, parts):
        click.echo(json.dumps({"table": table, **row}, ensure_ascii=False))
        count += 1
    click.echo(f"{count} {plural(count, 'row')} read. The audit says so, and a mail tells {person.email}.", err=True)
