"""Every column is declared: read from the schema, so that a new one is held to it at once."""

import pytest

from app import models
from app.db import Base
from app.privacy.declarations import TABLES
from app.privacy.declared import CLASSES, Table, column

assert models.__all__, "the models fill the schema"
SCHEMA = Base.metadata.tables
HOW = (
    "Declare it in the file of its subject in app/privacy/declarations: a Table with its purpose, whose a row is "
    "(`mine`) and what they call it (`called`), how long it is kept and what erasing does to it; in it one line for "
    f"each column, “name | class | meaning”, the class one of: {', '.join(CLASSES)}."
)


def missing() -> list[str]:
    """Each column of the schema without a declaration, as the line to write."""
    return [
        f"{name}: {each.name} | … | …"
        for name, table in SCHEMA.items()
        for each in table.columns
        if name not in TABLES or each.name not in TABLES[name].columns
    ]


def test_every_column_is_declared() -> None:
    lines = missing()
    assert not lines, "\n".join((HOW, *lines))


def test_nothing_is_declared_that_is_not_there() -> None:
    gone = [
        f"{name}.{each}"
        for name, table in TABLES.items()
        for each in table.columns
        if name not in SCHEMA or each not in SCHEMA[name].columns
    ]
    assert not gone, "Take these lines out of app/privacy/declarations: the schema has no such column."


def test_a_table_is_declared_once() -> None:
    from app.privacy.declarations import SUBJECTS

    names = [table.name for subject in SUBJECTS for table in subject.TABLES]
    assert sorted(names) == sorted(set(names))


def reached(table: Table, way: str) -> str:
    """Which column this way to a row's owner ends at."""
    at = SCHEMA[table.name]
    for step in way.split("."):
        if at.name == "person":
            return f"person.{step}"
        (foreign,) = at.columns[step].foreign_keys
        at = foreign.column.table
    return f"{at.name}.id"


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if table.mine])
def test_the_way_to_the_owner_of_a_row_ends_at_a_person(name: str) -> None:
    assert {reached(TABLES[name], way) for way in TABLES[name].ways} == {"person.id"}


def test_whatever_leads_to_a_person_says_whose_it_is_or_names_somebody_else() -> None:
    """A number of a person is the row's owner, or somebody who did something to it: no third kind is overlooked."""
    told = [
        f"{name}.{each.name}"
        for name, table in SCHEMA.items()
        for each in table.columns
        for foreign in each.foreign_keys
        if foreign.column.table.name == "person"
        and each.name not in TABLES[name].ways
        and TABLES[name].columns[each.name].kind != "somebody"
    ]
    assert not told


def test_every_secret_by_its_name_is_declared_as_one() -> None:
    hidden = [
        f"{name}.{each.name}"
        for name, table in SCHEMA.items()
        for each in table.columns
        if ("token" in each.name or "password" in each.name or "secret" in each.name)
        and TABLES[name].columns[each.name].kind != "secret"
    ]
    assert not hidden


def test_no_secret_and_nobody_else_is_ever_given_out() -> None:
    kinds = {each.kind for table in TABLES.values() for each in table.given_out}
    assert kinds
    assert not kinds & {"secret", "somebody"}


def test_whoever_asks_reads_of_every_table_of_theirs_by_a_name() -> None:
    assert not [name for name, table in TABLES.items() if table.mine and not table.called], "Give it `called`."


def test_what_is_withheld_exists_and_has_a_reason() -> None:
    for table in TABLES.values():
        assert set(table.withheld) <= set(table.columns)
        assert all(table.withheld.values())


@pytest.mark.parametrize("line", ["id | technical", "id | nothing | a number", " | technical | a number", "id"])
def test_a_line_that_declares_nothing_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="A column is declared as"):
        column(line)
