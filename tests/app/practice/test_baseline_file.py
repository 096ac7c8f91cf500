"""Months from a file: shown before they are kept, all or nothing, every fault by row and column, nothing lost."""

import io
from datetime import date
from typing import Any

import pytest

from app.practice.ledger_queries import margins_noted
from tests import cast as people
from tests.app.practice.ledger_rows import begin, heading, text_of
from tests.cast import Cast

URL = "/roi/baseline/file"
SHEET = "Month;Margin\n07.2026;5.000,50\nAug 2026;-200\n"


@pytest.fixture
def ada(cast: Cast, browser_of: Any) -> Any:
    begin(cast.ada, date(2026, 9, 1))
    people.margin(cast.ada, date(2026, 6, 1), 100_000)
    people.margin(cast.ada, date(2026, 7, 1), 400_000)
    return browser_of(cast.ada)


def upload(ada: Any, data: bytes) -> Any:
    return ada.send(URL, {"file": (io.BytesIO(data), "months.csv")}, content_type="multipart/form-data")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_shown_first_and_nothing_is_kept_of_it(cast: Cast, ada: Any, codec: str) -> None:
    before = dict(margins_noted(cast.ada))
    answer = upload(ada, SHEET.encode(codec))
    assert answer.status_code == 200
    read = text_of(answer.text)
    assert heading(answer.text) == "Two months understood, two changes"
    assert "semicolons, decimal comma" in read
    assert "July 2026€4 000.00€5 000.50" in read
    assert "August 2026unknown−€200.00" in read
    assert dict(margins_noted(cast.ada)) == before


def test_said_so_all_months_are_kept_and_the_others_stay(cast: Cast, ada: Any) -> None:
    answer = ada.send(URL, {"pasted": SHEET, "keep": "yes"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/roi/baseline")
    kept = margins_noted(cast.ada)
    assert kept == {date(2026, 6, 1): 100_000, date(2026, 7, 1): 500_050, date(2026, 8, 1): -20_000}


def test_one_bad_row_keeps_all_out_and_everything_that_was_sent_stands_in_the_form(cast: Cast, ada: Any) -> None:
    answer = ada.send(URL, {"pasted": SHEET + "11.2026;5\n<b>;lots\n", "keep": "yes"})
    assert answer.status_code == 422
    read = text_of(answer.text)
    assert heading(answer.text) == "Three things to put right, nothing is kept"
    assert "Row 4, monthNovember 2026 is not asked for" in read
    assert "Row 5, marginlots:" in read
    assert "07.2026;5.000,50" in answer.text
    assert "<b>" not in answer.text.split("<main", 1)[1].replace("<b></b>", "")
    assert date(2026, 8, 1) not in margins_noted(cast.ada)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose a file, or paste two columns"),
        ({"pasted": " "}, "Choose a file, or paste two columns"),
        ({"pasted": "Month;Margin"}, "There is no month in it."),
        ({"pasted": "x" * 100_001}, "more than 100 kB"),
    ],
)
def test_what_holds_no_month_is_told_in_words(ada: Any, sent: dict[str, str], words: str) -> None:
    answer = ada.send(URL, sent)
    assert (answer.status_code, words in text_of(answer.text)) == (422, True)


def test_a_file_and_something_pasted_is_one_too_many(ada: Any) -> None:
    both = {"file": (io.BytesIO(SHEET.encode()), "months.csv"), "pasted": SHEET}
    answer = ada.send(URL, both, content_type="multipart/form-data")
    assert (answer.status_code, "not both" in answer.text) == (422, True)


def test_a_page_open_for_too_long_keeps_nothing(cast: Cast, ada: Any) -> None:
    answer = ada.post(URL, data={"pasted": SHEET, "keep": "yes", "csrf_token": "stale"})
    assert answer.status_code == 422
    assert "07.2026;5.000,50" in answer.text
    assert date(2026, 8, 1) not in margins_noted(cast.ada)


def test_months_older_than_a_year_that_a_file_brought_are_shown_and_can_be_corrected(cast: Cast, ada: Any) -> None:
    assert ada.send(URL, {"pasted": "2025-01;700", "keep": "yes"}).status_code == 303
    assert 'name="month-2025-01" type="text" value="700.00"' in ada.get("/roi/baseline").text
