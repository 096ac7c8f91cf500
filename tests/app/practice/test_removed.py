"""What was taken out of the ledger or the gate is on no page and in no figure."""

import re
from typing import Any

import pytest

from app.clock import DAY
from app.models import Cost, Delivery, Intangible
from app.practice.gate_queries import gate_read
from app.practice.ledger_queries import costs_known, receipts_known
from app.practice.people_queries import everybody_of
from app.practice.queries import receipts_by_person
from tests.app.examples import Route, routes
from tests.app.practice.gate_rows import terms
from tests.app.scene import Scene, scene
from tests.app.test_permissions import read
from tests.browsing import Browser
from tests.cast import NOON, TODAY, Cast, cost, entry, opportunity, receipt, relationship, save

CARRIED = re.compile(r'name="(?:csrf_token|once)"[^>]*')
WORDS = "Taken-out-thing"
# What differs each time it is asked for, and how many rows an erasure would delete.
OTHERWISE = {"practice.fresh_token", "reports.roi_workbook", "people.erase"}


@pytest.fixture
def shown(cast: Cast) -> Scene:
    found = scene(cast)
    terms(cast.ada)
    return found


def taken_out(cast: Cast, tended: int) -> None:
    """One of each kind, of amounts that no figure could hide, with somebody who is tended."""
    large = {"amount": 99_000_000, "removed_at": NOON, "what": WORDS}
    receipt(cast.ada, relationship_id=tended, **large)
    cost(cast.ada, **large)
    opportunity(cast.ada, relationship_id=tended, **large)
    save(Intangible(person_id=cast.ada.id, day=TODAY, text=WORDS, removed_at=NOON))
    save(Delivery(person_id=cast.ada.id, day=TODAY, what=WORDS, as_promised=False, removed_at=NOON))


def pages(browser: Browser, every: list[Route]) -> dict[str, str]:
    asked = [route for route in every if route.reads and route.endpoint not in OTHERWISE]
    return {route.url: CARRIED.sub("", read(browser.get(route.url))) for route in asked}


@pytest.mark.parametrize("actor", ["ada", "tess"])
def test_what_was_taken_out_changes_no_page(app: Any, cast: Cast, shown: Scene, actor: str) -> None:
    with app.test_request_context():
        every = list(routes(app, shown))
    browser = app.test_client().sign_in(getattr(cast, actor))
    # Once before: a page that is opened first may say so.
    pages(browser, every)
    before = pages(browser, every)
    taken_out(cast, shown.relationship)
    after = pages(browser, every)
    assert len(before) > 30
    assert [url for url in before if before[url] != after[url]] == []
    assert not [url for url, page in after.items() if WORDS in page]


def test_what_was_taken_out_is_no_measure_for_what_is_typed_next(cast: Cast) -> None:
    tended = relationship(cast.ada)
    before = receipts_known(cast.ada), costs_known(cast.ada, time=False), costs_known(cast.ada, time=True)
    taken_out(cast, tended.id)
    save(Cost(person_id=cast.ada.id, day=TODAY, what=WORDS, kind="time", minutes=9_000, removed_at=NOON))
    assert (receipts_known(cast.ada), costs_known(cast.ada, time=False), costs_known(cast.ada, time=True)) == before


def test_a_payment_that_was_taken_out_was_never_made(cast: Cast) -> None:
    tended = relationship(cast.ada, known_since=TODAY - DAY * 400)
    entry(cast.ada, tended, "22222")
    asked = (gate_read, receipts_by_person, lambda ada: everybody_of(ada, TODAY))
    before = [read_now(cast.ada) for read_now in asked]
    for days in (200, 30):
        receipt(cast.ada, relationship_id=tended.id, day=TODAY - DAY * days, removed_at=NOON)
    assert [read_now(cast.ada) for read_now in asked] == before
