"""Printed: every module on one sheet of A4, the glossary on a few."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Live, sign_in

pytestmark = pytest.mark.xdist_group("browser")


def sheets(page: Page) -> int:
    """How many pages the browser prints this one on."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


def test_every_module_fits_one_sheet_of_paper(page: Page, live: Live) -> None:
    from app.content import library

    with live.app.app_context():
        numbers = [module.number for module in library().modules]
    sign_in(page, "ada@example.org")
    found = {}
    for number in numbers:
        page.goto(f"/course/module/{number}")
        expect(page.locator(".sheet .claim")).not_to_have_count(0)
        found[number] = sheets(page)
    assert found == dict.fromkeys(numbers, 1)


def test_the_glossary_is_printed_on_two_sheets_at_the_most(page: Page) -> None:
    page.goto("/course/glossary")
    assert sheets(page) <= 2


def test_a_passage_is_found_from_the_map_of_the_course_and_opened_at_its_heading(page: Page, live: Live) -> None:
    from app.content import publish

    with live.app.app_context():
        publish()
    sign_in(page, "ben@example.org")
    page.goto("/course/")
    page.get_by_label("Find in the lessons").fill("silence counts")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("mark").first).to_have_text("silence")
    page.get_by_role("link", name="Why silence counts as contact").click()
    expect(page).to_have_url(re.compile(r"/course/contact-or-connect#why-silence-counts-as-contact$"))
    expect(page.locator("#why-silence-counts-as-contact")).to_be_in_viewport()
    assert page.troubles == []  # type: ignore[attr-defined]
