"""By thumb on a phone: a full entry in twelve taps, a draft that outlives its tab and session, one entry a button."""

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import Live
from tests.browser.lookers import Looker

pytestmark = pytest.mark.xdist_group("browser")

MOST_TAPS = 12
MOST_AGAIN = 6
LINES = {"Personal": 1, "Two-way": 2, "About them": 2, "Value": 1, "Next step": 2}


class Thumb:
    """A thumb that is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, target: Locator) -> None:
        self.taps += 1
        target.tap()

    def choose(self, group: str, option: str) -> None:
        chosen = self.page.get_by_role("group", name=group, exact=True)
        self.tap(chosen.locator("label").filter(has_text=re.compile(f"^{re.escape(option)}")))

    def someone(self, nth: int = 0) -> str:
        """One of those on the strip: it changes with every entry."""
        return self.page.locator(".who .choice span").nth(nth).inner_text()

    def rate(self) -> None:
        for line, points in LINES.items():
            self.choose(line, str(points))


def signed_in(context: BrowserContext, live: Live, who: Looker) -> None:
    name = live.app.config["SESSION_COOKIE_NAME"]
    context.add_cookies([{"name": name, "value": who.cookie or "", "url": live.url}])


@pytest.fixture
def thumb(page: Page, context: BrowserContext, live: Live, everybody: dict[str, Looker]) -> Thumb:
    """The thumb of a learner who has logged before, on the practice page."""
    signed_in(context, live, everybody["a learner eight months in"])
    page.goto("/practice/")
    return Thumb(page)


def entries(page: Page) -> int:
    words = page.locator("#latest caption").text_content() or ""
    return int(words.split()[0])


def test_a_full_entry_takes_twelve_taps(thumb: Thumb) -> None:
    before = entries(thumb.page)
    someone = thumb.someone(1)
    thumb.choose("Who", someone)
    thumb.choose("How", "Met")
    thumb.choose("Who began", "They did")
    thumb.choose("Minutes", "40")
    thumb.rate()
    thumb.page.get_by_label("What happens next, and who does it").fill("She asks the shift leader")
    thumb.choose("By", "Tomorrow")
    expect(thumb.page.locator(".tally")).to_contain_text("Connecting")
    thumb.tap(thumb.page.get_by_role("button", name="Log practice"))
    expect(
        thumb.page.get_by_role("row", name=re.compile(f"{re.escape(someone)}.*8.of.10 Connecting")).first
    ).to_be_visible()
    assert entries(thumb.page) == before + 1
    assert thumb.taps <= MOST_TAPS


@pytest.mark.parametrize("where", ["/today", "/people/"])
def test_a_repeat_touch_takes_six_taps_from_where_somebody_is_due(thumb: Thumb, where: str) -> None:
    before = entries(thumb.page)
    thumb.page.goto(where)
    thumb.tap(thumb.page.get_by_role("link", name=re.compile("^live from")).first)
    expect(thumb.page.get_by_role("status").filter(has_text="As last time, on")).to_be_visible()
    for line in ("Personal", "About them", "Value", "Next step"):
        thumb.choose(line, "1")
    expect(thumb.page.locator(".tally")).to_contain_text("Connecting")
    thumb.tap(thumb.page.get_by_role("button", name="Log practice"))
    expect(thumb.page.get_by_text(re.compile("Logged: .*6 of 10, connecting"))).to_be_visible()
    assert entries(thumb.page) == before + 1
    assert thumb.taps <= MOST_AGAIN


def test_a_line_of_the_log_opens_the_form_as_last_time_and_rates_nothing(thumb: Thumb) -> None:
    before = entries(thumb.page)
    thumb.page.get_by_role("link", name=re.compile("^Again with")).first.tap()
    expect(thumb.page.get_by_role("status").filter(has_text="As last time, on")).to_be_visible()
    expect(thumb.page.locator(".rubric input:checked")).to_have_count(0)
    thumb.rate()
    thumb.tap(thumb.page.get_by_role("button", name="Log practice"))
    expect(thumb.page.get_by_text("Logged: ")).to_be_visible()
    assert thumb.taps <= MOST_AGAIN
    assert entries(thumb.page) == before + 1


def test_whoever_is_picked_brings_back_the_last_time_until_something_else_is_said(thumb: Thumb) -> None:
    page = thumb.page
    told = page.locator("[data-as-last] > span")
    thumb.choose("Who", thumb.someone())
    expect(told).to_be_visible()
    last = page.locator("form.entry").evaluate("(form) => JSON.parse(form.dataset.last)[form.elements.who.value]")
    assert page.locator("form.entry").evaluate("(form) => form.elements.channel.value") == last[0]
    other = "Video" if last[0] != "video" else "Mail"
    thumb.choose("How", other)
    expect(told).to_be_hidden()
    thumb.choose("Who", thumb.someone(1))
    expect(page.get_by_label(other, exact=True)).to_be_checked()
    expect(page.locator(".rubric input:checked")).to_have_count(0)


def test_a_draft_outlives_a_closed_tab(thumb: Thumb, context: BrowserContext) -> None:
    someone = thumb.someone()
    thumb.choose("Who", someone)
    thumb.rate()
    thumb.page.get_by_label("What happens next, and who does it").fill("I bring the old valve")
    thumb.page.close()
    again = context.new_page()
    again.goto("/practice/")
    expect(again.get_by_text("It has not been logged yet.")).to_be_visible()
    expect(again.get_by_label("What happens next, and who does it")).to_have_value("I bring the old valve")
    expect(again.locator(".tally")).to_contain_text("Connecting")
    expect(again.get_by_label(someone, exact=True)).to_be_checked()


def test_a_draft_outlives_an_expired_session(
    thumb: Thumb, context: BrowserContext, live: Live, everybody: dict[str, Looker]
) -> None:
    thumb.choose("Who", thumb.someone())
    thumb.rate()
    thumb.page.get_by_label("What happens next, and who does it").fill("We look at the seal together")
    context.clear_cookies()
    thumb.tap(thumb.page.get_by_role("button", name="Log practice"))
    expect(thumb.page.get_by_role("heading", name="Sign in")).to_be_visible()
    signed_in(context, live, everybody["a learner eight months in"])
    thumb.page.goto("/practice/")
    expect(thumb.page.get_by_label("What happens next, and who does it")).to_have_value("We look at the seal together")
    before = entries(thumb.page)
    thumb.tap(thumb.page.get_by_role("button", name="Log practice"))
    expect(thumb.page.get_by_text("It has not been logged yet.")).to_be_hidden()
    assert entries(thumb.page) == before + 1


def test_a_double_tap_writes_one_entry(thumb: Thumb) -> None:
    before = entries(thumb.page)
    thumb.choose("Who", thumb.someone())
    thumb.rate()
    button = thumb.page.get_by_role("button", name="Log practice")
    with thumb.page.expect_navigation():
        button.dblclick(no_wait_after=True)
    thumb.page.goto("/practice/")
    assert entries(thumb.page) == before + 1


def test_a_form_sent_twice_at_once_writes_one_entry(thumb: Thumb) -> None:
    """As on a phone that answers the second tap before the first has led anywhere, with scripts too late to help."""
    before = entries(thumb.page)
    thumb.choose("Who", thumb.someone())
    thumb.rate()
    both = """async (form) => {
      const sent = () => fetch(location.href, { method: "POST", body: new FormData(form) });
      return (await Promise.all([sent(), sent()])).map((answer) => answer.status);
    }"""
    assert thumb.page.locator("form.entry").evaluate(both) == [200, 200]
    thumb.page.goto("/practice/")
    assert entries(thumb.page) == before + 1
