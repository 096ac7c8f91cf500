"""A second world beside the first: everybody once more, with all that is theirs under other numbers and secrets.

It is made from the rows of the first, whatever they are: what belongs to anybody hangs on a person or a cohort.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Integer, String, Table, UniqueConstraint, insert, select

from app.db import Base, db
from tests.app.scene import Scene
from tests.cast import Cast

FURTHER = 100_000
"""How much greater the numbers of the second world are."""

ROOTS = frozenset({"person", "cohort"})
Key = tuple[Any, ...]
World = dict[Table, dict[Key, dict[str, Any]]]
"""The rows of each table by their primary key."""


def worldly() -> list[Table]:
    """The tables whose rows belong to somebody, parents first; also where only a number says to whom."""
    found: list[Table] = []
    for table in Base.metadata.sorted_tables:
        names = {foreign.column.table.name for foreign in table.foreign_keys}
        if table.name in ROOTS or names & {each.name for each in found} or "person_id" in table.c:
            found.append(table)
    return found


def present(tables: Iterable[Any]) -> World:
    """Every row of these tables, as it is now."""
    db.session.rollback()
    found: World = {}
    for table in tables:
        rows = [dict(row) for row in db.session.execute(select(table)).mappings()]
        found[table] = {tuple(row[each.name] for each in table.primary_key): row for row in rows}
    db.session.rollback()
    return found


def mirror(world: World) -> World:
    """Put the second world down beside the first. Commits."""
    made: World = {}
    for table, rows in world.items():
        others = [{column.name: elsewhere(column, row[column.name]) for column in table.c} for row in rows.values()]
        if others:
            db.session.execute(insert(table), others)
        made[table] = {tuple(row[each.name] for each in table.primary_key): row for row in others}
    db.session.commit()
    return made


def elsewhere(column: Column[Any], value: Any) -> Any:
    """What stands there in the second world: other numbers of rows, other secrets and names that only one may have."""
    if value is None:
        return None
    numbered = column.primary_key or column.foreign_keys or column.name.endswith("_id")
    if numbered and isinstance(column.type, Integer):
        return value + FURTHER
    return renamed(value, column) if isinstance(column.type, String) and is_single(column) else value


def is_single(column: Column[Any]) -> bool:
    """Whether only one person may have a value: no other row may hold it, or it is their address."""
    if column.name == "recipient":
        return True
    alone = (each for each in column.table.constraints if isinstance(each, UniqueConstraint))
    return bool(column.unique) or any(list(each.columns) == [column] for each in alone)


def renamed(value: str, column: Column[Any]) -> str:
    if len(value) == 64:
        return sha256(value.encode()).hexdigest()
    return f"o{value}"[: getattr(column.type, "length", None) or 200]


def scene_of(shown: Scene) -> Scene:
    """The scene as the second world has it. Its secrets are known by their hashes alone: no address leads to them."""
    cast = shown.cast
    parts = {
        field.name: db.session.get_one(type(getattr(cast, field.name)), getattr(cast, field.name).id + FURTHER)
        for field in fields(Cast)
    }
    given = {field.name: getattr(shown, field.name) for field in fields(Scene)}
    numbers = {name: value + FURTHER for name, value in given.items() if isinstance(value, int)}
    return replace(shown, cast=Cast(**parts), **numbers)


def harmed(before: World, now: World) -> Iterator[str]:
    """What was done to rows that were there, and rows that were given to whoever they belong to."""
    known = {table.name: {key[0] for key in rows if len(key) == 1} for table, rows in before.items()}
    for table, rows in before.items():
        for key, row in rows.items():
            after = now[table].get(key)
            if after != row:
                yield f"{table.name} {key} {'is gone' if after is None else changed(row, after)}"
        for key in now[table].keys() - rows.keys():
            yield from (f"{table.name} {key} was given {name}" for name in owners(table, now[table][key], known))


def changed(row: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} is {after[name]!r}" for name in row if row[name] != after[name])


def owners(table: Table, row: Mapping[str, Any], known: Mapping[str, set[Any]]) -> Iterator[str]:
    """The columns of a row that lead to one of these rows."""
    for column in table.c:
        for foreign in column.foreign_keys:
            if row[column.name] in known.get(foreign.column.table.name, set()):
                yield column.name
