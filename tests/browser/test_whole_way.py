"""The whole way once: a visitor signs up, learns, practises, keeps an account; the trainer sees the cohort."""

import re
from datetime import date

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live, sign_in

PASSWORD = "a kettle of slow tea"
RUBRIC = {"Personal": 2, "Two-way": 2, "About them": 2, "Value": 1, "Next step": 1}


def take_a_seat(page: Page) -> None:
    page.goto("/")
    page.get_by_role("row", name=re.compile("Winter, evenings")).get_by_role("link", name="Read and sign up").click()
    page.get_by_label("Your name").fill("Noor Visser")
    page.get_by_label("E-mail").fill("noor@example.org")
    page.get_by_label(re.compile("What should be different")).fill("Fewer mails, more answers")
    page.get_by_label(re.compile("I can give it two hours")).check()
    page.get_by_label(re.compile("You may process my name")).check()
    page.get_by_role("button", name="Take a seat").click()
    expect(page.get_by_text("noor@example.org")).to_be_visible()


def choose_a_password(page: Page, live: Live) -> None:
    page.goto(live.newest_link("welcome"))
    page.get_by_label(re.compile("password", re.I)).first.fill(PASSWORD)
    page.get_by_role("button", name="Take the seat").click()
    page.wait_for_url("**/today")


def read_a_lesson(page: Page) -> None:
    page.goto("/course/contact-or-connect")
    recall = page.locator("#recall-polite-no")
    recall.get_by_label("Your answer").fill("Contacting: one answer, and nothing about them yet.")
    recall.get_by_label("Fairly sure").check()
    recall.get_by_role("button", name="Compare with the model answer").click()
    page.locator("#recall-polite-no").get_by_role("button", name=re.compile("I had it")).click()
    page.get_by_role("button", name=re.compile("I have read this")).click()
    expect(page.get_by_text(re.compile("You finished this lesson"))).to_be_visible()


def log_a_talk(page: Page) -> None:
    page.goto("/practice/")
    page.locator("input[name=alias]").fill("Harbour master")
    page.get_by_label("Call", exact=True).check()
    for line, points in RUBRIC.items():
        group = page.get_by_role("group", name=line, exact=True)
        group.locator("label").nth(points).click()
    expect(page.locator(".tally")).to_contain_text("Connecting")
    page.get_by_role("button", name="Log practice").click()
    expect(page.get_by_role("link", name="Harbour master").first).to_be_visible()


def keep_the_ledger(page: Page) -> None:
    page.goto("/roi/settings")
    page.get_by_label("Value of an hour").fill("50")
    page.get_by_role("button", name="Keep it so").click()
    page.goto("/roi/costs")
    page.get_by_label("Fee", exact=True).check()
    page.get_by_label("Day", exact=True).fill(date.today().isoformat())
    page.get_by_label("What it was").fill("Course fee")
    page.get_by_label("Amount, without VAT").fill("1 200")
    page.get_by_role("button", name="Write it down").click()
    page.goto("/roi/")
    expect(page.locator("main")).to_contain_text("1\u00a0200")
    expect(page.locator("h1")).to_contain_text(re.compile("early", re.I))


def test_from_the_first_page_to_the_trainers_report(page: Page, context: BrowserContext, live: Live) -> None:
    take_a_seat(page)
    choose_a_password(page, live)
    read_a_lesson(page)
    log_a_talk(page)
    page.goto("/people/")
    expect(page.get_by_role("link", name="Harbour master").first).to_be_visible()
    keep_the_ledger(page)
    page.goto("/sign-out")
    page.locator("main").get_by_role("button", name="Sign out").click()
    sign_in(page, "tess@example.org")
    page.goto("/trainer/cohorts/winter-evenings/")
    expect(page.locator("main")).to_contain_text("Noor Visser")
    page.goto("/trainer/cohorts/winter-evenings/progress")
    expect(page.get_by_role("row", name=re.compile("Noor Visser"))).to_be_visible()
    page.goto("/trainer/cohorts/spring-long-run/roi")
    expect(page.locator("main")).to_contain_text("5 ROI")
    assert page.troubles == []  # type: ignore[attr-defined]


def test_a_full_cohort_gives_a_place_in_line(page: Page, live: Live) -> None:
    page.goto("/cohorts/winter-mornings")
    expect(page.locator("main")).to_contain_text("fifth")
    page.get_by_label("Your name").fill("Otto Berg")
    page.get_by_label("E-mail").fill("otto@example.org")
    page.get_by_label(re.compile("I can give it two hours")).check()
    page.get_by_label(re.compile("You may process my name")).check()
    page.get_by_role("button", name="Join the waiting list").click()
    expect(page.get_by_text("otto@example.org")).to_be_visible()
    page.goto(live.newest_link("welcome"))
    expect(page.locator("main")).to_contain_text("fifth")
