"""Signing in tells nobody who is here, counts every try, and is undone by signing out."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from app import access
from app.access import PER_ACCOUNT, PER_ADDRESS, PER_PAIR, SESSION_KEY, WINDOW, digest
from app.db import db
from app.forms import STALE
from app.models import Attempt, Person, Session
from app.people import actions
from app.people.views import TOO_MANY_SIGN_INS, WRONG
from tests.browsing import Browser
from tests.cast import NOON, PASSWORD, Cast, person

ADA = "ada@example.org"
WRONG_START = WRONG[:20]


def try_in(browser: Browser, email: str = ADA, password: str = PASSWORD, **options: Any) -> Any:
    return browser.send("/sign-in", {"email": email, "password": password}, **options)


def bare(text: str) -> str:
    """A page without the tokens that differ from one copy to the next."""
    return re.sub(r'(name="(?:csrf_token|once)"[^>]*value=")[^"]*', r"\1", text)


def tries() -> int:
    return db.session.scalar(select(func.count()).select_from(Attempt)) or 0


def sessions_of(who: Any, *, live: bool = True) -> int:
    found = select(func.count()).select_from(Session).where(Session.person_id == who.id)
    return db.session.scalar(found.where(Session.ended_at.is_(None)) if live else found) or 0


def test_the_right_password_lets_in_and_leads_home(cast: Cast, client: Browser) -> None:
    answer = try_in(client)
    assert (answer.status_code, answer.location) == (303, "/home")
    assert client.get("/sign-out").status_code == 200


@pytest.mark.parametrize("email", [" Ada@Example.ORG ", "ADA@EXAMPLE.ORG"])
def test_an_address_is_known_however_it_is_typed(cast: Cast, client: Browser, email: str) -> None:
    assert try_in(client, email).status_code == 303


def test_who_is_signed_in_is_led_home(cast: Cast, browser_of: Callable[[Any], Browser]) -> None:
    answer = browser_of(cast.ada).get("/sign-in?next=/settings/")
    assert (answer.status_code, answer.location) == (303, "/home")


def test_the_way_on_is_kept_through_the_form(cast: Cast, client: Browser) -> None:
    assert 'action="/sign-in?next=/settings/"' in client.get("/sign-in?next=/settings/").text
    answer = client.send("/sign-in?next=/settings/", {"email": ADA, "password": PASSWORD})
    assert answer.location == "/settings/"


@pytest.mark.parametrize(
    "hostile",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "evil.example",
        "https:evil.example",
        "http:///evil.example",
        "@evil.example",
        "",
    ],
)
def test_nobody_is_sent_to_another_site(cast: Cast, client: Browser, hostile: str) -> None:
    answer = client.send("/sign-in", {"email": ADA, "password": PASSWORD}, query_string={"next": hostile})
    assert (answer.status_code, answer.location) == (303, "/home")


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the hasher was asked to verify."""
    seen: list[str] = []

    class Spy:
        def verify(self, kept: str, password: str) -> bool:
            seen.append(kept)
            return real.verify(kept, password)

    real = access.hasher
    monkeypatch.setattr(access, "hasher", Spy())
    return seen


def test_a_known_and_an_unknown_address_answer_the_same_bytes_after_the_same_work(
    cast: Cast, client: Browser, hashed: list[str]
) -> None:
    person("dis@example.org", disabled_at=NOON)
    person("new@example.org", password_hash=None)
    pages = set()
    for email, password in (
        (ADA, "not the password"),
        ("non@example.org", "not the password"),
        ("dis@example.org", PASSWORD),
        ("new@example.org", PASSWORD),
        ("new@example.org", "nobody has this password"),
    ):
        hashed.clear()
        answer = try_in(client, email, password)
        assert len(hashed) == 1
        pages.add(
            (answer.status_code, bare(answer.text).replace(email, "somebody"), str(answer.headers.get_all("Vary")))
        )
    assert len(pages) == 1
    assert answer.status_code == 422
    assert WRONG_START in answer.text


def test_the_message_stands_beside_the_password_with_another_way(cast: Cast, client: Browser) -> None:
    page = try_in(client, password="not the password").text
    assert re.search(r'id="password-wrong">That address and password', page)
    assert 'href="/forgot"' in page
    assert f'value="{ADA}"' in page
    assert "not the password" not in page


@pytest.mark.parametrize(
    ("email", "password", "words"),
    [
        ("", PASSWORD, "Write your e-mail address."),
        ("   ", PASSWORD, "Write your e-mail address."),
        ("ada", PASSWORD, "Write the whole address"),
        ("a" * 250 + "@example.org", PASSWORD, "at most 254 characters"),
        (ADA, "", "Write your password."),
    ],
)
def test_what_is_missing_is_said_and_not_counted(
    cast: Cast, client: Browser, email: str, password: str, words: str
) -> None:
    answer = try_in(client, email, password)
    assert answer.status_code == 422
    assert words in answer.text
    assert tries() == 0


@pytest.mark.parametrize(
    "email", ["ada@example.org\x00", "'; DROP TABLE person; --@x", '"><script>alert(1)</script>@x']
)
def test_a_hostile_address_is_only_an_address(cast: Cast, client: Browser, email: str) -> None:
    answer = try_in(client, email, "\x00\r\n" + "x" * 100_000)
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text


def test_a_stale_page_keeps_the_address(cast: Cast, client: Browser) -> None:
    answer = try_in(client, "ada@example.org", "not the password")
    answer = client.send("/sign-in", {"csrf_token": "stale", "email": ADA, "password": PASSWORD})
    assert answer.status_code == 422
    assert STALE in answer.text
    assert f'value="{ADA}"' in answer.text
    assert sessions_of(cast.ada) == 0


def test_a_double_click_signs_in_once(app: Any, cast: Cast, client: Browser) -> None:
    sent = {"email": ADA, "password": PASSWORD, "csrf_token": client.csrf(), "once": "one"}
    before = client.get_cookie("connect")
    assert before is not None
    other = app.test_client()
    other.set_cookie("connect", before.value)
    assert [client.post("/sign-in", data=sent).location, other.post("/sign-in", data=sent).location] == ["/home"] * 2
    assert sessions_of(cast.ada) == 1


def test_signing_in_again_ends_the_session_before(cast: Cast, client: Browser) -> None:
    try_in(client)
    first = client.get_cookie("connect")
    client.send("/sign-in", {"email": "ben@example.org", "password": PASSWORD})
    second = client.get_cookie("connect")
    assert first
    assert second
    assert first.value != second.value
    assert (sessions_of(cast.ada), sessions_of(cast.ben)) == (0, 1)


def test_a_token_planted_before_signing_in_is_worth_nothing_after(app: Any, cast: Cast, client: Browser) -> None:
    with client.session_transaction() as kept:
        kept[SESSION_KEY] = "planted"
        kept["left over"] = "from before"
    try_in(client)
    with client.session_transaction() as kept:
        assert "left over" not in kept
        assert kept[SESSION_KEY] != "planted"
        token = kept[SESSION_KEY]
    assert db.session.scalar(select(Session.token_hash)) == digest(token) != token


def test_signing_out_asks_first(cast: Cast, browser_of: Callable[[Any], Browser]) -> None:
    ada = browser_of(cast.ada)
    assert "Sign out in this browser?" in ada.get("/sign-out").text
    assert ada.get("/settings/").status_code == 200
    assert ada.post("/sign-out").status_code == 422
    assert sessions_of(cast.ada) == 1


def test_an_old_cookie_brings_nothing_back_after_signing_out(app: Any, cast: Cast, client: Browser) -> None:
    try_in(client)
    old = client.get_cookie("connect")
    assert old is not None
    assert client.send("/sign-out").status_code == 303
    thief = app.test_client()
    thief.set_cookie("connect", old.value)
    for browser in (client, thief):
        answer = browser.get("/settings/")
        assert (answer.status_code, answer.location) == (302, "/sign-in?next=/settings/")


def counted(email: str, here: str, times: int) -> None:
    """Tries that failed already."""
    row = {"kind": "sign in", "account": digest(email), "address": digest(here)}
    db.session.add_all(Attempt(**row) for _ in range(times))
    db.session.commit()


HERE, THERE = "127.0.0.1", "203.0.113.9"


@pytest.mark.parametrize(
    ("email", "here", "limit"),
    [(ADA, HERE, PER_PAIR), ("somebody@example.org", HERE, PER_ADDRESS), (ADA, THERE, PER_ACCOUNT)],
)
def test_tries_are_limited_by_pair_by_address_and_by_account(
    cast: Cast, client: Browser, email: str, here: str, limit: int
) -> None:
    counted(email, here, limit - 1)
    assert try_in(client, password="not the password").status_code == 422
    assert tries() == limit
    answer = try_in(client)
    assert answer.status_code == 429
    assert TOO_MANY_SIGN_INS in answer.text
    assert 'href="/forgot"' in answer.text
    assert tries() == limit + 1


def test_a_limit_on_one_pair_leaves_the_owner_elsewhere_alone(cast: Cast, client: Browser) -> None:
    counted(ADA, THERE, PER_PAIR)
    assert try_in(client).status_code == 303


def test_a_limit_passes(cast: Cast, client: Browser, at: Callable[[Any], None]) -> None:
    counted(ADA, HERE, PER_PAIR)
    at(NOON + WINDOW - timedelta(seconds=1))
    assert try_in(client).status_code == 429
    at(NOON + 2 * WINDOW)
    assert try_in(client).status_code == 303


def test_an_unknown_address_is_limited_as_a_known_one(cast: Cast, client: Browser) -> None:
    counted("non@example.org", HERE, PER_PAIR)
    counted(ADA, HERE, PER_PAIR)
    pages = {bare(try_in(client, email).text).replace(email, "") for email in ("non@example.org", ADA)}
    assert len(pages) == 1


def test_a_class_can_sign_in_from_one_room(cast: Cast, client: Browser) -> None:
    try_in(client, password="not the password")
    try_in(client)
    assert tries() == 0


def test_a_password_that_is_changed_while_it_is_checked_lets_nobody_in(
    cast: Cast, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = cast.ada.id

    def changed(kept: str, password: str) -> bool:
        row = update(Person).where(Person.id == ada).values(password_hash="another")
        db.session.execute(row.execution_options(synchronize_session=False))
        return access.password_fits(kept, password)

    monkeypatch.setattr(actions, "password_fits", changed)
    assert client.send("/sign-in", {"email": ADA, "password": PASSWORD}).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Session)) == 0
