"""Who has a whole network of addresses has one limit on guessing, not one for each of them."""

import pytest
from sqlalchemy import func, select

from app.access import PER_PAIR
from app.db import db
from app.models import Attempt
from tests.browsing import Browser
from tests.cast import PASSWORD, Cast

WRONG = "not the password"


def try_from(browser: Browser, network: str, password: str = PASSWORD) -> int:
    form = {"email": "ada@example.org", "password": password}
    return browser.send("/sign-in", form, environ_base={"REMOTE_ADDR": network}).status_code


@pytest.mark.parametrize(
    ("first", "then", "status"),
    [
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", 429),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", 303),
        ("2001:db8:0:1::1", "2001:0DB8:0:1:0::7", 429),
        ("::ffff:203.0.113.9", "203.0.113.9", 429),
        ("::ffff:203.0.113.9", "::ffff:203.0.113.10", 303),
        ("203.0.113.9", "203.0.113.10", 303),
        ("a socket", "a socket", 429),
        ("a socket", "another socket", 303),
    ],
)
def test_the_addresses_of_one_holder_are_counted_together(
    cast: Cast, client: Browser, first: str, then: str, status: int
) -> None:
    for _ in range(PER_PAIR):
        assert try_from(client, first, WRONG) == 422
    assert try_from(client, then) == status


def test_the_owner_forgives_what_was_tried_from_the_same_network(cast: Cast, client: Browser) -> None:
    counted = select(func.count()).select_from(Attempt)
    try_from(client, "2001:db8:0:1::1", WRONG)
    assert db.session.scalar(counted) == 1
    try_from(client, "2001:db8:0:1::2")
    db.session.rollback()
    assert db.session.scalar(counted) == 0
