"""A month of the account, opened: every entry of it, and its figures made of them."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from app.db import db
from tests import cast as people
from tests.app.practice.ledger_rows import AFTER, begin, heading, log_entry, paid, text_of, worked_example
from tests.cast import Cast, save


def read(browser: Any, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return text_of(answer.text)


def test_a_month_holds_its_entries_and_its_figures_filled_in(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None]
) -> None:
    worked_example(cast.ada)
    at(AFTER)
    browser = browser_of(cast.ada)
    assert heading(browser.get("/roi/months/9").text) == "Month 9, September: €200 put in, €2 226 back"
    page = read(browser, "/roi/months/9")
    for formula in (
        "8 000 × .60 × .60 × .70",
        "1 000 × .70 × .40 × .75",
        "Everything attributed may be claimed: 2 226.00",
        "2 226.00 − 200.00 = +2 026.00",
        "−1 930.00 + 2 026.00 = +96.00",
        "+2 026.00 ÷ (1 + 0.00797414) to the power of 9 = +1 886.23",
    ):
        assert formula in page


def test_where_the_margin_is_lower_a_month_says_what_it_is_scaled_by(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None]
) -> None:
    begin(cast.ada)
    db.session.add(paid(cast.ada, 8_000, date(2026, 5, 5), None, ".5 1 1"))
    for month in range(1, 13):
        people.margin(cast.ada, date(2025, month, 1), 100_000)
    people.margin(cast.ada, date(2026, 5, 1), 200_000)
    db.session.commit()
    at(AFTER)
    page = read(browser_of(cast.ada), "/roi/months/5")
    assert "4 000.00 × 1 000.00 ÷ 4 000.00 = 1 000.00" in page


def test_the_months_of_the_curve_lead_to_their_entries_and_add_up_to_the_account(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None]
) -> None:
    worked_example(cast.ada)
    at(AFTER)
    browser = browser_of(cast.ada)
    links = re.findall(r'href="(/roi/months/\w+)"', browser.get("/roi/").text)
    assert set(links) == {"/roi/months/start", *(f"/roi/months/{t}" for t in range(1, 13))}
    assert "Course fee1 2001 200.00" in read(browser, "/roi/months/start")
    assert "= +126.00" in read(browser, "/roi/months/12")
    assert read(browser, "/roi/months/1").count("The log: K-07") == 9


@pytest.mark.parametrize("t", [9, 13, 10**12])
def test_a_month_that_has_not_been_reached_is_not_there(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None], t: int
) -> None:
    worked_example(cast.ada)
    at(datetime.fromisoformat("2026-08-20T12:00:00+00:00"))
    assert browser_of(cast.ada).get(f"/roi/months/{t}").status_code == 404


def test_a_month_before_the_ledger_begins_leads_to_its_beginning(cast: Cast, browser_of: Any) -> None:
    cast.ada.ledger_start = None
    save(cast.ada)
    assert browser_of(cast.ada).get("/roi/months/start").location == "/roi/"


def test_a_month_of_hundreds_of_entries_comes_a_page_at_a_time(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None], queries: list[str]
) -> None:
    begin(cast.ada)
    db.session.add_all(log_entry(cast.ada, None, date(2026, 2, 5), 10) for _ in range(250))
    db.session.commit()
    at(AFTER)
    browser = browser_of(cast.ada)
    queries.clear()
    first = read(browser, "/roi/months/2")
    assert len(queries) <= 4
    assert (first.count("On my own"), "the sum of 250 lines below" in first) == (100, True)
    assert read(browser, "/roi/months/2?page=3").count("On my own") == 50


def test_somebody_elses_entries_are_in_no_month_of_mine(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None]
) -> None:
    worked_example(cast.ada)
    begin(cast.ben)
    at(AFTER)
    assert "K-07" not in read(browser_of(cast.ben), "/roi/months/9")
