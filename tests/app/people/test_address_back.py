"""The way back to an old address: it signs everybody out, and outlives whoever moved the account on."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.access import digest, new_token
from app.clock import DAY
from app.db import db
from app.models import Person, Token
from tests.app.people.codes import factor_of, live, with_factor
from tests.app.people.moving import NEW, OLD, address_of, link, mails, moved, path_in
from tests.browsing import Browser
from tests.cast import NOON, PASSWORD, Cast, enrol, open_cohort, save

Browsers = Callable[[Any], Browser]
Clock = Callable[[Any], None]


def test_the_old_address_takes_the_account_back(cast: Cast, browser_of: Browsers, client: Browser) -> None:
    thief = browser_of(cast.ada)
    path = moved(thief)
    onward = link(thief, "third@example.org")
    assert f"It was moved from {OLD} to another address." in client.get(path).text
    assert address_of(cast.ada) == NEW
    answer = client.send(path)
    assert (answer.status_code, answer.location) == (303, "/forgot/sent")
    assert address_of(cast.ada) == OLD
    assert (live(cast.ada), thief.get("/settings/").status_code) == (0, 302)
    assert client.send("/sign-in", {"email": OLD, "password": PASSWORD}).status_code == 422
    assert (mails()[-1].recipient, mails()[-1].kind) == (OLD, "reset")
    reset = re.search(r"/reset/\S+", mails()[-1].body)
    assert reset
    assert client.send(reset[0], {"new": "tiny gravel kettles"}).status_code == 303
    assert client.get(onward).status_code == 410


def test_a_seats_link_that_went_to_the_thief_lets_nobody_choose_a_password(
    cast: Cast, browser_of: Browsers, client: Browser
) -> None:
    winter = open_cohort("winter")
    path = moved(browser_of(cast.ada))
    place = enrol(cast.ada, winter, "offered", offered_until=NOON + DAY)
    seat = new_token()
    facts = {"person_id": cast.ada.id, "enrolment_id": place.id, "expires_at": NOON + DAY}
    save(Token(purpose="confirm", token_hash=digest(seat), **facts))
    client.send(path)
    answer = client.application.test_client().send(f"/welcome/{seat}", {"password": "tiny gravel kettles"})
    assert answer.status_code == 410
    db.session.rollback()
    assert db.session.get_one(Person, cast.ada.id).password_hash is None


def test_a_second_factor_set_up_after_the_move_goes_with_it(
    cast: Cast, browser_of: Browsers, client: Browser, at: Clock
) -> None:
    path = moved(browser_of(cast.ada))
    with_factor(cast.ada)
    client.send(path)
    assert factor_of(cast.ada) is None


def test_a_second_factor_from_before_the_move_stays(
    cast: Cast, browser_of: Browsers, client: Browser, at: Clock
) -> None:
    with_factor(cast.ada)
    at(NOON + timedelta(minutes=1))
    client.send(moved(browser_of(cast.ada)))
    assert factor_of(cast.ada) is not None


def test_the_way_back_of_the_first_owner_outlives_that_of_the_next(
    cast: Cast, browser_of: Browsers, client: Browser
) -> None:
    thief = browser_of(cast.ada)
    first = moved(thief)
    assert thief.send(link(thief, "third@example.org")).status_code == 303
    second = path_in(mails()[-1])
    client.send(second)
    assert address_of(cast.ada) == NEW
    client.send(first)
    assert address_of(cast.ada) == OLD


def test_a_later_way_back_ends_with_the_first(cast: Cast, browser_of: Browsers, client: Browser) -> None:
    thief = browser_of(cast.ada)
    first = moved(thief)
    thief.send(link(thief, "third@example.org"))
    second = path_in(mails()[-1])
    client.send(first)
    assert client.send(second).status_code == 410
    assert address_of(cast.ada) == OLD


@pytest.mark.parametrize(("days", "status"), [(6, 200), (7, 410)])
def test_the_way_back_stands_open_for_a_week(
    cast: Cast, browser_of: Browsers, client: Browser, at: Clock, days: int, status: int
) -> None:
    path = moved(browser_of(cast.ada))
    at(NOON + days * DAY)
    assert client.get(path).status_code == status


def test_the_way_back_works_once(cast: Cast, browser_of: Browsers, client: Browser) -> None:
    path = moved(browser_of(cast.ada))
    client.send(path)
    for answer in (client.get(path), client.send(path)):
        assert (answer.status_code, "This link has done its work" in answer.text) == (410, True)


def test_somebody_disabled_takes_nothing_back(cast: Cast, browser_of: Browsers, client: Browser) -> None:
    path = moved(browser_of(cast.ada))
    cast.ada.disabled_at = NOON
    db.session.commit()
    assert client.send(path).status_code == 404
