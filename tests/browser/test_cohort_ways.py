"""A trainer brings a roster with a fault, mends it, brings it; somebody waits for a full room and gets a seat."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live, sign_in
from tests.browser.test_whole_way import PASSWORD

FAULTY = "name;email\nIris;iris@pages.example\nJoost;joost\n"


def set_up_a_room_for_one(page: Page) -> None:
    page.goto("/trainer/cohorts/new?pattern=own-pace")
    page.get_by_label("Name", exact=True).fill("A room for one")
    page.get_by_label("Address", exact=True).fill("a-room-for-one")
    page.get_by_label("Seats", exact=True).fill("1")
    page.get_by_label("Sign-up opens").fill("2020-01-01T09:00")
    page.get_by_role("button", name="Set the cohort up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Open, one seat left")


def bring(page: Page) -> None:
    page.goto("/trainer/cohorts/a-room-for-one/import")
    page.get_by_label("Or paste it here").fill(FAULTY)
    page.get_by_role("button", name="Look through it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One thing to put right")
    expect(page.get_by_role("row", name=re.compile("has no @"))).to_contain_text("3")
    page.get_by_label("Or paste it here").fill(FAULTY.replace("Joost;joost", "Joost;joost@pages.example"))
    page.get_by_role("button", name="Look through it again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two people can be put down")
    page.get_by_role("button", name="Put two down").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One of one seat taken")


def take(page: Page, link: str, button: str) -> None:
    page.goto(link)
    page.get_by_label(re.compile("password", re.I)).first.fill(PASSWORD)
    page.get_by_label(re.compile("You may process my name")).check()
    page.get_by_role("button", name=button).click()


def test_a_roster_is_mended_and_brought_and_who_waits_gets_the_seat_that_falls_free(
    page: Page, live: Live, context: BrowserContext
) -> None:
    sign_in(page, "tess@example.org")
    set_up_a_room_for_one(page)
    bring(page)
    other = context.browser.new_context(base_url=live.url).new_page()
    take(other, live.newest_link("welcome", to="joost@pages.example"), "Keep my place in line")
    expect(other.get_by_role("heading", level=1)).to_contain_text("first in line")
    iris = context.browser.new_context(base_url=live.url).new_page()
    iris.goto(live.newest_link("welcome", to="iris@pages.example"))
    iris.get_by_role("button", name="I don’t want the seat").click()
    expect(iris.get_by_text("You have given it up.")).to_be_visible()
    other.goto(live.newest_link("welcome", to="joost@pages.example"))
    expect(other.get_by_role("heading", level=1)).to_have_text("A seat is held for you")
    other.get_by_role("button", name="Take the seat").click()
    expect(other).to_have_url(re.compile("/today"))
    other.context.close()
    iris.context.close()
