"""The settings: each section is a form of its own; a change of password reaches every other browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import url_for
from markupsafe import escape
from sqlalchemy import func, select

from app.access import PER_PAIR, digest, new_token, password_fits
from app.clock import DAY
from app.db import db
from app.forms import STALE
from app.models import Attempt, Mail, Person, Session
from app.people.proof import NOT_PRESENT, TOO_MANY
from tests.browsing import Browser
from tests.cast import NOON, PASSWORD, Cast, save

NEW = "tiny gravel kettles"
Browsers = Callable[[Any], Browser]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"


def kept(who: Person) -> Person:
    db.session.rollback()
    return db.session.get_one(Person, who.id)


def session_for(who: Person, **given: Any) -> Session:
    facts = {"token_hash": digest(new_token()), "browser": FIREFOX, "expires_at": NOON + DAY, **given}
    row: Session = save(Session(person_id=who.id, **facts))
    return row


def live(who: Person) -> int:
    found = select(func.count()).select_from(Session).where(Session.person_id == who.id, Session.ended_at.is_(None))
    return db.session.scalar(found) or 0


def profile(browser: Browser, **given: str) -> Any:
    return browser.send("/settings/profile", {"name": "Ada", "time_zone": "Asia/Tokyo", "theme": "dark", **given})


def change(browser: Browser, current: str = PASSWORD, new: str = NEW, **given: str) -> Any:
    return browser.send("/settings/password", {"current": current, "new": new, **given})


def test_a_profile_is_kept_and_holds_on_every_page(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of(cast.ada)
    answer = profile(ada, name="  Ada Lovell ")
    assert (answer.status_code, answer.location) == (303, "/settings/")
    page = ada.get("/settings/").text
    assert "Saved." in page
    assert 'data-theme="dark"' in page
    assert "Ada Lovell, signed in with this browser only" in page
    assert '<option selected value="Asia/Tokyo">' in page
    assert "24\u00a0November 2026, 21:00" in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Write the name you go by."),
        ("name", " \t ", "Write the name you go by."),
        ("name", "…!", "at least one letter"),
        ("name", "a" * 81, "at most 80 characters"),
        ("name", "a" * 300, "at most 80 characters"),
        ("name", "Ada\r\nBcc: eve@example.org", "Keep it to one line."),
        ("name", "Ada\u2028Lovell", "Keep it to one line."),
        ("time_zone", "Europe/Atlantis", "Choose a time zone from the list."),
        ("time_zone", "../../etc/passwd", "Choose a time zone from the list."),
        ("time_zone", "", "Choose a time zone from the list."),
        ("theme", "neon", "Choose one of the three."),
    ],
)
def test_what_no_profile_can_be_is_refused_and_what_was_typed_stays(
    cast: Cast, browser_of: Browsers, field: str, value: str, words: str
) -> None:
    answer = profile(browser_of(cast.ada), **{"name": "Ada of the pumps", field: value})
    assert (answer.status_code, words in answer.text) == (422, True)
    if field != "name":
        assert 'value="Ada of the pumps"' in answer.text
    assert f'id="{field}-wrong"' in answer.text
    ada = kept(cast.ada)
    assert (ada.name, ada.time_zone, ada.theme) == ("Ada", "Europe/Amsterdam", "system")


@pytest.mark.parametrize("name", ['<script>alert("x")</script>', "{{ 7 * 7 }} a", "Ø" * 80, "O’Neil & Søn", "我叫王"])
def test_a_name_is_shown_as_it_was_typed(cast: Cast, browser_of: Browsers, name: str) -> None:
    ada = browser_of(cast.ada)
    assert profile(ada, name=name).status_code == 303
    page = ada.get("/settings/").text
    assert kept(cast.ada).name == name
    assert "<script>alert" not in page
    assert f"<h1>{escape(name)}, signed in" in page


def test_a_stale_page_keeps_what_was_typed(cast: Cast, browser_of: Browsers) -> None:
    answer = profile(browser_of(cast.ada), csrf_token="stale", name="Ada of the pumps")
    assert (answer.status_code, STALE in answer.text) == (422, True)
    assert 'value="Ada of the pumps"' in answer.text
    assert '<option selected value="Asia/Tokyo">' in answer.text
    assert kept(cast.ada).name == "Ada"


def test_an_old_name_of_a_zone_stays_chosen(cast: Cast, browser_of: Browsers) -> None:
    cast.ada.time_zone = "Japan"
    assert '<option selected value="Japan">' in browser_of(cast.ada).get("/settings/").text


def test_a_zone_that_is_listed_can_be_shown_on_every_page(cast: Cast) -> None:
    from zoneinfo import ZoneInfo

    from app.people.forms import zones

    listed = [name for group in zones().values() for name in group]
    assert len(listed) > 400
    assert max(map(len, listed)) <= 64
    assert all(
        ZoneInfo(name) for name in ("Australia/Lord_Howe", "Pacific/Kiritimati", "Africa/Cairo") if name in listed
    )


def test_only_declared_fields_are_bound(cast: Cast, browser_of: Browsers) -> None:
    profile(browser_of(cast.ada), is_operator="1", is_trainer="y", email="eve@example.org", id="1")
    ada = kept(cast.ada)
    assert (ada.is_operator, ada.is_trainer, ada.email) == (False, False, "ada@example.org")


def test_only_a_learner_is_led_to_the_ledgers_settings(app: Any, cast: Cast, browser_of: Browsers) -> None:
    with app.test_request_context():
        ledger = url_for("practice.ledger_settings")
    assert ledger in browser_of(cast.ada).get("/settings/").text
    assert ledger not in browser_of(cast.tess).get("/settings/").text


def test_a_changed_password_signs_every_other_browser_out_and_is_told_by_mail(cast: Cast, browser_of: Browsers) -> None:
    here, elsewhere, ben = browser_of(cast.ada), browser_of(cast.ada), browser_of(cast.ben)
    assert change(here).status_code == 303
    assert "Every other browser is signed out." in here.get("/settings/").text
    assert elsewhere.get("/settings/").status_code == 302
    assert ben.get("/settings/").status_code == 200
    assert password_fits(kept(cast.ada).password_hash, NEW)
    assert [mail.recipient for mail in db.session.scalars(select(Mail))] == ["ada@example.org"]


def test_a_password_changed_twice_by_one_form_is_changed_once(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of(cast.ada)
    assert [change(ada, once="one").status_code for _ in range(2)] == [303, 303]
    assert db.session.scalar(select(func.count()).select_from(Mail)) == 1


@pytest.mark.parametrize(
    ("current", "new", "words"),
    [
        ("", NEW, "Write your present password."),
        ("not the password", NEW, NOT_PRESENT),
        (PASSWORD, "", "Write the new password."),
        (PASSWORD, "eleven char", "Use 12 characters or more"),
        (PASSWORD, "x7 " * 60, "Keep it to 128 characters."),
        (PASSWORD, "ada@example.org", "other than your address"),
        (PASSWORD, "password1234", "Many people use this one"),
    ],
)
def test_a_password_is_not_changed_by_what_does_not_fit(
    cast: Cast, browser_of: Browsers, current: str, new: str, words: str
) -> None:
    ada, elsewhere = browser_of(cast.ada), browser_of(cast.ada)
    answer = change(ada, current, new)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert password_fits(kept(cast.ada).password_hash, PASSWORD)
    assert elsewhere.get("/settings/").status_code == 200


def test_guessing_the_present_password_is_limited(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of(cast.ada)
    for _ in range(PER_PAIR):
        assert change(ada, "not the password").status_code == 422
    answer = change(ada)
    assert (answer.status_code, TOO_MANY in answer.text) == (429, True)
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == PER_PAIR + 1
    assert password_fits(kept(cast.ada).password_hash, PASSWORD)


def test_a_browser_is_listed_in_words_and_can_be_signed_out(cast: Cast, browser_of: Browsers) -> None:
    row, ada = session_for(cast.ada), browser_of(cast.ada)
    page = ada.get("/settings/").text
    assert "Ada, signed in with two browsers" in page
    assert "Firefox on Linux" in page
    assert ada.send(f"/settings/browsers/{row.id}/end").status_code == 303
    assert live(cast.ada) == 1
    assert ada.send(f"/settings/browsers/{row.id}/end").status_code == 303
    assert "this browser only" in ada.get("/settings/").text


def test_a_signed_out_browser_stays_out(cast: Cast, browser_of: Browsers) -> None:
    here, phone = browser_of(cast.ada), browser_of(cast.ada)
    newest = db.session.scalar(select(func.max(Session.id)))
    here.send(f"/settings/browsers/{newest}/end")
    assert phone.get("/settings/").status_code == 302
    assert here.get("/settings/").status_code == 200


@pytest.mark.parametrize("number", [None, 2147483647, 2147483648, 10**30, 0])
def test_a_browser_of_somebody_else_is_not_found(cast: Cast, browser_of: Browsers, number: int | None) -> None:
    row = session_for(cast.ben)
    number = row.id if number is None else number
    assert browser_of(cast.ada).send(f"/settings/browsers/{number}/end").status_code == 404
    assert live(cast.ben) == 1


def test_every_other_browser_can_be_signed_out_at_once(cast: Cast, browser_of: Browsers) -> None:
    here, others, ben = browser_of(cast.ada), [browser_of(cast.ada) for _ in range(3)], browser_of(cast.ben)
    assert here.send("/settings/browsers/end-others").status_code == 303
    assert [browser.get("/settings/").status_code for browser in others] == [302] * 3
    assert (here.get("/settings/").status_code, ben.get("/settings/").status_code) == (200, 200)


@pytest.mark.parametrize("path", ["/settings/browsers/end-others", "/settings/browsers/1/end"])
def test_a_stale_button_signs_nobody_out(cast: Cast, browser_of: Browsers, path: str) -> None:
    ada, _ = browser_of(cast.ada), browser_of(cast.ada)
    answer = ada.send(path, {"csrf_token": "stale"})
    assert (answer.status_code, STALE in answer.text) == (422, True)
    assert live(cast.ada) == 2


def test_sessions_that_are_over_are_not_listed(cast: Cast, browser_of: Browsers) -> None:
    session_for(cast.ada, ended_at=NOON)
    session_for(cast.ada, expires_at=NOON)
    session_for(cast.ben)
    assert "this browser only" in browser_of(cast.ada).get("/settings/").text


def test_a_page_repeats_no_id(cast: Cast, browser_of: Browsers) -> None:
    session_for(cast.ada)
    page = browser_of(cast.ada).get("/settings/").text
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("count", [1, 500])
def test_the_page_asks_twice_whatever_the_number_of_browsers(
    cast: Cast, browser_of: Browsers, queries: list[str], count: int
) -> None:
    ada = browser_of(cast.ada)
    rows = [Session(person_id=cast.ada.id, token_hash=str(number), expires_at=NOON + DAY) for number in range(count)]
    db.session.add_all(rows)
    db.session.commit()
    queries.clear()
    page = ada.get("/settings/")
    assert len(queries) == 2
    assert page.text.count("This one.") == 1
    assert page.text.count("Signed in on") == min(count + 1, 20)
