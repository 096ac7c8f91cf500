"""A site under fault: a database with learners in it, and the server process that is killed and started again."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from app.config import database_url
from app.db import engine_options
from bench.load import once, request
from bench.servers import free_port
from tests.faults.nursery import Nursery

KEY = "for tests of faults only, and long enough for one"


@dataclass(frozen=True)
class Learner:
    """Somebody's browser: the cookie that signs them in, and a token for their forms."""

    cookie: str
    token: str


@dataclass
class Site:
    """One database and, while it lives, the process that serves it."""

    url: str
    folder: Path
    nursery: Nursery
    port: int = field(default_factory=free_port)
    pid: int | None = None

    @property
    def environment(self) -> dict[str, str]:
        places = {"MAIL_FOLDER": str(self.folder / "mail"), "TOMBSTONES": str(self.folder / "tombstones")}
        return {"CONNECT_ENV": "testing", "DATABASE_URL": self.url, "SECRET_KEY": KEY, **places}

    def start(self, *, within: float = 30) -> float:
        """Start the server; the seconds until it answered."""
        began = time.monotonic()
        self.pid = self.nursery.serve(port=self.port, environment=self.environment)
        while time.monotonic() - began < within:
            try:
                once(self.port, request("GET", "/accessibility", port=self.port))
            except OSError:
                time.sleep(0.01)
            else:
                return time.monotonic() - began
        raise RuntimeError(f"the server did not answer within {within} seconds")

    def end(self, number: int = 9) -> int:
        """Kill the server, or ask it to end; its exit code."""
        assert self.pid
        pid, self.pid = self.pid, None
        return self.nursery.end(pid, number)

    def gone(self) -> None:
        """Kill the server if there is one."""
        if self.pid:
            self.end()

    def ask(self, sent: bytes) -> tuple[int, str]:
        """One request on a connection of its own: the status, and all that was answered."""
        status, answer = once(self.port, sent)
        return status, answer.decode()

    def page(self, path: str, who: Learner | None = None) -> tuple[int, str]:
        return self.ask(request("GET", path, port=self.port, cookie=who.cookie if who else ""))

    def asked(self, statement: str, **given: Any) -> list[Any]:
        """Rows of the database, read beside the server."""
        with beside(self.url) as engine, engine.connect() as connection:
            return list(connection.execute(text(statement), given))


@contextmanager
def beside(url: str) -> Iterator[Engine]:
    """An engine of our own beside the server's."""
    url = database_url(url)
    options = {key: value for key, value in engine_options(url).items() if key in {"module", "connect_args"}}
    engine = create_engine(url, poolclass=NullPool, **options)
    try:
        yield engine
    finally:
        engine.dispose()


def settled(site: Site, learners: int) -> list[Learner]:
    """Migrate the site's database and let learners into it."""
    code = site.nursery.migrate(to="head", environment=site.environment)
    assert code == 0, f"the migration ended with {code}"
    from app import clock, create_app
    from app.db import db
    from tests import cast
    from tests.browsing import Browser

    app = create_app({"SQLALCHEMY_DATABASE_URI": database_url(site.url), "SECRET_KEY": KEY, "ENV": "testing"})
    app.test_client_class = Browser
    with app.app_context():
        today = clock.now().date()
        cohort = cast.cohort("autumn", starts_on=today - 7 * clock.DAY, ends_on=today + 60 * clock.DAY)
        found = []
        for number in range(learners):
            who = cast.person(f"learner-{number}@example.org", confirmed_at=clock.now())
            cast.enrol(who, cohort, confirmed_at=clock.now())
            browser = app.test_client().sign_in(who)
            token = browser.csrf()
            found.append(Learner(f"connect={browser.get_cookie('connect').value}", token))
        db.session.remove()
        db.engine.dispose()
    return found
