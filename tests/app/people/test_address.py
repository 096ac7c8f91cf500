"""A change of address: confirmed from the new mailbox, by its owner alone, with the password once more."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.access import PER_PAIR
from app.clock import DAY
from app.db import db
from app.models import Audit, Person, Token
from app.people.address_views import TOO_MANY
from app.people.proof import NOT_PRESENT
from tests.app.people.moving import NEW, OLD, address_of, ask, link, mails, moved
from tests.browsing import Browser
from tests.cast import NOON, PASSWORD, Cast, person

Browsers = Callable[[Any], Browser]
Clock = Callable[[Any], None]


def test_an_address_moves_by_the_link_in_its_mailbox(cast: Cast, browser_of: Browsers, client: Browser) -> None:
    ada, elsewhere = browser_of(cast.ada), browser_of(cast.ada)
    path = link(ada)
    assert (mails()[-1].recipient, address_of(cast.ada)) == (NEW, OLD)
    assert f"You then sign in with {NEW}" in ada.get(path).text
    assert address_of(cast.ada) == OLD
    answer = ada.send(path)
    assert (answer.status_code, answer.location) == (303, "/settings/")
    assert f'<p class="muted">{NEW}</p>' in ada.get("/settings/").text
    assert elsewhere.get("/settings/").status_code == 302
    assert (mails()[-1].recipient, mails()[-1].subject) == (OLD, "Your account has another address now")
    assert client.send("/sign-in", {"email": NEW, "password": PASSWORD}).status_code == 303
    assert client.send("/sign-in", {"email": OLD, "password": PASSWORD}).status_code == 422
    assert db.session.scalar(select(Audit.what)) == "moved the address"


def test_the_answer_is_the_same_whoever_has_the_address(cast: Cast, browser_of: Browsers, queries: list[str]) -> None:
    person("gone@example.org", disabled_at=NOON)
    ada, seen, asked = browser_of(cast.ada), set(), []
    assert ask(ada, "first@example.org").status_code == 303
    ada.get("/settings/address")
    for email in ("free@example.org", "ben@example.org", "gone@example.org"):
        queries.clear()
        answer = ada.send("/settings/address", {"email": email, "current": PASSWORD})
        asked.append(list(queries))
        page = ada.get("/settings/address").text.replace(email, "somebody")
        bare = re.sub(r'(name="(?:csrf_token|once)"[^>]*value=")[^"]*', r"\1", page)
        seen.add((answer.status_code, answer.location, bare))
    assert len(seen) == 1
    assert asked[0] == asked[1] == asked[2]
    assert [mail.subject for mail in mails()][1:] == [
        "Confirm your new address",
        "This address has an account already",
        "This address has an account already",
    ]


def test_a_taken_address_gets_no_link_that_moves_anything(cast: Cast, browser_of: Browsers) -> None:
    ask(browser_of(cast.ada), cast.ben.email)
    assert "/settings/address/" not in mails()[-1].body


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("", "Write your e-mail address."),
        ("ada", "Write the whole address"),
        (OLD, "That is your address already."),
        ("ADA@example.org", "That is your address already."),
        ("a" * 250 + "@example.org", "at most 254 characters"),
        (f"{NEW}\nBcc: eve@example.org", "Write the whole address"),
    ],
)
def test_what_is_no_new_address_is_said(cast: Cast, browser_of: Browsers, email: str, words: str) -> None:
    answer = ask(browser_of(cast.ada), email)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert mails() == []


@pytest.mark.parametrize("current", ["", "not the password"])
def test_an_address_is_not_moved_without_the_password(cast: Cast, browser_of: Browsers, current: str) -> None:
    answer = ask(browser_of(cast.ada), current=current)
    assert answer.status_code == 422
    assert ("current-wrong" in answer.text, f'value="{NEW}"' in answer.text) == (True, True)
    assert (NOT_PRESENT in answer.text) is bool(current)
    assert mails() == []


def test_a_password_typed_a_moment_ago_is_not_asked_for_again(cast: Cast, client: Browser, at: Clock) -> None:
    client.send("/sign-in", {"email": OLD, "password": PASSWORD})
    assert 'name="current"' not in client.get("/settings/address").text
    assert client.send("/settings/address", {"email": NEW}).status_code == 303
    at(NOON + timedelta(minutes=10))
    answer = client.send("/settings/address", {"email": NEW})
    assert (answer.status_code, 'name="current"' in answer.text) == (422, True)


def test_links_are_limited(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of(cast.ada)
    for _ in range(PER_PAIR):
        assert ask(ada).status_code == 303
    answer = ask(ada)
    assert (answer.status_code, TOO_MANY in answer.text) == (429, True)
    assert len(mails()) == PER_PAIR


def test_a_newer_link_ends_the_older(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of(cast.ada)
    older, newer = link(ada), link(ada, "second@example.org")
    assert ada.get(older).status_code == 410
    assert ada.get(newer).status_code == 200


@pytest.mark.parametrize(("seconds", "status"), [(-1, 200), (0, 410)])
def test_a_link_runs_out_after_a_day(cast: Cast, browser_of: Browsers, at: Clock, seconds: int, status: int) -> None:
    ada = browser_of(cast.ada)
    path = link(ada)
    at(NOON + DAY + timedelta(seconds=seconds))
    assert ada.get(path).status_code == status
    assert ada.send(path).status_code == (303 if status == 200 else 410)
    assert (address_of(cast.ada) == NEW) is (status == 200)


def test_a_stranger_with_a_mistyped_mailbox_gets_nowhere(cast: Cast, browser_of: Browsers, client: Browser) -> None:
    path = link(browser_of(cast.ada))
    ben = browser_of(cast.ben)
    assert client.get(path).location == f"/sign-in?next={path}"
    assert [ben.get(path).status_code, ben.send(path).status_code] == [404, 404]
    assert address_of(cast.ada) == OLD


def test_an_address_that_somebody_else_took_meanwhile_is_not_had(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of(cast.ada)
    path = link(ada)
    person(NEW)
    answer = ada.send(path)
    assert (answer.status_code, "This address can’t be had" in answer.text) == (410, True)
    assert address_of(cast.ada) == OLD
    assert ada.get(path).status_code == 200


def test_of_two_accounts_that_move_to_one_address_at_once_one_gets_it(cast: Cast, browser_of: Browsers) -> None:
    ada, ben = browser_of(cast.ada), browser_of(cast.ben)
    browsers = [(ada, link(ada)), (ben, link(ben))]
    barrier, answers = threading.Barrier(2), []
    sent = [(browser, path, {"csrf_token": browser.csrf()}) for browser, path in browsers]
    db.session.commit()

    def use(browser: Browser, path: str, data: dict[str, str]) -> None:
        barrier.wait()
        answers.append(browser.post(path, data=data).status_code)

    threads = [threading.Thread(target=use, args=each) for each in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 410]
    assert db.session.scalar(select(func.count()).where(Person.email == NEW)) == 1


def test_a_link_to_a_new_password_that_went_to_the_old_address_ends(
    cast: Cast, browser_of: Browsers, client: Browser
) -> None:
    client.send("/forgot", {"email": OLD})
    reset = re.search(r"/reset/\S+", mails()[-1].body)
    assert reset
    moved(browser_of(cast.ada))
    assert client.get(reset[0]).status_code == 410


def test_a_link_of_one_purpose_serves_no_other(cast: Cast, browser_of: Browsers, client: Browser) -> None:
    ada = browser_of(cast.ada)
    token = link(ada).rpartition("/")[2]
    assert client.get(f"/address-back/{token}").status_code == 404
    assert client.send(f"/address-back/{token}").status_code == 404
    assert client.get(f"/reset/{token}").status_code == 404
    assert address_of(cast.ada) == OLD


def test_tokens_of_addresses_are_kept_hashed(cast: Cast, browser_of: Browsers) -> None:
    token = link(browser_of(cast.ada)).rpartition("/")[2]
    assert len(token) >= 43
    assert token not in set(db.session.scalars(select(Token.token_hash)))
