"""The account on paper: one sheet, whatever stands in the ledger, with the figures of the page and the file's hash."""

import hashlib
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from pypdf import PdfReader

from app import content
from app.db import db
from app.models import Intangible, Opportunity
from tests import cast as people
from tests.app.practice.ledger_rows import AFTER, START, begin, figure, paid, random_ledger, worked_example
from tests.cast import NOON, Cast

PDF = "/roi/account.pdf"


def sheet_of(browser: Any) -> PdfReader:
    answer = browser.get(PDF)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return PdfReader(io.BytesIO(answer.data))


def text_of(sheet: PdfReader) -> str:
    return " ".join(sheet.pages[0].extract_text().replace("\u00a0", " ").split())


def test_the_methods_learner_takes_the_methods_figures_home_on_one_sheet(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None], queries: list[str]
) -> None:
    worked_example(cast.ada)
    at(AFTER)
    browser = browser_of(cast.ada)
    browser.get("/course/")  # The course is read once by each process.
    queries.clear()
    answer = browser.get(PDF)
    assert len(queries) <= 4
    assert answer.headers["Content-Disposition"] == 'attachment; filename="account-2027-01-04.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    sheet = PdfReader(io.BytesIO(answer.data))
    assert len(sheet.pages) == 1
    read = text_of(sheet)
    for said in (
        "126 euros more than it cost",
        "max(0, min(4 926.00, 6 000.00)) 4 926.00",
        "1 200.00 in cash + 72 h × 50.00; 3 h of it by itself 4 800.00",
        "4 926.00 − 4 800.00 +126.00",
        "+2.625 %",
        "1.02625",
        "−15.90",
        "8 000 × .60 × .60 × .70 2 016.00",
        "and 3 more, 630.00 together",
        "Without K-07’s receipt of 9 September 2026",
    ):
        assert said in read


def test_the_sheet_names_the_ledger_file_it_was_drawn_up_from(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None]
) -> None:
    worked_example(cast.ada)
    at(AFTER)
    browser = browser_of(cast.ada)
    file = browser.get("/roi/ledger.json").data
    assert hashlib.sha256(file).hexdigest() in text_of(sheet_of(browser)).replace(" ", "")


def test_the_sheet_is_tagged_and_says_its_language_and_title(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None]
) -> None:
    worked_example(cast.ada)
    at(AFTER)
    sheet = sheet_of(browser_of(cast.ada))
    root = sheet.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == "en"  # type: ignore[index]
    assert sheet.metadata is not None
    assert sheet.metadata.title == "126 euros more than it cost"


def test_the_same_account_is_the_same_sheet(cast: Cast, browser_of: Any, at: Callable[[datetime], None]) -> None:
    worked_example(cast.ada)
    at(AFTER)
    browser = browser_of(cast.ada)
    assert browser.get(PDF).data == browser.get(PDF).data


@pytest.mark.parametrize("seed", range(4))
def test_a_full_ledger_with_long_words_still_is_one_sheet_with_the_pages_figures(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None], seed: int
) -> None:
    lessons = [lesson.id for lesson in content.library().lessons[:3]]
    random_ledger(cast.ada, cast.ada_enrolled.id, seed=seed, lessons=[*lessons, "gone"])
    long = "An order for the whole of the second line, with spare parts and the training of nine people there "
    db.session.add_all(
        Opportunity(
            **{"person_id": cast.ada.id, "day": START.replace(month=3), "what": long, "state": state},
            **{"amount": 900_000, "margin": 0.5, "probability": None if state == "signed" else 0.3},
        )
        for state in ("signed", "open", "open")
    )
    db.session.add(Intangible(person_id=cast.ada.id, day=START.replace(month=4), text=long * 2))
    db.session.commit()
    at(AFTER)
    browser = browser_of(cast.ada)
    sheet, page = sheet_of(browser), browser.get("/roi/").text
    assert len(sheet.pages) == 1
    read = text_of(sheet)
    for line in ("attributed", "claim", "invested", "npv"):
        assert figure(page, line).replace("\u00a0", " ") in read


def test_a_ledger_that_has_only_begun_says_so_on_paper_too(cast: Cast, browser_of: Any) -> None:
    begin(cast.ada, NOON.date().replace(day=1))
    read = text_of(sheet_of(browser_of(cast.ada)))
    assert "Too early to say: invested so far nothing" in read
    assert "No receipt counts so far." in read
    assert "Return on investment" not in read


def test_what_people_typed_is_text_on_paper(cast: Cast, browser_of: Any, at: Callable[[datetime], None]) -> None:
    begin(cast.ada)
    hostile = people.relationship(cast.ada, '#read("/etc/passwd")')
    db.session.add(paid(cast.ada, 2_000, START.replace(month=5), hostile.id, "1 1 1"))
    db.session.commit()
    at(AFTER)
    assert '#read("/etc/passwd"), Order' in text_of(sheet_of(browser_of(cast.ada)))
