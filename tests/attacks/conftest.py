"""The stage of the attacks, with nothing that would stop the hundredth of them for being the hundredth."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.datastructures import ImmutableMultiDict

from app import access
from tests.attacks.stage import Stage, staged
from tests.cast import Cast


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return staged(cast)


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limits on tries: those have tests of their own."""
    for limit in ("PER_PAIR", "PER_ADDRESS", "PER_ACCOUNT"):
        monkeypatch.setattr(access, limit, 10**9)


class Asked(ImmutableMultiDict[str, str]):
    """What was sent, which notes the names it is asked for."""

    names: set[str] = set()  # noqa: RUF012

    def get(self, key: Any, *rest: Any, **given: Any) -> Any:
        self.names.add(key)
        return super().get(key, *rest, **given)

    def getlist(self, key: Any, *rest: Any, **given: Any) -> Any:
        self.names.add(key)
        return super().getlist(key, *rest, **given)

    def __contains__(self, key: object) -> bool:
        self.names.add(str(key))
        return super().__contains__(key)

    def __getitem__(self, key: str) -> Any:
        self.names.add(key)
        return super().__getitem__(key)


@pytest.fixture
def asked_for(app: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], list[str]]:
    """The names of what a request's view asks for in its form or address, the token's and the key's left out."""
    monkeypatch.setattr(app.request_class, "parameter_storage_class", Asked)

    def of(request: Callable[[], Any]) -> list[str]:
        Asked.names.clear()
        request()
        return sorted(
            name for name in Asked.names if name not in {"csrf_token", "once"} and re.match(r"^[\w-]+$", name)
        )

    return of
