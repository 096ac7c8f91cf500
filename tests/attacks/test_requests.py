"""Requests that no page of ours makes: foreign hosts, borrowed headers, other methods, bodies and cookies bent."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.app.examples import Route, routes
from tests.app.test_permissions import expected
from tests.attacks.stage import ACTORS, Stage, browser_of, rows_now

EVIL = "evil.example"
HOSTS = (
    *(EVIL, f"localhost.{EVIL}", f"localhost@{EVIL}", f"{EVIL}:80", f"localhost:80@{EVIL}", f"{EVIL}#localhost"),
    *("", "localhost:port", "localhost/..", "[::1", "127.0.0.1.nip.example", "local host", "%6cocalhost", "a" * 300),
)
BORROWED = (
    *({"X-Forwarded-Host": EVIL}, {"X-Forwarded-Proto": "javascript"}, {"X-Forwarded-For": EVIL}, {"X-Host": EVIL}),
    *({"Forwarded": f"host={EVIL};proto=https"}, {"X-Original-URL": "/operator/mail"}, {"X-Rewrite-URL": f"//{EVIL}"}),
    *({"X-Forwarded-Prefix": f"//{EVIL}"}, {"Referer": f"https://{EVIL}/"}, {"Origin": f"https://{EVIL}"}),
    *({"X-Forwarded-Port": "0"}, {"X-Remote-User": "olga"}, {"Authorization": "Basic b2xnYTpvbGdh"}),
)
METHODS = ("PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "FOO")
MULTIPART = "multipart/form-data; boundary=edge"
PART = b'--edge\r\nContent-Disposition: form-data; name="name"\r\n\r\nAda\r\n'
BODIES: tuple[tuple[str, bytes], ...] = (
    ("application/json", b'{"name": "x", "is_operator": true}'),
    ("application/json", b"{" * 20_000),
    ("text/xml", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
    ("text/plain", b"csrf_token=x"),
    ("", b"name=x"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"n\x00a\x00=\x00x\x00"),
    ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % number for number in range(40_000))),
    ("application/x-www-form-urlencoded", b"%ff=%ff&%00=%00&=&&==&%"),
    ("application/x-www-form-urlencoded", b"a=" + b"x" * 600_000),
    ("multipart/form-data", PART),
    ("multipart/form-data; boundary=", PART),
    ("multipart/form-data; boundary=" + "e" * 5_000, PART),
    (MULTIPART, b""),
    (MULTIPART, PART),
    (MULTIPART, PART * 600 + b"--edge--\r\n"),
    (MULTIPART, b"--edge\r\n\r\nno head\r\n--edge--"),
    (
        MULTIPART,
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="../../x\x00.png"\r\n\r\nx\r\n--edge--',
    ),
    (
        MULTIPART,
        b'--edge\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n=\r\n--edge--',
    ),
    (MULTIPART, b"--edge\r\n" + b"X: y\r\n" * 20_000),
)

# These are about HTTP alone: one database is enough.
once = pytest.mark.parametrize("engine_name", ["sqlite"])


def let_in(app: Any, stage: Stage, actor: str) -> list[Route]:
    with app.test_request_context():
        return [route for route in routes(app, stage.shown) if expected(route, actor) == "let in"]


@once
def test_no_host_but_ours_is_answered_and_no_borrowed_header_is_believed(
    app: Any, stage: Stage, monkeypatch: Any
) -> None:
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", ["localhost"])
    wrong, visitor, pages = [], app.test_client(), [route.url for route in let_in(app, stage, "visitor") if route.reads]
    before = rows_now()
    for url in [*pages, "/settings/", "/operator/mail", "/static/", "/nowhere"]:
        for host in HOSTS:
            answer = visitor.get(url, headers={"Host": host})
            if answer.status_code not in {400, 308} and host:
                wrong.append(f"{url} for {host}: {answer.status_code}")
            wrong += [
                f"{url} for {host} speaks of it" for _only in [0] if EVIL in answer.text + (answer.location or "")
            ]
        for headers in BORROWED:
            answer = visitor.get(url, headers=headers)
            if (
                answer.status_code >= 500
                or EVIL in answer.text + str(answer.headers)
                or "javascript:" in str(answer.headers)
            ):
                wrong.append(f"{url} with {headers}: {answer.status_code}")
    assert not wrong
    assert rows_now() == before


@once
@pytest.mark.parametrize("actor", ["visitor", "ada", "tess", "olga"])
def test_no_other_method_does_anything_and_none_is_put_in_the_place_of_another(
    app: Any, stage: Stage, actor: str
) -> None:
    before, wrong, asking = rows_now(), [], browser_of(app, actor)
    for route in let_in(app, stage, actor):
        for method in METHODS:
            if method not in route.methods:
                answer = asking.open(route.url, method=method, data={"csrf_token": asking.csrf()})
                wrong += [f"{method} {route.url}: {answer.status_code}" for _one in [0] if answer.status_code != 405]
        if route.reads:
            for query in ("_method=POST", "_method=DELETE"):
                answer = asking.get(f"{route.url}?{query}", headers={"X-HTTP-Method-Override": "POST"})
                wrong += [f"{route.url}?{query}: {answer.status_code}" for _one in [0] if answer.status_code >= 405]
    assert not wrong
    assert rows_now() == before


@once
@pytest.mark.parametrize("actor", ACTORS)
def test_no_body_of_another_kind_breaks_or_writes_anything(app: Any, stage: Stage, actor: str) -> None:
    before, wrong = rows_now(), []
    mine = [route for route in let_in(app, stage, actor) if route.unsafe]
    for place, route in enumerate(mine if actor != "olga" else mine[-4:]):
        for kind, body in BODIES[place % 3 :: 3]:
            answer = browser_of(app, actor).post(route.url, data=body, content_type=kind)
            if answer.status_code >= 500 or answer.status_code < 400:
                wrong.append(f"{route.url} with {kind[:40]} {body[:40]!r}: {answer.status_code}")
    assert not wrong
    assert rows_now() == before


def bent(cookie: str) -> Iterator[str]:
    """A signed cookie with something wrong about it."""
    body, time, sign = cookie.rsplit(".", 2)
    yield from (
        f"{body}.{time}",
        f"{body}.{time}.",
        f".{time}.{sign}",
        f"{body}.{sign}.{time}",
        body,
        "",
        "..",
        "a.b.c",
        "null",
    )
    yield from (
        f".{cookie}",
        f"{cookie}.",
        cookie.swapcase(),
        cookie[1:],
        cookie[:-1],
        "x" * 5_000,
        f'"{cookie}',
        "eyJ9.e30.x",
    )
    for place in range(0, len(cookie), 7):
        yield cookie[:place] + ("B" if cookie[place] == "A" else "A") + cookie[place + 1 :]


@once
def test_a_cookie_that_was_bent_is_nobodys(app: Any, stage: Stage) -> None:
    name, wrong = app.config["SESSION_COOKIE_NAME"], []
    kept = browser_of(app, "olga").get_cookie(name)
    assert kept is not None
    for cookie in {*bent(kept.value)} - {kept.value}:
        visitor = app.test_client(use_cookies=False)
        for url in ("/operator/mail", "/settings/", "/today"):
            answer = visitor.get(url, headers={"Cookie": f"{name}={cookie}"})
            if answer.status_code != 302 or not (answer.location or "").startswith("/sign-in"):
                wrong.append(f"{url} with {cookie[:40]}: {answer.status_code}")
    assert not wrong
    assert browser_of(app, "olga").get("/operator/mail").status_code == 200
