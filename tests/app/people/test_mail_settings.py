"""Mail and calendar in the settings: when we remind, what was sent; and the link that ends a kind of mails."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.access import digest
from app.db import db
from app.mail.ending import LASTS, unsubscribe_link
from app.models import Feed, Mail, MailTerms, Token
from app.people.mail_queries import LISTED
from tests.browsing import Browser
from tests.cast import NOON, Cast, save

Browsers = Callable[[Any], Browser]
At = Callable[[Any], None]
PAGE = "/settings/mail"


def wanted(who: Any) -> tuple[Any, ...] | None:
    db.session.rollback()
    row = db.session.get(MailTerms, who.id)
    return (row.digest, row.digest_hour, row.quiet_from, row.quiet_until, row.announcements) if row else None


def link(who: Any, kind: str = "digest") -> str:
    token = unsubscribe_link(who.id, kind).rpartition("/")[2]
    db.session.commit()
    return f"/unsubscribe/{token}"


def reminders(browser: Browser, **given: str) -> Any:
    facts = {"digest": "y", "digest_hour": "18", "quiet_from": "22", "quiet_until": "8", "announcements": "y", **given}
    return browser.send("/settings/mail/reminders", {name: value for name, value in facts.items() if value})


def test_who_never_said_reads_the_defaults(cast: Cast, browser_of: Browsers) -> None:
    page = browser_of(cast.ada).get(PAGE).text
    assert "One mail a day at 07:00, if something is due" in page
    assert '<option selected value="21">21:00</option>' in page
    assert "Nothing in the last half year." in page


def test_what_is_chosen_is_kept_and_shown(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of(cast.ada)
    answer = reminders(ada)
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert wanted(cast.ada) == (True, 18, 22, 8, True)
    assert "One mail a day at 18:00, if something is due" in ada.get(PAGE).text
    reminders(ada, digest="")
    assert wanted(cast.ada) == (False, 18, 22, 8, True)
    assert "We don’t remind you by mail" in ada.get(PAGE).text
    assert wanted(cast.ben) is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"digest_hour": "23"}, "within your quiet hours"),
        ({"digest_hour": "7"}, "within your quiet hours"),
        ({"digest_hour": "24"}, "Choose an hour."),
        ({"quiet_from": "noon"}, "Choose an hour."),
        ({"quiet_until": ""}, "Choose an hour."),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_chosen_stays(
    cast: Cast, browser_of: Browsers, given: dict[str, str], words: str
) -> None:
    answer = reminders(browser_of(cast.ada), **given)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert wanted(cast.ada) is None
    if "quiet_from" not in given:
        assert '<option selected value="22">22:00</option>' in answer.text


def test_without_reminders_any_hour_will_do(cast: Cast, browser_of: Browsers) -> None:
    assert reminders(browser_of(cast.ada), digest="", digest_hour="23").status_code == 303


def test_what_was_sent_is_listed_with_what_became_of_it_and_only_ones_own(cast: Cast, browser_of: Browsers) -> None:
    for number, (state, who) in enumerate(
        [("sent", cast.ada), ("dead", cast.ada), ("ambiguous", cast.ada), ("waiting", cast.ada), ("sent", cast.ben)]
    ):
        save(
            Mail(
                key=str(number), state=state, person_id=who.id, recipient=who.email,
                subject=f"Letter {number}", body="secret", sent_at=NOON if state == "sent" else None,
            )
        )  # fmt: skip
    page = browser_of(cast.ada).get(PAGE).text
    assert re.findall(r"Letter \d", page) == ["Letter 3", "Letter 2", "Letter 1", "Letter 0"]
    for words in ("Waits to be sent", "May not have arrived", "Could not be delivered", "Sent, 24"):
        assert words in page
    assert "secret" not in page


def test_the_page_takes_three_queries_however_much_was_sent(
    cast: Cast, browser_of: Browsers, queries: list[str]
) -> None:
    for number in range(LISTED + 5):
        save(Mail(key=str(number), person_id=cast.ada.id, recipient="a@b", subject=f"Letter {number}", body=""))
    ada = browser_of(cast.ada)
    queries.clear()
    page = ada.get(PAGE).text
    assert len(queries) == 3
    assert f"The newest {LISTED} are listed." in page
    assert page.count("<h3>Letter") == LISTED


def test_a_link_asks_first_and_then_ends_one_kind_of_mails(cast: Cast, client: Browser) -> None:
    path = link(cast.ada)
    assert "Stop the daily reminder?" in client.get(path).text
    assert wanted(cast.ada) is None
    answer = client.send(path)
    assert (answer.status_code, answer.location) == (303, path)
    assert wanted(cast.ada) == (False, 7, 21, 7, True)
    assert "You get no more daily reminders" in client.get(path).text
    assert client.send(path).status_code == 303
    assert wanted(cast.ada) == (False, 7, 21, 7, True)


def test_a_link_of_another_kind_leaves_the_reminder_alone(cast: Cast, client: Browser) -> None:
    client.send(link(cast.ada, "announcement"))
    assert wanted(cast.ada) == (True, 7, 21, 7, False)


def test_letters_that_were_ended_are_had_back_in_the_settings(
    cast: Cast, browser_of: Browsers, client: Browser
) -> None:
    address = link(cast.ada, "announcement")
    asked = client.get(address).text
    assert "Get no more letters to your whole cohort by mail?" in asked
    assert "Change the hour" not in asked
    client.send(address)
    ada = browser_of(cast.ada)
    unticked = '<input id="announcements" name="announcements" type="checkbox" value="y">'
    assert unticked in ada.get(PAGE).text
    reminders(ada)
    assert unticked not in ada.get(PAGE).text
    assert wanted(cast.ada) == (True, 18, 22, 8, True)
    reminders(ada, announcements="")
    assert wanted(cast.ada) == (True, 18, 22, 8, False)


def test_it_keeps_the_hours_that_were_chosen(cast: Cast, browser_of: Browsers, client: Browser) -> None:
    reminders(browser_of(cast.ada))
    client.send(link(cast.ada))
    assert wanted(cast.ada) == (False, 18, 22, 8, True)


def test_a_mailbox_unsubscribes_by_one_post_without_a_cookie(cast: Cast, client: Browser) -> None:
    answer = client.post(link(cast.ada), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 303
    assert wanted(cast.ada) == (False, 7, 21, 7, True)


@pytest.mark.parametrize("body", [{}, {"List-Unsubscribe": "Yes"}, {"csrf_token": "forged"}])
def test_any_other_post_without_its_token_changes_nothing(cast: Cast, client: Browser, body: dict[str, str]) -> None:
    assert client.post(link(cast.ada), data=body).status_code == 422
    assert wanted(cast.ada) is None


def test_a_secret_ends_mails_and_nothing_else_and_is_kept_hashed(cast: Cast, client: Browser) -> None:
    token = link(cast.ada).rpartition("/")[2]
    kept = db.session.scalars(select(Token)).one()
    assert (kept.token_hash, kept.purpose) == (digest(token), "unsubscribe")
    for path in (f"/reset/{token}", f"/welcome/{token}", f"/calendar/{token}.ics"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("why", ["unknown", "expired", "of another purpose"])
def test_a_link_that_ends_nothing_says_so(cast: Cast, client: Browser, at: At, why: str) -> None:
    path = link(cast.ada)
    if why == "unknown":
        path += "x"
    elif why == "expired":
        at(NOON + LASTS + timedelta(seconds=1))
    else:
        db.session.scalars(select(Token)).one().purpose = "reset"
        db.session.commit()
    assert client.get(path).status_code == 404
    assert "This link ends nothing any more" in client.send(path).text
    assert wanted(cast.ada) is None


def address(browser: Browser, **given: str) -> str:
    """Make a calendar's address, and read it where it is shown once."""
    answer = browser.send("/settings/mail/calendar", given)
    assert (answer.status_code, answer.location) == (201, PAGE)
    found = re.search(r"http\S+?(/calendar/\S+?\.ics)", answer.text)
    assert found
    return found[1]


def test_a_calendars_address_is_shown_once_and_kept_hashed(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of(cast.ada)
    path = address(ada)
    assert path not in ada.get(PAGE).text
    assert "It has had an address since 24\u00a0November 2026" in ada.get(PAGE).text
    (feed,) = db.session.scalars(select(Feed)).all()
    assert feed.token_hash == digest(path.removeprefix("/calendar/").removesuffix(".ics"))
    assert ada.get(path).status_code == 200


def test_a_new_address_ends_the_old_one_and_ending_ends_both(cast: Cast, browser_of: Browsers, client: Browser) -> None:
    ada = browser_of(cast.ada)
    old, new = address(ada), address(ada)
    assert [client.get(path).status_code for path in (old, new)] == [404, 200]
    assert ada.send("/settings/mail/calendar/end").status_code == 303
    assert client.get(new).status_code == 404
    assert "It has no address yet." in ada.get(PAGE).text
