"""By keyboard alone: sign up, read, answer, log practice, read the account and a cohort's report."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Live
from tests.browser.hands import Hands
from tests.browser.lookers import Looker

pytestmark = pytest.mark.xdist_group("browser")

LINES = {"Personal": "1", "Two-way": "2", "About them": "2", "Value": "1", "Next step": "0"}


@pytest.fixture
def desk(chromium: Browser, live: Live) -> Iterator[BrowserContext]:
    """A screen without a finger or a mouse."""
    made = chromium.new_context(base_url=live.url, viewport={"width": 1280, "height": 800})
    made.set_default_timeout(8000)
    yield made
    made.close()


def seated(context: BrowserContext, live: Live, who: Looker) -> Page:
    """A page of somebody who is signed in."""
    name = live.app.config["SESSION_COOKIE_NAME"]
    context.add_cookies([{"name": name, "value": who.cookie or "", "url": live.url}])
    return context.new_page()


def take_a_seat(page: Page, hands: Hands) -> None:
    page.goto("/")
    hands.follow("Read and sign up for Winter")
    hands.follow("Take a seat")
    summary = hands.stop()
    assert summary is not None
    assert "things to put right" in summary.name
    hands.to("Your name is missing.")
    page.keyboard.press("Enter")
    page.keyboard.type("Imke Brandsma")
    expect(page.get_by_label("Your name")).to_have_value("Imke Brandsma")
    hands.write("E-mail", "imke@pages.example")
    hands.tick("I can give it two hours")
    hands.tick("You may process my name")
    hands.follow("Take a seat")
    expect(page.get_by_text("imke@pages.example")).to_be_visible()


def choose_a_password(page: Page, hands: Hands, live: Live) -> None:
    page.goto(live.newest_link("welcome"))
    hands.write("Choose a password", "a ladder of quiet plums")
    hands.follow("Take the seat")
    page.wait_for_url("**/today")


def answer_a_recall(page: Page, hands: Hands) -> None:
    hands.follow("Course")
    hands.follow("Contact or connect?")
    hands.write("Your answer", "Contacting: one polite answer, nothing about them.")
    hands.choose("How sure are you?", "Fairly sure")
    hands.follow("Compare with the model answer")
    hands.follow("I had it")
    expect(page.get_by_text("You had it.")).to_be_visible()


def log_a_talk(page: Page, hands: Hands) -> None:
    hands.follow("Practice", back=True)
    hands.write("Alias", "Lock keeper")
    hands.choose("How", "Met")
    hands.choose("Who began", "They did")
    hands.choose("Minutes", "40")
    for line, points in LINES.items():
        hands.choose(line, points)
    expect(page.locator(".tally")).to_contain_text("Connecting")
    hands.follow("Log practice")


def test_a_newcomer_signs_up_reads_answers_and_logs_practice(
    desk: BrowserContext, live: Live, everybody: dict[str, Looker]
) -> None:
    page = desk.new_page()
    hands = Hands(page)
    take_a_seat(page, hands)
    choose_a_password(page, hands, live)
    answer_a_recall(page, hands)
    log_a_talk(page, hands)
    assert page.url.startswith(f"{live.url}/practice/")
    expect(page.get_by_role("row", name=re.compile("Lock keeper.*6.of.10 Connecting"))).to_be_visible()


def test_a_figure_of_the_account_opens_into_its_entries(
    desk: BrowserContext, live: Live, everybody: dict[str, Looker]
) -> None:
    page = seated(desk, live, everybody["a learner eight months in"])
    hands = Hands(page)
    page.goto("/today")
    hands.follow("ROI")
    hands.to("Month 1, ")  # a month of the curve, whose figures then stand above it
    expect(page.locator(".point:focus .readout")).to_be_visible()
    hands.to("Invested")
    page.keyboard.press("Enter")
    expect(page.locator("#invested table").first).to_be_visible()
    expect(page.locator("#invested")).to_contain_text("Course fee")


def test_a_trainer_reads_the_report_and_finds_who_is_behind(
    desk: BrowserContext, live: Live, everybody: dict[str, Looker]
) -> None:
    page = seated(desk, live, everybody["a trainer of twelve"])
    hands = Hands(page)
    page.goto("/trainer/")
    hands.follow("Cohorts")
    hands.follow("Progress of Spring, the long run")
    hands.follow("fewest read")
    expect(page.get_by_role("rowheader").first).to_have_text("Ben")
    hands.write("Name", "chi")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("rowheader")).to_have_text(["Chiara"])


def test_the_skip_link_leads_past_the_way_through(
    desk: BrowserContext, live: Live, everybody: dict[str, Looker]
) -> None:
    page = seated(desk, live, everybody["a learner eight months in"])
    hands = Hands(page)
    page.goto("/people/")
    first = hands.press("Tab")
    assert first is not None
    assert first.name == "Skip to the text"
    page.keyboard.press("Enter")
    then = hands.press("Tab")
    assert then is not None
    assert then.main


@pytest.mark.parametrize("size", [(1280, 800), (390, 844), (320, 200)], ids=["wide", "narrow", "enlarged four times"])
@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("a visitor", "/number/"),
        ("a learner eight months in", "/today"),
        ("a learner eight months in", "/practice/"),
        ("a learner eight months in", "/people/"),
        ("a learner with one of everything, and long names", "/course/follow-the-money"),
        ("a learner eight months in", "/roi/"),
        ("a learner eight months in", "/settings/"),
        ("a trainer of twelve", "/trainer/cohorts/spring-long-run/progress"),
    ],
)
def test_the_focus_is_marked_and_in_sight_at_every_stop_of_a_page(
    desk: BrowserContext,
    live: Live,
    everybody: dict[str, Looker],
    *,
    who: str,
    address: str,
    size: tuple[int, int],
) -> None:
    page = seated(desk, live, everybody[who]) if everybody[who].cookie else desk.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address)
    assert len(Hands(page).through()) > 10
