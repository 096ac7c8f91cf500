"""Somebody who has no account asks what learners wrote about them: find it, hand it out, blank it.

Every column declared as `words` is searched. Who wrote it is a number to the operator, and not even that to whoever
asked. Each step leaves a line in the audit with its reason; a learner whose words are blanked is told.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, or_, select, update

from app import audit
from app.access import new_token
from app.db import Base, db
from app.mail import enqueue
from app.models import Person
from app.privacy import letters
from app.privacy.declarations import TABLES
from app.privacy.declared import Table

REMOVED = "[removed]"
SEARCHED = tuple(table for name, table in TABLES.items() if table.mine and table.of("words") and name != "audit")
SHORTEST = 3
"""Fewer characters would find half of every log."""


class TooShort(ValueError):
    """Too few characters to search for."""


@dataclass(frozen=True)
class Found:
    """Words in which the text stands: whose (the account's number), and where."""

    account: int
    table: str
    row: int
    column: str
    words: str


def find(text: str, *, why: str) -> Sequence[Found]:
    """Everything that learners wrote in which the text stands, in any letters. Raises TooShort."""
    found = tuple(search(text))
    audit.note("searched for somebody", by=None, why=why)
    return found


def hand_out(text: str, *, why: str) -> list[dict[str, Any]]:
    """What is found, for whoever asked: learners are counted, not named. Each learner's audit says so."""
    found = tuple(search(text))
    accounts = list(dict.fromkeys(each.account for each in found))
    for account in accounts:
        audit.note("found for somebody", by=None, whom=account, why=why)
    return [
        {
            "written_by": f"learner {accounts.index(each.account) + 1}",
            "kept_for": TABLES[each.table].purpose,
            "kept": TABLES[each.table].kept,
            "what": TABLES[each.table].columns[each.column].meaning,
            "words": each.words,
        }
        for each in found
    ]


def blank(account: int, text: str, *, why: str) -> int:
    """Blank the text in all that one learner wrote, and all words about an alias of that name; how many places.

    The learner is told by mail. Raises TooShort.
    """
    places = 0
    for each in search(text, account=account):
        if (each.table, each.column) == ("relationship", "alias"):
            places += 1 + blank_alias(each)
        else:
            places += put(each.table, each.row, each.column, words=without(text, each.words))
    person = db.session.get(Person, account)
    if places and person is not None:
        audit.note("blanked for somebody", by=None, whom=account, why=why)
        enqueue(letters.blanked(places), key=f"blanked:{new_token()}", to=person.email, person=account)
    db.session.flush()
    return places


def blank_alias(found: Found) -> int:
    """Give the alias a name that says nothing, and blank the words of every row with it; how many rows' words."""
    put("relationship", found.row, "alias", words=f"{REMOVED} {found.row}")
    places = 0
    for table in SEARCHED:
        schema = Base.metadata.tables[table.name]
        if "relationship_id" not in schema.c:
            continue
        for column in table.of("words"):
            full = (schema.c.relationship_id == found.row, schema.c[column] != "", schema.c[column] != REMOVED)
            done: Any = db.session.execute(update(schema).where(*full).values({column: REMOVED}))
            places += done.rowcount
    return places


def put(table: str, row: int, column: str, *, words: str) -> int:
    """Write the words into one place; 1, as it is one place."""
    schema = Base.metadata.tables[table]
    length = getattr(schema.c[column].type, "length", None)
    db.session.execute(update(schema).where(schema.c.id == row).values({column: words[:length]}))
    return 1


def without(text: str, words: str) -> str:
    """The words with the text taken out of them, in whatever letters it stands there."""
    return re.sub(re.escape(text), REMOVED, words, flags=re.IGNORECASE)


def search(text: str, account: int | None = None) -> Iterator[Found]:
    """Where the text stands, in one account or in all, table by table. Raises TooShort."""
    if len(text.strip()) < SHORTEST:
        raise TooShort(f"Search for {SHORTEST} characters or more: fewer stand in half of every log.")
    for table in SEARCHED:
        for row in db.session.execute(statement(table, text.strip(), account)):
            yield from places_in(table, row, text.strip())


def places_in(table: Table, row: Sequence[Any], text: str) -> Iterator[Found]:
    """The columns of a row in which the text stands."""
    account, id = row[0], row[1]
    words: Sequence[str | None] = row[2:]
    for column, said in zip(table.of("words"), words, strict=True):
        if said and text.casefold() in said.casefold():
            yield Found(account, table.name, id, column, said)


def statement(table: Table, text: str, account: int | None) -> Any:
    """The rows of a table with the text in one of their words, and whose they are."""
    schema = Base.metadata.tables[table.name]
    # SQLite knows capitals of ASCII only.
    spellings = {text, text.lower(), text.upper(), text.title()}
    words = [schema.c[name] for name in table.of("words")]
    holds = or_(*(column.icontains(each, autoescape=True) for column in words for each in sorted(spellings)))
    joined, owner = up(schema, table.ways[0])
    rows = select(owner, schema.c.id, *words).select_from(joined).where(holds).order_by(owner, schema.c.id)
    return rows if account is None else rows.where(owner == account)


def up(schema: FromClause, way: str) -> tuple[FromClause, ColumnElement[int]]:
    """The tables on the way from a row to whose it is, joined, and the column at its end."""
    joined, at = schema, schema
    *steps, last = way.split(".")
    for step in steps:
        (foreign,) = at.c[step].foreign_keys
        above = foreign.column.table
        joined, at = joined.join(above, at.c[step] == foreign.column), above
    return joined, at.c[last]
