"""A small application of the tests' own on the real transaction, for what no page shows plainly."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import current_app, redirect
from sqlalchemy.exc import OperationalError

from app.access import public
from app.db import db
from app.forms import Form
from app.models import Attempt
from app.transaction import Transactional, keep_writes


class Serialization(Exception):
    """What a driver raises when PostgreSQL asks for the transaction again."""

    sqlstate = "40001"


def conflict() -> OperationalError:
    return OperationalError("UPDATE", {}, Serialization())


@pytest.fixture
def probe(engine_name: str, migrated: Any, applications: dict[str, Any]) -> Any:
    """Routes that write a row and then answer in some way, on an application beside the real one."""
    from app import create_app

    name = f"probe on {engine_name}"
    if name not in applications:
        app = create_app({key: migrated.config[key] for key in migrated.config if key.isupper()})
        add_probes(app)
        applications[name] = app
    return applications[name]


def row() -> None:
    db.session.add(Attempt(kind="probe", account="a", address="b"))
    db.session.flush()


def written(answer: Callable[[], Any]) -> Callable[[], Any]:
    """A view that checks its form, writes a row, and answers."""

    def view() -> Any:
        sound = Form().validate_on_submit()
        row()
        return answer() if sound else ("not sound", 422)

    return view


def troubled() -> Any:
    failures = current_app.extensions["failures"]
    if failures["left"]:
        failures["left"] -= 1
        raise conflict()
    return redirect("/there", 303)


def unchecked() -> Any:
    row()
    return "written without a form"


def kept() -> Any:
    keep_writes()
    return "kept", 422


def broken() -> Any:
    raise RuntimeError("a fault of ours")


POSTED: dict[str, Callable[[], Any]] = {
    "write": written(lambda: redirect("/there", 303)),
    "refuse": written(lambda: ("no", 409)),
    "keep": written(kept),
    "retry": written(troubled),
    "broken": written(broken),
    "unchecked": unchecked,
}


def add_probes(app: Transactional) -> None:
    app.extensions["failures"] = {"left": 0}
    for name, view in POSTED.items():
        app.add_url_rule(f"/probe/{name}", f"probe_{name}", public(view), methods=["POST"])
    app.add_url_rule("/probe/undeclared", "probe_undeclared", lambda: "open", methods=["GET"])
    app.add_url_rule("/probe/get-writes", "probe_get_writes", public(lambda: unchecked()), methods=["GET"])
