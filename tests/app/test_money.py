"""An amount of its own in every column of money that is Ada's: nobody but her finds one, in no page, file or mail.

The columns come from the declarations, so that a new one is held to it at once.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update

from app.db import Base, Money, db
from app.models import Mail
from app.people.digest_actions import remind
from app.privacy.declarations import TABLES
from tests.app.examples import Route, routes
from tests.app.practice.gate_rows import terms
from tests.app.scene import scene
from tests.app.test_permissions import read
from tests.browsing import Browser
from tests.cast import Cast

# An amount in another currency stands with its rate.
ABROAD = {"original_currency": "USD", "rate": Decimal("0.9")}
OTHERS = ("visitor", "ben", "cleo", "tess", "tom", "olga")
# What stands between the figures of a number, on any page or in any file.
BETWEEN = re.compile(r"(?<=\d)[\s.,'’](?=\d)")


def amounts() -> Iterator[tuple[Any, str, int]]:
    """Every column that holds an amount, with an amount in cents whose first five figures are no other's."""
    number = 71_003
    for table in Base.metadata.sorted_tables:
        for name in TABLES[table.name].of("money"):
            if isinstance(table.c[name].type, Money):
                yield table, name, number * 100 + 21
                number += 1_111


def whose(table: Any, cast: Cast) -> Any:
    return table.c.id == cast.ada.id if table.name == "person" else table.c.person_id == cast.ada.id


@pytest.fixture
def every(app: Any, cast: Cast) -> list[Route]:
    shown = scene(cast)
    terms(cast.ada)
    for table, name, amount in amounts():
        beside = ABROAD if name == "original_amount" else {}
        db.session.execute(update(table).where(whose(table, cast)).values({name: amount, **beside}))
    db.session.commit()
    with app.test_request_context():
        return list(routes(app, shown))


def found(asking: Browser, every: list[Route]) -> dict[str, str]:
    """The columns whose amount somebody comes to read, each with the address that told it."""
    urls = [route.url for route in every if route.reads]
    urls += [f"{url}?format={kind}" for url in urls if url.endswith("/progress") for kind in ("csv", "xlsx")]
    answers = [(url, asking.get(url)) for url in urls]
    answers.append(("the copy", asking.send("/settings/export")))
    told: dict[str, str] = {}
    for url, answer in answers:
        text = BETWEEN.sub("", read(answer))
        for table, name, amount in amounts():
            if str(amount // 100) in text:
                told.setdefault(f"{table.name}.{name}", url)
    return told


@pytest.fixture
def browser(app: Any, cast: Cast) -> Callable[[str], Browser]:
    return lambda name: app.test_client() if name == "visitor" else app.test_client().sign_in(getattr(cast, name))


def test_every_column_of_an_amount_has_one_of_its_own_which_ada_finds(
    browser: Callable[[str], Browser], every: list[Route]
) -> None:
    assert len(list(amounts())) >= 9
    assert found(browser("ada"), every).keys() == {f"{table.name}.{name}" for table, name, _ in amounts()}


@pytest.mark.parametrize("actor", OTHERS)
def test_nobody_else_finds_one(browser: Callable[[str], Browser], every: list[Route], actor: str) -> None:
    assert found(browser(actor), every) == {}


def test_no_mail_tells_of_one(every: list[Route]) -> None:
    remind()
    mails = db.session.scalars(select(Mail.subject + Mail.body)).all()
    assert mails
    assert not [
        mail for mail in mails if any(str(amount // 100) in BETWEEN.sub("", mail) for _, _, amount in amounts())
    ]
