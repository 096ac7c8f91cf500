"""Monthly margins, the value of an hour, the window and the currency: kept as typed, refused where they would lie."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app.db import db
from app.models import MonthlyMargin, Person
from tests import cast as people
from tests.app.practice.ledger_rows import begin, heading, text_of
from tests.cast import Cast, save

TERMS = {
    "hourly_value": "62,50",
    "start": "2026-09-01",
    "sales_cycle_months": "4",
    "currency": "EUR",
    "discount_rate": "8 %",
}


@pytest.fixture
def ada(cast: Cast, browser_of: Any) -> Any:
    """Ada's browser, her window begun in the middle of September."""
    begin(cast.ada, date(2026, 9, 15))
    return browser_of(cast.ada)


def margins(of: Person) -> dict[date, int | None]:
    rows = db.session.execute(select(MonthlyMargin.month, MonthlyMargin.amount).where(MonthlyMargin.person_id == of.id))
    return {month: amount for month, amount in rows}


def test_twelve_months_before_and_those_of_the_window_that_are_over_are_asked(ada: Any) -> None:
    page = ada.get("/roi/baseline").text
    asked = [
        f"{year}-{month:02}" for year, month in [(2025, m) for m in range(9, 13)] + [(2026, m) for m in range(1, 11)]
    ]
    assert [month for month in asked if f'name="month-{month}"' in page] == asked
    assert page.count('name="month-') == 14


def test_margins_are_kept_and_an_empty_month_stays_unknown(cast: Cast, ada: Any) -> None:
    typed = {"month-2026-08": "5.000,50", "month-2026-07": "−300", "month-2026-09": "0", "month-2026-06": ""}
    assert ada.send("/roi/baseline", typed).status_code == 303
    kept = {date(2026, 8, 1): 500_050, date(2026, 7, 1): -30_000, date(2026, 9, 1): 0}
    assert margins(cast.ada) == kept
    page = ada.get("/roi/baseline").text
    assert ('value="5000.50"' in page, 'value="-300.00"' in page) == (True, True)
    assert heading(page) == "Two months known, six make a baseline"


def test_what_the_form_shows_is_read_back_as_the_same(cast: Cast, ada: Any) -> None:
    people.margin(cast.ada, date(2026, 8, 1), 123_456_789)
    assert ada.send("/roi/baseline", {"month-2026-08": "1234567.89"}).status_code == 303
    assert margins(cast.ada) == {date(2026, 8, 1): 123_456_789}


def test_a_month_can_be_made_unknown_again(cast: Cast, ada: Any) -> None:
    people.margin(cast.ada, date(2026, 8, 1), 100)
    assert ada.send("/roi/baseline", {"month-2026-08": ""}).status_code == 303
    assert margins(cast.ada) == {date(2026, 8, 1): None}


def test_months_that_were_not_asked_are_left_alone(cast: Cast, ada: Any) -> None:
    people.margin(cast.ada, date(2024, 8, 1), 100)
    people.margin(cast.ben, date(2026, 8, 1), 100)
    typed = {"month-2024-08": "9", "month-2026-11": "9", "month-2026-08": "2"}
    assert ada.send("/roi/baseline", typed).status_code == 303
    assert margins(cast.ada) == {date(2024, 8, 1): 100, date(2026, 8, 1): 200}
    assert margins(cast.ben) == {date(2026, 8, 1): 100}


@pytest.mark.parametrize(
    ("typed", "words"), [("1.200", "1.200: 1200 or 1.2?"), ("soon", "in figures"), ("9" * 60, "too long for a figure")]
)
def test_a_margin_that_cannot_be_read_keeps_every_month_as_typed(cast: Cast, ada: Any, typed: str, words: str) -> None:
    answer = ada.send("/roi/baseline", {"month-2026-08": typed, "month-2026-07": "17,17"})
    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert (f'value="{typed}"' in answer.text, 'value="17,17"' in answer.text) == (True, True)
    assert margins(cast.ada) == {}


def test_a_stale_page_of_months_keeps_what_was_typed(cast: Cast, ada: Any) -> None:
    answer = ada.post("/roi/baseline", data={"month-2026-08": "17,17", "csrf_token": "stale"})
    assert (answer.status_code, 'value="17,17"' in answer.text) == (422, True)
    assert margins(cast.ada) == {}


def test_the_terms_are_kept(cast: Cast, ada: Any) -> None:
    assert ada.send("/roi/settings", TERMS).headers["Location"] == "/roi/"
    db.session.refresh(cast.ada)
    assert (cast.ada.hourly_value, cast.ada.ledger_start) == (6_250, date(2026, 9, 1))
    assert (cast.ada.sales_cycle_months, cast.ada.currency) == (4, "EUR")
    assert cast.ada.discount_rate == Decimal(".08")
    assert 'value="8 %"' in ada.get("/roi/settings").text
    assert heading(ada.get("/roi/settings").text) == "An hour of yours counts €62.50"


def test_an_hour_may_have_no_value(cast: Cast, ada: Any) -> None:
    assert ada.send("/roi/settings", {**TERMS, "hourly_value": ""}).status_code == 303
    db.session.refresh(cast.ada)
    assert cast.ada.hourly_value is None
    assert heading(ada.get("/roi/settings").text) == "Your hour has no value yet"


def test_an_hour_that_is_worth_nothing_is_told_apart_from_one_of_unknown_value(cast: Cast, ada: Any) -> None:
    assert ada.send("/roi/settings", {**TERMS, "hourly_value": "0"}).status_code == 303
    db.session.refresh(cast.ada)
    assert cast.ada.hourly_value == 0
    assert heading(ada.get("/roi/settings").text) == "An hour of yours counts as nothing, by your own word"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hourly_value": "-1"}, "not below nought"),
        ({"hourly_value": "1.200"}, "1200 or 1.2?"),
        ({"start": ""}, "Choose the first day."),
        ({"start": "soon"}, "That is not a day."),
        ({"start": "2020-01-01"}, "within 3 years of today"),
        ({"start": "2032-01-01"}, "within 3 years of today"),
        ({"sales_cycle_months": ""}, "Type a number of months"),
        ({"sales_cycle_months": "61"}, "from 0 to 60"),
        ({"sales_cycle_months": "-1"}, "from 0 to 60"),
        ({"sales_cycle_months": "two"}, "whole number"),
        ({"discount_rate": ""}, "Type a percentage, 10 if you have no better one"),
        ({"discount_rate": "0.1"}, "is that 10 % or 0.1 %?"),
        ({"discount_rate": "120"}, "at most 100 %"),
        ({"currency": "JPY"}, "Choose a currency from the list."),
        ({"currency": ""}, "Choose a currency from the list."),
    ],
)
def test_terms_that_cannot_be_meant_are_refused(cast: Cast, ada: Any, change: dict[str, str], words: str) -> None:
    answer = ada.send("/roi/settings", {**TERMS, **change})
    assert answer.status_code == 422
    assert words in text_of(answer.text)
    db.session.refresh(cast.ada)
    assert (cast.ada.hourly_value, cast.ada.ledger_start) == (5_000, date(2026, 9, 15))


def test_a_currency_can_be_chosen_while_no_amount_stands_in_the_ledger(cast: Cast, ada: Any) -> None:
    people.cost(cast.ada, None, kind="time", minutes=30)
    assert ada.send("/roi/settings", {**TERMS, "hourly_value": "CHF 80", "currency": "CHF"}).status_code == 303
    db.session.refresh(cast.ada)
    assert (cast.ada.currency, cast.ada.hourly_value) == ("CHF", 8_000)


@pytest.mark.parametrize("what", ["receipt", "cost", "margin"])
def test_a_currency_with_amounts_in_it_stays_and_the_page_says_why(cast: Cast, ada: Any, what: str) -> None:
    if what == "margin":
        people.margin(cast.ada, date(2026, 8, 1), 100)
    else:
        getattr(people, what)(cast.ada)
    answer = ada.send("/roi/settings", {**TERMS, "currency": "SEK"})
    assert answer.status_code == 422
    assert "Your ledger holds one amount in EUR; in another currency they would lie." in text_of(answer.text)
    db.session.refresh(cast.ada)
    assert (cast.ada.currency, cast.ada.hourly_value) == ("EUR", 5_000)


def test_who_has_no_first_day_can_name_it(cast: Cast, browser_of: Any) -> None:
    cast.ada.ledger_start = None
    save(cast.ada)
    browser = browser_of(cast.ada)
    assert browser.get("/roi/settings").status_code == 200
    assert browser.send("/roi/settings", TERMS).status_code == 303
    assert browser.get("/roi/").status_code == 200
