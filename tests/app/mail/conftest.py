"""The mail server that the application is set to, and mails to send."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select

from app.db import db
from app.mail import Letter, enqueue
from app.models import Mail
from tests.app.mail.server import Server, serving


@pytest.fixture
def server(app: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serving() as listening:
        monkeypatch.setitem(app.config, "SMTP", listening.address)
        yield listening


@pytest.fixture
def put(app: Any) -> Callable[..., None]:
    """Enqueue a mail and commit it."""

    def enqueued(key: str = "welcome-1", **given: Any) -> None:
        letter = Letter(
            given.pop("subject", "Your seat"),
            given.pop("body", "A seat:\n\nhttp://x.example/1"),
            given.pop("kind", "confirm"),
        )
        enqueue(letter, **{"key": key, "to": f"{key}@example.org", **given})
        db.session.commit()

    return enqueued


@pytest.fixture
def kept(app: Any) -> Callable[..., Mail]:
    """The mail of a key, as it is kept now."""

    def found(key: str = "welcome-1") -> Mail:
        db.session.rollback()
        return db.session.scalars(select(Mail).where(Mail.key == key)).one()

    return found
