import csv
import io

import pytest

from app import content
from app.charts.progress import WORDS
from app.db import db
from app.reports.progress_file import harmless
from tests.app.reports.making import running, seated, table
from tests.cast import TODAY, entry, relationship

URL = "/trainer/cohorts/autumn/progress"


def rows(answer):
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_has_the_figures_of_the_screen(app, cast, browser_of):
    lesson = content.library().lessons[0]
    tended = relationship(cast.ada)
    for scores in ("22222", "22222", "00000"):
        entry(cast.ada, tended, scores, lesson_id=lesson.id)
    tess = browser_of(cast.tess)
    screen = {row[0]: row for row in table(tess.get(URL), "Learners by lessons")}
    modules = len(content.library().modules)
    found = rows(tess.get(f"{URL}?format=csv"))
    assert [row["Learner"] for row in found] == list(screen)
    for row in found:
        read, practised, rate, interval, *_ = screen[row["Learner"]][1 + modules :]
        assert (row["Read"], row["Practised"]) == (read, practised)
        assert (f"{row['Connecting rate %']} %" if row["Connecting rate %"] else "–") == rate
        assert not row["Likely from %"] or f"{row['Likely from %']} and {row['Likely to %']} %" in interval
    assert (found[0]["Connecting entries"], found[0]["Rated entries"]) == ("2", "3")
    assert found[0]["Last seen"] == TODAY.isoformat()
    assert found[0][f"1.1 {lesson.title}"] == WORDS["practised"]
    assert found[1]["Connecting rate %"] == found[1]["Last seen"] == ""


def test_the_file_is_a_download_that_a_spreadsheet_reads_as_utf_8(cast, browser_of):
    cast.ada.name = "Édith"
    db.session.commit()
    answer = browser_of(cast.tess).get(f"{URL}?format=csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=autumn-progress-2026-11-24.csv"
    assert answer.data.startswith(b"\xef\xbb\xbfLearner,Read,Practised")
    assert rows(answer)[1]["Learner"] == "Édith"


def test_the_file_holds_all_that_is_asked_for_and_not_one_page(cast, browser_of):
    seated(running("hall", cast.tess), 60)
    tess, url = browser_of(cast.tess), "/trainer/cohorts/hall/progress?format=csv"
    assert len(rows(tess.get(url))) == 60
    assert [row["Learner"] for row in rows(tess.get(f"{url}&q=05"))][:2] == ["Learner 005", "Learner 050"]
    assert len(rows(tess.get(f"{url}&page=2"))) == 60


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "=cmd|' /C calc'!A0"])
def test_no_name_becomes_a_formula(cast, browser_of, name):
    cast.ada.name = name
    db.session.commit()
    names = [row["Learner"] for row in rows(browser_of(cast.tess).get(f"{URL}?format=csv"))]
    assert f"'{name}" in names
    assert name not in names


def test_a_name_with_quotes_commas_and_line_breaks_stays_one_cell(cast, browser_of):
    cast.ada.name = 'Ada, "the\nfirst"'
    db.session.commit()
    assert cast.ada.name in [row["Learner"] for row in rows(browser_of(cast.tess).get(f"{URL}?format=csv"))]


def test_a_plain_name_is_left_as_it_is():
    assert [harmless(text) for text in ("Ada", "O'Neill", "7 seas", "")] == ["Ada", "O'Neill", "7 seas", ""]


def test_an_empty_cohort_gives_a_file_with_its_head_alone(cast, browser_of):
    running("hall", cast.tess)
    answer = browser_of(cast.tess).get("/trainer/cohorts/hall/progress?format=csv")
    assert rows(answer) == []
    assert answer.data.decode("utf-8-sig").startswith("Learner,Read,Practised")
