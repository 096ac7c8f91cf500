"""Receipts and costs in another currency, a nought too many, and where an invoice came from."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app.db import db
from app.models import Cost, Receipt
from tests import cast as people
from tests.app.practice.ledger_rows import begin, text_of
from tests.app.practice.test_ledger_entry_views import COST, RECEIPT, rows
from tests.cast import TODAY, Cast

USD = {"amount": "1 200", "currency": "usd", "rate": "0,92", "rate_source": "ECB, 20 November"}


@pytest.fixture
def ada(cast: Cast, browser_of: Any) -> Any:
    begin(cast.ada, date(2026, 9, 1))
    return browser_of(cast.ada)


@pytest.mark.parametrize(("url", "typed", "table"), [("/roi/receipts", RECEIPT, Receipt), ("/roi/costs", COST, Cost)])
def test_money_from_abroad_is_converted_once_and_both_are_shown(ada: Any, url: str, typed: Any, table: Any) -> None:
    assert ada.send(url, {**typed, **USD}).status_code == 303
    kept = db.session.scalars(select(table)).one()
    assert (kept.amount, kept.original_amount, kept.original_currency) == (110_400, 120_000, "USD")
    assert (kept.rate, kept.rate_source) == (Decimal(".92"), "ECB, 20 November")
    assert "1 200.00 USD at 0.92, ECB, 20 November." in text_of(ada.get(url).text)


@pytest.mark.parametrize(
    ("change", "minor", "cents"),
    [
        ({"amount": "12 000", "currency": "JPY", "rate": "0.0061"}, 12_000, 7_320),
        ({"amount": "1.234,567", "currency": "KWD", "rate": "3.05"}, 1_234_567, 376_543),
    ],
)
def test_a_currency_keeps_its_own_decimals(ada: Any, change: Any, minor: int, cents: int) -> None:
    assert ada.send("/roi/receipts", {**RECEIPT, **USD, **change}).status_code == 303
    kept = db.session.scalars(select(Receipt)).one()
    assert (kept.original_amount, kept.amount) == (minor, cents)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"currency": "XYZ"}, "No currency in use has that code"),
        ({"currency": "DM"}, "No currency in use has that code"),
        ({"rate": "0"}, "nought would make the money vanish"),
        ({"rate": ""}, "Type what one USD was worth in EUR"),
        ({"rate": "-1"}, "Type the rate in figures"),
        ({"rate_source": ""}, "Say where the rate is from"),
        ({"rate_source": "x" * 141}, "140 characters"),
        ({"rate": "0.0000000001"}, "comes to 0.00 EUR. Is the rate the wrong way round?"),
        ({"amount": "€5"}, "The currency below says USD"),
        ({"currency": ""}, "EUR needs no rate"),
        ({"currency": "EUR"}, "EUR needs no rate"),
        ({"currency": "JPY", "amount": "5.50"}, "no decimals"),
        ({"rate": "1000"}, "1 200 000 euros: is there a nought too many"),
    ],
)
def test_what_cannot_be_converted_is_refused_in_words_and_kept(ada: Any, change: dict[str, str], words: str) -> None:
    answer = ada.send("/roi/receipts", {**RECEIPT, **USD, "what": "Kept as typed", **change})
    assert (answer.status_code, rows(Receipt)) == (422, 0)
    assert words in text_of(answer.text)
    assert 'value="Kept as typed"' in answer.text


def test_a_million_asks_once_and_is_then_believed(ada: Any) -> None:
    sent = {**RECEIPT, "amount": "1 200 000"}
    asked = ada.send("/roi/receipts", sent)
    assert (asked.status_code, rows(Receipt)) == (422, 0)
    assert "1 200 000 euros: is there a nought too many" in text_of(asked.text)
    assert 'name="sure" value="120000000"' in asked.text
    assert ada.send("/roi/receipts", {**sent, "sure": "120000000"}).status_code == 303


def test_a_tick_for_one_amount_is_none_for_another(ada: Any) -> None:
    answer = ada.send("/roi/receipts", {**RECEIPT, "amount": "12 000 000", "sure": "120000000"})
    assert (answer.status_code, rows(Receipt)) == (422, 0)


def test_what_is_far_above_the_learners_own_receipts_asks(cast: Cast, ada: Any) -> None:
    for _ in range(3):
        people.receipt(cast.ada, 50_000)
    assert ada.send("/roi/receipts", {**RECEIPT, "amount": "10 000"}).status_code == 422
    assert ada.send("/roi/receipts", {**RECEIPT, "amount": "9 999"}).status_code == 303


def test_hours_typed_for_minutes_ask(ada: Any) -> None:
    time = {**COST, "kind": "time", "amount": "", "time": "120 h"}
    answer = ada.send("/roi/costs", time)
    assert (answer.status_code, rows(Cost)) == (422, 0)
    assert "120 h: really hours" in text_of(answer.text)
    assert ada.send("/roi/costs", {**time, "sure": "7200"}).status_code == 303


def test_where_it_came_from_is_kept_and_ten_are_a_finding(cast: Cast, ada: Any) -> None:
    assert ada.send("/roi/receipts", {**RECEIPT, "origin": "introduced"}).status_code == 303
    assert db.session.scalars(select(Receipt.origin)).one() == "introduced"
    for origin in ("knew",) * 6 + ("advert",) * 3:
        people.receipt(cast.ada, origin=origin, day=TODAY)
    words = "Seven of your last ten paid invoices came from people you knew or who were brought to you."
    assert words in text_of(ada.get("/roi/receipts").text)


def test_an_origin_nobody_knows_is_refused(ada: Any) -> None:
    answer = ada.send("/roi/receipts", {**RECEIPT, "origin": "magic"})
    assert (answer.status_code, rows(Receipt)) == (422, 0)


def test_a_receipt_before_the_start_is_kept_and_counts_nothing_and_the_page_says_so(ada: Any) -> None:
    assert ada.send("/roi/receipts", {**RECEIPT, "day": "2026-08-31", "confidence": "80"}).status_code == 303
    read = text_of(ada.get("/roi/receipts").text)
    assert "What was paid up to 1 September 2026, the day of the start, is kept and counts 0." in read
    assert "Paid by the day of the start, so the training cannot have earned it." in read


def test_the_pages_of_receipts_and_costs_take_four_queries(cast: Cast, ada: Any, queries: list[str]) -> None:
    for _ in range(25):
        people.receipt(cast.ada, origin="knew")
        people.cost(cast.ada)
    for url in ("/roi/receipts", "/roi/costs", "/roi/receipts?page=2"):
        db.session.commit()
        queries.clear()
        assert ada.get(url).status_code == 200
        assert len(queries) <= 4
