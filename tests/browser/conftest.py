"""A real server and a real Chromium for the journeys: one server a worker, with the demo in it."""

import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from waitress.server import create_server

from tests import databases
from tests.chromium import ARGS, installed
from tests.conftest import settings_for

if TYPE_CHECKING:
    from tests.browser.lookers import Looker


@dataclass(frozen=True)
class Live:
    """A running application: where it is, and where its mails land."""

    url: str
    mail: Path
    app: Any

    def send_mail(self) -> list[str]:
        """Send what is due, as the worker would; the plain words of all mails so far, oldest first."""
        from app.mail import send_due

        with self.app.app_context():
            while send_due():
                pass
        mails = [
            message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(self.mail.glob("*.eml"))
        ]
        return [f"To: {mail['To']}\n\n{mail.get_body(('plain',)).get_content()}" for mail in mails]

    def newest_link(self, part: str, *, to: str = "") -> str:
        """The last link in the mails, or in those to an address, that holds the part."""
        mine = [text for text in self.send_mail() if text.startswith(f"To: {to}")]
        return str(re.findall(rf"{self.url}/{part}/\S+", "\n".join(mine))[-1])


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The application with the demo in it, served by waitress."""
    from alembic import command

    from app import create_app
    from app.commands import alembic
    from app.db import db
    from app.demo import seed

    folder = tmp_path_factory.mktemp("live")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    given = {**settings_for(databases.sqlite_url(folder), folder), "BASE_URL": url, "ENV": "development"}
    app = create_app(given)
    with app.app_context():
        command.upgrade(alembic(), "head")
        seed()
        db.session.remove()
    server = create_server(app, host="127.0.0.1", port=port, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Live(url=url, mail=folder / "mail", app=app)
    server.close()
    thread.join(timeout=10)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def everybody(live: Live) -> "dict[str, Looker]":
    """Who looks at the pages, by what they are, signed in already."""
    from tests.browser.lookers import lookers

    return lookers(live)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=installed(), args=ARGS)
    yield started
    started.close()


@pytest.fixture
def context(chromium: Browser, live: Live) -> Iterator[BrowserContext]:
    """A phone."""
    made = chromium.new_context(base_url=live.url, viewport={"width": 390, "height": 844}, has_touch=True)
    made.set_default_timeout(8000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page that fails its test on a script's error or on anything the content policy forbids."""
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if "Content Security Policy" in said.text else None)
    page.troubles = troubles  # type: ignore[attr-defined]
    return page


def sign_in(page: Page, email: str, password: str = "connect before you count") -> None:
    """Sign in through the form."""
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
