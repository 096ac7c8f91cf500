"""Somebody who has no account asks what learners wrote about them: find it, hand it out, blank it.

Every column declared as `words` is searched, in any capitals, accents or spacing. Who wrote it is a number to the
operator, and not even that to whoever asked. Each step leaves a line in the audit with its reason, which holds no name;
a learner whose words are blanked is told.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, or_, select, update
from sqlalchemy.engine import Connection

from app import audit
from app.access import new_token
from app.db import Base, db
from app.mail import enqueue
from app.models import Person
from app.privacy import letters
from app.privacy.declarations import TABLES
from app.privacy.declared import Table
from app.privacy.export import AT_ONCE, at_once
from course.wording import counted

REMOVED = "[removed]"
NO_ROOM = "…"
"""Stands for what was removed where REMOVED would make the words too long for their column."""
SEARCHED = tuple(table for name, table in TABLES.items() if table.mine and table.of("words") and name != "audit")
SHORTEST = 3
"""Fewer characters would find half of every log."""
PLAIN = str.maketrans(dict(zip("ıłøđ’‘ʼ‐–", "ilod'''--", strict=True)) | {"æ": "ae", "œ": "oe"})
"""Letters and signs that have no accent to lose, and that people type as others."""


class Refused(ValueError):
    """Why something is not done, as the operator reads it. Nothing of it may be committed."""


class TooShort(Refused):
    """Too few characters to search for."""


class Named(Refused):
    """A reason that holds what is searched for."""


class Left(Refused):
    """After blanking, something is still found."""


@dataclass(frozen=True)
class Found:
    """Words in which the text stands: whose (the account's number), and where."""

    account: int
    table: str
    row: int
    column: str
    words: str


def find(text: str, *, why: str) -> Sequence[Found]:
    """Everything that learners wrote in which the text stands, however it is spelled. Raises TooShort, Named."""
    found = everywhere(text, why)
    audit.note("searched for somebody", by=None, why=why)
    return found


def hand_out(text: str, *, why: str) -> list[dict[str, Any]]:
    """What is found, for whoever asked: learners are counted, not named. Each learner's audit says so.

    Raises TooShort, Named.
    """
    found = everywhere(text, why)
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


def everywhere(text: str, why: str) -> Sequence[Found]:
    """What is found in all accounts, for a reason that may stay; no writer waits for it. Raises TooShort, Named."""
    must_not_name(text, why)
    with at_once(db.engine) as connection:
        return tuple(search(text, within=connection))


def must_not_name(text: str, why: str) -> None:
    """Refuse a reason that holds the text, or a whole word of it: no line of the audit can be taken back.

    Raises TooShort, Named.
    """
    names, said = (set(re.findall(r"[^\W_]+", folded(each))) for each in (text, why))
    if stretches(pattern(text), why) or any(len(each) >= SHORTEST for each in names & said):
        raise Named(
            "The reason holds words that you search for. It would stand in the audit for good, and keep the very name "
            "that somebody asks about. Say by which paper they asked and where it lies, and name nobody: "
            "“letter of 24 November, file 12”."
        )


def blank(account: int, text: str, *, why: str) -> int:
    """Blank the text in all that one learner wrote, and all words about an alias of that name; how many places changed.

    The learner is told by mail. Raises TooShort, Named, and Left where something would still be found.
    """
    must_not_name(text, why)
    # Aliases first, and then what is still there: their rows may hold the text as well.
    aliases = tuple(each for each in search(text, account) if (each.table, each.column) == ("relationship", "alias"))
    places = sum(blank_alias(each) for each in aliases)
    places += sum(put(each, without(text, each)) for each in tuple(search(text, account)))
    must_be_gone(account, text)
    person = db.session.get(Person, account)
    if places and person is not None:
        audit.note("blanked for somebody", by=None, whom=account, why=why)
        enqueue(letters.blanked(places), key=f"blanked:{new_token()}", to=person.email, person=account)
    db.session.flush()
    return places


def must_be_gone(account: int, text: str) -> None:
    """Search once more. Raises Left where the text stands in something that the learner wrote."""
    left = tuple(search(text, account))
    if left:
        where = ", ".join(f"{each.table} {each.row} ({each.column})" for each in left)
        raise Left(
            f"The words would still stand in {counted(len(left), 'place')} of account {account}: {where}. So nothing "
            "was blanked, and nobody was told. Somebody may have written there just now: run it again."
        )


def blank_alias(found: Found) -> int:
    """Give the alias a name that says nothing, and blank the words of every row with it; how many places changed."""
    places = put(found, f"{REMOVED} {found.row}")
    for table in SEARCHED:
        schema = Base.metadata.tables[table.name]
        if "relationship_id" not in schema.c:
            continue
        for column in table.of("words"):
            full = (schema.c.relationship_id == found.row, schema.c[column] != "", schema.c[column] != REMOVED)
            done: Any = db.session.execute(update(schema).where(*full).values({column: REMOVED}))
            places += done.rowcount
    return places


def put(found: Found, words: str) -> int:
    """Write the words where others were found; 1, or 0 where they are the same, or were changed since."""
    schema = Base.metadata.tables[found.table]
    there = (schema.c.id == found.row, schema.c[found.column] == found.words)
    done: Any = db.session.execute(update(schema).where(*there).values({found.column: words}))
    return int(done.rowcount) if words != found.words else 0


def without(text: str, found: Found) -> str:
    """The words that were found, with the text taken out of them and the rest as it is, no longer than they may be."""
    longest = getattr(Base.metadata.tables[found.table].c[found.column].type, "length", None)
    taken_out = stretches(pattern(text), found.words)
    words = marked(found.words, taken_out, REMOVED)
    return words if longest is None or len(words) <= longest else marked(found.words, taken_out, NO_ROOM)


def marked(words: str, taken_out: Sequence[tuple[int, int]], mark: str) -> str:
    """The words with the mark in place of each stretch."""
    kept, done = "", 0
    for start, end in taken_out:
        # Two may meet in one letter, as “ßßß” holds “sss” twice: nothing stands between them then.
        kept, done = kept + words[done:start] + mark, end
    return kept + words[done:]


@lru_cache(maxsize=5000)
def fold(letter: str) -> str:
    """A letter without its accents, small, and in its plainest form; nothing for a mark, or what nobody sees."""
    seen = (each for each in unicodedata.normalize("NFKD", letter) if not invisible(each))
    return "".join(seen).casefold().translate(PLAIN)


def invisible(letter: str) -> bool:
    """Whether it is an accent by itself, or a sign such as a soft hyphen."""
    return bool(unicodedata.combining(letter)) or unicodedata.category(letter) == "Cf"


def folded(words: str) -> str:
    """The words letter by letter as `fold` has them: Große is grosse, and Lefèvre lefevre, in one sign or two."""
    return words.lower() if words.isascii() else "".join(map(fold, words))


def pattern(text: str) -> re.Pattern[str]:
    """What finds the text in folded words, as its group 1, and never within a REMOVED. Raises TooShort."""
    parts = folded(text).split()
    if len(" ".join(parts)) < SHORTEST:
        raise TooShort(f"Search for {SHORTEST} characters or more: fewer stand in half of every log.")
    return re.compile(re.escape(REMOVED) + "|(" + r"\s+".join(map(re.escape, parts)) + ")")


def stretches(sought: re.Pattern[str], words: str) -> list[tuple[int, int]]:
    """From which letter to before which the sought stands in the words, as they were written."""
    spans = [match.span(1) for match in sought.finditer(folded(words)) if match[1]]
    if not spans:
        return []
    # Which letter each folded one comes from: one may have become two, or none.
    origin = [place for place, letter in enumerate(words) for _ in fold(letter)]
    return [(origin[start], after(words, origin[end - 1])) for start, end in spans]


def after(words: str, place: int) -> int:
    """The place behind a letter and the accents that follow it as signs of their own."""
    place += 1
    while place < len(words) and unicodedata.combining(words[place]):
        place += 1
    return place


def search(text: str, account: int | None = None, *, within: Connection | None = None) -> Iterator[Found]:
    """Where the text stands, in one account or in all, table by table and row by row. Raises TooShort."""
    sought = pattern(text)
    connection = db.session.connection() if within is None else within
    for table in SEARCHED:
        for row in connection.execute(statement(table, account)):
            yield from places_in(table, row, sought)


def places_in(table: Table, row: Sequence[Any], sought: re.Pattern[str]) -> Iterator[Found]:
    """The columns of a row in which the sought stands."""
    account, id = row[0], row[1]
    words: Sequence[str | None] = row[2:]
    for column, said in zip(table.of("words"), words, strict=True):
        if said and stretches(sought, said):
            yield Found(account, table.name, id, column, said)


def statement(table: Table, account: int | None) -> Any:
    """The rows of a table that hold words, and whose they are, some at a time.

    Which words they hold is not the database's to say: neither engine knows accents, and SQLite capitals of ASCII only.
    """
    schema = Base.metadata.tables[table.name]
    words = [schema.c[name] for name in table.of("words")]
    joined, owner = up(schema, table.ways[0])
    rows = select(owner, schema.c.id, *words).select_from(joined).where(or_(*(column != "" for column in words)))
    rows = rows.order_by(owner, schema.c.id).execution_options(yield_per=AT_ONCE)
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
