"""Without scripts: signing up and in, notes, recall, practice and receipts work as plain forms."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Live, sign_in
from tests.browser.lookers import Looker

pytestmark = pytest.mark.xdist_group("browser")

LESSON = "/course/names-are-not-assets"


@pytest.fixture
def plain(chromium: Browser, live: Live, everybody: dict[str, Looker]) -> Iterator[Page]:
    """A phone's page that runs no script."""
    context = chromium.new_context(
        base_url=live.url, viewport={"width": 390, "height": 844}, has_touch=True, java_script_enabled=False
    )
    context.set_default_timeout(8000)
    yield context.new_page()
    context.close()


@pytest.fixture
def learner(plain: Page, everybody: dict[str, Looker], live: Live) -> Page:
    """The page of a learner with nothing, signed in."""
    sign_in(plain, "cleo@pages.example")
    expect(plain).to_have_url(f"{live.url}/today")
    return plain


def test_signing_up_leads_to_a_seat_and_a_password(plain: Page, live: Live) -> None:
    plain.goto("/cohorts/winter")
    plain.get_by_label("Your name").fill("Sanne Kuiper")
    plain.get_by_label("E-mail").fill("sanne@pages.example")
    plain.get_by_label(re.compile("I can give it two hours")).check()
    plain.get_by_label(re.compile("You may process my name")).check()
    plain.get_by_role("button", name="Take a seat").tap()
    expect(plain.get_by_text("sanne@pages.example")).to_be_visible()
    plain.goto(live.newest_link("welcome"))
    plain.get_by_label("Choose a password").fill("nine slow copper herons")
    plain.get_by_role("button", name="Take the seat").tap()
    expect(plain).to_have_url(f"{live.url}/today")


def test_a_wrong_password_is_said_beside_the_field_and_keeps_the_address(
    plain: Page, everybody: dict[str, Looker]
) -> None:
    sign_in(plain, "ben@pages.example", "not this one")
    expect(plain.get_by_role("alert")).to_contain_text("don’t fit together")
    expect(plain.get_by_label("E-mail")).to_have_value("ben@pages.example")


def test_a_note_is_saved_by_its_button(learner: Page) -> None:
    learner.goto(LESSON)
    learner.get_by_label("Your notes").fill("Ask Brouwer first.")
    learner.get_by_role("button", name=re.compile("Save")).tap()
    expect(learner.get_by_label("Your notes")).to_have_value("Ask Brouwer first.")
    learner.goto(LESSON)
    expect(learner.get_by_label("Your notes")).to_have_value("Ask Brouwer first.")


def test_a_recall_is_answered_compared_and_judged(learner: Page) -> None:
    learner.goto(LESSON)
    recall = learner.locator("section[id^=recall-]").first
    recall.get_by_label("Your answer").fill("Only those who answered twice.")
    recall.get_by_label("Fairly sure").check()
    recall.get_by_role("button", name="Compare with the model answer").tap()
    first = learner.locator("section[id^=recall-]").first
    expect(first.get_by_role("heading", name="The model answer")).to_be_visible()
    first.get_by_role("button", name="I didn’t").tap()
    expect(learner.locator("section[id^=recall-]").first).to_contain_text("You didn’t have it")


def test_practice_is_logged_and_a_fault_keeps_what_was_typed(learner: Page) -> None:
    learner.goto("/practice/")
    learner.get_by_label("Alias").fill("Bridge keeper")
    learner.get_by_role("button", name="Log practice").tap()
    expect(learner.get_by_role("alert")).to_contain_text("Five things to put right")
    expect(learner.get_by_label("Alias")).to_have_value("Bridge keeper")
    for line in ("Personal", "Two-way", "About them", "Value", "Next step"):
        learner.get_by_role("group", name=line, exact=True).locator("label").nth(1).tap()
    learner.get_by_role("button", name="Log practice").tap()
    expect(learner.get_by_role("row", name=re.compile("Bridge keeper.*5.of.10 Contacting"))).to_be_visible()


def test_a_receipt_is_written_down(learner: Page) -> None:
    learner.goto("/roi/receipts")
    learner.get_by_label("Day it was paid").fill(date.today().isoformat())
    learner.get_by_label("What for").fill("Second pump")
    learner.get_by_label("Amount paid, without VAT").fill("2 400")
    learner.get_by_label("Margin, in percent").fill("40")
    learner.get_by_role("button", name="Write it down").tap()
    expect(learner.get_by_role("status")).to_contain_text("Written down: €2\u00a0400 for “Second pump”.")
    expect(learner.get_by_role("heading", level=1)).to_have_text("One receipt")
