"""Hands on a keyboard: they press keys, and look where the focus stands after each."""

from dataclasses import dataclass

from playwright.sync_api import Page

MOST_STOPS = 200

# What has the focus: its name, its group's, whether a ring is drawn around it, and whether any of it can be seen.
STANDS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const shown = at.type === "radio" || at.type === "checkbox" ? at.closest("label") : at;
  const ringed = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const column = at.querySelector?.(":scope > .hit");
  const drawn = ringed(shown) || ringed(at) || (column && getComputedStyle(column).stroke !== "none");
  // What is marked of a point in a chart is its column; its words may stand anywhere above the drawing.
  const box = (column ?? shown).getBoundingClientRect();
  const seen = [0.05, 0.5, 0.95].some((across) => [0.1, 0.5, 0.9].some((down) => {
    const hit = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
    return hit !== null && (shown.contains(hit) || hit.contains(shown));
  }));
  const labels = [...(at.labels ?? [])].map((label) => label.innerText).join(" ");
  return {
    name: (labels || at.getAttribute("aria-label") || at.textContent || "").replace(/\\s+/g, " ").trim(),
    group: at.closest("fieldset")?.querySelector("legend")?.innerText ?? "",
    main: at.closest("main") !== null,
    checked: at.checked ?? false,
    drawn: Boolean(drawn),
    seen,
    element: at.outerHTML.slice(0, 160),
  };
}"""


@dataclass(frozen=True)
class Stop:
    """Where the focus stands."""

    name: str
    group: str
    main: bool
    checked: bool
    drawn: bool
    seen: bool
    element: str


class Hands:
    """They use the keyboard alone; a focus that is lost, unmarked or covered fails the test."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def stop(self) -> Stop | None:
        """Where the focus is, None if nothing has it."""
        found = self.page.evaluate(STANDS)
        return Stop(**found) if found else None

    def press(self, key: str) -> Stop | None:
        self.page.keyboard.press(key)
        stop = self.stop()
        if stop:
            assert stop.drawn, f"no ring around {stop.element}"
            assert stop.seen, f"nothing to be seen of {stop.element}"
        return stop

    def to(self, name: str = "", *, group: str = "", key: str = "Tab") -> Stop:
        """Tab until the focus is on what is called so, or within what is grouped so."""
        passed = []
        for _ in range(MOST_STOPS):
            stop = self.press(key)
            if stop is None and passed:
                break
            if stop and stop.name.startswith(name) and stop.group.startswith(group):
                return stop
            passed.append(stop.name if stop else "")
        raise AssertionError(f"The keyboard doesn't reach “{name or group}”; it passed {passed}")

    def write(self, field: str, words: str) -> None:
        self.to(field)
        self.page.keyboard.type(words)

    def choose(self, group: str, option: str) -> None:
        """One radio of a group: Tab leads into it, arrows go through it."""
        stop: Stop | None = self.to(group=group)
        for _ in range(20):
            assert stop is not None
            assert stop.group.startswith(group), f"the arrows left {group}"
            if stop.name.startswith(option):
                if not stop.checked:
                    stop = self.press("Space")
                assert stop is not None
                assert stop.checked
                return
            stop = self.press("ArrowRight")
        raise AssertionError(f"no “{option}” in {group}")

    def tick(self, words: str) -> None:
        self.to(words)
        stop = self.press("Space")
        assert stop is not None
        assert stop.checked

    def follow(self, name: str, *, back: bool = False) -> None:
        """Go to a link or a button, press it, and wait for the page it leads to."""
        self.to(name, key="Shift+Tab" if back else "Tab")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def through(self) -> list[str]:
        """Every stop of the page, from its top to its end."""
        names = []
        for _ in range(4 * MOST_STOPS):
            stop = self.press("Tab")
            if stop is None:
                return names
            names.append(stop.name)
        raise AssertionError("the keyboard finds no end of this page")
