"""Every page as everybody meets it, light and dark, wide and narrow: axe finds nothing, nothing is cut off."""

import json
import re
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from itertools import cycle
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Error, Page, Route

from app import errors
from tests.browser.conftest import Live
from tests.browser.lookers import Looker

pytestmark = pytest.mark.xdist_group("browser")

# WCAG 2.2 AA is all of these together; target-size is not run unless it is asked for.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "elementRef": False,
    "preload": False,
    "iframes": False,
}
# Colours hang on the theme and places on the width: two runs see each of both, at half the time of four.
VIEWS = (("light", 1280), ("dark", 320))
# A page that refuses has been looked at before it did: one view in turn, and the other two.
REFUSED = (("light", 320), ("dark", 1280))
HEIGHT = 900
# What differs from one answer to the next and isn't looked at.
FLEETING = re.compile(r'name="(csrf_token|once)"[^>]*>|nonce="[^"]*"')

MEASURES = """() => ({
  headings: document.querySelectorAll("h1").length,
  unnamed: [...document.images].filter((image) => !image.hasAttribute("alt")).length,
  wide: document.documentElement.scrollWidth - innerWidth,
  over: [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
    .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`).slice(0, 4),
})"""
# Posts an empty form without its token: every field is at fault, and nothing can be changed by it.
POST = """(address) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  document.body.append(form);
  form.submit();
}"""


class Sight:
    """One tab of somebody's, and what was wrong on the pages it showed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.seen: set[str] = set()
        self.at = ""
        page.on("pageerror", lambda error: self.say(f"a script failed: {error}"))
        page.on("console", lambda said: self.say(said.text) if "Content Security Policy" in said.text else None)

    def say(self, fault: str) -> None:
        self.faults.append(f"{self.at}: {fault}")

    def open(self, address: str) -> int:
        """Show a page; its status, or 0 for a file to keep."""
        self.at = address
        try:
            answer = self.page.goto(address)
        except Error as error:
            if "Download is starting" not in error.message:
                raise
            return 0
        assert answer is not None
        return answer.status if "text/html" in answer.headers.get("content-type", "") else 0

    def post(self, address: str) -> int:
        """Send an empty form from the page that is open; the status of the answer."""
        self.at = f"nothing posted to {address}"
        with self.page.expect_navigation() as sent:
            self.page.evaluate(POST, address)
        return sent.value.status

    def examine(self, *views: tuple[str, int]) -> None:
        """Look at the open page in these views. One that was looked at before, to the letter, is passed over."""
        looks = sha256(FLEETING.sub("", self.page.content()).encode()).hexdigest()
        if looks in self.seen:
            return
        self.seen.add(looks)
        if not self.page.title().strip():
            self.say("no title")
        for scheme, width in views:
            self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            self.measure(f"{scheme}, {width} px")
            self.ask_axe(f"{scheme}, {width} px")

    def measure(self, view: str) -> None:
        found = self.page.evaluate(MEASURES)
        if found["headings"] != 1:
            self.say(f"{found['headings']} main headings")
        if found["unnamed"]:
            self.say(f"{found['unnamed']} images without a text")
        if found["wide"] > 0:
            self.say(f"{view}: {found['wide']} px too wide, by {found['over']}")

    def ask_axe(self, view: str) -> None:
        for violation in self.page.evaluate(f"{AXE_SCRIPT}; axe.run(document, {json.dumps(OPTIONS)})")["violations"]:
            where = [node["target"][0] for node in violation["nodes"]]
            self.say(f"{view}: {violation['id']} ({violation['help']}) at {where[:4]}")


@pytest.fixture
def sight(chromium: Browser, live: Live) -> Iterator[Any]:
    """A tab for a looker; at the end whatever was wrong is told at once."""
    context = chromium.new_context(base_url=live.url, viewport={"width": VIEWS[0][1], "height": HEIGHT})
    context.set_default_timeout(8000)
    opened: list[Sight] = []

    def of(who: Looker) -> Sight:
        if who.cookie:
            name = live.app.config["SESSION_COOKIE_NAME"]
            context.add_cookies([{"name": name, "value": who.cookie, "url": live.url}])
        opened.append(Sight(context.new_page()))
        return opened[0]

    yield of
    context.close()
    assert not opened[0].faults, "\n".join(opened[0].faults)


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
    for address in who.pages:
        status = looking.open(address)
        if status == 404 and address in who.foreign:
            continue
        if status not in {0, 200}:
            looking.say(f"answered {status}")
        elif status:
            looking.examine(*VIEWS)


@pytest.mark.parametrize(
    "name", ["a visitor", "a learner with one of everything, and long names", "a trainer of two", "the operator"]
)
def test_every_form_that_was_refused_can_be_used_by_everybody(
    sight: Any, everybody: dict[str, Looker], name: str
) -> None:
    who = everybody[name]
    looking = sight(who)
    looking.open("/")
    for address, view in zip(who.forms, cycle(REFUSED), strict=False):
        if looking.post(address) not in {400, 409, 422}:
            looking.say("was not refused")
        looking.examine(view)


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


def test_every_lesson_fits_a_narrow_page(sight: Any, everybody: dict[str, Looker]) -> None:
    looking = sight(everybody["a learner eight months in"])
    looking.page.set_viewport_size({"width": 320, "height": HEIGHT})
    looking.open("/course/")
    links = looking.page.locator(".course-map a").evaluate_all("links => links.map((link) => link.pathname)")
    assert len(links) > 1
    for address in links:
        looking.open(address)
        looking.measure("320 px")
