"""The audit: lines are added, and never changed or deleted."""

import ast
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from app import audit
from app.db import db
from app.models import Audit, Person
from tests.cast import Cast
from tests.test_house import CODE, name_of, nodes


def line(cast: Cast) -> Audit:
    audit.note("exported", by=cast.tess.id, whom=cast.ada.id, about="a row", why="They asked.")
    db.session.commit()
    return db.session.scalars(select(Audit)).one()


@pytest.mark.parametrize(("column", "value"), [("what", "nothing"), ("about", "b"), ("why", "w"), ("id", 7)])
def test_what_a_line_says_is_never_changed(cast: Cast, column: str, value: Any) -> None:
    kept = line(cast)
    with pytest.raises(DBAPIError, match="never changed"):
        db.session.execute(update(Audit).values({column: value}))
    db.session.rollback()
    assert (kept.what, kept.about, kept.why) == ("exported", "a row", "They asked.")


def test_a_line_outlives_the_people_in_it_without_their_numbers(cast: Cast) -> None:
    line(cast)
    db.session.execute(delete(Person).where(Person.id.in_((cast.ada.id, cast.tess.id))))
    db.session.commit()
    db.session.expire_all()
    kept = db.session.scalars(select(Audit)).one()
    assert (kept.what, kept.person_id, kept.whom_id) == ("exported", None, None)


def test_nothing_of_ours_changes_or_deletes_a_line_of_the_audit_or_a_consent() -> None:
    """Neither table is the argument of an update or a delete anywhere in the application."""
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in CODE
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"update", "delete"}
        and any(isinstance(each, ast.Name) and each.id in {"Audit", "Consent"} for each in node.args)
    ]
    assert not found
