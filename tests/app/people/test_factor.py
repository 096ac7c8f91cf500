"""Setting up a second factor: it counts from its first code on, and nobody does it who only found a browser open."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
from sqlalchemy import func, select

from app.access import PER_PAIR
from app.db import db
from app.models import Mail, Person, RecoveryCode, Session
from app.people.factor_views import NEEDED, TOO_MANY, WRONG
from app.people.proof import AGAIN, NOT_PRESENT
from app.people.totp import PUT_UNDER, hashed
from app.sealing import Unreadable, seal, unseal
from tests.app.people.codes import SECRET, code, factor_of, later, with_factor
from tests.browsing import Browser
from tests.cast import NOON, PASSWORD, Cast

Browsers = Callable[[Any], Browser]
PAGE = "/settings/factor"


def proven(browser: Browser) -> Browser:
    assert browser.send(f"{PAGE}/open", {"current": PASSWORD}).status_code == 303
    return browser


def begun(browser: Browser) -> str:
    """Begin, and read the secret off the page as somebody types it into an app."""
    assert proven(browser).send(f"{PAGE}/begin").status_code == 303
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', browser.get(PAGE).text)
    assert found
    return found[1].replace(" ", "")


def shown(answer: Any) -> list[str]:
    return re.findall(r"<code>([a-z0-9-]{19})</code>", answer.text)


def set_up(browser: Browser) -> list[str]:
    secret = begun(browser)
    answer = browser.send(f"{PAGE}/confirm", {"code": code(secret=secret)})
    assert (answer.status_code, answer.location) == (201, PAGE)
    return shown(answer)


def live(who: Person) -> int:
    found = select(func.count()).select_from(Session).where(Session.person_id == who.id, Session.ended_at.is_(None))
    return db.session.scalar(found) or 0


@pytest.fixture
def required(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SECOND_FACTOR", "required")


def test_a_factor_counts_from_its_first_code_on(cast: Cast, browser_of: Browsers, client: Browser) -> None:
    ada = browser_of(cast.ada)
    secret = begun(ada)
    assert client.send("/sign-in", {"email": cast.ada.email, "password": PASSWORD}).location == "/home"
    answer = ada.send(f"{PAGE}/confirm", {"code": code(secret=secret)})
    assert (answer.status_code, answer.location) == (201, PAGE)
    page = answer.text
    assert "Every other browser is signed out." in page
    assert live(cast.ada) == 1
    other = client.application.test_client()
    assert other.send("/sign-in", {"email": cast.ada.email, "password": PASSWORD}).location == "/sign-in/code"
    assert "It is set up" in ada.get("/settings/").text
    assert [mail.subject for mail in db.session.scalars(select(Mail))] == ["Signing in now takes a second step"]


def test_the_code_that_set_it_up_is_used(cast: Cast, browser_of: Browsers, client: Browser) -> None:
    ada = browser_of(cast.ada)
    secret = begun(ada)
    ada.send(f"{PAGE}/confirm", {"code": code(secret=secret)})
    client.send("/sign-in", {"email": cast.ada.email, "password": PASSWORD})
    assert client.send("/sign-in/code", {"code": code(secret=secret)}).status_code == 422
    assert client.send("/sign-in/code", {"code": code(later(30), secret=secret)}).status_code == 303


def test_the_picture_holds_the_secret_and_whose_it_is(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of(cast.ada)
    secret = begun(ada)
    found = re.search(r'<img class="qr" src="(data:image/svg\+xml[^"]+)"', ada.get(PAGE).text)
    assert found
    from app.people.totp import picture

    assert unescape(found[1]) == picture(secret, name="ada@example.org")
    assert "<svg" in unquote(unescape(found[1]))


def test_the_secret_is_kept_sealed(cast: Cast, browser_of: Browsers) -> None:
    secret = begun(browser_of(cast.ada))
    factor = factor_of(cast.ada)
    assert factor
    assert factor.pending
    assert secret not in factor.pending
    assert unseal(factor.pending, purpose=PUT_UNDER) == secret
    with pytest.raises(Unreadable):
        unseal(factor.pending, purpose="something else")


def test_what_was_sealed_is_not_read_under_another_key(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = seal(SECRET, purpose=PUT_UNDER)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key, of forty characters or more")
    with pytest.raises(Unreadable):
        unseal(sealed, purpose=PUT_UNDER)


@pytest.mark.parametrize("typed", ["000000", "", "12", "<script>"])
def test_a_code_that_does_not_fit_sets_up_nothing(cast: Cast, browser_of: Browsers, typed: str) -> None:
    ada = browser_of(cast.ada)
    secret = begun(ada)
    answer = ada.send(f"{PAGE}/confirm", {"code": typed})
    assert (answer.status_code, "code-wrong" in answer.text) == (422, True)
    assert secret in answer.text.replace(" ", "")
    factor = factor_of(cast.ada)
    assert factor
    assert factor.confirmed_at is None


def test_codes_at_set_up_are_limited(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of(cast.ada)
    secret = begun(ada)
    for _ in range(PER_PAIR):
        assert WRONG in ada.send(f"{PAGE}/confirm", {"code": "000000"}).text
    answer = ada.send(f"{PAGE}/confirm", {"code": code(secret=secret)})
    assert (answer.status_code, TOO_MANY in answer.text) == (429, True)


def test_ten_recovery_codes_are_shown_once_and_kept_hashed(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of(cast.ada)
    codes = set_up(ada)
    assert len(set(codes)) == 10
    assert shown(ada.get(PAGE)) == []
    assert "Ten are left." in ada.get(PAGE).text
    kept = set(db.session.scalars(select(RecoveryCode.code_hash).where(RecoveryCode.person_id == cast.ada.id)))
    assert kept == {hashed(each) for each in codes}


def test_no_cookie_carries_a_recovery_code_and_a_repeated_post_shows_none(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of(with_factor(cast.ada))
    proven(ada)
    once = {"once": "the same key"}
    codes = shown(ada.send(f"{PAGE}/codes", once))
    with ada.session_transaction() as kept:
        assert len(codes) == 10
        assert not [code for code in codes if code in str(dict(kept))]
    again = ada.send(f"{PAGE}/codes", once)
    assert (again.status_code, again.location) == (303, PAGE)


def test_new_recovery_codes_end_the_old_ones(cast: Cast, browser_of: Browsers, client: Browser) -> None:
    ada = browser_of(cast.ada)
    old = set_up(ada)
    new = shown(ada.send(f"{PAGE}/codes"))
    assert len(set(new) - set(old)) == 10
    client.send("/sign-in", {"email": cast.ada.email, "password": PASSWORD})
    assert client.send("/sign-in/recovery", {"code": old[0]}).status_code == 422
    assert client.send("/sign-in/recovery", {"code": new[0]}).status_code == 303
    assert "Nine are left." in ada.get(PAGE).text


def test_who_has_no_factor_gets_no_recovery_codes(cast: Cast, browser_of: Browsers) -> None:
    assert proven(browser_of(cast.ada)).send(f"{PAGE}/codes").status_code == 422
    assert db.session.scalar(select(func.count()).select_from(RecoveryCode)) == 0


def test_another_phone_takes_over_with_its_first_code(cast: Cast, browser_of: Browsers, client: Browser) -> None:
    ada = browser_of(with_factor(cast.ada))
    secret = begun(ada)
    client.send("/sign-in", {"email": cast.ada.email, "password": PASSWORD})
    assert client.send("/sign-in/code", {"code": code()}).status_code == 303
    assert ada.send(f"{PAGE}/confirm", {"code": code(secret=secret)}).status_code == 201
    client.send("/sign-in", {"email": cast.ada.email, "password": PASSWORD})
    assert client.send("/sign-in/code", {"code": code(later(30))}).status_code == 422
    assert client.send("/sign-in/code", {"code": code(later(30), secret=secret)}).status_code == 303


def test_a_learner_can_do_without_it_again(cast: Cast, browser_of: Browsers, client: Browser) -> None:
    ada = browser_of(with_factor(cast.ada))
    assert proven(ada).send(f"{PAGE}/remove").status_code == 303
    assert factor_of(cast.ada) is None
    assert db.session.scalar(select(func.count()).select_from(RecoveryCode)) == 0
    assert client.send("/sign-in", {"email": cast.ada.email, "password": PASSWORD}).location == "/home"
    assert db.session.scalar(select(Mail.subject)) == "Signing in takes one step again"


@pytest.mark.parametrize("what", ["begin", "confirm", "codes", "remove"])
def test_nothing_is_done_to_a_factor_without_the_password(cast: Cast, browser_of: Browsers, what: str) -> None:
    with_factor(cast.ada)
    before = vars(factor_of(cast.ada)).copy()
    answer = browser_of(cast.ada).send(f"{PAGE}/{what}", {"code": code(later(30))})
    assert (answer.status_code, AGAIN in answer.text) == (422, True)
    factor = factor_of(cast.ada)
    assert factor
    assert (factor.secret, factor.pending) == (before["secret"], before["pending"])
    assert db.session.scalar(select(func.count()).select_from(RecoveryCode)) == 1


def test_the_password_counts_for_ten_minutes(cast: Cast, browser_of: Browsers, at: Callable[[Any], None]) -> None:
    ada, elsewhere = browser_of(cast.ada), browser_of(cast.ada)
    secret = begun(ada)
    assert secret not in elsewhere.get(PAGE).text.replace(" ", "")
    at(NOON + timedelta(minutes=9, seconds=59))
    assert secret in ada.get(PAGE).text.replace(" ", "")
    at(NOON + timedelta(minutes=10))
    page = ada.get(PAGE).text
    assert "First your password" in page
    assert secret not in page.replace(" ", "")
    assert ada.send(f"{PAGE}/begin").status_code == 422


def test_signing_in_counts_as_typing_the_password(cast: Cast, client: Browser) -> None:
    client.send("/sign-in", {"email": cast.ada.email, "password": PASSWORD})
    assert client.send(f"{PAGE}/begin").status_code == 303


def test_guessing_the_password_there_is_limited(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of(cast.ada)
    for _ in range(PER_PAIR):
        assert NOT_PRESENT in ada.send(f"{PAGE}/open", {"current": "not the password"}).text
    assert ada.send(f"{PAGE}/open", {"current": PASSWORD}).status_code == 429
    assert "First your password" in ada.get(PAGE).text


@pytest.mark.parametrize("who", ["tess", "olga"])
def test_where_it_is_required_no_page_of_trust_opens_without_it(
    app: Any, cast: Cast, browser_of: Browsers, required: None, who: str
) -> None:
    browser = browser_of(getattr(cast, who))
    rules = [rule for rule in app.url_map.iter_rules() if not rule.arguments]
    trust = [
        rule
        for rule in rules
        if app.view_functions[rule.endpoint].audience == {"tess": "trainer", "olga": "operator"}[who]
    ]
    assert trust
    for rule in trust:
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            data = {"csrf_token": browser.csrf()} if method == "POST" else None
            answer = browser.open(str(rule), method=method, data=data)
            assert (answer.status_code, answer.location) == (303, PAGE), (str(rule), method)
    assert "your pages open once a second step is set up" in browser.get(PAGE).text


def test_once_it_is_set_up_the_pages_open_and_it_stays(cast: Cast, browser_of: Browsers, required: None) -> None:
    tess = browser_of(cast.tess)
    assert tess.get("/home").location == "/trainer/"
    set_up(tess)
    assert tess.get("/trainer/").status_code == 200
    assert tess.send(f"{PAGE}/remove").status_code == 303
    assert NEEDED in unescape(tess.get(PAGE).text)
    assert factor_of(cast.tess) is not None


def test_where_it_is_required_learners_still_choose(cast: Cast, browser_of: Browsers, required: None) -> None:
    ada = browser_of(with_factor(cast.ada))
    assert browser_of(cast.ben).get("/today").status_code == 200
    assert proven(ada).send(f"{PAGE}/remove").status_code == 303
    assert factor_of(cast.ada) is None


def test_where_it_is_optional_trainers_need_none(cast: Cast, browser_of: Browsers) -> None:
    assert browser_of(cast.tess).get("/trainer/").status_code == 200


@pytest.mark.parametrize("state", ["none", "pending", "set"])
def test_the_page_asks_the_database_twice(cast: Cast, browser_of: Browsers, queries: list[str], state: str) -> None:
    ada = browser_of(cast.ada)
    if state == "pending":
        begun(ada)
    if state == "set":
        with_factor(cast.ada)
    queries.clear()
    assert ada.get(PAGE).status_code == 200
    assert len(queries) == 2
