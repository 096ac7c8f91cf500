"""A tab that looks hard: axe over the page as it stands, what runs off the side, and what the console complains of."""

import re
from hashlib import sha256
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error, Page

HEIGHT = 900
# WCAG 2.2 AA is all of these together; target-size is not run unless it is asked for.
OPTIONS: dict[str, Any] = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}},
    "resultTypes": ["violations"],
    "elementRef": False,
    "preload": False,
    "iframes": False,
}
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
# Contrast takes axe longer than all its other rules. It hangs on the letters and on every ground beneath them: text
# whose letters and grounds have been measured already is not measured again.
AXE = """async ([options, known]) => {
  const beneath = new Map([[null, ""]]);
  const grounds = (element) => {
    if (!beneath.has(element)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
      beneath.set(element, `${grounds(element.parentElement)}/${backgroundColor} ${backgroundImage} ${opacity}`);
    }
    return beneath.get(element);
  };
  const written = (element) => element.matches("input, select, textarea")
    || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
  const fresh = new Map();
  for (const element of document.querySelectorAll("body *:not(svg *)")) {
    if (!written(element) || !element.checkVisibility() || element.getBoundingClientRect().width < 2) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(element);
    const key = `${color} ${fontSize} ${fontWeight} on ${grounds(element).replaceAll("/rgba(0, 0, 0, 0) none 1", "")}`;
    if (!known.includes(key) && !fresh.has(key)) fresh.set(key, element);
  }
  const { violations } = await axe.run(document, options);
  if (fresh.size) {
    const contrast = { ...options, runOnly: { type: "rule", values: ["color-contrast"] }, rules: {} };
    violations.push(...(await axe.run({ include: [...fresh.values()] }, contrast)).violations);
  }
  const told = ({ id, help, nodes }) => `${id} (${help}) at ${nodes.slice(0, 4).map((node) => node.target.join(" "))}`;
  return { violations: violations.map(told), measured: [...fresh.keys()] };
}"""
# Posts an empty form without its token: every field is at fault, and nothing can be changed by it.
POST = """(address) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  document.body.append(form);
  form.submit();
}"""


class Sight:
    """One tab of somebody's, and what was wrong on the pages it showed. `measured` may be shared by several."""

    def __init__(self, page: Page, measured: set[str]) -> None:
        self.page = page
        self.measured = measured
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
        self.page.evaluate(AXE_SCRIPT)
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
        told = self.page.evaluate(AXE, [OPTIONS, sorted(self.measured)])
        self.measured.update(told["measured"])
        for violation in told["violations"]:
            self.say(f"{view}: {violation}")
