import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.app.reports.making import account, even, figures, level, seated, title, words
from tests.cast import NOON, TODAY, cohort

DAY = timedelta(days=1)
URL = "/trainer/cohorts/long/roi"
# The method's own case, worked out there by hand: the first three did not report.
BENEFITS = (0, 0, 0, 900, 1500, 2100, 2600, 3300, 4200, 5600, 7900, 31000)
COSTS = (1800, 2400, 3000, 2700, 3100, 3400, 2900, 3600, 3800, 4100, 3900, 4300)


def test_twelve_learners_come_to_the_figures_of_the_method(cast, long, browser_of):
    for place, enrolment in enumerate(seated(long, 12)):
        account(enrolment, cost=COSTS[place], benefit=BENEFITS[place], reports=place >= 3)
    page = browser_of(cast.tess).get(URL)
    assert title(page) == "No total, since one of twelve learners is over half of it; the median is −24 %"
    assert figures(page) == {
        "Learners in the sum": "12",
        "Reported": "9 of 12",
        "Got back more than they put in": "4 of 12",
        "Median return": "−24 %",
        "Share of learners above, likely between": "14 and 61 %",
        "Return without the largest": "−19 %",
    }
    assert level(page, "0 Input")[:2] == ["Twelve people, 0 hours, fees and cash", "€39 000"]
    assert level(page, "4 Results")[1:] == ["9", "Nine of twelve reported."]
    assert level(page, "5 ROI") == [
        "All twelve in the sum; three did not report and count as nothing",
        "Median −24 %",
        "Indicative. Four of twelve got back more than they put in. No total: one learner is over half of it.",
    ]


@pytest.mark.parametrize("count", [1, 4])
def test_of_fewer_than_five_no_money_no_hours_and_no_return_is_shown(cast, long, browser_of, count):
    even(long, count)
    page = browser_of(cast.tess).get(URL)
    assert title(page).endswith("fewer than five, so nothing is shown")
    assert figures(page) == {}
    assert [level(page, name)[1] for name in ("0 Input", "4 Results", "5 ROI")] == ["Not shown"] * 3
    assert "€" not in page.text
    assert not re.search(r"1\D?000\b", words(page).replace("10 000 times", ""))


@pytest.mark.parametrize("count", [5, 9])
def test_of_five_to_nine_counts_and_the_median_are_shown(cast, long, browser_of, count):
    even(long, count)
    page = browser_of(cast.tess).get(URL)
    assert list(figures(page)) == [
        "Learners in the sum",
        "Reported",
        "Got back more than they put in",
        "Median return",
    ]
    assert figures(page)["Median return"] == "20 %"
    assert level(page, "5 ROI")[1] == "Median 20 %"
    assert "No total of fewer than ten." in level(page, "5 ROI")[2]


def test_from_ten_on_a_total_with_its_range_is_marked_indicative(cast, long, browser_of):
    even(long, 10)
    page = browser_of(cast.tess).get(URL)
    assert title(page).startswith("Indicative: the return is 20")
    assert list(figures(page))[:2] == ["Return on what was put in", "Likely between"]
    assert "At least" not in figures(page)
    assert level(page, "5 ROI")[1] == "20 %"


def test_from_thirty_on_with_enough_reports_there_is_a_headline(cast, long, browser_of):
    even(long, 30)
    page = browser_of(cast.tess).get(URL)
    assert title(page) == "The return is at least 20 % above the investment, over all 30 enrolled"
    assert figures(page)["At least"] == "20 %"
    assert "Indicative" not in words(page).split("How it is reckoned")[0]


def test_thirty_of_whom_too_few_report_stay_indicative(cast, long, browser_of):
    even(long, 30, reporting=20)
    page = browser_of(cast.tess).get(URL)
    assert title(page).startswith("Indicative, 20 of 30 reported: the return is 20")
    assert "below the investment" in title(page)


def test_a_claim_without_a_baseline_counts_nothing(cast, long, browser_of):
    for enrolment in seated(long, 5):
        account(enrolment, cost=1000, benefit=5000, baseline=False)
    page = browser_of(cast.tess).get(URL)
    assert figures(page)["Got back more than they put in"] == "0 of 5"
    assert figures(page)["Median return"] == "−100 %"
    assert "Five of five have no baseline of six months: what they claim counts nothing here." in words(page)


def test_who_put_nothing_in_is_left_out_and_that_is_said(cast, long, browser_of):
    even(long, 5)
    for enrolment in seated(long, 2, status="completed"):
        account(enrolment, cost=0, benefit=9000)
    page = browser_of(cast.tess).get(URL)
    assert figures(page)["Learners in the sum"] == "5"
    assert level(page, "0 Input")[0].startswith("Seven people")
    assert "Two of seven have recorded nothing put in and are left out: there is no return on nothing." in words(page)


def test_a_ledger_in_another_currency_is_left_out_and_that_is_said(cast, long, browser_of):
    even(long, 5)
    (foreign,) = seated(long, 1, status="completed", currency="CHF")
    account(foreign, cost=700_000)
    page = browser_of(cast.tess).get(URL)
    assert level(page, "0 Input")[1] == "€5 000"
    assert "One of six keeps a ledger in another currency and is left out: the sum is in EUR." in words(page)


def test_who_left_after_the_course_began_counts_and_who_left_before_does_not(cast, long, browser_of):
    even(long, 5)
    late, early = seated(long, 2, status="withdrawn")
    late.ended_at, early.ended_at = NOON - 30 * DAY, NOON - 400 * DAY
    for enrolment in (late, early):
        account(enrolment, cost=1000, reports=False)
    page = browser_of(cast.tess).get(URL)
    assert figures(page)["Reported"] == "5 of 6"
    assert level(page, "0 Input")[0].startswith("Six people")
    assert "One of six left after the course began and counts" in words(page)


@pytest.mark.parametrize("status", ["waiting", "offered"])
def test_who_has_no_seat_yet_puts_nothing_in(cast, long, browser_of, status):
    even(long, 5)
    for enrolment in seated(long, 1, status=status):
        account(enrolment, cost=1000)
    assert level(browser_of(cast.tess).get(URL), "0 Input")[0].startswith("Five people")


def test_a_silent_cohort_comes_to_a_loss_of_all_that_was_put_in(cast, long, browser_of):
    even(long, 12, reporting=0)
    page = browser_of(cast.tess).get(URL)
    assert figures(page)["Return on what was put in"] == "−100 %"
    assert figures(page)["Reported"] == "0 of 12"
    assert figures(page)["Likely between"] == "Unknown"


def test_before_the_first_day_there_is_nothing_to_add_up(cast, browser_of):
    soon = cohort("long", trainers=(cast.tess,), starts_on=TODAY + DAY, ends_on=TODAY + 90 * DAY)
    for enrolment in seated(soon, 6):
        account(enrolment, cost=1000)
    page = browser_of(cast.tess).get(URL)
    assert title(page) == "The course begins on 25 November 2026, so there is nothing to add up yet"
    assert level(page, "0 Input")[1:] == ["Not shown", "Shown once the course has begun."]
    assert "5 ROI" not in page.text


def test_a_cohort_without_anybody_has_nothing_to_show(cast, long, browser_of):
    page = browser_of(cast.tess).get(URL)
    assert title(page) == "No learners yet, so there is nothing to show"
    assert level(page, "0 Input")[0].startswith("No people")


def test_no_learners_name_and_no_single_amount_stands_on_the_page(cast, long, browser_of):
    for place, enrolment in enumerate(seated(long, 7)):
        account(enrolment, cost=1111 * (place + 1), benefit=2345)
    page = browser_of(cast.tess).get(URL)
    assert "Learner 00" not in page.text
    assert all(str(1111 * (place + 1)) not in words(page).replace(" ", "") for place in range(7))
    assert "2345" not in words(page).replace(" ", "")


def test_the_same_rows_give_the_same_page(cast, long, browser_of):
    even(long, 12)
    tess = browser_of(cast.tess)
    assert words(tess.get(URL)) == words(tess.get(URL))
    assert f"from seed {long.id}," in words(tess.get(URL))


def test_a_worker_that_never_shows_a_return_does_not_carry_numpy():
    code = "import sys, app; app.create_app({'SECRET_KEY': 'x' * 40}); sys.exit('numpy' in sys.modules)"
    root = Path(__file__).resolve().parents[3]
    started = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={**os.environ, "CONNECT_ENV": "testing", "DATABASE_URL": "sqlite://"},
        capture_output=True,
        check=False,
    )
    assert started.returncode == 0, started.stderr.decode()[-400:]
