"""A lesson in a real browser: the place that is remembered, notes that save themselves, the keys."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from tests.browser.conftest import Live, sign_in

pytestmark = pytest.mark.xdist_group("browser")

LESSON = "/course/contact-or-connect"
NOTE = "[data-note] textarea"


@pytest.fixture
def reader(page: Page) -> Iterator[Page]:
    """Ben, on a lesson."""
    sign_in(page, "ben@example.org")
    page.goto(LESSON)
    yield page
    assert page.troubles == []  # type: ignore[attr-defined]


def saved(page: Page, words: str) -> None:
    with page.expect_response("**/note") as answer:
        page.locator(NOTE).fill(words)
    assert answer.value.status == 200
    expect(page.locator("[data-said]")).to_contain_text("Saved")


def test_reading_resumes_where_it_was_left(reader: Page) -> None:
    reader.goto("/course/")
    address = reader.locator(".course-map a").last.get_attribute("href") or ""
    reader.goto(address)
    heading = reader.locator(".lesson .prose h2[id]").nth(1)
    name = heading.get_attribute("id") or ""
    with reader.expect_request_finished(lambda sent: sent.url.endswith("/begin") and name in (sent.post_data or "")):
        heading.evaluate("element => element.scrollIntoView()")
    expect(reader.locator("svg.reading")).not_to_have_attribute("aria-label", "0 percent read")
    reader.goto("/course/")
    expect(reader.locator(".course-map a").last).to_have_attribute("href", f"{address}#{name}")


def test_whoever_leaves_while_scrolling_comes_back_to_where_they_were(reader: Page) -> None:
    reader.goto("/course/perhaps-ten")
    heading = reader.locator(".lesson .prose h2[id]").nth(1)
    name = heading.get_attribute("id") or ""
    heading.evaluate("element => element.scrollIntoView()")
    expect(reader.locator("svg.reading")).not_to_have_attribute("aria-label", "0 percent read")
    # Sooner than the pause after which a place is told anyway.
    with reader.expect_request_finished(lambda sent: name in (sent.post_data or ""), timeout=1200):
        reader.evaluate("() => dispatchEvent(new Event('pagehide'))")
    reader.goto("/course/")
    link = reader.locator(".course-map a[href^='/course/perhaps-ten']")
    expect(link).to_have_attribute("href", f"/course/perhaps-ten#{name}")


def test_a_note_saves_itself_and_is_there_again(reader: Page) -> None:
    saved(reader, "Ask which night.")
    reader.reload()
    expect(reader.locator(NOTE)).to_have_value("Ask which night.")


def test_two_tabs_see_both_texts_and_decide(reader: Page, context: BrowserContext) -> None:
    other = context.new_page()
    other.goto(LESSON)
    saved(other, "From the other tab")
    reader.locator(NOTE).fill("From this tab")
    expect(reader.locator(".conflict")).to_contain_text("From the other tab")
    expect(reader.locator(NOTE)).to_have_value("From this tab")
    reader.get_by_role("button", name="Keep mine").click()
    expect(reader.locator("[data-said]")).to_contain_text("Saved")
    other.reload()
    expect(other.locator(NOTE)).to_have_value("From this tab")


def test_a_note_typed_without_a_connection_is_sent_when_it_is_back(reader: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    reader.locator(NOTE).fill("Typed in the tunnel")
    expect(reader.locator("[data-said]")).to_contain_text("Kept in this browser")
    with reader.expect_response("**/note"):
        context.set_offline(False)
    expect(reader.locator("[data-said]")).to_contain_text("Saved")


def test_notes_of_two_pages_closed_without_a_connection_are_both_there_later(
    reader: Page, context: BrowserContext
) -> None:
    pages = [context.new_page(), context.new_page()]
    for page in pages:
        page.goto("/course/bridges")
    context.set_offline(True)
    for page, words in zip(pages, ("Typed in the one", "Typed in the other"), strict=True):
        page.locator(NOTE).fill(words)
        expect(page.locator("[data-said]")).to_contain_text("Kept in this browser")
    kept = "Object.values(localStorage).filter(kept => kept.includes('Typed in the'))"
    assert len(reader.evaluate(kept)) == 2
    for page in pages:
        page.close()
    context.set_offline(False)
    reader.goto("/course/bridges")
    expect(reader.locator("[data-said]")).not_to_be_empty()
    shown = reader.locator(NOTE).input_value() + reader.locator("#notes").inner_text()
    assert "Typed in the one" in shown
    assert "Typed in the other" in shown


def signed_in_elsewhere(chromium: Browser, live: Live) -> list[Any]:
    """Ben's cookies from another browser: an answer under way here could bring the old session's back."""
    elsewhere = chromium.new_context(base_url=live.url)
    other = elsewhere.new_page()
    sign_in(other, "ben@example.org")
    other.wait_for_url("**/today")
    cookies = [dict(cookie) for cookie in elsewhere.cookies()]
    elsewhere.close()
    return cookies


def end_newest_session(live: Live) -> None:
    """Whoever signed in last is signed in no more, whatever cookie comes later."""
    from app.db import db
    from app.models import Session

    with live.app.app_context():
        newest = db.session.scalars(select(Session).order_by(Session.id.desc()).limit(1)).one()
        newest.ended_at = newest.created_at
        db.session.commit()
        db.session.remove()


def test_a_page_from_before_the_last_sign_in_saves_without_being_loaded_again(
    reader: Page, context: BrowserContext, chromium: Browser, live: Live
) -> None:
    cookies = signed_in_elsewhere(chromium, live)
    context.clear_cookies()
    context.add_cookies(cookies)
    reader.locator(NOTE).fill("Typed in the older page")
    expect(reader.locator("[data-said]")).to_contain_text("Saved")
    reader.reload()
    expect(reader.locator(NOTE)).to_have_value("Typed in the older page")


def test_a_note_outlives_a_session_that_ran_out(
    reader: Page, context: BrowserContext, chromium: Browser, live: Live
) -> None:
    end_newest_session(live)
    reader.locator(NOTE).fill("Typed after the session had gone")
    expect(reader.locator("[data-said]")).to_contain_text("You have been signed out")
    context.add_cookies(signed_in_elsewhere(chromium, live))
    with reader.expect_response("**/note"):
        reader.reload()
    expect(reader.locator(NOTE)).to_have_value("Typed after the session had gone")


def test_arrow_keys_turn_the_page_but_not_while_typing(reader: Page) -> None:
    reader.locator(NOTE).press("ArrowRight")
    expect(reader).to_have_url(f"{reader.url}")
    reader.locator("h1").click()
    reader.keyboard.press("ArrowRight")
    expect(reader.locator("h1")).not_to_have_text("Contact or connect?")
