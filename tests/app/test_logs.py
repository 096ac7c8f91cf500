"""The log: one object a line, with its request, and nothing that people typed."""

import io
import json
import logging
import re
import sys
from typing import Any

import pytest

from app import create_app, logs
from app.db import db, engine_options
from tests.app.scene import CANARY, scene
from tests.cast import Cast


@pytest.fixture
def lines(app: Any) -> Any:
    """What an application that logs as in production writes, read line by line; and that application's browser."""
    made = create_app({**{key: app.config[key] for key in app.config if key.isupper()}, "LOGS": "json"})
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.Json())
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.INFO)
    made.test_client_class = app.test_client_class
    with made.app_context():
        yield made, lambda: [json.loads(line) for line in written.getvalue().splitlines()]
        db.session.remove()
        db.engine.dispose()
    root.removeHandler(handler)
    root.setLevel(level)
    logs.access.disabled = True


def formatted(message: str, *args: object, **given: Any) -> dict[str, Any]:
    record = logging.LogRecord("connect", logging.INFO, "x.py", 1, message, args, given.get("exc_info"))
    text = logs.Json().format(record)
    assert "\n" not in text
    found: dict[str, Any] = json.loads(text)
    return found


def test_a_request_is_a_line_with_its_route_and_never_its_address(lines: Any) -> None:
    app, read = lines
    app.test_client().get("/reset/a-very-secret-token?next=/sought")
    (line,) = [line for line in read() if line["log"] == "connect.access"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/reset/<token>", 404)
    assert line["ms"] >= 0
    assert "secret" not in json.dumps(read())
    assert "sought" not in json.dumps(read())


def test_an_address_that_is_no_route_is_not_written_down(lines: Any) -> None:
    app, read = lines
    app.test_client().get("/no-such-secret")
    (line,) = [line for line in read() if line["log"] == "connect.access"]
    assert line["status"] == 404
    assert "no-such-secret" not in json.dumps(read())


@pytest.mark.parametrize("sent", ["a-proxys-own.name_1", "0123456789abcdef"])
def test_a_requests_name_is_taken_over_from_a_proxy_and_given_back(lines: Any, sent: str) -> None:
    app, read = lines
    answer = app.test_client().get("/healthz", headers={"X-Request-Id": sent})
    assert answer.headers["X-Request-Id"] == sent
    assert {line["request"] for line in read()} == {sent}


@pytest.mark.parametrize(
    "sent", ["short", "x" * 65, 'quote"inside-it', "a space in it", "{json: true}", "ünïcødé-name", ""]
)
def test_a_name_that_is_not_well_formed_is_replaced(lines: Any, sent: str) -> None:
    app, _ = lines
    answer = app.test_client().get("/healthz", headers={"X-Request-Id": sent.encode().decode("latin-1")})
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-Id"])


def test_refused_and_broken_requests_have_their_line_and_their_name_too(lines: Any) -> None:
    app, read = lines
    answer = app.test_client().get("/healthz", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert answer.headers["X-Request-Id"]
    assert [line["status"] for line in read() if line["log"] == "connect.access"] == [400]


def test_a_security_event_has_its_own_fields_and_the_name_of_its_request(lines: Any, cast: Cast) -> None:
    app, read = lines
    browser = app.test_client()
    browser.send("/sign-in", {"email": "ada@example.org", "password": "connect before you count"})
    (line,) = [line for line in read() if line["log"] == "connect.security"]
    assert (line["event"], line["person"]) == ("signed in", cast.ada.id)
    assert line["request"] in {line["request"] for line in read() if line["log"] == "connect.access"}
    assert "ada@" not in json.dumps(read())


def test_nothing_that_people_typed_is_in_the_log_of_reading_everything(lines: Any, cast: Cast) -> None:
    app, read = lines
    scene(cast)
    browser = app.test_client().sign_in(cast.ada)
    for page in ("/practice/", "/people/", "/roi/", "/settings", f"/practice/?q={CANARY}"):
        browser.get(page)
    assert len([line for line in read() if line["log"] == "connect.access"]) >= 5
    assert CANARY not in json.dumps(read())


def test_a_line_break_begins_no_line_of_its_own() -> None:
    told = formatted("mail %s", 'a\n{"event": "signed in"}\r\u2028')
    assert told["message"] == 'mail a\n{"event": "signed in"}\r\u2028'


def test_addresses_and_secrets_are_taken_out_whoever_put_them_in() -> None:
    token = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE"
    told = formatted("550 no such user <ada@example.org>, link https://x.example/reset/%s", token)
    assert told["message"] == "550 no such user <<address>>, link https://x.example/reset/<secret>"


def test_a_fault_is_told_by_its_kind_and_place_and_not_by_its_words() -> None:
    try:
        int("what somebody typed")
    except ValueError:
        told = formatted("unexpected fault", exc_info=sys.exc_info())
    assert told["fault"]["kind"] == "ValueError"
    assert "test_logs.py" in told["fault"]["where"][0]
    assert "typed" not in json.dumps(told)


def test_the_database_is_told_to_keep_rows_out_of_its_errors() -> None:
    assert engine_options("sqlite://")["hide_parameters"]
    assert engine_options("postgresql+psycopg://x")["hide_parameters"]
