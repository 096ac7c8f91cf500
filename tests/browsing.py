"""A test client that posts as a page would: with its CSRF token and a once-only key."""

import secrets
from collections.abc import Iterable, Iterator
from contextvars import Context
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from app import clock
from app.access import SESSION_KEY, digest, new_token
from app.db import db
from app.models import Person, Session


def sent_apart(app: Any) -> Any:
    """The application as a server has it: an answer's body is read once the request and its contexts are gone.

    The tests' own context would lend the body what it has not got on a server.
    """

    def apart(body: Iterable[bytes]) -> Iterator[bytes]:
        context, pieces = Context(), iter(body)
        try:
            while (piece := context.run(next, pieces, None)) is not None:
                yield piece
        finally:
            context.run(getattr(body, "close", lambda: None))

    return lambda environ, start_response: apart(app(environ, start_response))


class Browser(FlaskClient):
    """One browser of one person or visitor."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        """One request in a context of its own, as a server gives it: nobody is taken for who asked before.

        What the test wrote is committed first, so that its open transaction can't hold the request up.
        """
        if has_app_context():
            db.session.commit()
        # Buffered, so that a served file is closed again.
        with self.application.app_context():
            return super().open(*args, **{"buffered": True, **options})

    def csrf(self) -> str:
        """A token that fits this browser's session."""
        with self.session_transaction() as kept:
            raw = kept.setdefault("csrf_token", secrets.token_hex(20))
        serializer = URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token")
        return str(serializer.dumps(raw))

    def send(self, url: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Post a form as its page would."""
        sound = {"csrf_token": self.csrf(), "once": secrets.token_urlsafe(12)}
        return self.post(url, data={**sound, **(data or {})}, **options)

    def sign_in(self, who: Person) -> "Browser":
        """Sign in without the form: its own tests are elsewhere."""
        token = new_token()
        row = Session(person_id=who.id, token_hash=digest(token), expires_at=clock.now() + 30 * clock.DAY)
        db.session.add(row)
        db.session.commit()
        with self.session_transaction() as kept:
            kept[SESSION_KEY] = token
            kept["_fresh"] = True
            kept.permanent = True
        return self
