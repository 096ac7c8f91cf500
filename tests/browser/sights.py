"""A tab that looks hard: axe over the page as it stands, what runs off the side, and what the console complains of."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error, Page

HEIGHT = 900
# Two scripts for the page: what it shows as it stands, and what axe says of that.
LOOK, ASK = ((Path(__file__).parent / name).read_text() for name in ("look.js", "ask.js"))
# These rules hang on places and colours: they are asked in each view, of the parts of a page that they bear on.
BY_VIEW = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")
# WCAG 2.2 AA is all of these together.
OPTIONS: dict[str, Any] = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {rule: {"enabled": False} for rule in BY_VIEW},
    "resultTypes": ["violations"],
    "elementRef": False,
    "preload": False,
    "iframes": False,
}
# Posts an empty form without its token: every field is at fault, and nothing can be changed by it.
POST = """(address) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  document.body.append(form);
  form.submit();
}"""


@dataclass(frozen=True)
class Known:
    """What axe has been asked already: shapes of pages, and letters on their grounds (`look.js` says what they are).

    Most pages are built like one before, and axe takes several times as long as showing them.
    """

    shapes: set[str] = field(default_factory=set)
    letters: set[str] = field(default_factory=set)


class Sight:
    """One tab of somebody's, and what was wrong on the pages it showed. What is known may be shared by several."""

    def __init__(self, page: Page, known: Known) -> None:
        self.page = page
        self.known = known
        self.faults: list[str] = []
        self.at = ""
        self.view: tuple[str, int] | None = None
        # Read with every page, understood only where it is called: sent anew to each, it took longer than its answer.
        page.add_init_script(f"window.wakeAxe = () => {{ {AXE_SCRIPT} }}")
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
        """Look at the open page in these views, beginning with the one that it is shown in."""
        for view in sorted(views, key=lambda view: view != self.view):
            self.turn(*view)
            named = "{}, {} px".format(*view)
            found = self.measure(named)
            shape = sha256(found["shape"].encode()).hexdigest()
            fresh = [key for key in found["letters"] if key not in self.known.letters]
            if shape in self.known.shapes and not fresh and not found["placed"]:
                continue
            for violation in self.page.evaluate(ASK, [OPTIONS, shape not in self.known.shapes, fresh]):
                self.say(f"{named}: {violation}")
            self.known.shapes.add(shape)
            self.known.letters.update(fresh)

    def turn(self, scheme: Any, width: int) -> None:
        """Show the page in this theme, this wide."""
        if self.view != (scheme, width):
            self.page.emulate_media(color_scheme=scheme)
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            self.view = (scheme, width)

    def measure(self, view: str) -> dict[str, Any]:
        """Say what can be seen without axe; what `look.js` found."""
        found: dict[str, Any] = self.page.evaluate(LOOK)
        if not found["title"]:
            self.say("no title")
        if found["headings"] != 1:
            self.say(f"{found['headings']} main headings")
        if found["unnamed"]:
            self.say(f"{found['unnamed']} images without a text")
        if found["wide"] > 0:
            self.say(f"{view}: {found['wide']} px too wide, by {found['over']}")
        return found
