"""Scripts stored in everything that somebody can type, and every page of every role opened: none of them ever runs."""

from itertools import cycle
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import String, Text, text, update

from app.db import Base, db
from app.privacy.declarations import TABLES
from tests.attacks.corpus import family
from tests.browser.conftest import Live
from tests.browser.lookers import Looker

pytestmark = pytest.mark.xdist_group("browser")

# Text that is typed, but is no text: what holds rows together, or is one of few words.
CHOSEN = {"email", "slug", "currency", "time_zone", "theme", "kind", "uid", "digest", "browser", "recipient", "domain"}
WATCH = "window.ran = []; window.pwn = () => window.ran.push(document.currentScript?.outerHTML ?? 'somewhere')"
ROLES = ("a visitor", "a learner with one of everything, and long names", "a trainer of two", "the operator")


def takes_words(table: Any, column: Any) -> bool:
    """Whether a column holds what somebody typed, in their own words."""
    declared = TABLES[table.name].columns[column.name].kind
    free = declared in {"words", "identity", "course"} and column.name not in CHOSEN
    return free and isinstance(column.type, String | Text) and not column.unique and not column.foreign_keys


def seed() -> int:
    """Put a script into every column of words, another one each; how many columns took one."""
    scripts, taken = cycle(family("scripts")), 0
    for table in Base.metadata.sorted_tables:
        if table.name in {"audit", "content", "badge_key"}:
            continue
        for column in (column for column in table.c if takes_words(table, column)):
            script = next(scripts)[: getattr(column.type, "length", None) or 500]
            try:
                with db.session.begin_nested():
                    db.session.execute(update(table).where(column != "").values({column.name: script}))
                taken += 1
            except Exception:
                # One of few words, or one of its kind: nobody types it.
                continue
    db.session.commit()
    return taken


@pytest.fixture
def seeded(live: Live, everybody: dict[str, Looker]) -> Any:
    """The scripts in place; afterwards everything is again as it was."""
    with live.app.app_context():
        kept = {
            table: [dict(row) for row in db.session.execute(table.select()).mappings()]
            for table in Base.metadata.sorted_tables
        }
        db.session.rollback()
        taken = seed()
        yield taken
        db.session.execute(text("PRAGMA defer_foreign_keys = ON"))
        put_back(kept)
        db.session.remove()


def put_back(kept: dict[Any, list[dict[str, Any]]]) -> None:
    for table, rows in kept.items():
        changed = [column.name for column in table.c if takes_words(table, column)]
        keys = [column.name for column in table.primary_key]
        for row in rows if changed and table.name != "audit" else ():
            same = [table.c[key] == row[key] for key in keys]
            db.session.execute(update(table).where(*same).values({name: row[name] for name in changed}))
    db.session.commit()


def watched(page: Page, heard: list[str]) -> Page:
    page.add_init_script(WATCH)
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    page.on("dialog", lambda dialog: heard.append(f"{page.url}: {dialog.message}"))
    page.on(
        "console", lambda said: heard.append(f"{page.url}: {said.text}") if "Content Security" in said.text else None
    )
    page.on(
        "request", lambda sent: heard.append(f"{page.url} asked {sent.url}") if "evil.example" in sent.url else None
    )
    return page


def test_no_script_that_somebody_typed_ever_runs(
    chromium: Browser, live: Live, everybody: dict[str, Looker], seeded: int
) -> None:
    assert seeded > 25
    shown, heard = 0, list[str]()
    for name in ROLES:
        context = chromium.new_context(base_url=live.url)
        if cookie := everybody[name].cookie:
            named = live.app.config["SESSION_COOKIE_NAME"]
            context.add_cookies([{"name": named, "value": cookie, "url": live.url}])
        page = watched(context.new_page(), heard)
        for address in everybody[name].pages:
            if "." in address.rpartition("/")[2] or address.endswith("/export"):
                continue
            answer = page.goto(address, wait_until="domcontentloaded")
            if answer and answer.status >= 500:
                heard.append(f"{address}: {answer.status}")
            heard += [f"{address} ran {where}" for where in page.evaluate("window.ran ?? []")]
            shown += page.content().count("pwn")
        context.close()
    assert heard == []
    assert shown > 50


def test_a_script_that_does_run_would_be_seen(chromium: Browser, live: Live) -> None:
    context, heard = chromium.new_context(base_url=live.url), list[str]()
    page = watched(context.new_page(), heard)
    page.route("**/unguarded", lambda route: route.fulfill(body="<script>pwn()</script>", content_type="text/html"))
    page.goto("/unguarded")
    assert len(page.evaluate("window.ran")) == 1
    page.goto("/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: 'pwn()' }))")
    assert page.evaluate("window.ran") == []
    context.close()
    assert ["Content Security" in each for each in heard] == [True]
