"""The second step of signing in: before it nothing is reached, each code lets in once, tries are counted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.access import digest, new_token
from app.clock import DAY
from app.db import db
from app.models import Attempt, Person, Token
from app.people.factor_views import WRONG
from app.people.step_views import USED
from tests.app.people.codes import code, later, live, password, step, with_factor
from tests.browsing import Browser
from tests.cast import NOON, Cast, save

Clock = Callable[[Any], None]
NEVER = "000000"


@pytest.fixture
def tess(cast: Cast) -> Person:
    return with_factor(cast.tess)


def test_password_and_code_let_in(tess: Person, client: Browser) -> None:
    answer = password(client)
    assert (answer.status_code, answer.location) == (303, "/sign-in/code")
    page = client.get("/sign-in/code").text
    assert "Now the code" in page
    assert 'autocomplete="one-time-code"' in page
    answer = step(client, code())
    assert (answer.status_code, answer.location) == (303, "/home")
    assert client.get("/settings/").status_code == 200
    assert live(tess) == 1


def test_who_has_no_second_factor_is_asked_for_nothing_more(tess: Person, cast: Cast, client: Browser) -> None:
    assert password(client, "ada@example.org").location == "/home"
    assert client.get("/settings/").status_code == 200


def test_between_the_steps_nothing_is_reached(app: Any, tess: Person, client: Browser) -> None:
    password(client)
    assert live(tess) == 0
    closed = [rule for rule in app.url_map.iter_rules() if app.view_functions[rule.endpoint].audience != "public"]
    asked = [client.get(str(rule)) for rule in closed if not rule.arguments and "GET" in (rule.methods or ())]
    assert len(asked) > 20
    assert {(answer.status_code, answer.location.partition("?")[0]) for answer in asked} == {(302, "/sign-in")}


def test_the_token_between_the_steps_is_no_session(app: Any, tess: Person, client: Browser) -> None:
    password(client)
    with client.session_transaction() as kept:
        token = kept["second_step"]
    thief = app.test_client()
    with thief.session_transaction() as kept:
        kept["_user_id"] = token
    assert thief.get("/settings/").status_code == 302


def test_the_way_on_is_kept_through_both_steps(tess: Person, client: Browser) -> None:
    assert password(client, query_string={"next": "/settings/"}).location == "/sign-in/code?next=/settings/"
    assert 'action="/sign-in/code?next=/settings/"' in client.get("/sign-in/code?next=/settings/").text
    answer = client.send("/sign-in/code", {"code": code()}, query_string={"next": "/settings/"})
    assert answer.location == "/settings/"


def test_the_second_step_sends_nobody_to_another_site(tess: Person, client: Browser) -> None:
    password(client)
    answer = client.send("/sign-in/code", {"code": code()}, query_string={"next": "//evil.example"})
    assert answer.location == "/home"


def test_signing_in_as_somebody_else_ends_the_session_before_the_code(
    tess: Person, cast: Cast, browser_of: Callable[[Any], Browser]
) -> None:
    browser = browser_of(cast.ben)
    password(browser)
    assert live(cast.ben) == 0
    assert browser.get("/settings/").status_code == 302


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_clock_half_a_minute_off_lets_in(tess: Person, client: Browser, seconds: int) -> None:
    password(client)
    assert step(client, code(later(seconds))).status_code == 303


@pytest.mark.parametrize("seconds", [-90, -60, 60, 90, 3600])
def test_a_code_of_another_time_does_not(tess: Person, client: Browser, seconds: int) -> None:
    password(client)
    answer = step(client, code(later(seconds)))
    assert (answer.status_code, WRONG in answer.text) == (422, True)
    assert live(tess) == 0


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "12 34", "0" * 5000, "<b>1", "%00"]
)
def test_what_is_no_code_is_said_and_not_counted(tess: Person, client: Browser, typed: str) -> None:
    password(client)
    answer = step(client, typed)
    assert (answer.status_code, "code-wrong" in answer.text) == (422, True)
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_blanks_in_a_code_are_left_out(tess: Person, client: Browser) -> None:
    password(client)
    assert step(client, f" {code()[:3]} {code()[3:]} ").status_code == 303


def test_a_code_lets_in_once(app: Any, tess: Person, client: Browser) -> None:
    password(client)
    step(client, code())
    other = app.test_client()
    password(other)
    answer = step(other, code())
    assert (answer.status_code, USED in answer.text) == (422, True)
    assert live(tess) == 1


def test_a_code_from_before_the_last_one_lets_nobody_in(app: Any, tess: Person, client: Browser) -> None:
    password(client)
    assert step(client, code(later(30))).status_code == 303
    other = app.test_client()
    password(other)
    assert step(other, code()).status_code == 422
    assert step(other, code(later(-30))).status_code == 422


def test_one_step_in_two_copies_of_a_cookie_gives_one_session(app: Any, tess: Person, client: Browser) -> None:
    password(client)
    cookie = client.get_cookie("connect")
    assert cookie
    other = app.test_client()
    other.set_cookie("connect", cookie.value)
    assert step(client, code()).status_code == 303
    answer = step(other, code(later(30)))
    assert (answer.status_code, "Begin with your password" in answer.text) == (422, True)
    assert live(tess) == 1


def test_the_step_waits_ten_minutes(tess: Person, client: Browser, at: Clock) -> None:
    password(client)
    at(NOON + timedelta(minutes=9, seconds=59))
    assert "Now the code" in client.get("/sign-in/code").text
    at(NOON + timedelta(minutes=10))
    page = client.get("/sign-in/code")
    assert (page.status_code, "Begin with your password" in page.text) == (200, True)
    assert step(client, code(NOON + timedelta(minutes=10))).status_code == 422
    assert live(tess) == 0


@pytest.mark.parametrize("path", ["/sign-in/code", "/sign-in/recovery"])
def test_without_a_password_there_is_no_second_step(tess: Person, client: Browser, path: str) -> None:
    assert "Begin with your password" in client.get(path).text
    assert client.send(path, {"code": code()}).status_code == 422
    assert live(tess) == 0


@pytest.mark.parametrize("purpose", ["reset", "confirm", "address"])
def test_a_token_for_something_else_is_no_first_step(tess: Person, client: Browser, purpose: str) -> None:
    token = new_token()
    save(Token(purpose=purpose, person_id=tess.id, token_hash=digest(token), expires_at=NOON + DAY))
    with client.session_transaction() as kept:
        kept["second_step"] = token
    assert "Begin with your password" in client.get("/sign-in/code").text


def test_a_stale_page_says_so(tess: Person, client: Browser) -> None:
    password(client)
    assert step(client, code(), csrf_token="stale").status_code == 422
    assert live(tess) == 0


def test_somebody_disabled_between_the_steps_stays_out(tess: Person, client: Browser) -> None:
    password(client)
    tess.disabled_at = NOON
    db.session.commit()
    assert step(client, code()).status_code == 422
    assert live(tess) == 0
