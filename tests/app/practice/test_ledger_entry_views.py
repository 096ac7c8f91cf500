"""Receipts and costs as they are typed: what is understood, what is refused and kept, what is taken out."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from app.db import db
from app.models import Cost, Receipt
from tests import cast as people
from tests.app.practice.ledger_rows import begin, heading, text_of
from tests.cast import NOON, TODAY, Cast

RECEIPT = {
    "day": "2026-11-20",
    "who": "",
    "what": "Changeover kit",
    "amount": "1.200,50",
    "margin": "60",
    "attribution": "50 %",
    "confidence": "",
}
COST = {"kind": "fee", "day": "2026-11-20", "what": "Course fee", "amount": "1 200", "time": ""}
LEDGER = [("/roi/receipts", RECEIPT, Receipt), ("/roi/costs", COST, Cost)]


def rows(table: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def ada(cast: Cast, browser_of: Any) -> Any:
    """Ada's browser, her window begun in September."""
    begin(cast.ada, date(2026, 9, 1))
    return browser_of(cast.ada)


def test_a_receipt_is_kept_as_it_was_meant(cast: Cast, ada: Any) -> None:
    whom = people.relationship(cast.ada)
    answer = ada.send("/roi/receipts", {**RECEIPT, "who": str(whom.id)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/roi/receipts")
    kept = db.session.scalars(select(Receipt)).one()
    assert (kept.person_id, kept.relationship_id, kept.day) == (cast.ada.id, whom.id, date(2026, 11, 20))
    assert (kept.what, kept.amount) == ("Changeover kit", 120_050)
    assert (kept.margin, kept.attribution, kept.confidence) == (Decimal(".6"), Decimal(".5"), None)


def test_the_list_says_what_a_receipt_counts_and_why_not(cast: Cast, ada: Any) -> None:
    people.receipt(
        cast.ada, 600_000, day=date(2026, 10, 1), what="Order", relationship_id=people.relationship(cast.ada).id
    )
    people.receipt(cast.ada, 1_000, day=date(2026, 10, 2), what="Second", confidence=None)
    page = ada.get("/roi/receipts").text
    assert heading(page) == "Two receipts"
    read = text_of(page)
    assert "6 000 × .60 × .50 × .80" in read
    assert "1 440.00" in read
    assert "How sure you are is unknown, which counts as 0." in read


def test_a_cost_is_of_today_unless_another_day_is_chosen(ada: Any) -> None:
    assert f'value="{TODAY.isoformat()}"' in ada.get("/roi/costs").text
    assert f'value="{TODAY.isoformat()}"' not in ada.send("/roi/costs", {**COST, "day": ""}).text


def test_a_fee_and_an_hour_are_kept_each_in_its_unit(cast: Cast, ada: Any) -> None:
    assert ada.send("/roi/costs", COST).status_code == 303
    assert ada.send("/roi/costs", {**COST, "kind": "time", "amount": "", "time": "1 h 30"}).status_code == 303
    fee, time = db.session.scalars(select(Cost).order_by(Cost.id))
    assert (fee.kind, fee.amount, fee.minutes) == ("fee", 120_000, None)
    assert (time.kind, time.amount, time.minutes) == ("time", None, 90)
    assert "1 h 30 min × 50" in text_of(ada.get("/roi/costs").text)


WRONG = [
    ({"day": ""}, "Choose the day."),
    ({"day": "20.11.2026"}, "That is not a day."),
    ({"day": "2026-11-25"}, "still to come"),
    ({"day": "2023-08-31"}, "more than 3 years before the start"),
    ({"what": ""}, "Say what it was for"),
    ({"what": "x" * 141}, "Use 140 characters or fewer."),
    ({"what": "two\nlines"}, "Keep it to one line."),
    ({"amount": ""}, "Type what was paid"),
    ({"amount": "0"}, "brings nothing"),
    ({"amount": "-5"}, "not below nought"),
    ({"amount": "1.200"}, "1.200: 1200 or 1.2?"),
    ({"amount": "$5"}, "kept in EUR"),
    ({"amount": "1e9"}, "in figures"),
    ({"amount": "9" * 20}, "nought too many"),
    ({"amount": "9" * 5_000}, "too long for a figure"),
    ({"amount": "<b>5</b>"}, "in figures"),
    ({"margin": ""}, "Type the part that stays"),
    ({"margin": "120"}, "at most 100 %"),
    ({"margin": "0.6"}, "0.6: is that 60 % or 0.6 %?"),
    ({"attribution": "half"}, "from 0 to 100"),
    ({"confidence": "-5"}, "from 0 to 100"),
    ({"who": "999999"}, "Choose somebody from your list"),
    ({"who": "Ada"}, "Choose somebody from your list"),
]


@pytest.mark.parametrize(("change", "words"), WRONG, ids=[f"{change}"[:40] for change, _ in WRONG])
def test_a_receipt_that_cannot_be_meant_is_refused_in_words_and_kept_in_the_form(
    ada: Any, change: dict[str, str], words: str
) -> None:
    answer = ada.send("/roi/receipts", {**RECEIPT, "what": "Kept as typed", **change})
    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert "Everything you typed is still here" in answer.text
    assert rows(Receipt) == 0
    if "what" not in change:
        assert 'value="Kept as typed"' in answer.text


def test_an_unreadable_figure_stands_in_its_field_as_it_was_typed(ada: Any) -> None:
    page = ada.send("/roi/receipts", {**RECEIPT, "amount": '1.200"><script>'}).text
    assert "1.200&#34;&gt;&lt;script&gt;" in page
    assert "<script>" not in page.replace("<script type", "")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "gift"}, "Choose one of the three."),
        ({"kind": ""}, "Choose one of the three."),
        ({"kind": "time"}, "Time has no amount"),
        ({"kind": "time", "amount": ""}, "Type how long it took"),
        ({"kind": "time", "amount": "", "time": "90"}, "90: hours or minutes?"),
        ({"kind": "time", "amount": "", "time": "0 min"}, "Type how long it took"),
        ({"time": "1 h"}, "Only time has a length."),
        ({"amount": ""}, "Type what was paid"),
        ({"amount": "0,00"}, "changes nothing"),
        ({"day": "2027-01-01"}, "still to come"),
        ({"what": ""}, "Say what it was"),
    ],
)
def test_a_cost_that_cannot_be_meant_is_refused_in_words(ada: Any, change: dict[str, str], words: str) -> None:
    answer = ada.send("/roi/costs", {**COST, **change})
    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert rows(Cost) == 0


@pytest.mark.parametrize(("url", "sent", "table"), LEDGER)
def test_a_double_post_writes_once(ada: Any, url: str, sent: dict[str, str], table: Any) -> None:
    answers = [ada.send(url, {**sent, "once": "the-same-key"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert rows(table) == 1


@pytest.mark.parametrize(("url", "sent", "table"), LEDGER)
def test_a_page_open_for_too_long_keeps_what_was_typed(ada: Any, url: str, sent: dict[str, str], table: Any) -> None:
    answer = ada.post(url, data={**sent, "csrf_token": "stale"})
    assert answer.status_code == 422
    assert "had been open for too long" in answer.text
    assert f'value="{sent["what"]}"' in answer.text
    assert rows(table) == 0


@pytest.mark.parametrize(("url", "make"), [("/roi/receipts", people.receipt), ("/roi/costs", people.cost)])
def test_a_line_taken_out_counts_nowhere_and_is_still_a_row(cast: Cast, ada: Any, url: str, make: Any) -> None:
    row = make(cast.ada, what="A mistake")
    assert "A mistake" in ada.get(url).text
    for _ in range(2):
        assert ada.send(f"{url}/{row.id}/remove").status_code == 303
    assert "A mistake" not in ada.get(url).text
    db.session.refresh(row)
    assert row.removed_at == NOON


@pytest.mark.parametrize(("url", "make"), [("/roi/receipts", people.receipt), ("/roi/costs", people.cost)])
def test_nobody_takes_out_a_line_of_somebody_else(cast: Cast, ada: Any, url: str, make: Any) -> None:
    row = make(cast.ben)
    assert ada.send(f"{url}/{row.id}/remove").status_code == 404
    assert ada.send(f"{url}/{2**31}/remove").status_code == 404
    assert ada.get(f"{url}/{row.id}/remove").status_code == 405
    db.session.refresh(row)
    assert row.removed_at is None


@pytest.mark.parametrize(("url", "make"), [("/roi/receipts", people.receipt), ("/roi/costs", people.cost)])
def test_a_button_without_its_token_takes_nothing_out(cast: Cast, ada: Any, url: str, make: Any) -> None:
    row = make(cast.ada)
    answer = ada.post(f"{url}/{row.id}/remove", data={"csrf_token": "stale"})
    assert (answer.status_code, "Nothing has changed." in answer.text) == (422, True)
    db.session.refresh(row)
    assert row.removed_at is None


def test_a_receipt_cannot_name_somebody_elses_relationship(cast: Cast, ada: Any) -> None:
    theirs = people.relationship(cast.ben, "B-1")
    answer = ada.send("/roi/receipts", {**RECEIPT, "who": str(theirs.id)})
    assert answer.status_code == 422
    assert "B-1" not in answer.text
    assert rows(Receipt) == 0


def test_a_receipt_on_somebody_erased_since_the_form_was_opened_is_refused_and_kept(cast: Cast, ada: Any) -> None:
    gone = people.relationship(cast.ada, "K-07")
    erased = str(gone.id)
    db.session.delete(gone)
    db.session.commit()
    answer = ada.send("/roi/receipts", {**RECEIPT, "who": erased})
    assert answer.status_code == 422
    assert "Choose somebody from your list, or nobody." in answer.text
    assert f'value="{RECEIPT["what"]}"' in answer.text
    assert rows(Receipt) == 0


@pytest.mark.parametrize(("url", "table"), [("/roi/receipts", Receipt), ("/roi/costs", Cost)])
def test_a_long_list_comes_twenty_at_a_time(cast: Cast, ada: Any, url: str, table: Any) -> None:
    facts = {"margin": 1} if table is Receipt else {"kind": "fee"}
    db.session.add_all(
        table(person_id=cast.ada.id, day=TODAY - timedelta(i), what=f"line-{i:02}", amount=100, **facts)
        for i in range(45)
    )
    db.session.commit()
    first, last = ada.get(url).text, ada.get(f"{url}?page=3").text
    assert ("line-00" in first, "line-19" in first, "line-20" in first) == (True, True, False)
    assert ("line-39" in last, "line-40" in last, "line-44" in last) == (False, True, True)
    assert ada.get(f"{url}?page=4").status_code == 404
    assert [ada.get(f"{url}?page={odd}").status_code for odd in ("0", "-1", "x", "9" * 30)] == [200] * 4
