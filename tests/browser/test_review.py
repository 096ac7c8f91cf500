"""Review with the hands on the keyboard: answer, say how sure, compare, grade, and on to the next."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live
from tests.browser.lookers import Looker

pytestmark = pytest.mark.xdist_group("browser")


def test_a_question_is_answered_and_graded_without_leaving_the_keys(
    page: Page, context: BrowserContext, live: Live, everybody: dict[str, Looker]
) -> None:
    name = live.app.config["SESSION_COOKIE_NAME"]
    cookie = everybody["a learner eight months in"].cookie or ""
    context.add_cookies([{"name": name, "value": cookie, "url": live.url}])
    page.goto("/review/")
    before = page.locator(".kicker").inner_text()
    expect(page.get_by_label("Your answer")).to_be_focused()
    page.keyboard.type("1 of 4, they came back to it")
    expect(page.get_by_label("Certain")).not_to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("4")
    expect(page.get_by_label("Certain")).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Compare it with yours")).to_be_visible()
    expect(page.locator(".typed")).to_have_text("1 of 4, they came back to it")
    expect(page.get_by_text(re.compile("If you had it, it comes back on"))).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="And the next")).to_be_visible()
    assert before == "Review, six to go"
    expect(page.locator(".kicker")).to_have_text("Review, five to go")
    # A key pressed elsewhere on the page grades nothing.
    page.get_by_role("link", name="Course").first.focus()
    page.keyboard.press("y")
    expect(page.locator(".kicker")).to_have_text("Review, five to go")
