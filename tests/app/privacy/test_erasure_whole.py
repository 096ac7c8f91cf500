"""An erasure that fails erases nobody, not later either; one that is done leaves no address behind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.db import db
from app.mail import Letter, enqueue
from app.models import Mail, Person
from app.privacy import erasure
from tests.browsing import Browser
from tests.cast import PASSWORD, Cast

Browsers = Callable[[Any], Browser]


@pytest.fixture(autouse=True)
def listing(app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of erasures for this test alone."""
    path = tmp_path / "kept" / "tombstones"
    monkeypatch.setitem(app.config, "TOMBSTONES", path)
    return path


def erase(browser: Browser) -> Any:
    return browser.send("/settings/erase", {"current": PASSWORD, "word": "erase"})


def test_an_erasure_that_failed_is_not_carried_out_later(
    cast: Cast, browser_of: Browsers, listing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_person: Person) -> None:
        raise OperationalError("DELETE", {}, Exception("the disk is full"))

    monkeypatch.setattr(erasure, "remove", full)
    assert erase(browser_of(cast.ada)).status_code >= 500
    assert not listing.exists()
    db.session.rollback()
    assert erasure.erase_again() == 0
    assert db.session.get(Person, cast.ada.id) is not None


def test_an_address_that_was_never_confirmed_goes_too_and_nobody_elses_mail(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of(cast.ada)
    for address in ("private@home.example", cast.ben.email):
        assert ada.send("/settings/address", {"email": address, "current": PASSWORD}).status_code == 303
    enqueue(Letter("To Ben", "Words."), key="another", to=cast.ben.email, person=cast.ben.id)
    db.session.commit()
    assert erase(ada).status_code == 303
    left = db.session.scalars(select(Mail.recipient).where(~Mail.key.startswith(erasure.FAREWELL))).all()
    assert left == [cast.ben.email]
