"""Every column of every model, sent with every form: only what the form declares is taken."""

import re
from typing import Any

import pytest
from sqlalchemy import Column

from app.db import Base
from tests.attacks.stage import ACTORS, Rows, Stage, browser_of, rows_now
from tests.attacks.test_forms import Target, send, targets
from tests.cast import Cast

# What is drawn by lot, and differs from one post to the next: tokens in mails, keys, numbers of calendar entries.
BY_LOT = re.compile(r"[\w-]{20,}")


def hostile(column: Column[Any], cast: Cast) -> str:
    """What somebody would send to get hold of a column: another's number, a yes, a day far off, a word."""
    whose = {"person_id": cast.cleo.id, "cohort_id": cast.harbour.id, "enrolment_id": cast.cleo_enrolled.id}
    if column.name in whose:
        return str(whose[column.name])
    kind = str(column.type).upper()
    if any(word in kind for word in ("INT", "BOOL", "NUMERIC", "SCALED", "MONEY", "SHARE")):
        return "1"
    return "2030-01-01" if "DATE" in kind else "admin@evil.example"


def every_column(cast: Cast) -> dict[str, str]:
    """A value for every column of every table, by its name and as nested forms would call it."""
    columns = [column for table in Base.metadata.sorted_tables for column in table.c]
    bare = {column.name: hostile(column, cast) for column in columns}
    nested = {f"{column.table.name}{joint}{column.name}": hostile(column, cast) for column in columns for joint in ".-"}
    return {**nested, **bare}


def left_behind(app: Any, actor: str, stage: Stage, case: tuple[str, dict[str, str]]) -> tuple[int, Rows]:
    """What one post leaves behind on a fresh stage, and the status of its answer."""
    stage.enter()
    status = send(browser_of(app, actor), *case).status_code
    return status, rows_now()


def differing(alone: Rows, beside: Rows) -> list[str]:
    """The tables whose rows are not the same, as far as they are not drawn by lot."""
    return [table.name for table in alone if BY_LOT.sub("", repr(alone[table])) != BY_LOT.sub("", repr(beside[table]))]


def fault(app: Any, actor: str, stage: Stage, each: Target) -> str | None:
    """What a form took that it does not declare."""
    columns = {name: value for name, value in every_column(stage.shown.cast).items() if name not in each.fields}
    status, alone = left_behind(app, actor, stage, (each.url, each.body))
    answered, beside = left_behind(app, actor, stage, (each.url, {**columns, **each.body}))
    changed = differing(alone, beside)
    return f"{each.url}: {status}, then {answered}; {changed}" if changed or status != answered else None


# What a form binds hangs on no database.
@pytest.mark.parametrize("engine_name", ["sqlite"])
@pytest.mark.parametrize("actor", ACTORS)
def test_no_form_takes_a_column_that_it_does_not_declare(
    app: Any, stage: Stage, unlimited: None, asked_for: Any, actor: str
) -> None:
    attacked = list(targets(app, actor, stage, asked_for))
    wrong = [fault(app, actor, stage, each) for each in attacked]
    assert not list(filter(None, wrong))
    assert attacked
    assert len(every_column(stage.shown.cast)) > 700
