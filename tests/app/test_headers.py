"""Every answer carries the headers that keep foreign content out; personal ones are kept by no cache."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.app.examples import routes
from tests.app.scene import scene
from tests.cast import Cast

NEVER = ("unsafe-inline", "unsafe-eval", "*", "http:", "https:")


@pytest.mark.parametrize("path", ["/", "/no-such-page", "/sign-in", "/static/css/tokens.css", "/today"])
def test_every_answer_is_protected(client: Any, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert not [word for word in NEVER if word in policy]
    for part in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "img-src 'self' data:"):
        assert part in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_personal_page_is_kept_by_no_cache(browser_of: Callable[[Any], Any], cast: Cast) -> None:
    assert browser_of(cast.ada).get("/today").headers["Cache-Control"] == "no-store"


def test_what_a_secret_in_the_address_opens_is_kept_by_no_cache(app: Any, client: Any, cast: Cast) -> None:
    shown = scene(cast)
    named = {rule.endpoint for rule in app.url_map.iter_rules() if "token" in rule.arguments}
    with app.test_request_context():
        secret = {route.url for route in routes(app, shown) if route.endpoint in named and route.reads}
    assert len(secret) >= 8
    found = {url: client.get(url).headers["Cache-Control"] for url in (*secret, "/sign-in/code")}
    assert set(found.values()) == {"no-store"}, found


def test_an_error_on_a_personal_page_is_kept_by_no_cache(browser_of: Callable[[Any], Any], cast: Cast) -> None:
    assert browser_of(cast.ada).get("/no-such-page").headers["Cache-Control"] == "no-store"


def test_strict_transport_is_asked_for_behind_tls_only(client: Any) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers
    assert "max-age" in client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"]


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example"])
def test_a_foreign_host_name_is_refused(client: Any, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 400


def test_a_static_file_may_be_kept_for_a_year_by_its_hash(client: Any) -> None:
    assert "max-age=31536000" in client.get("/static/css/tokens.css").headers["Cache-Control"]
