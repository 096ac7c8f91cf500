"""The log: one JSON object a line in production, with the request it belongs to, and nothing that people typed.

Exceptions are told by their kind and where they happened. Their messages stay out: a database's quotes the row, a
conversion's the text that somebody typed.
"""

import json
import logging
import re
import traceback
import uuid
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from flask import Flask, Response, request

access = logging.getLogger("connect.access")

# What a proxy in front may call a request; anything else could write into the log what it likes.
WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
# What has no place in a log, whoever put it there: addresses of people, and everything that looks like a secret.
MAIL_ADDRESS = re.compile(r"[^\s@<>\"'(),;:]+@[^\s@<>\"'(),;:]+")
SECRET = re.compile(r"[A-Za-z0-9_-]{40,}")
BEGAN = "connect.began"

request_id: ContextVar[str] = ContextVar("request_id", default="")


def identity(sent: str | None) -> str:
    """What this request is called: as a proxy called it, if that is well formed, else a name of our own."""
    return sent if sent and WELL_FORMED.fullmatch(sent) else uuid.uuid4().hex


class Traced:
    """Gives every request its name, around everything else, so that a fault anywhere has it too."""

    def __init__(self, wsgi_app: Callable[..., Iterable[bytes]]) -> None:
        self.wsgi_app = wsgi_app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ[BEGAN] = perf_counter()
        token = request_id.set(identity(environ.get("HTTP_X_REQUEST_ID")))
        try:
            return self.wsgi_app(environ, start_response)
        finally:
            request_id.reset(token)


class Json(logging.Formatter):
    """A record as one JSON object on one line. `extra={"about": …}` adds fields of its own in place of a message."""

    def format(self, record: logging.LogRecord) -> str:
        about: dict[str, Any] | None = getattr(record, "about", None)
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            "request": request_id.get() or None,
            **(about if about is not None else {"message": harmless(record.getMessage())}),
        }
        if record.exc_info and record.exc_info[1]:
            told["fault"] = fault(record.exc_info[1])
        # Line breaks become \n within the strings: no text can begin a line of its own.
        return json.dumps({name: value for name, value in told.items() if value is not None}, default=str)


def harmless(text: str) -> str:
    """The text without addresses and secrets."""
    return SECRET.sub("<secret>", MAIL_ADDRESS.sub("<address>", text))


def fault(error: BaseException) -> dict[str, Any]:
    """Of what kind an exception is, and where it came from: never what it says."""
    told: dict[str, Any] = {"kind": type(error).__name__}
    original = getattr(error, "orig", None)
    if original is not None:
        told["database"] = type(original).__name__
        told["code"] = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None)
    told["where"] = [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    if error.__cause__ is not None:
        told["because"] = fault(error.__cause__)
    return told


def duration() -> float:
    """Milliseconds since this request came in."""
    began: float = request.environ.get(BEGAN, perf_counter())
    return round((perf_counter() - began) * 1000, 1)


def tell(response: Response) -> Response:
    """A line for the request: the route's pattern and never its address, which may hold a secret or what was sought."""
    response.headers["X-Request-Id"] = request_id.get()
    rule = request.url_rule
    access.info(
        "request",
        extra={
            "about": {
                "method": request.method if rule else "?",
                "route": rule.rule if rule else None,
                "endpoint": request.endpoint,
                "status": response.status_code,
                "ms": duration(),
            }
        },
    )
    return response


def init_app(app: Flask) -> None:
    handler = logging.StreamHandler()
    as_json = app.config["LOGS"] == "json"
    handler.setFormatter(Json() if as_json else logging.Formatter("%(message)s"))
    # Does nothing where somebody has set the log up already, as the tests have.
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    # Whatever others set up: what we tell of is never left out.
    logging.getLogger("connect").setLevel(logging.INFO)
    # For a developer's terminal a line for each picture and style is noise.
    access.disabled = not as_json
    app.wsgi_app = Traced(app.wsgi_app)  # type: ignore[method-assign]
    app.after_request(tell)
