"""Trend, recall and self-rated change of the progress report, its parts and columns, on the page and in its files."""

import csv
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app import content
from app.db import db
from app.models import Answer, Assessment, Entry
from tests.app.reports.making import plain, running, seated, table, words
from tests.app.reports.test_progress_views import finished
from tests.cast import NOON, TODAY, entry, relationship

DAY = timedelta(days=1)
URL = "/trainer/cohorts/autumn/progress"
BESIDE = ["trend", "recall", "change"]


def beside(browser, **asked):
    """Each learner's cells of these columns alone, by name."""
    page = browser.get(URL, query_string={"col": BESIDE, **asked})
    return {row[0]: row[1:] for row in table(page, "Learners by lessons")}


def life(cast):
    """Ada's rate rose, her recall is two of three, her self-rating too; Ben's rate fell."""
    for who, earlier, later in ((cast.ada, "00000", "22222"), (cast.ben, "22222", "00000")):
        tended = relationship(who)
        for place in range(6):
            entry(who, tended, earlier, day=TODAY - (28 + place) * DAY)
            entry(who, tended, later, day=TODAY - place * DAY)
        entry(who, tended, later, day=TODAY - 56 * DAY)
        entry(who, tended, earlier, day=TODAY + DAY)
    for days, correct in ((20, False), (19, True), (10, True), (5, False), (4, None)):
        answered(cast.ada_enrolled, days, correct)
    for moment, value in (("before", 2), ("after", 3)):
        answers = {item.id: value for item in content.self_assessment().items}
        db.session.add(Assessment(enrolment_id=cast.ada_enrolled.id, moment=moment, answers=answers))
    db.session.commit()


def answered(enrolment, days, correct):
    facts = {"lesson_id": "a", "recall_id": "b", "content_hash": "h", "text": "t", "confidence": "unsure"}
    at = NOON - days * DAY
    db.session.add(Answer(enrolment_id=enrolment.id, correct=correct, answered_at=at, **facts))


def test_each_learner_has_trend_recall_and_change_with_what_they_are_made_of(app, cast, browser_of):
    life(cast)
    found = beside(browser_of(cast.tess))
    assert found["Ada"] == [
        "rising Connecting in the last 28 days: 6 of 6; in the 28 before: 0 of 6",
        "67 % 2 of 3 answers given a day or more after the first",
        "+1.0 On the scale from 0 to 5, over 12 of 12 constructs answered in full, before and after the course",
    ]
    assert found["Ben"] == [
        "falling Connecting in the last 28 days: 0 of 6; in the 28 before: 6 of 6",
        "– No question has come back yet",
        "– No two self-assessments yet",
    ]


def test_a_rate_by_the_database_is_that_of_a_plain_loop(app, cast, browser_of):
    life(cast)
    rows = [row for row in db.session.scalars(select(Entry)) if row.person_id == cast.ada.id]
    late = [row for row in rows if TODAY - 28 * DAY < row.day <= TODAY]
    early = [row for row in rows if TODAY - 56 * DAY < row.day <= TODAY - 28 * DAY]
    said = beside(browser_of(cast.tess))["Ada"][0]
    counts = [f"{sum(row.two_way == 2 for row in span)} of {len(span)}" for span in (late, early)]
    assert said.endswith(f"days: {counts[0]}; in the 28 before: {counts[1]}")


@pytest.mark.parametrize(
    ("part", "names"),
    [
        ("all", ["Ada", "Ben"]),
        ("falling", ["Ben"]),
        ("unpractised", ["Ada", "Ben"]),
        ("updated", ["Ada"]),
        ("silent", []),
        ("nonsense", ["Ada", "Ben"]),
    ],
)
def test_a_part_of_the_learners_is_shown_and_counted(app, cast, browser_of, part, names):
    life(cast)
    finished(cast.ada_enrolled, content.library().lessons[0], hash="an older text")
    assert list(beside(browser_of(cast.tess), who=part)) == names


def test_who_has_been_silent_for_fourteen_days_is_in_that_part(app, cast, browser_of):
    entry(cast.ada, relationship(cast.ada), day=TODAY - 14 * DAY)
    entry(cast.ben, relationship(cast.ben), day=TODAY - 13 * DAY)
    assert list(beside(browser_of(cast.tess), who="silent")) == ["Ada"]


def test_a_part_without_anybody_says_which(cast, browser_of):
    assert "Nobody is in this part: rate falling." in words(browser_of(cast.tess).get(f"{URL}?who=falling"))


def test_the_columns_asked_for_stand_alone_and_stay_in_every_address(app, cast, browser_of):
    page = browser_of(cast.tess).get(f"{URL}?col=seen&col=rate&col=nonsense")
    assert [len(row) for row in table(page, "Learners by lessons")] == [4, 4]
    heads = plain(page.text[page.text.index("<thead") : page.text.index("</thead>")])
    assert heads == "Learner Rate 0 to 100 % Last seen"
    assert "/trainer/cohorts/autumn/progress?sort=read&amp;col=rate&amp;col=seen" in page.text
    assert "format=xlsx&amp;col=rate&amp;col=seen" in page.text


def test_no_column_at_all_is_read_as_every_column(cast, browser_of):
    tess = browser_of(cast.tess)
    assert table(tess.get(URL), "Learners by lessons") == table(tess.get(f"{URL}?col="), "Learners by lessons")


@pytest.mark.parametrize(("order", "names"), [("trend", ["Ben", "Ada"]), ("recall", ["Ada", "Ben"])])
def test_the_lines_stand_in_the_order_of_what_is_beside_the_grid(app, cast, browser_of, order, names):
    life(cast)
    assert list(beside(browser_of(cast.tess), sort=order)) == names


def sheet(answer):
    return list(load_workbook(io.BytesIO(answer.data))["Progress"].iter_rows(values_only=True))


def test_the_workbook_holds_the_lines_of_the_csv_with_numbers_as_numbers(app, cast, browser_of):
    life(cast)
    finished(cast.ada_enrolled, content.library().lessons[0])
    tess = browser_of(cast.tess)
    head, *lines = sheet(tess.get(f"{URL}?format=xlsx"))
    written = list(csv.reader(io.StringIO(tess.get(f"{URL}?format=csv").data.decode("utf-8-sig"))))
    assert list(head) == written[0]
    for line, row in zip(lines, written[1:], strict=True):
        assert [shown(cell) for cell in line] == [number(cell) for cell in row]
        assert not any(isinstance(cell, str) and cell.isdigit() for cell in line)
    ada = dict(zip(head, lines[0], strict=True))
    assert (ada["Read"], ada["Recall %"], ada["Self-rated change"], ada["Trend"]) == (1, 67, 1, "rising")
    assert ada["Last seen"].date() == TODAY + DAY


def shown(cell):
    """A cell of the workbook, as what CSV writes is read."""
    return "" if cell is None else cell.date().isoformat() if hasattr(cell, "date") else cell


def number(text):
    try:
        return float(text)
    except ValueError:
        return text


def test_the_workbook_has_the_filter_the_order_and_the_columns_of_the_page(app, cast, browser_of):
    life(cast)
    answer = browser_of(cast.tess).get(f"{URL}?format=xlsx&sort=trend&who=falling&col=trend")
    assert [row[:2] for row in sheet(answer)] == [("Learner", "Trend"), ("Ben", "falling")]
    assert answer.headers["Content-Disposition"] == "attachment; filename=autumn-progress-2026-11-24.xlsx"


def test_a_name_that_looks_like_a_formula_is_text_in_the_workbook(app, cast, browser_of):
    cast.ada.name = "=1+1"
    db.session.commit()
    book = load_workbook(io.BytesIO(browser_of(cast.tess).get(f"{URL}?format=xlsx").data))
    assert {cell.data_type for cell in book["Progress"]["A"]} == {"s"}


def test_a_page_by_name_counts_up_its_own_learners_only_and_says_the_same_of_them_and_of_all(app, cast, browser_of):
    life(cast)
    others = [enrolment.person for enrolment in seated(cast.autumn, 60)]
    for who, scores in zip(others, ("22222", "00000", "21120") * 20, strict=True):
        tended = relationship(who)
        wrong = entry(who, tended, scores, day=TODAY - 3 * DAY)
        entry(who, tended, "11111", day=TODAY - 40 * DAY)
        entry(who, tended, "22222", day=TODAY - 3 * DAY, replaces_id=wrong.id)
    tess = browser_of(cast.tess)
    by_name = [tess.get(f"{URL}?page={page}") for page in (1, 2)]
    by_figure = [tess.get(f"{URL}?sort=seen&page={page}") for page in (1, 2)]
    rows = [[row for page in pages for row in table(page, "Learners by lessons")] for pages in (by_name, by_figure)]
    assert sorted(rows[0]) == sorted(rows[1])
    assert len(rows[0]) == 62
    said = {words(page).split("Learners")[0] for page in (*by_name, *by_figure)}
    assert len(said) == 1, said
    assert "Of all rated entries so far" in said.pop()


@pytest.mark.parametrize(("order", "asked"), [("name", 6), ("rate", 5)])
def test_a_thousand_learners_cost_a_few_questions_and_a_page_of_less_than_two_megabytes(
    cast, browser_of, queries, order, asked
):
    seated(running("hall", cast.tess), 1000)
    tess = browser_of(cast.tess)
    queries.clear()
    page = tess.get(f"/trainer/cohorts/hall/progress?sort={order}")
    assert len(queries) == asked
    assert "Page 1 of 20, 1 000 learners" in words(page)
    assert len(page.data) < 2_000_000
