"""The ROI page: the finding in its title, every figure opened, and nothing claimed before its time."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete

from app.db import db
from app.models import Intangible, MonthlyMargin, Opportunity
from tests import cast as people
from tests.app.practice.ledger_rows import (
    AFTER,
    START,
    begin,
    figure,
    heading,
    log_entry,
    paid,
    reading,
    text_of,
    worked_example,
)
from tests.cast import NOON, Cast, save

ROI = "/roi/"


def page_of(browser: Any, url: str = ROI) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return str(answer.text)


def test_the_methods_learner_reads_the_methods_figures(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None]
) -> None:
    worked_example(cast.ada)
    at(AFTER)
    page = page_of(browser_of(cast.ada))
    assert heading(page) == "126 euros more than it cost"
    lines = ("attributed", "trend", "claim", "invested", "return", "npv")
    assert [figure(page, line).replace("\u00a0", " ") for line in lines] == [
        "4 926.00",
        "6 000.00",
        "4 926.00",
        "4 800.00",
        "+2.625 %",
        "−15.90",
    ]
    read = text_of(page)
    assert "Returned passed invested in September, and has stayed above since" in read
    assert "That is +2.6 %, and the sign hangs on one receipt." in read
    assert "Without K-07’s receipt of 9 September 2026 you would stand at −€1 890, and have no break-even." in read
    assert "Grade B: a ledger and a baseline of twelve months" in read


def test_every_figure_opens_into_its_entries_with_the_formula_filled_in(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None]
) -> None:
    worked_example(cast.ada)
    at(AFTER)
    read = text_of(page_of(browser_of(cast.ada)))
    for formula in (
        "8 000 × .60 × .60 × .70",
        "min(4 926.00, 6 000.00) = 4 926.00",
        "100 × (4 926.00 − 4 800.00) ÷ 4 800.00 = +2.625 %",
        "1 + 0.00797414",
        "returned 4 640.65 − invested 4 656.55 = −15.90",
        "Nine entries of the log",
        "3 h × 50",
    ):
        assert formula in read


def test_before_month_six_only_what_was_invested_is_said(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None]
) -> None:
    worked_example(cast.ada)
    at(datetime(2026, 5, 20, tzinfo=UTC))
    page = page_of(browser_of(cast.ada))
    assert heading(page) == "Too early to say: invested so far €3 200"
    assert "So far, claimed − invested" in text_of(page)
    assert "Less than it cost" not in text_of(page)
    assert figure(page, "return") == "not yet"
    assert "A return is shown from month 6 on; this is month 5." in text_of(page)
    assert "2.6 %" not in text_of(page)


def test_a_long_sales_cycle_keeps_it_too_early(cast: Cast, browser_of: Any, at: Callable[[datetime], None]) -> None:
    worked_example(cast.ada)
    begin(cast.ada, sales_cycle_months=14)
    at(AFTER)
    page = page_of(browser_of(cast.ada))
    assert heading(page).startswith("Too early to say")
    assert "Your sales take 14 months" in text_of(page)


def test_with_nothing_typed_the_page_says_how_to_begin(cast: Cast, browser_of: Any) -> None:
    cast.ada.ledger_start, cast.ada.hourly_value = START, None
    save(cast.ada)
    save(log_entry(cast.ada, None, date(2026, 2, 1), 80))
    read = text_of(page_of(browser_of(cast.ada)))
    assert "Nothing typed yet" in read
    assert "have counted 1 h 20 min of your time by themselves" in read
    for step in ("Put a value on your hour", "Note the months before", "Write down the first receipt"):
        assert step in read


def test_without_a_first_day_the_page_asks_for_it(cast: Cast, browser_of: Any) -> None:
    cast.ada.ledger_start = None
    save(cast.ada)
    browser = browser_of(cast.ada)
    page = page_of(browser)
    assert heading(page) == "When did it begin?"
    assert "/roi/settings" in page
    assert browser.get("/roi/ledger.json").status_code == 302
    for url in ("/roi/receipts", "/roi/costs", "/roi/baseline"):
        assert browser.get(url).headers["Location"] == "/roi/settings"


def test_hours_without_a_price_make_no_result(cast: Cast, browser_of: Any, at: Callable[[datetime], None]) -> None:
    begin(cast.ada, hourly_value=None)
    save(log_entry(cast.ada, None, date(2026, 2, 1), 95))
    save(paid(cast.ada, 2_000, date(2026, 5, 5), None, "1 1 1"))
    at(AFTER)
    page = page_of(browser_of(cast.ada))
    assert heading(page) == "No result yet: 1 h 35 min have no price"
    assert "count as nothing, for your hour has no value yet" in text_of(page)


def test_a_plus_without_a_baseline_is_the_learners_own_count(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None]
) -> None:
    begin(cast.ada)
    people.cost(cast.ada, 100_000, day=START, what="Course fee")
    save(paid(cast.ada, 2_000, date(2026, 5, 5), None, "1 1 1"))
    at(AFTER)
    page = page_of(browser_of(cast.ada))
    assert heading(page) == "1 000 euros more than it cost, by your own count"
    assert figure(page, "trend") == "not known"
    assert "Grade C: a ledger without a baseline, so unsupported." in text_of(page)


def test_what_is_left_out_stands_there_with_its_reason(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None]
) -> None:
    begin(cast.ada)
    rows: list[Any] = [
        paid(cast.ada, 1, date(2025, 12, 31), None, "1 1 1"),
        paid(cast.ada, 2, date(2026, 3, 1), None, "1 - 1"),
        paid(cast.ada, 3, date(2026, 3, 1), None, "1 1 -"),
        paid(cast.ada, 4, date(2027, 1, 3), None, "1 1 1"),
        log_entry(cast.ada, None, date(2027, 1, 2), 30),
        log_entry(cast.ada, None, date(2027, 1, 3), 30),
        reading(cast.ada_enrolled.id, "gone", NOON),
    ]
    db.session.add_all(rows)
    db.session.commit()
    people.cost(cast.ada, 100, day=date(2027, 1, 4), what="Late fee")
    at(AFTER)
    page = page_of(browser_of(cast.ada))
    assert figure(page, "attributed") == "0.00"
    assert figure(page, "left-out").replace("\u00a0", " ") == "7 lines"
    read = text_of(page)
    for reason in (
        "Paid by the day of the start, so the training cannot have earned it.",
        "The share due to the training is unknown, which counts as 0.",
        "How sure you are is unknown, which counts as 0.",
        "Dated after the twelve months of this account.",
        "Two entries of the log",
        "Its stated minutes are not known any more.",
    ):
        assert reason in read


def test_a_window_that_starts_within_a_month_says_how_its_months_are_matched(cast: Cast, browser_of: Any) -> None:
    begin(cast.ada, date(2026, 3, 15))
    for month in range(7, 13):
        people.margin(cast.ada, date(2025, month, 1), 100_000)
    read = text_of(page_of(browser_of(cast.ada)))
    assert "month 1 of your window is read as March 2026, the month that holds the first day" in read


def test_what_people_typed_stays_text(cast: Cast, browser_of: Any, at: Callable[[datetime], None]) -> None:
    begin(cast.ada)
    hostile = people.relationship(cast.ada, "<script>alert(1)</script>")
    order = paid(cast.ada, 2_000, date(2026, 5, 5), hostile.id, "1 1 1")
    order.what = "<img src=x onerror=alert(2)>"
    save(order)
    at(AFTER)
    page = page_of(browser_of(cast.ada))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_ledger_is_the_learners_alone(cast: Cast, browser_of: Any, client: Any) -> None:
    worked_example(cast.ada)
    for url in (
        ROI,
        "/roi/ledger.json",
        "/roi/ledger.csv",
        "/roi/receipts",
        "/roi/costs",
        "/roi/baseline",
        "/roi/settings",
    ):
        assert client.get(url).status_code == 302
        assert browser_of(cast.tess).get(url).status_code == 404
        other = browser_of(cast.ben).get(url)
        assert other.status_code == 200
        assert "K-07" not in other.text


@pytest.mark.parametrize("url", [ROI, "/roi/receipts", "/roi/costs", "/roi/baseline", "/roi/settings"])
def test_the_navigation_says_where_one_is(cast: Cast, browser_of: Any, url: str) -> None:
    page = page_of(browser_of(cast.ada), url)
    assert re.search(r'aria-current="page"><svg.*?</svg>ROI<', page)


@pytest.mark.parametrize("rows", [1, 500])
@pytest.mark.parametrize(
    "url", [ROI, "/roi/ledger.json", "/roi/ledger.csv", "/roi/receipts", "/roi/costs", "/roi/baseline"]
)
def test_a_page_takes_four_queries_with_any_number_of_rows(
    cast: Cast, browser_of: Any, queries: list[str], rows: int, url: str
) -> None:
    begin(cast.ada)
    whom = people.relationship(cast.ada).id
    db.session.add_all(log_entry(cast.ada, whom, date(2026, 2, 1), 20) for _ in range(rows))
    db.session.add_all(paid(cast.ada, 10, date(2026, 2, 1), whom, "1 1 1") for _ in range(rows))
    db.session.add_all(reading(cast.ada_enrolled.id, f"lesson-{i}", NOON) for i in range(rows))
    db.session.commit()
    browser = browser_of(cast.ada)
    queries.clear()
    assert browser.get(url).status_code == 200
    assert len(queries) <= 4


def test_a_baseline_asks_for_the_months_since_and_only_then(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None]
) -> None:
    worked_example(cast.ada)
    at(AFTER)
    browser = browser_of(cast.ada)
    assert "Still missing" not in text_of(page_of(browser))
    db.session.execute(delete(MonthlyMargin).where(MonthlyMargin.month == date(2026, 5, 1)))
    assert "One month since the start has no margin" in text_of(page_of(browser))


def test_what_a_client_may_be_worth_stands_beside_with_its_formula_and_in_no_sum(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None]
) -> None:
    worked_example(cast.ada)
    at(AFTER)
    page = page_of(browser_of(cast.ada))
    read = text_of(page)
    assert "What a client may be worth over the years, never part of the return" in read
    assert "Two clients left 13 300.00 in margin in the last twelve months: 13 300.00 ÷ 2 = 6 650.00 each." in read
    assert figure(page, "claim").replace("\u00a0", " ") == "4 926.00"


def test_what_was_paid_abroad_stands_beside_what_it_was_converted_to(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None]
) -> None:
    begin(cast.ada)
    order = paid(cast.ada, 1_104, date(2026, 3, 4), None, "1 1 1")
    order.original_amount, order.original_currency = 120_000, "USD"
    order.rate, order.rate_source = Decimal(".92"), "ECB"
    save(order)
    at(AFTER)
    browser = browser_of(cast.ada)
    for url in (ROI, "/roi/months/3"):
        assert "1 200.00 USD at 0.92, ECB." in text_of(page_of(browser, url))
    table = browser.get("/roi/ledger.csv").data.decode("utf-8-sig")
    assert "1200.00,USD,0.92,ECB" in table


def test_money_that_may_come_and_words_stand_beside_with_their_kind(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None]
) -> None:
    worked_example(cast.ada)
    shared = {"person_id": cast.ada.id, "day": date(2026, 10, 1), "margin": Decimal(".4")}
    db.session.add(Opportunity(**shared, what="Frame contract", state="signed", amount=800_000))
    db.session.add(Opportunity(**shared, what="Harbour 2", state="open", amount=1_800_000, probability=Decimal(".3")))
    db.session.add(Intangible(person_id=cast.ada.id, day=date(2026, 10, 2), text="He rings before he tenders now."))
    db.session.commit()
    at(AFTER)
    page = page_of(browser_of(cast.ada))
    read = text_of(page)
    assert "8 000 × .40" in read
    assert "18 000 × .40 × .30" in read
    assert "He rings before he tenders now." in read
    assert (figure(page, "signed"), figure(page, "possible")) == ("3\u00a0200.00", "2\u00a0160.00")
    assert figure(page, "claim") == "4\u00a0926.00"
