"""Tries at the second step: counted in turn; of many at one moment one gets in; a recovery code works once."""

import logging
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.access import PER_ACCOUNT, PER_PAIR, WINDOW, digest, new_token
from app.clock import DAY
from app.db import db
from app.models import Attempt, Mail, Person, RecoveryCode, Token
from app.people.step_views import NO_RECOVERY, TOO_MANY_CODES, TOO_MANY_RECOVERIES
from tests.app.people.codes import RECOVERY, code, factor_of, live, password, recover, step, with_factor
from tests.browsing import Browser
from tests.cast import NOON, PASSWORD, Cast, save

Clock = Callable[[Any], None]
NEVER = "000000"


@pytest.fixture
def tess(cast: Cast) -> Person:
    return with_factor(cast.tess)


def at_once(app: Any, path: str, typed: str, browsers: list[Browser]) -> list[int]:
    """The answers of browsers that post the same code at one moment."""
    barrier, answers = threading.Barrier(len(browsers)), []
    sent = [{"csrf_token": browser.csrf(), "code": typed} for browser in browsers]
    db.session.commit()

    def use(browser: Browser, data: dict[str, str]) -> None:
        barrier.wait()
        answers.append(browser.post(path, data=data).status_code)

    threads = [threading.Thread(target=use, args=pair) for pair in zip(browsers, sent, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def half_in(app: Any, count: int) -> list[Browser]:
    browsers = [app.test_client() for _ in range(count)]
    assert {password(browser).status_code for browser in browsers} == {303}
    return browsers


def test_of_four_browsers_with_one_code_at_once_one_gets_in(app: Any, tess: Person) -> None:
    assert at_once(app, "/sign-in/code", code(), half_in(app, 4)) == [303, 422, 422, 422]
    assert live(tess) == 1


def test_of_four_browsers_with_one_recovery_code_at_once_one_gets_in(app: Any, tess: Person) -> None:
    assert at_once(app, "/sign-in/recovery", RECOVERY, half_in(app, 4)) == [303, 422, 422, 422]
    assert live(tess) == 1


def test_tries_at_one_moment_are_counted_one_after_the_other(app: Any, tess: Person) -> None:
    answers = at_once(app, "/sign-in/code", NEVER, half_in(app, PER_PAIR + 3))
    assert answers == [422] * PER_PAIR + [429] * 3


def test_codes_are_limited_and_the_owner_has_other_ways(app: Any, tess: Person, client: Browser, at: Clock) -> None:
    password(client)
    for _ in range(PER_PAIR):
        assert step(client, NEVER).status_code == 422
    answer = step(client, code())
    assert (answer.status_code, TOO_MANY_CODES in answer.text) == (429, True)
    assert live(tess) == 0
    assert recover(client).status_code == 303


def guessed(times: int, at: Any = NOON) -> None:
    """Codes that strangers with the password tried from elsewhere."""
    row = {"kind": "second step", "account": digest("tess@example.org"), "address": digest("203.0.113.9"), "at": at}
    db.session.add_all(Attempt(**row) for _ in range(times))
    db.session.commit()


def test_codes_from_anywhere_are_counted_over_a_day(tess: Person, client: Browser, at: Clock) -> None:
    guessed(PER_ACCOUNT)
    at(NOON + 2 * WINDOW)
    password(client)
    assert step(client, code(NOON + 2 * WINDOW)).status_code == 429
    at(NOON + DAY)
    password(client)
    assert step(client, code(NOON + DAY)).status_code == 303


def test_a_new_password_by_mail_lifts_what_strangers_used_up_and_asks_for_the_code(
    app: Any, tess: Person, client: Browser
) -> None:
    thief, token = app.test_client(), new_token()
    password(thief)
    guessed(PER_ACCOUNT)
    save(Token(purpose="reset", person_id=tess.id, token_hash=digest(token), expires_at=NOON + DAY))
    answer = client.send(f"/reset/{token}", {"new": "tiny gravel kettles"})
    assert (answer.status_code, answer.location) == (303, "/sign-in/code")
    assert live(tess) == 0
    assert "Begin with your password" in thief.get("/sign-in/code").text
    assert step(client, code()).status_code == 303


@pytest.mark.parametrize(
    "typed", [RECOVERY, RECOVERY.upper(), RECOVERY.replace("-", " "), f" {RECOVERY.replace('-', '')} "]
)
def test_a_recovery_code_lets_in_however_it_is_typed(tess: Person, client: Browser, typed: str) -> None:
    password(client)
    answer = recover(client, typed)
    assert (answer.status_code, answer.location) == (303, "/home")
    assert "That recovery code is used up; 0 are left." in client.get("/settings/").text
    assert db.session.scalar(select(Mail.subject)) == "A recovery code was used"


def test_a_recovery_code_works_once(app: Any, tess: Person, client: Browser) -> None:
    password(client)
    recover(client)
    other = app.test_client()
    password(other)
    answer = recover(other)
    assert (answer.status_code, NO_RECOVERY in answer.text) == (422, True)


def test_somebody_elses_recovery_code_is_none(tess: Person, cast: Cast, client: Browser) -> None:
    with_factor(cast.tom, recovery="abcd-efgh-jkmn-pqrs")
    password(client)
    assert recover(client, "abcd-efgh-jkmn-pqrs").status_code == 422
    assert db.session.scalar(select(func.count()).where(RecoveryCode.used_at.is_not(None))) == 0


def test_recovery_codes_are_limited(tess: Person, client: Browser) -> None:
    password(client)
    for _ in range(PER_PAIR):
        assert recover(client, "abcd-efgh-jkmn-pqrs").status_code == 422
    answer = recover(client)
    assert (answer.status_code, TOO_MANY_RECOVERIES in answer.text) == (429, True)


@pytest.mark.parametrize("typed", ["", "   ", "x" * 61, "\x00", "----"])
def test_what_is_no_recovery_code_is_refused(tess: Person, client: Browser, typed: str) -> None:
    password(client)
    assert recover(client, typed).status_code == 422


def test_a_secret_sealed_under_another_key_lets_nobody_in_but_by_recovery(
    app: Any, tess: Person, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    factor = factor_of(tess)
    assert factor
    factor.secret = "gAAAAAB" + "x" * 100
    password(client)
    assert step(client, code()).status_code == 422
    assert recover(client).status_code == 303


def test_each_step_is_logged_without_its_secret(
    tess: Person, client: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "connect.security"):
        client.send("/sign-in", {"email": "tess@example.org", "password": "not the password"})
        password(client)
        step(client, NEVER)
        recover(client, "abcd-efgh-jkmn-pqrs")
        recover(client)
    events = [record.getMessage() for record in caplog.records]
    told = (
        "sign-in failed",
        "password fits",
        "second factor failed",
        "recovery code failed",
        "recovery code used",
        "signed in",
    )
    assert [sum(f'"event": "{words}' in event for event in events) for words in told] == [1] * 6
    assert not [event for event in events if RECOVERY in event or NEVER in event or PASSWORD in event]
