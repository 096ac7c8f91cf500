"""What a learner states and delivers: what is understood, what is refused and kept, what two tabs do."""

from typing import Any

import pytest
from sqlalchemy import func, select

from app.db import db
from app.models import Delivery, GateTerms
from tests import cast as people
from tests.app.practice import gate_rows as rows
from tests.app.practice.ledger_rows import heading, text_of
from tests.cast import TODAY, Cast

STATEMENT = {
    "seen": "",
    "batch": "50",
    "capacity": "12 h",
    "reply": "45 min",
    "send": "6 min",
    "send_cost": "1,20",
    "deal_margin": "3 000",
    "consent": "y",
    "opt_out": "y",
}
DELIVERY = {"day": "2026-11-20", "who": "", "what": "Changeover kit", "as_promised": "yes"}


@pytest.fixture
def ada(cast: Cast, browser_of: Any) -> Any:
    return browser_of(cast.ada)


def count(table: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_statement_is_kept_as_it_was_meant(cast: Cast, ada: Any) -> None:
    answer = ada.send("/gate/statement", STATEMENT)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/gate/")
    kept = db.session.scalars(select(GateTerms)).one()
    assert (kept.person_id, kept.day, kept.batch) == (cast.ada.id, TODAY, 50)
    assert (kept.capacity_minutes, kept.reply_minutes, kept.send_minutes) == (720, 45, 6)
    assert (kept.send_cost, kept.deal_margin, kept.law) == (120, 300_000, ["consent", "opt_out"])
    assert "2 of 4 in order" in text_of(ada.get("/gate/").text)


def test_a_second_statement_is_a_second_row_and_the_first_stays(cast: Cast, ada: Any) -> None:
    first = rows.terms(cast.ada, law=["sender"])
    page = ada.get("/gate/statement").text
    assert f'name="seen" type="hidden" value="{first.id}"' in page
    assert 'value="100 h"' in page
    assert page.count("checked") == 1
    assert ada.send("/gate/statement", {**STATEMENT, "seen": str(first.id)}).status_code == 303
    assert count(GateTerms) == 2
    assert db.session.get_one(GateTerms, first.id).law == ["sender"]


def test_sent_twice_it_is_stated_once(ada: Any) -> None:
    for _ in range(2):
        assert ada.send("/gate/statement", {**STATEMENT, "once": "the same"}).status_code == 303
    assert count(GateTerms) == 1


def test_two_tabs_are_shown_both_and_nothing_is_lost(cast: Cast, ada: Any) -> None:
    rows.terms(cast.ada, day=TODAY)
    answer = ada.send("/gate/statement", STATEMENT)
    assert answer.status_code == 409
    read = text_of(answer.text)
    assert heading(answer.text) == "It was stated in the meantime"
    assert "Hours you keep free for one batch100 h12 h" in read
    assert 'value="12 h"' in answer.text
    assert count(GateTerms) == 1
    seen = db.session.scalars(select(GateTerms.id)).one()
    assert f'name="seen" type="hidden" value="{seen}"' in answer.text
    assert ada.send("/gate/statement", {**STATEMENT, "seen": str(seen)}).status_code == 303
    assert count(GateTerms) == 2


def test_a_statement_that_nobody_has_seen_is_overtaken_too(ada: Any) -> None:
    assert ada.send("/gate/statement", {**STATEMENT, "seen": "77"}).status_code == 409
    assert count(GateTerms) == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"batch": ""}, "Type how many you mean to write to"),
        ({"batch": "0"}, "Type a number from 1 to 100 000."),
        ({"batch": "-5"}, "Type a number from 1 to 100 000."),
        ({"batch": "999999999"}, "Type a number from 1 to 100 000."),
        ({"batch": "many"}, "Write a whole number in figures."),
        ({"capacity": ""}, "Type the hours, such as 12 h."),
        ({"capacity": "12"}, "12: hours or minutes?"),
        ({"capacity": "-12 h"}, "Type the time with its unit"),
        ({"capacity": "9999 h"}, "more than a thousand hours"),
        ({"reply": "0 min"}, "Type how long one answer takes"),
        ({"send": "half"}, "Type the time with its unit"),
        ({"send_cost": ""}, "0 for none"),
        ({"send_cost": "-1"}, "not below nought"),
        ({"send_cost": "1.200"}, "1.200: 1200 or 1.2?"),
        ({"deal_margin": ""}, "Type what stays of one deal"),
        ({"deal_margin": "0"}, "pays for no letter"),
        ({"deal_margin": "9" * 20}, "nought too many"),
    ],
)
def test_a_statement_that_cannot_be_meant_is_refused_and_kept(ada: Any, change: dict[str, str], words: str) -> None:
    answer = ada.send("/gate/statement", {**STATEMENT, "send_cost": "7", **change})
    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert "Everything you typed is still here" in answer.text
    assert answer.text.count("checked") == 2
    assert count(GateTerms) == 0


def test_a_delivery_is_kept_with_who_got_it(cast: Cast, ada: Any) -> None:
    whom = people.relationship(cast.ada, "Dunlin")
    answer = ada.send("/gate/deliveries", {**DELIVERY, "who": str(whom.id), "as_promised": "no"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/gate/deliveries")
    kept = db.session.scalars(select(Delivery)).one()
    assert (kept.person_id, kept.relationship_id, kept.what, kept.as_promised) == (
        cast.ada.id,
        whom.id,
        "Changeover kit",
        False,
    )
    page = ada.get("/gate/deliveries").text
    assert heading(page) == "One delivery written down"
    assert "Changeover kit Dunlin" in text_of(page)
    assert "Not as promised" in text_of(page)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"day": ""}, "Choose the day."),
        ({"day": "2026-11-25"}, "still to come"),
        ({"day": "1999-01-01"}, "more than 3 years before"),
        ({"what": ""}, "Say what it was"),
        ({"what": "x" * 141}, "Use 140 characters or fewer."),
        ({"as_promised": ""}, "Say whether it was what you had promised"),
        ({"as_promised": "perhaps"}, "Say whether it was what you had promised"),
        ({"who": "999999"}, "Choose somebody from your list"),
    ],
)
def test_a_delivery_that_cannot_be_meant_is_refused(ada: Any, change: dict[str, str], words: str) -> None:
    answer = ada.send("/gate/deliveries", {**DELIVERY, **change})
    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert count(Delivery) == 0


def test_a_delivery_to_somebody_elses_people_is_refused(cast: Cast, ada: Any) -> None:
    foreign = people.relationship(cast.cleo)
    assert ada.send("/gate/deliveries", {**DELIVERY, "who": str(foreign.id)}).status_code == 422
    assert count(Delivery) == 0


def test_what_is_taken_out_is_marked_and_a_foreign_one_is_not_there(cast: Cast, ada: Any) -> None:
    own, foreign = rows.delivery(cast.ada), rows.delivery(cast.cleo)
    for _ in range(2):
        assert ada.send(f"/gate/deliveries/{own.id}/remove").status_code == 303
    assert ada.send(f"/gate/deliveries/{foreign.id}/remove").status_code == 404
    db.session.expire_all()
    assert db.session.get_one(Delivery, own.id).removed_at is not None
    assert db.session.get_one(Delivery, foreign.id).removed_at is None
    assert heading(ada.get("/gate/deliveries").text) == "No delivery written down yet"


def test_a_long_list_is_paged_and_a_page_beyond_it_is_not_there(cast: Cast, ada: Any) -> None:
    for _ in range(21):
        rows.delivery(cast.ada)
    assert "Page 1 of 2" in ada.get("/gate/deliveries").text
    assert ada.get("/gate/deliveries?page=2").status_code == 200
    assert ada.get("/gate/deliveries?page=3").status_code == 404
