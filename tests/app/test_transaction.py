"""One request is one transaction; a form's key makes a repeated post answer the same and write once."""

import threading
from typing import Any

import pytest
from sqlalchemy import func, select

from app.db import db
from app.models import Attempt, Once
from tests.app.scene import scene
from tests.browsing import Browser
from tests.cast import Cast


@pytest.fixture
def visitor(app: Any, probe: Any) -> Browser:
    probe.test_client_class = Browser
    probe.extensions["failures"]["left"] = 0
    browser: Browser = probe.test_client()
    return browser


def rows() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Attempt)) or 0


def test_a_post_that_succeeds_is_committed(visitor: Browser) -> None:
    assert visitor.send("/probe/write").status_code == 303
    assert rows() == 1


def test_a_post_that_answers_with_an_error_writes_nothing(visitor: Browser) -> None:
    assert visitor.send("/probe/refuse").status_code == 409
    assert rows() == 0


def test_a_fault_of_ours_writes_nothing_and_is_said_in_words(visitor: Browser) -> None:
    answer = visitor.send("/probe/broken")
    assert (answer.status_code, rows()) == (500, 0)
    assert "We made a mistake" in answer.text


def test_a_counted_attempt_stays_counted_though_the_answer_is_an_error(visitor: Browser) -> None:
    assert visitor.send("/probe/keep").status_code == 422
    assert rows() == 1


def test_nothing_is_committed_that_no_form_has_checked(visitor: Browser) -> None:
    assert visitor.send("/probe/unchecked").status_code == 400
    assert rows() == 0


@pytest.mark.parametrize("token", ["", "forged", None])
def test_a_post_without_its_csrf_token_writes_nothing(visitor: Browser, token: str | None) -> None:
    data = {} if token is None else {"csrf_token": token}
    assert visitor.post("/probe/write", data=data).status_code == 422
    assert rows() == 0


def test_a_get_cannot_write(visitor: Browser) -> None:
    assert visitor.get("/probe/get-writes").status_code in {500, 503}
    assert rows() == 0


def test_a_repeated_post_answers_the_same_and_writes_once(visitor: Browser) -> None:
    answers = [visitor.send("/probe/write", {"once": "the same key"}) for _ in range(3)]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/there")] * 3
    assert rows() == 1


def test_the_same_key_on_another_form_is_another_post(visitor: Browser) -> None:
    visitor.send("/probe/write", {"once": "key"})
    visitor.send("/probe/retry", {"once": "key"})
    assert rows() == 2


def test_somebody_elses_key_is_another_post(probe: Any, visitor: Browser) -> None:
    visitor.send("/probe/write", {"once": "key"})
    probe.test_client().send("/probe/write", {"once": "key"})
    assert rows() == 2


@pytest.mark.parametrize("path", ["/probe/refuse", "/probe/keep"])
def test_a_post_that_failed_gives_its_key_back(visitor: Browser, path: str) -> None:
    first = visitor.send(path, {"once": "key"})
    second = visitor.send(path, {"once": "key"})
    assert (first.status_code, first.text) == (second.status_code, second.text)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Once)) == 0


def test_a_double_click_writes_once(probe: Any, visitor: Browser) -> None:
    token, barrier, statuses = visitor.csrf(), threading.Barrier(8), []
    cookie = visitor.get_cookie("connect")
    assert cookie is not None

    def click() -> None:
        browser = probe.test_client()
        browser.set_cookie("connect", cookie.value)
        barrier.wait()
        statuses.append(browser.post("/probe/write", data={"csrf_token": token, "once": "one"}).location)

    threads = [threading.Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == ["/there"] * 8
    assert rows() == 1


@pytest.mark.parametrize(("failures", "status", "written"), [(1, 303, 1), (3, 303, 1), (4, 503, 0)])
def test_the_view_runs_again_where_the_database_asks_for_it(
    probe: Any, visitor: Browser, failures: int, status: int, written: int
) -> None:
    probe.extensions["failures"]["left"] = failures
    assert visitor.send("/probe/retry", {"once": "key"}).status_code == status
    assert rows() == written


def test_a_route_without_an_audience_answers_nobody(visitor: Browser) -> None:
    assert visitor.get("/probe/undeclared").status_code == 404


def test_no_table_keeps_the_secret_of_an_address_and_a_repeated_post_leads_there_all_the_same(
    cast: Cast, client: Browser
) -> None:
    shown = scene(cast)
    for path in (f"/unsubscribe/{shown.unsubscribe}", f"/report/{shown.given}"):
        answers = [client.send(path, {"once": "the same key"}) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [303, 303], path
        led_to = {answer.location for answer in answers}
        assert len(led_to) == 1
        assert shown.unsubscribe in str(led_to) or shown.given in str(led_to)
    kept = db.session.scalars(select(Once.location)).all()
    assert len([location for location in kept if "{token}" in str(location)]) == 2
    assert not [location for location in kept if shown.unsubscribe in str(location) or shown.given in str(location)]
