"""The workbook reckons: its formulas alone come to the figures of the page, and nothing in it acts that is text."""

import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from app import content
from app.practice.account_xlsx import Told, account_to_xlsx
from course.evidence import Beside, Intangible, Opportunity, evidence
from course.ledger import Ledger
from course.roi import Account, account
from tests import cast as people
from tests.app.practice.ledger_rows import AFTER, START, begin, figure, paid, random_ledger
from tests.app.practice.spreadsheet import Sheets
from tests.cast import Cast, save
from tests.course.ledgers import LEDGERS, worked

HASH = "0" * 64


def workbook_of(ledger: Ledger, beside: Beside | None = None) -> bytes:
    drawn_up = account(ledger)
    shown = evidence(drawn_up.receipt_lines, beside or Beside(ledger.start, ledger.as_of))
    return account_to_xlsx(Told(drawn_up, shown, HASH))


def expected(of: Account) -> dict[str, Any]:
    """What each named cell must come to."""
    return {
        "investment": of.investment,
        "benefit_attributed": of.benefit_attributed,
        "benefit_trend": "not known" if of.benefit_trend is None else of.benefit_trend,
        "benefit_claimed": of.benefit_claimed,
        "net": of.net,
        "grade": of.grade,
        "too_early": of.too_early,
        "benefit_cost_ratio": of.bcr,
        "roi_percent": of.roi_percent,
        "payback_months": of.payback_months,
        "break_even_month": of.break_even_month,
        "net_present_value": of.npv,
        "discounted_break_even_month": of.discounted_break_even_month,
    }


def told(value: Any) -> Any:
    """A figure as both sides can be compared: to a ten-thousandth of a cent, far below what is printed."""
    if value is None:
        return "none"
    if isinstance(value, (str, bool)):
        return value
    return pytest.approx(float(value), rel=1e-9, abs=1e-6)


def test_the_methods_ledger_comes_to_the_methods_figures_by_its_formulas() -> None:
    sheets = Sheets(workbook_of(worked()))
    names = ("investment", "benefit_attributed", "roi_percent", "break_even_month", "discounted_break_even_month")
    assert [sheets.named(name) for name in names] == [4800, told(4926), told(Decimal("2.625")), 9, "none"]
    assert round(sheets.named("net_present_value"), 2) == -15.90


@settings(max_examples=20, deadline=None)
@given(LEDGERS)
def test_the_formulas_of_any_ledger_come_to_its_account(ledger: Ledger) -> None:
    of, sheets = account(ledger), Sheets(workbook_of(ledger))
    for name, figure_of in expected(of).items():
        assert sheets.named(name) == told(figure_of), name
    for row, month in enumerate(of.months, 2):
        found = [sheets.cell("Curve", row, column) for column in (1, 2, 4, 5, 6)]
        assert found == [month.t, *map(told, (month.invested, month.returned, month.net, month.net_cumulative))]


@settings(max_examples=6, deadline=None)
@given(LEDGERS)
def test_what_is_stored_beside_a_named_formula_is_what_it_comes_to(ledger: Ledger) -> None:
    content_of = workbook_of(ledger)
    sheets, stored = Sheets(content_of), load_workbook(io.BytesIO(content_of), data_only=True)["Account"]
    for row in range(2, stored.max_row + 1):
        value = stored.cell(row, 2).value
        shown = value.date() if isinstance(value, datetime) else value
        assert sheets.cell("Account", row, 2) == (shown if isinstance(shown, date) else told(shown))


@pytest.mark.parametrize("seed", range(12))
def test_a_download_comes_to_the_page_to_the_cent(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None], app: Any, seed: int
) -> None:
    lessons = [lesson.id for lesson in content.library().lessons[:3]]
    random_ledger(cast.ada, cast.ada_enrolled.id, seed=seed, lessons=[*lessons, "gone"])
    at(AFTER)
    browser = browser_of(cast.ada)
    sheets, page = Sheets(browser.get("/roi/account.xlsx").data), browser.get("/roi/").text
    lines = {
        "invested": "investment",
        "attributed": "benefit_attributed",
        "claim": "benefit_claimed",
        "npv": "net_present_value",
    }
    for line, name in lines.items():
        printed = Decimal(figure(page, line).replace("\u00a0", "").replace("−", "-"))
        assert abs(Decimal(sheets.named(name)) - printed) <= Decimal("0.005001"), line


def test_numbers_are_numbers_dates_are_dates_and_unknown_is_empty(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None]
) -> None:
    begin(cast.ada)
    save(paid(cast.ada, 1_200, date(2026, 3, 4), people.relationship(cast.ada, "K-07").id, ".6 .5 -"))
    at(AFTER)
    answer = browser_of(cast.ada).get("/roi/account.xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="account-2027-01-04.xlsx"'
    assert answer.headers["Cache-Control"] == "no-store"
    row = [cell.value for cell in load_workbook(io.BytesIO(answer.data))["Receipts"][2]]
    assert (row[0], row[2], row[3], row[7:11]) == (datetime(2026, 3, 4), "K-07", "Order", [1200, 0.6, 0.5, None])
    assert row[12] == "how sure you are is unknown, which counts as 0"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "https://example.org", "12", "{=1}"])
def test_text_stays_text(cast: Cast, browser_of: Any, text: str) -> None:
    begin(cast.ada)
    order = paid(cast.ada, 1, date(2026, 2, 1), people.relationship(cast.ada, text).id, "1 1 1")
    order.what = text
    save(order)
    people.cost(cast.ada, what=text)
    book = load_workbook(io.BytesIO(browser_of(cast.ada).get("/roi/account.xlsx").data))
    cells = [book["Receipts"]["C2"], book["Receipts"]["D2"], *(row[3] for row in book["Costs"].iter_rows(min_row=2))]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [(text, "s", None)] * 3


def test_evidence_stands_beside_and_is_added_nowhere() -> None:
    facts = {"came_up": date(2026, 3, 1), "day": date(2026, 3, 2)}
    signed = Opportunity("Frame contract", "signed", Decimal(9000), Decimal(".4"), **facts, paid=Decimal(1000))
    possible = Opportunity("Harbour 2", "open", Decimal(18000), Decimal(".6"), **facts, probability=Decimal(".3"))
    lost = Opportunity("No chance known", "open", Decimal(500), Decimal(".6"), **facts)
    words = Intangible(date(2026, 4, 1), "He rings before he tenders now.", "Brouwer")
    beside = Beside(START, date(2027, 1, 1), opportunities=(signed, possible, lost), intangibles=(words,))
    sheets = Sheets(workbook_of(worked(), beside))
    shown = [[sheets.cell("Evidence", row, column) for column in (1, 8)] for row in range(2, 7)]
    assert shown == [
        ["T1 Paid: is return", told(4926)],
        ["T2 Signed", told(3200)],
        ["T3 Possible × probability", told(3240)],
        ["T3 Possible × probability", 0],
        ["T4 In words", None],
    ]
    assert sheets.named("benefit_attributed") == told(4926)


def test_a_changed_share_moves_the_account() -> None:
    book = load_workbook(io.BytesIO(workbook_of(worked())))
    book["Receipts"]["J2"] = 0
    changed = io.BytesIO()
    book.save(changed)
    assert Sheets(changed.getvalue()).named("roi_percent") == told(Decimal(100 * (3486 - 4800)) / 4800)
