"""Who is let through to what, and how long a session speaks for somebody."""

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from itsdangerous import TimestampSigner
from sqlalchemy import select, update

from app.access import SESSION_KEY, digest, hash_password, new_token, password_fits, same_origin
from app.clock import DAY
from app.db import db
from app.models import Attempt, Person, Session
from tests.browsing import Browser
from tests.cast import NOON, PASSWORD, PASSWORD_HASH, TODAY, Cast, cohort, enrol, person

Browsers = Callable[[Any], Browser]
# A page that everybody who is signed in may open, whoever they are, and that asks the database for nothing else.
PAGE = "/sign-out"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/today", "/today"),
        ("/course/?q=a&b=c", "/course/?q=a&b=c"),
        ("/today?", "/today"),
        ("/a//b", "/a//b"),
        ("/people/?to=https://evil.example", "/people/?to=https://evil.example"),
        (None, None),
        ("", None),
        ("today", None),
        ("https://evil.example", None),
        ("http:evil.example", None),
        ("//evil.example", None),
        ("///evil.example", None),
        ("/\\evil.example", None),
        ("/a\\b", None),
        ("\\\\evil.example", None),
        ("/\tevil", None),
        ("/\r\nSet-Cookie: a=b", None),
        ("/ evil", None),
        ("\x00/today", None),
        ("javascript:alert(1)", None),
    ],
)
def test_only_a_path_of_ours_is_followed(target: str | None, expected: str | None) -> None:
    assert same_origin(target) == expected


# Who is admitted by each audience, by their names in the cast.
ADMITTED = {
    "public": {"visitor", "ada", "tess", "olga"},
    "signed in": {"ada", "tess", "olga"},
    "learner": {"ada"},
    "trainer": {"tess"},
    "operator": {"olga"},
}


@pytest.mark.parametrize("who", ["visitor", "ada", "tess", "olga"])
@pytest.mark.parametrize("audience", ADMITTED)
def test_each_audience_admits_its_own(
    app: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch, browser_of: Browsers, audience: str, who: str
) -> None:
    monkeypatch.setattr(app.view_functions["people.link_sent"], "audience", audience)
    browser = app.test_client() if who == "visitor" else browser_of(getattr(cast, who))
    answer = browser.get("/forgot/sent")
    if who in ADMITTED[audience]:
        assert answer.status_code == 200
    elif who == "visitor":
        assert (answer.status_code, answer.location) == (302, "/sign-in?next=/forgot/sent")
    else:
        assert answer.status_code == 404


def test_a_view_without_an_audience_answers_nobody(
    app: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch, browser_of: Browsers
) -> None:
    monkeypatch.delattr(app.view_functions["people.link_sent"], "audience")
    for browser in (app.test_client(), browser_of(cast.ada), browser_of(cast.olga)):
        assert browser.get("/forgot/sent").status_code == 404


def test_an_unknown_audience_admits_nobody(
    app: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch, browser_of: Browsers
) -> None:
    monkeypatch.setattr(app.view_functions["people.link_sent"], "audience", "everybody")
    assert browser_of(cast.olga).get("/forgot/sent").status_code in {404, 500}


def test_a_visitor_who_posts_is_asked_to_sign_in_and_led_to_no_form(client: Browser) -> None:
    answer = client.send("/settings/profile", {"name": "Eve"})
    assert (answer.status_code, answer.location) == (302, "/sign-in")


def test_the_question_is_kept_on_the_way_through_signing_in(client: Browser) -> None:
    assert client.get("/settings/?a=b&c=d").location == "/sign-in?next=/settings/?a%3Db%26c%3Dd"


def test_who_is_asking_is_found_with_one_query(cast: Cast, browser_of: Browsers, queries: list[str]) -> None:
    ada = browser_of(cast.ada)
    queries.clear()
    assert ada.get(PAGE).status_code == 200
    assert len(queries) == 1


# Sessions


def age_cookie(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Let the cookies that are there have been set so long ago."""
    real = TimestampSigner.get_timestamp
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda signer: real(signer) + int(by.total_seconds()))


@pytest.mark.parametrize(("idle", "status"), [(13 * DAY, 200), (14 * DAY + timedelta(minutes=1), 302)])
def test_a_browser_that_stays_away_for_a_fortnight_is_signed_out(
    cast: Cast, browser_of: Browsers, monkeypatch: pytest.MonkeyPatch, idle: timedelta, status: int
) -> None:
    ada = browser_of(cast.ada)
    age_cookie(monkeypatch, idle)
    assert ada.get(PAGE).status_code == status


def test_every_visit_begins_the_fortnight_anew(
    cast: Cast, browser_of: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = browser_of(cast.ada)
    for _ in range(3):
        with monkeypatch.context() as later:
            age_cookie(later, 10 * DAY)
            assert ada.get(PAGE).status_code == 200


@pytest.mark.parametrize(("after", "status"), [(60 * DAY - timedelta(seconds=1), 200), (60 * DAY, 302)])
def test_a_session_ends_after_sixty_days_however_often_it_is_used(
    cast: Cast, client: Browser, at: Callable[[datetime], None], after: timedelta, status: int
) -> None:
    client.send("/sign-in", {"email": "ada@example.org", "password": PASSWORD})
    assert client.get(PAGE).status_code == 200
    at(NOON + after)
    assert client.get(PAGE).status_code == status


def test_an_ended_session_speaks_for_nobody(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of(cast.ada)
    db.session.execute(update(Session).values(ended_at=NOON))
    assert ada.get(PAGE).status_code == 302


def test_a_disabled_person_is_out_at_once(cast: Cast, browser_of: Browsers) -> None:
    ada, ben = browser_of(cast.ada), browser_of(cast.ben)
    db.session.execute(update(Person).where(Person.id == cast.ada.id).values(disabled_at=NOON))
    assert (ada.get(PAGE).status_code, ben.get(PAGE).status_code) == (302, 200)


@pytest.mark.parametrize("token", ["", "x", "1", "\x00", "🔑", None])
def test_a_made_up_token_speaks_for_nobody(app: Any, cast: Cast, token: Any) -> None:
    browser = app.test_client()
    with browser.session_transaction() as kept:
        kept[SESSION_KEY] = token
    assert browser.get(PAGE).status_code == 302


def test_the_hash_that_is_kept_is_no_token(app: Any, cast: Cast, browser_of: Browsers) -> None:
    browser_of(cast.ada)
    browser = app.test_client()
    with browser.session_transaction() as kept:
        kept[SESSION_KEY] = db.session.scalar(select(Session.token_hash))
    assert browser.get(PAGE).status_code == 302


def test_a_cookie_signed_with_another_key_is_nobodys(app: Any, cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of(cast.ada)
    cookie = ada.get_cookie("connect")
    assert cookie
    value = cookie.value[:-4] + ("AAAA" if not cookie.value.endswith("AAAA") else "BBBB")
    forged = app.test_client()
    forged.set_cookie("connect", value)
    assert forged.get(PAGE).status_code == 302


def test_the_cookie_is_for_this_site_and_not_for_scripts(cast: Cast, client: Browser) -> None:
    cookie = client.send("/sign-in", {"email": "ada@example.org", "password": PASSWORD}).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Domain=" not in cookie


def test_pages_opened_at_once_after_signing_in_share_their_form_token(cast: Cast, client: Browser) -> None:
    client.send("/sign-in", {"email": "ada@example.org", "password": PASSWORD})
    with client.session_transaction() as kept:
        first = kept["csrf_token"]
    client.get(PAGE)
    with client.session_transaction() as kept:
        assert kept["csrf_token"] == first


# What a person studies


def studied(app: Any, who: Person) -> str | None:
    """The slug of the cohort that the person's pages are about."""
    browser = app.test_client().sign_in(who)
    with browser.session_transaction() as kept:
        token = kept[SESSION_KEY]
    with app.test_request_context():
        from app.access import load

        asking = load(token)
        return asking.cohort.slug if asking and asking.cohort else None


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ({}, None),
        ({"a": "waiting"}, None),
        ({"a": "offered"}, None),
        ({"a": "withdrawn"}, None),
        ({"a": "confirmed"}, "a"),
        ({"a": "completed"}, "a"),
        ({"a": "confirmed", "b": "waiting"}, "a"),
        ({"a": "confirmed", "b": "completed"}, "a"),
        ({"a": "completed", "b": "confirmed"}, "b"),
        ({"a": "confirmed", "b": "confirmed"}, "b"),
        ({"a": "completed", "b": "completed"}, "b"),
    ],
)
def test_a_learner_studies_in_the_running_cohort_before_a_finished_one(
    app: Any, places: dict[str, str], expected: str | None
) -> None:
    who = person("eva@example.org")
    for weeks, (slug, status) in enumerate(places.items()):
        enrol(who, cohort(slug, starts_on=TODAY - timedelta(weeks=9 - weeks)), status)
    assert studied(app, who) == expected


def test_who_left_a_confirmed_seat_may_read_on(app: Any) -> None:
    who = person("eva@example.org")
    enrol(who, cohort("a"), "withdrawn", confirmed_at=NOON)
    assert studied(app, who) == "a"


# Secrets


def test_a_password_fits_its_own_hash_only() -> None:
    assert password_fits(PASSWORD_HASH, PASSWORD)
    assert not password_fits(PASSWORD_HASH, PASSWORD + " ")
    assert not password_fits(None, "nobody has this password")
    assert not password_fits("not a hash", PASSWORD)
    assert PASSWORD not in hash_password(PASSWORD)


def test_a_token_has_256_bits_and_is_kept_as_its_digest() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(len(token) == 43 for token in tokens)
    assert digest("a") == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def test_the_security_log_is_json_and_tells_no_secret(
    cast: Cast, client: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "connect.security")
    client.send("/sign-in", {"email": "ada@example.org", "password": PASSWORD})
    client.send(PAGE)
    events = [json.loads(record.message) for record in caplog.records if record.name == "connect.security"]
    assert [event["event"] for event in events] == ["signed in", "signed out"]
    assert all(event["at"].startswith("2026-11-24T12:00") and event["person"] == cast.ada.id for event in events)
    assert not [secret for secret in (PASSWORD, "ada@", "argon2") if secret in caplog.text]


def test_attempts_name_neither_account_nor_address(cast: Cast, client: Browser) -> None:
    client.send("/sign-in", {"email": "ada@example.org", "password": "not the password"})
    row = db.session.scalars(select(Attempt)).one()
    assert (row.account, row.address, row.at) == (digest("ada@example.org"), digest("127.0.0.1"), NOON)
