"""Every page as everybody meets it, light and dark, wide and narrow: axe finds nothing, nothing is cut off."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from app import errors
from tests.browser.conftest import Live
from tests.browser.lookers import Looker
from tests.browser.sights import HEIGHT, Known, Sight

pytestmark = pytest.mark.xdist_group("browser")

# Colours hang on the theme and places on the width: two runs see each of both, at half the time of four.
VIEWS = (("light", 1280), ("dark", 320))
# Where a page has been seen like this already, and only refuses now or is empty, one view in turn will do.
IN_TURN = (("light", 320), ("dark", 1280))
SEEN_BOTH_WAYS = {
    "a visitor",
    "a learner eight months in",
    "a learner with one of everything, and long names",
    "a trainer of twelve",
}


@pytest.fixture(scope="module")
def known() -> Known:
    """What axe has been asked about."""
    return Known()


@pytest.fixture
def sight(chromium: Browser, live: Live, known: Known) -> Iterator[Any]:
    """A tab for a looker, which gathers whatever is wrong."""
    context = chromium.new_context(base_url=live.url, viewport={"width": VIEWS[0][1], "height": HEIGHT})
    context.set_default_timeout(8000)

    def of(who: Looker) -> Sight:
        if who.cookie:
            name = live.app.config["SESSION_COOKIE_NAME"]
            context.add_cookies([{"name": name, "value": who.cookie, "url": live.url}])
        return Sight(context.new_page(), known)

    yield of
    context.close()


def in_turn(addresses: tuple[str, ...]) -> list[tuple[str, tuple[str, int]]]:
    """Each address with the view for it: one half of them after the other, for to turn a page takes time."""
    return [(address, view) for half, view in enumerate(IN_TURN) for address in addresses[half::2]]


@pytest.mark.parametrize(
    "name",
    [
        "a visitor",
        "a learner eight months in",
        "a learner who has just begun",
        "a learner with one of everything, and long names",
        "a learner with nothing",
        "somebody in line",
        "a trainer of twelve",
        "a trainer of two",
        "a trainer with nothing",
        "the operator",
    ],
)
def test_every_page_can_be_used_by_everybody(sight: Any, everybody: dict[str, Looker], name: str) -> None:
    who = everybody[name]
    looking = sight(who)
    for address, view in in_turn(who.pages):
        status = looking.open(address)
        if status == 404 and address in who.foreign:
            continue
        if status not in {0, 200}:
            looking.say(f"answered {status}")
        elif status:
            looking.examine(*(VIEWS if name in SEEN_BOTH_WAYS else [view]))
    assert looking.faults == []


@pytest.mark.parametrize(
    "name", ["a visitor", "a learner with one of everything, and long names", "a trainer of two", "the operator"]
)
def test_every_form_that_was_refused_can_be_used_by_everybody(
    sight: Any, everybody: dict[str, Looker], name: str
) -> None:
    who = everybody[name]
    looking = sight(who)
    looking.open("/")
    for address, view in in_turn(who.forms):
        status = looking.post(address)
        if status == 404 and address in who.foreign:
            continue
        if status not in {400, 409, 422}:
            looking.say(f"was not refused: {status}")
        looking.examine(view)
    assert looking.faults == []


def fulfil(body: str, route: Route) -> None:
    route.fulfill(body=body, content_type="text/html")


def test_every_page_that_says_what_is_wrong_can_be_used_by_everybody(
    sight: Any, everybody: dict[str, Looker], live: Live
) -> None:
    looking = sight(everybody["a visitor"])
    for code in errors.WORDS:
        with live.app.test_request_context():
            body = errors.page(code)
        looking.page.route("**/wrong/*", partial(fulfil, body))
        looking.open(f"/wrong/{code}")
        looking.examine(*VIEWS)
    assert looking.faults == []


def test_every_lesson_fits_a_narrow_page(sight: Any, everybody: dict[str, Looker]) -> None:
    looking = sight(everybody["a learner eight months in"])
    looking.page.set_viewport_size({"width": 320, "height": HEIGHT})
    looking.open("/course/")
    links = looking.page.locator(".course-map a").evaluate_all("links => links.map((link) => link.pathname)")
    assert len(links) > 1
    for address in links:
        looking.open(address)
        looking.measure("320 px")
    assert looking.faults == []
