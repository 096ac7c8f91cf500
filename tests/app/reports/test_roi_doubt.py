"""What stands around a cohort's return: how sure it is, what would change it, when it waits, two side by side."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.db import db
from app.models import Opportunity, Receipt
from tests.app.reports.making import account, even, figures, level, running, seated, table, title, words
from tests.cast import TODAY

URL = "/trainer/cohorts/long/roi"
DAY = timedelta(days=1)


def test_the_grade_and_the_doubt_stand_in_words_before_any_figure(cast, long, browser_of):
    even(long, 8)
    for enrolment in seated(long, 2, status="completed"):
        account(enrolment, cost=1000, benefit=500, baseline=False)
    said = words(browser_of(cast.tess).get(URL))
    grade = said.index("Grade B for eight of ten, by ledger and baseline; the others are grade C and count nothing.")
    doubt = said.index("Uncertain: indicative")
    assert grade < doubt < said.index("Levels 0 to 5")


@pytest.mark.parametrize(("start", "shown"), [(date(2026, 6, 23), True), (date(2026, 6, 24), False)])
def test_the_return_of_a_young_cohort_is_held_back_until_month_six(cast, browser_of, start, shown):
    where = running("long", cast.tess, starts_on=start)
    even(where, 12)
    page = browser_of(cast.tess).get(URL)
    assert bool(figures(page)) is shown
    if not shown:
        assert title(page) == "Month five: too early for a return, so none is shown"
        assert level(page, "5 ROI")[1:] == ["Not shown", "Shown from month six on: 25 November 2026."]
        assert level(page, "0 Input")[1] == "€12 000"
        assert "Uncertain" not in words(page)


def test_what_would_change_the_figure_is_the_same_sum_read_otherwise(cast, long, browser_of):
    for place, enrolment in enumerate(seated(long, 12)):
        account(enrolment, cost=1000, benefit=800 if place < 9 else 0, reports=place < 9)
    for enrolment in seated(long, 1, status="completed"):
        account(enrolment, cost=1000, benefit=2600, baseline=False)
    page = browser_of(cast.tess).get(URL)
    found = {row[0]: row[1] for row in table(page, "What would change this figure")}
    # 7 200 of 13 000; with three more of 800 it is 9 600, with the claim 9 800.
    assert figures(page)["Return on what was put in"] == "−45 %"
    assert found == {
        "If the three silent learners did as the others": "−26 %",
        "If one claim without a baseline counted": "−25 %",
        "To come out even": "€5 800",
    }


def test_where_no_total_may_be_shown_nothing_is_said_of_what_would_change_it(cast, long, browser_of):
    even(long, 9, benefit=100)
    assert "What would change this figure" not in words(browser_of(cast.tess).get(URL))


def test_opportunities_and_where_clients_came_from_are_counted_beside_the_return(cast, long, browser_of):
    even(long, 5)
    first = seated(long, 1, status="completed")[0].person_id
    facts = {"person_id": first, "day": TODAY, "what": "x", "amount": 100, "margin": Decimal(1)}
    old = Opportunity(state="open", **facts)
    db.session.add_all([old, Opportunity(state="signed", **facts), Opportunity(state="lost", **facts)])
    db.session.flush()
    db.session.add(Opportunity(state="open", replaces_id=old.id, **facts))
    for origin in ("introduced", "returned", "returned", "advert", None):
        db.session.add(Receipt(origin=origin, **facts))
    db.session.commit()
    page = browser_of(cast.tess).get(URL)
    found = {row[1]: row[2] for row in table(page, "Levels 0 to 5") if row[0] == "4 Results"}
    assert found["Opportunities open or signed"] == "2"
    assert found["Receipts from introductions"] == "25 %"
    assert found["Receipts from clients who came back"] == "50 %"


def test_two_cohorts_stand_side_by_side_with_what_keeps_them_apart(cast, long, browser_of, queries):
    even(long, 12)
    even(running("later", cast.tess, starts_on=date(2026, 2, 1)), 12, benefit=900)
    tess = browser_of(cast.tess)
    queries.clear()
    page = tess.get(f"{URL}?beside=later")
    assert len(queries) <= 8
    found = {row[0]: row[1:] for row in table(page, "Long beside Later")}
    assert found["Return on what was put in"] == ["20 %", "−10 %"]
    said = words(page)
    assert "Later is in month ten and Long in month eleven" in said
    assert "Nobody was assigned by chance" in said


def test_a_figure_that_one_of_two_cohorts_may_not_show_is_not_set_beside(cast, long, browser_of):
    even(long, 12)
    even(running("small", cast.tess), 4)
    page = browser_of(cast.tess).get(f"{URL}?beside=small")
    assert table(page, "Long beside Small") == []
    assert "There is no figure that both may show yet." in words(page)


@pytest.mark.parametrize("other", ["harbour", "long", "no-such", "'"])
def test_only_another_cohort_of_the_same_trainer_is_set_beside(cast, long, browser_of, other):
    even(long, 5)
    page = browser_of(cast.tess).get(URL, query_string={"beside": other})
    assert page.status_code == 200
    assert "beside" not in title(page)
    assert "Nobody was assigned by chance" not in words(page)
