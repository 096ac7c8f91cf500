"""Checks that are taken away while the matrix looks on: it must see each. Those within queries: `make mutate`."""

from typing import Any

import pytest

from app.access import ADMITS
from tests.app.examples import Route
from tests.app.test_permissions import Who, browser, every, misplaced, shown, surprises

__all__ = ["browser", "every", "shown"]


def test_any_route_opened_by_mistake_is_noticed(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = {name: view for name, view in app.view_functions.items() if view.audience != "public"}
    assert len(closed) > 150
    for endpoint, view in closed.items():
        with monkeypatch.context() as opened:
            opened.setattr(view, "audience", "public")
            assert misplaced(app) == {endpoint}


@pytest.mark.parametrize(("audience", "actor"), [("learner", "tess"), ("trainer", "ada"), ("operator", "ada")])
def test_an_audience_that_lets_everybody_in_is_noticed(
    every: list[Route], browser: Who, monkeypatch: pytest.MonkeyPatch, audience: str, actor: str
) -> None:
    monkeypatch.setitem(ADMITS, audience, lambda asking: True)
    asking = browser(actor)
    # Not every page can be shown to whom it is not for: it may ask for an enrolment that nobody has.
    monkeypatch.setitem(asking.application.config, "PROPAGATE_EXCEPTIONS", False)
    asked = ((route, "GET", asking.get(route.url)) for route in every if route.reads and route.audience == audience)
    assert surprises(asked, actor)
