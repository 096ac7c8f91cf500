"""At a fair without a network: the log's form opens, keeps what is typed, and sends it once, later."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live
from tests.browser.lookers import Looker
from tests.browser.test_thumb import Thumb, entries, signed_in

pytestmark = pytest.mark.xdist_group("browser")

ADA, BEN = "a learner eight months in", "a learner who has just begun"
# All that a store of this phone holds.
STORE = """async (name) => {
  const database = await new Promise((found) => {
    const asked = indexedDB.open("practice", 1);
    asked.onsuccess = () => found(asked.result);
  });
  const asked = database.transaction(name).objectStore(name).getAll();
  const all = await new Promise((found) => { asked.onsuccess = () => found(asked.result); });
  database.close();
  return all;
}"""
CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.push([new URL(request.url).pathname, await (await cache.match(request)).text()]);
    }
  }
  return found;
}"""
# Until localStorage says so of a key; the policy forbids what Playwright would wait with.
SAYS = """async ([key, value]) => {
  while (localStorage.getItem(key) !== value) await new Promise(requestAnimationFrame);
  return true;
}"""
READY = """async () => {
  await navigator.serviceWorker.ready;
  if (navigator.serviceWorker.controller) return;
  await new Promise((taken) => navigator.serviceWorker.addEventListener("controllerchange", taken, { once: true }));
}"""


@pytest.fixture
def phone(page: Page, context: BrowserContext, live: Live, everybody: dict[str, Looker]) -> Iterator[Page]:
    """The phone of a learner who has opened the log once with a network. No script fails on it."""
    signed_in(context, live, everybody[ADA])
    page.goto("/practice/")
    page.evaluate(READY)
    yield page
    assert page.troubles == []  # type: ignore[attr-defined]


def store(page: Page, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(STORE, name)
    return found


def kept_words(page: Page) -> Any:
    return page.locator("[data-kept-words]")


def type_entry(page: Page, step: str = "") -> None:
    thumb = Thumb(page)
    # Without a network the form shows once it is filled.
    expect(page.locator("form.entry")).to_be_visible()
    thumb.choose("Who", thumb.someone())
    thumb.rate()
    page.get_by_label("What happens next, and who does it").fill(step)


def keep_one(page: Page, context: BrowserContext, step: str = "") -> None:
    """Open the form without a network and keep an entry on the phone."""
    context.set_offline(True)
    page.goto("/practice/")
    type_entry(page, step)
    page.get_by_role("button", name="Keep on this phone").tap()
    expect(kept_words(page)).to_contain_text("Kept on this phone: one entry. To be sent when there is a network.")


def test_an_entry_written_without_a_network_is_kept_and_sent_once(phone: Page, context: BrowserContext) -> None:
    before = entries(phone)
    keep_one(phone, context, "I bring the valve to the fair")
    phone.reload()
    expect(kept_words(phone)).to_contain_text("Kept on this phone: one entry.")
    expect(phone.get_by_label("What happens next, and who does it")).to_have_value("")
    context.set_offline(False)
    expect(kept_words(phone)).to_contain_text("Sent: one entry that this phone had kept.")
    assert store(phone, "queue") == []
    for _ in range(2):
        phone.goto("/practice/")
        assert entries(phone) == before + 1


def test_what_waits_is_sent_from_the_next_page_that_opens(phone: Page, context: BrowserContext) -> None:
    before = entries(phone)
    keep_one(phone, context)
    phone.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto("/today")
    assert again.evaluate(SAYS, ["practice-waiting", "0"])
    again.goto("/practice/")
    assert entries(again) == before + 1


def test_a_form_that_was_open_when_the_network_went_is_kept_too(phone: Page, context: BrowserContext) -> None:
    before = entries(phone)
    type_entry(phone, "She rings on Monday")
    # As at a fair: the phone believes that it is connected.
    phone.evaluate("Object.defineProperty(navigator, 'onLine', { get: () => true })")
    context.set_offline(True)
    phone.get_by_role("button", name="Log practice").tap()
    expect(phone.get_by_role("button", name="Keep on this phone")).to_be_visible()
    expect(kept_words(phone)).to_contain_text("Kept on this phone: one entry.")
    expect(phone.get_by_label("What happens next, and who does it")).to_have_value("")
    context.set_offline(False)
    expect(kept_words(phone)).to_contain_text("Sent: one entry")
    phone.goto("/practice/")
    assert entries(phone) == before + 1


def test_an_answer_that_was_lost_on_its_way_writes_nothing_twice(phone: Page, context: BrowserContext) -> None:
    before = entries(phone)
    keep_one(phone, context)
    (kept,) = store(phone, "queue")
    context.set_offline(False)
    expect(kept_words(phone)).to_contain_text("Sent: one entry")
    phone.evaluate(
        """(entry) => new Promise((done) => {
          const asked = indexedDB.open("practice", 1);
          asked.onsuccess = () => {
            const turn = asked.result.transaction("queue", "readwrite");
            turn.objectStore("queue").put(entry);
            turn.oncomplete = () => { asked.result.close(); done(); };
          };
        })""",
        kept,
    )
    phone.goto("/practice/")
    expect(kept_words(phone)).to_contain_text("Sent: one entry")
    phone.goto("/practice/")
    assert entries(phone) == before + 1


def test_an_expired_session_keeps_everything_and_asks_to_sign_in(
    phone: Page, context: BrowserContext, live: Live, everybody: dict[str, Looker]
) -> None:
    before = entries(phone)
    keep_one(phone, context, "He looks at the flange")
    context.clear_cookies()
    context.set_offline(False)
    expect(kept_words(phone)).to_contain_text("Sign in, and they will be sent.")
    phone.locator("[data-sign-in]").tap()
    expect(phone.get_by_role("heading", name="Sign in")).to_be_visible()
    assert len(store(phone, "queue")) == 1
    signed_in(context, live, everybody[ADA])
    phone.goto("/practice/")
    expect(kept_words(phone)).to_contain_text("Sent: one entry")
    phone.goto("/practice/")
    assert entries(phone) == before + 1


def test_what_the_server_refuses_is_shown_in_its_words_and_put_right(phone: Page, context: BrowserContext) -> None:
    before = entries(phone)
    context.set_offline(True)
    phone.goto("/practice/")
    type_entry(phone, "We meet at stand nine")
    phone.get_by_text("Day, promise, exercise or a note").tap()
    phone.get_by_label("Day", exact=True).fill("2199-01-01")
    phone.get_by_role("button", name="Keep on this phone").tap()
    context.set_offline(False)
    expect(kept_words(phone)).to_contain_text("Not taken, and kept here: one entry.")
    expect(phone.locator(".kept li")).to_contain_text("That day is still to come.")
    phone.get_by_role("button", name="Put right").tap()
    expect(phone.get_by_role("button", name="Log practice")).to_be_visible()
    expect(phone.get_by_label("What happens next, and who does it")).to_have_value("We meet at stand nine")
    phone.get_by_label("Day", exact=True).fill("")
    phone.get_by_role("button", name="Log practice").tap()
    expect(phone.get_by_text("Logged: ")).to_be_visible()
    assert phone.evaluate(SAYS, ["practice-waiting", "0"])
    assert store(phone, "queue") == []
    assert entries(phone) == before + 1


def test_what_an_entry_lacks_is_said_before_it_is_kept(phone: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    phone.goto("/practice/")
    phone.get_by_role("button", name="Keep on this phone").tap()
    expect(kept_words(phone)).to_contain_text("Still to say before it can be kept: Who, Personal, Two-way, About them")
    assert store(phone, "queue") == []


def test_the_aliases_go_when_somebody_signs_out_or_another_signs_in(
    phone: Page, context: BrowserContext, live: Live, everybody: dict[str, Looker]
) -> None:
    assert "Brouwer" in store(phone, "book")[0]["aliases"]
    context.clear_cookies()
    phone.goto("/sign-in")
    assert phone.evaluate(SAYS, ["practice-kept-for", None])
    assert store(phone, "book") == []
    context.set_offline(True)
    phone.goto("/practice/")
    expect(phone.get_by_text("This phone knows nobody yet.")).to_be_visible()
    expect(phone.get_by_role("button", name="Keep on this phone")).to_be_hidden()


def test_what_one_learner_kept_is_never_sent_as_anothers(
    phone: Page, context: BrowserContext, live: Live, everybody: dict[str, Looker]
) -> None:
    before = entries(phone)
    keep_one(phone, context, "For nobody else to read")
    context.clear_cookies()
    signed_in(context, live, everybody[BEN])
    context.set_offline(False)
    phone.goto("/practice/")
    expect(kept_words(phone)).to_contain_text("This phone also keeps one entry of somebody else")
    (waiting,), (book,) = store(phone, "queue"), store(phone, "book")
    assert waiting["person"] != book["person"]
    assert "For nobody else to read" not in phone.content()
    context.clear_cookies()
    signed_in(context, live, everybody[ADA])
    phone.goto("/practice/")
    expect(kept_words(phone)).to_contain_text("Sent: one entry")
    phone.goto("/practice/")
    assert entries(phone) == before + 1


def test_the_cache_holds_the_same_for_everybody_and_nothing_of_anybody(phone: Page) -> None:
    cached = dict(phone.evaluate(CACHED))
    assert "/practice/offline" in cached
    assert all(path == "/practice/offline" or re.match(r"/static/", path) for path in cached)
    assert not [path for path, text in cached.items() if "Brouwer" in text or "ada@example" in text]
    assert 'data-reader=""' in cached["/practice/offline"]
