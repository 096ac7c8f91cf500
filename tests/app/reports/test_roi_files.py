"""A cohort's report on paper and as a workbook: the words of the page, and its figures as numbers."""

import io
import re

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.db import db
from app.models import ReportText
from tests.app.reports.making import account, even, figures, plain, seated, table, title
from tests.app.reports.test_reaction import said

URL = "/trainer/cohorts/long/roi"


def paper(browser):
    answer = browser.get(f"{URL}.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return PdfReader(io.BytesIO(answer.data))


def text_of(sheet):
    return " ".join(" ".join(page.extract_text() for page in sheet.pages).replace("\u00a0", " ").split())


def workbook(browser):
    answer = browser.get(f"{URL}.xlsx")
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.data))


def rows(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def as_number(text):
    """The first number in a figure of the page."""
    plain = text.replace("\u00a0", "").replace(" ", "").replace("−", "-")
    found = re.search(r"-?\d+", plain)
    return int(found[0]) if found else None


@pytest.fixture
def full(cast, long):
    """Every part of the report has something to say, and one line begins like a formula."""
    people = seated(long, 14)
    for place, enrolment in enumerate(people):
        account(enrolment, cost=1000, benefit=800 + 90 * place if place < 11 else 0, reports=place < 11)
    said(people, 5, 4, 3, 4, 1, line='=HYPERLINK("http://example.org")')
    db.session.add(ReportText(cohort_id=long.id, text="We began late.\nWe ended well.", author_id=cast.tess.id))
    db.session.commit()
    return long


def test_the_paper_says_what_the_page_says(cast, full, browser_of, queries):
    tess = browser_of(cast.tess)
    page = tess.get(URL)
    queries.clear()
    sheet = paper(tess)
    assert len(queries) <= 8
    text = text_of(sheet)
    assert title(page) in text
    for row in (*table(page, "Levels 0 to 5"), *table(page, "What may be said of the return")):
        for cell in row:
            assert cell in text, cell
    assert "We began late." in text
    assert "We ended well." in text


def test_the_paper_is_tagged_says_its_language_and_bears_its_mark_on_every_page(cast, full, browser_of):
    sheet = paper(browser_of(cast.tess))
    root = sheet.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert sheet.metadata.title.startswith("Indicative")
    mark = r"Long · as of 24 November 2026 · data version ([0-9a-f]{12})"
    marks = [re.search(mark, each.extract_text().replace("\u00a0", " ")) for each in sheet.pages]
    assert all(marks)
    assert len({mark[1] for mark in marks}) == 1


def test_the_same_figures_have_the_same_version_and_others_another(cast, full, browser_of):
    tess = browser_of(cast.tess)
    first, again = paper(tess), paper(tess)
    assert text_of(first) == text_of(again)
    account(seated(full, 1, status="completed")[0], cost=700)
    assert version(first) != version(paper(tess))


def version(sheet):
    return re.search(r"data version (\w+)", text_of(sheet))[1]


def test_the_figures_of_the_workbook_are_those_of_the_page_as_numbers(cast, full, browser_of):
    tess = browser_of(cast.tess)
    page, book = tess.get(URL), workbook(tess)
    levels = rows(book["Levels"])
    said_first = [[plain(cell) for cell in row[:2]] for row in levels]
    assert said_first == [row[:2] for row in table(page, "Levels 0 to 5")]
    for (*_, now, reading), (_, _, number, _, successes, n, low, high, words) in zip(
        table(page, "Levels 0 to 5"), levels, strict=True
    ):
        assert (number if as_number(now) is not None else None) == as_number(now)
        assert " ".join(words.split()) == reading
        if n is not None:
            assert f"Likely between {low} and {high} %; {successes} of {n}." in reading
    for name, value in figures(page).items():
        (row,) = (row for row in rows(book["Return"]) if row[0] == name)
        assert row[1] == as_number(value)
        assert isinstance(row[1], int)
    for name, value, _ in table(page, "What would change this figure"):
        (row,) = (row for row in rows(book["Otherwise"]) if row[0] == name)
        assert row[1] == as_number(value)


def test_no_cell_of_the_workbook_is_a_formula(cast, full, browser_of):
    book = workbook(browser_of(cast.tess))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]


@pytest.mark.parametrize("count", [0, 1, 4])
def test_of_fewer_than_five_no_file_says_more_than_the_page(cast, long, browser_of, count):
    even(long, count)
    tess = browser_of(cast.tess)
    text = text_of(paper(tess))
    assert "€" not in text
    assert "Shown from five learners on." in text or count == 0
    book = workbook(tess)
    assert book.sheetnames == ["Levels", "About"]
    money = [row for row in rows(book["Levels"]) if row[0] in {"0 Input", "5 ROI"}]
    assert {row[2] for row in money} == {"Not shown"}


def test_another_trainer_finds_neither_file(cast, full, browser_of):
    tom = browser_of(cast.tom)
    assert tom.get(f"{URL}.pdf").status_code == 404
    assert tom.get(f"{URL}.xlsx").status_code == 404


def test_a_cohort_of_many_learners_stays_on_few_pages(cast, long, browser_of):
    even(long, 40)
    assert len(paper(browser_of(cast.tess)).pages) <= 3
