"""The way back in: the same answer to everybody, and a link that works once."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.access import PER_PAIR, WINDOW, digest, new_token, password_fits
from app.db import db
from app.forms import STALE
from app.models import Attempt, Mail, Person, Session, Token
from app.people import actions
from app.people.views import TOO_MANY_LINKS
from tests.browsing import Browser
from tests.cast import NOON, PASSWORD, Cast, person, save

ADA = "ada@example.org"
NEW = "tiny gravel kettles"
Browsers = Callable[[Any], Browser]
Clock = Callable[[Any], None]


def ask(browser: Browser, email: str = ADA) -> Any:
    return browser.send("/forgot", {"email": email})


def mails() -> list[Mail]:
    return list(db.session.scalars(select(Mail).order_by(Mail.id)))


def link(browser: Browser, email: str = ADA) -> str:
    """Ask for a link, and the path of the one that was mailed."""
    ask(browser, email)
    found = re.search(r"http\S+(/reset/\S+)", mails()[-1].body)
    assert found
    return found[1]


def token_for(who: Person, **given: Any) -> str:
    """A link's path, made without a mail."""
    token = new_token()
    facts = {"purpose": "reset", "expires_at": NOON + timedelta(hours=1), **given}
    save(Token(person_id=who.id, token_hash=digest(token), **facts))
    return f"/reset/{token}"


def fits(who: Person, password: str) -> bool:
    return password_fits(db.session.scalar(select(Person.password_hash).where(Person.id == who.id)), password)


def live(who: Person) -> int:
    found = select(func.count()).select_from(Session).where(Session.person_id == who.id, Session.ended_at.is_(None))
    return db.session.scalar(found) or 0


def test_everybody_reads_the_same_whoever_has_the_address(cast: Cast, client: Browser) -> None:
    person("dis@example.org", disabled_at=NOON)
    answers = [ask(client, email) for email in (ADA, "non@example.org", "dis@example.org")]
    assert {(answer.status_code, answer.location, answer.text) for answer in answers} == {
        (303, "/forgot/sent", answers[0].text)
    }
    assert "If somebody here has this address, a link is on its way." in client.get("/forgot/sent").text
    assert [mail.recipient for mail in mails()] == [ADA]


def test_the_database_is_asked_the_same_whoever_has_the_address(
    cast: Cast, client: Browser, queries: list[str]
) -> None:
    asked = []
    for email in (ADA, "non@example.org"):
        queries.clear()
        ask(client, email)
        asked.append(list(queries))
    assert asked[0] == asked[1]
    assert any("INSERT INTO mail" in statement for statement in asked[1])


def test_the_link_is_made_from_the_settings_and_kept_hashed(app: Any, cast: Cast, client: Browser) -> None:
    token = client.csrf()
    cookie = client.get_cookie("connect")
    assert cookie
    client.set_cookie("connect", cookie.value, domain="127.0.0.1")
    client.post("/forgot", data={"csrf_token": token, "email": "  ADA@example.org"}, base_url="http://127.0.0.1:9")
    body = mails()[0].body
    found = re.search(r"(http\S+)/reset/(\S+)", body)
    assert found
    assert found[1] == app.config["BASE_URL"]
    assert len(found[2]) >= 43
    assert db.session.scalar(select(Token.token_hash)) == digest(found[2])
    assert "127.0.0.1:9/" not in body


def test_a_newer_link_ends_the_older(cast: Cast, client: Browser, at: Clock) -> None:
    older, _ = link(client), at(NOON + timedelta(minutes=1))
    newer = link(client)
    assert client.get(older).status_code == 410
    assert "This link has run out" in client.get(older).text
    assert client.get(newer).status_code == 200


def test_somebody_elses_request_leaves_a_link_alone(cast: Cast, client: Browser) -> None:
    mine = link(client)
    link(client, "ben@example.org")
    assert client.get(mine).status_code == 200


@pytest.mark.parametrize("email", ["", "ada", "a" * 260 + "@example.org", "ada@example.org\nbcc: eve@example.org"])
def test_what_is_no_address_is_said(cast: Cast, client: Browser, email: str) -> None:
    assert ask(client, email).status_code == 422
    assert (mails(), db.session.scalar(select(func.count()).select_from(Attempt))) == ([], 0)


def test_a_stale_page_keeps_the_address(cast: Cast, client: Browser) -> None:
    answer = client.send("/forgot", {"csrf_token": "stale", "email": ADA})
    assert (answer.status_code, STALE in answer.text, f'value="{ADA}"' in answer.text) == (422, True, True)
    assert mails() == []


@pytest.mark.parametrize("email", [ADA, "non@example.org"])
def test_links_are_limited_and_the_newest_works_on(cast: Cast, client: Browser, at: Clock, email: str) -> None:
    mine = link(client)
    for _ in range(PER_PAIR - (email == ADA)):
        assert ask(client, email).status_code == 303
    refused = ask(client, email)
    assert refused.status_code == 429
    assert TOO_MANY_LINKS in refused.text
    newest = re.search(r"/reset/\S+", mails()[-1].body)
    assert newest
    assert client.get(newest[0] if email == ADA else mine).status_code == 200
    at(NOON + 2 * WINDOW)
    assert ask(client, email).status_code == 303


def test_a_repeated_request_mails_once(cast: Cast, client: Browser) -> None:
    for _ in range(3):
        assert client.send("/forgot", {"email": ADA, "once": "one"}).location == "/forgot/sent"
    assert len(mails()) == 1


def test_opening_the_link_only_asks(cast: Cast, client: Browser) -> None:
    path = link(client)
    page = client.get(path)
    assert page.status_code == 200
    assert 'autocomplete="new-password"' in page.text
    assert client.post(path, data={"new": NEW}).status_code == 422
    assert fits(cast.ada, PASSWORD)
    assert client.get(path).status_code == 200


def test_a_new_password_lets_in_here_and_signs_every_other_browser_out(
    cast: Cast, client: Browser, browser_of: Browsers
) -> None:
    elsewhere = browser_of(cast.ada)
    answer = client.send(link(client), {"new": NEW})
    assert (answer.status_code, answer.location) == (303, "/home")
    assert client.get("/sign-out").status_code == 200
    assert elsewhere.get("/sign-out").status_code == 302
    assert live(cast.ada) == 1
    assert fits(cast.ada, NEW)
    assert not fits(cast.ada, PASSWORD)
    assert mails()[-1].subject == "Your password was changed"


def test_a_link_works_once(app: Any, cast: Cast, client: Browser) -> None:
    path = link(client)
    client.send(path, {"new": NEW})
    other = app.test_client()
    for answer in (other.get(path), other.send(path, {"new": "another gravel pump"})):
        assert answer.status_code == 410
        assert "This link has done its work" in answer.text
        assert 'href="/forgot"' in answer.text
    assert fits(cast.ada, NEW)


@pytest.mark.parametrize(("seconds", "status"), [(-1, 200), (0, 410), (1, 410)])
def test_a_link_runs_out_after_an_hour(cast: Cast, client: Browser, at: Clock, seconds: int, status: int) -> None:
    path = link(client)
    at(NOON + timedelta(hours=1, seconds=seconds))
    assert client.get(path).status_code == status
    assert client.send(path, {"new": NEW}).status_code == (303 if status == 200 else 410)
    assert fits(cast.ada, NEW) is (status == 200)


@pytest.mark.parametrize("path", ["/reset/x", "/reset/" + "x" * 4000, "/reset/%F0%9F%94%91"])
def test_a_guess_is_not_one_of_ours(cast: Cast, client: Browser, path: str) -> None:
    for answer in (client.get(path), client.send(path, {"new": NEW})):
        assert answer.status_code == 404
        assert "This link is not one of ours" in answer.text


def test_a_link_for_something_else_sets_no_password(cast: Cast, client: Browser) -> None:
    path = token_for(cast.ada, purpose="confirm")
    assert client.get(path).status_code == 404
    assert client.send(path, {"new": NEW}).status_code == 404
    assert fits(cast.ada, PASSWORD)


def test_somebody_disabled_is_not_let_in(cast: Cast, client: Browser) -> None:
    path = token_for(person("dis@example.org", disabled_at=NOON))
    assert client.get(path).status_code == 404
    assert client.send(path, {"new": NEW}).status_code == 404


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "Write the new password."),
        ("eleven char", "Use 12 characters or more"),
        ("x7 " * 60, "Keep it to 128 characters."),
        (ADA, "other than your address"),
        ("connect before you count", "the course’s name"),
        ("password1234", "Many people use this one"),
    ],
)
def test_a_weak_password_is_refused_and_the_link_stays_good(
    cast: Cast, client: Browser, password: str, words: str
) -> None:
    path = token_for(cast.ada)
    answer = client.send(path, {"new": password})
    assert (answer.status_code, words in answer.text) == (422, True)
    assert password not in re.sub(r"<title>.*?</main>", "", answer.text, flags=re.DOTALL) or not password
    assert client.get(path).status_code == 200
    assert fits(cast.ada, PASSWORD)


@pytest.mark.parametrize("facts", [{"purpose": "confirm"}, {"used_at": NOON}, {"expires_at": NOON}])
def test_the_use_itself_asks_what_the_page_asked(app: Any, cast: Cast, facts: dict[str, Any]) -> None:
    token = token_for(cast.ada, **facts).rpartition("/")[2]
    with app.test_request_context(), pytest.raises(actions.LinkSpent):
        actions.reset_password(token, NEW, forgot="/forgot")
    db.session.rollback()
    assert fits(cast.ada, PASSWORD)


def test_of_two_uses_at_once_one_wins(app: Any, cast: Cast) -> None:
    path, barrier, answers = token_for(cast.ada), threading.Barrier(2), []
    words = ("tiny gravel kettles", "nine copper ladders")
    browsers = [app.test_client() for _ in words]
    sent = [{"csrf_token": browser.csrf(), "new": new} for browser, new in zip(browsers, words, strict=True)]
    db.session.commit()

    def use(browser: Browser, data: dict[str, str]) -> None:
        barrier.wait()
        answers.append((browser.post(path, data=data).status_code, data["new"]))

    threads = [threading.Thread(target=use, args=pair) for pair in zip(browsers, sent, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(status for status, _ in answers) == [303, 410]
    assert fits(cast.ada, next(new for status, new in answers if status == 303))
    assert live(cast.ada) == 1


def test_the_link_confirms_the_address(cast: Cast, client: Browser) -> None:
    new = person("new@example.org", password_hash=None, confirmed_at=None)
    assert client.send(link(client, new.email), {"new": NEW}).status_code == 303
    assert db.session.get_one(Person, new.id).confirmed_at == NOON


def test_who_was_signed_in_here_is_signed_out(cast: Cast, browser_of: Browsers) -> None:
    ben = browser_of(cast.ben)
    assert ben.send(token_for(cast.ada), {"new": NEW}).status_code == 303
    assert (live(cast.ada), live(cast.ben)) == (1, 0)
