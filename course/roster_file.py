"""A roster brought as a file: who is to get a seat. All of it is sound or none of it is taken.

Only three columns are kept. Any other is a fault: what nobody needs is not taken, and no file gives anybody a role.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from course.address import (
    LONGEST_ADDRESS,
    LONGEST_GOAL,
    LONGEST_NAME,
    fault_of_address,
    fault_of_words,
)
from course.csv_text import MOST_FAULTS, CellFault, Row, Table

# What a column may be called, in small letters.
NAMES: Mapping[str, str] = {
    **dict.fromkeys(("name", "full name", "learner", "participant", "naam"), "name"),
    **dict.fromkeys(("email", "e-mail", "mail", "email address", "e-mail address", "e-mailadres"), "email"),
    **dict.fromkeys(("goal", "goal in one line", "doel"), "goal"),
}
POWERS = frozenset({"role", "roles", "admin", "trainer", "operator", "is_trainer", "is_operator", "password", "status"})


@dataclass(frozen=True)
class Entrant:
    """Somebody the file names, and the row they stand in. `email` is in small letters."""

    row: int
    name: str
    email: str
    goal: str


@dataclass(frozen=True)
class RosterFile:
    """What a file says. With faults nobody is taken from it."""

    entrants: tuple[Entrant, ...]
    faults: tuple[CellFault, ...]


def roster_in(table: Table) -> RosterFile:
    """The people in a table, and every fault of it by row and column."""
    keys = tuple(NAMES.get(column, "") for column in table.columns)
    faults = [*table.faults, *faults_of_columns(table, keys)]
    if "email" not in keys:
        return RosterFile((), tuple(sorted(faults)))
    entrants, seen = list[Entrant](), dict[str, int]()
    for row in table.rows:
        entrant = entrant_in(row, table.columns)
        faults += faults_of(entrant, keys)
        if entrant.email in seen:
            again = f"This address stands in row {seen[entrant.email]} already."
            faults.append(CellFault(row.number, keys.index("email") + 1, again))
        seen.setdefault(entrant.email, row.number)
        entrants.append(entrant)
    return RosterFile(tuple(entrants), tuple(sorted(faults)[:MOST_FAULTS]))


def entrant_in(row: Row, columns: tuple[str, ...]) -> Entrant:
    found = {NAMES[column]: row.cells[column] for column in columns if column in NAMES}
    return Entrant(row.number, found.get("name", ""), found.get("email", "").lower(), found.get("goal", ""))


def faults_of_columns(table: Table, keys: tuple[str, ...]) -> Iterator[CellFault]:
    """Columns that are missing, meant twice, or not ours to take."""
    if not table.columns:
        return
    for place, (column, key) in enumerate(zip(table.columns, keys, strict=True), start=1):
        if column in POWERS:
            yield CellFault(1, place, f"No file gives anybody a {column}. Take the column out.")
        elif column and not key:
            yield CellFault(1, place, f"We keep name, e-mail and goal only. Take the column “{column[:40]}” out.")
        elif key and key in keys[: place - 1]:
            yield CellFault(1, place, f"This is a second column for the {key}.")
    for wanted, words in (("name", "name"), ("email", "e-mail")):
        if wanted not in keys:
            yield CellFault(1, 0, f"There is no column called “{words}”.")


def faults_of(entrant: Entrant, keys: tuple[str, ...]) -> Iterator[CellFault]:
    """What is wrong with one person's cells."""
    found = {
        "name": fault_of_name(entrant.name) if "name" in keys else None,
        "email": fault_of_mail(entrant.email),
        "goal": fault_of_goal(entrant.goal),
    }
    for key, message in found.items():
        if message:
            yield CellFault(entrant.row, keys.index(key) + 1, message)


def fault_of_name(name: str) -> str | None:
    if not name:
        return "The name is missing."
    if len(name) > LONGEST_NAME:
        return f"The name has more than {LONGEST_NAME} characters."
    return fault_of_words(name)


def fault_of_mail(email: str) -> str | None:
    if not email:
        return "The e-mail address is missing."
    if len(email) > LONGEST_ADDRESS:
        return "The address is too long for any mail server."
    return fault_of_address(email)


def fault_of_goal(goal: str) -> str | None:
    if len(goal) > LONGEST_GOAL:
        return f"The goal has more than {LONGEST_GOAL} characters."
    return fault_of_words(goal)
