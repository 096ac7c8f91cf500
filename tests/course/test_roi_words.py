from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import cohort
from course.roi_words import roi_words
from course.share import Interval, Share

TOTALS = {"roi_percent", "interval_percent", "at_least_percent"}


def figures(display, **more):
    """A cohort's figures, set by hand; thirty of 34 reported."""
    known = {
        "reporting": Share(30, 34),
        "positive": Share(12, 34),
        "roi_percent": Decimal("41.4"),
        "median_percent": Decimal("-24.29"),
        "interval_percent": Interval(-50.6, 582.7),
        "at_least_percent": 12.7,
        "total_suppressed": False,
        **more,
    }
    return SimpleNamespace(display=display, n=known["reporting"].n, **known)


def of_size(n, display, **more):
    """The figures of n learners, all of whom reported and a third of whom came out ahead."""
    return figures(display, **{"reporting": Share(n, n), "positive": Share(n // 3, n), **more})


@pytest.mark.parametrize(
    ("n", "title"),
    [
        (0, "No learners yet, so there is nothing to show"),
        (1, "One learner: fewer than five, so nothing is shown"),
        (4, "Four learners: fewer than five, so nothing is shown"),
    ],
)
def test_below_five_learners_nothing_is_shown(n, title):
    words = roi_words(of_size(n, "nothing"))
    assert (words.title, words.figures) == (title, ())


def test_from_five_to_nine_counts_and_the_median_are_shown():
    words = roi_words(of_size(7, "counts", interval_percent=None, at_least_percent=None))
    assert words.title == "Two of seven got back more than they put in; the median is −24 %"
    assert words.figures == ("n", "reporting", "positive", "median_percent")


def test_from_ten_on_the_total_is_marked_indicative_and_has_its_interval():
    words = roi_words(of_size(12, "indicative"))
    assert words.title == "Indicative: the return is 41 % above the investment, likely between −51 and 583 %"
    assert {"roi_percent", "interval_percent", "median_percent", "leave_top_out_percent"} <= set(words.figures)
    assert "at_least_percent" not in words.figures


def test_an_indicative_title_says_who_did_not_report():
    words = roi_words(figures("indicative", reporting=Share(20, 34)))
    assert words.title.startswith("Indicative, 20 of 34 reported: the return is 41 % above")


def test_without_an_interval_none_is_claimed():
    assert roi_words(of_size(12, "indicative", interval_percent=None)).title == (
        "Indicative: the return is 41 % above the investment"
    )


def test_a_headline_says_at_least_from_the_lower_bound_rounded_down():
    words = roi_words(figures("headline"))
    assert words.title == "The return is at least 12 % above the investment, over all 34 enrolled"
    assert "at_least_percent" in words.figures


@pytest.mark.parametrize(
    ("least", "roi", "title"),
    [
        (0.0, "41.4", "The return is at least the investment, over all 34 enrolled"),
        (0.9, "41.4", "The return is at least the investment, over all 34 enrolled"),
        (
            -0.1,
            "41.4",
            "The return is 41 % above the investment, over all 34 enrolled, and a loss is not ruled out",
        ),
        (None, "41.4", "The return is 41 % above the investment, over all 34 enrolled, and a loss is not ruled out"),
        (-40.0, "-12.5", "The return is 12 % below the investment, over all 34 enrolled"),
        (-9.0, "0.3", "The return is about the investment, over all 34 enrolled, and a loss is not ruled out"),
    ],
)
def test_a_headline_claims_no_more_than_the_lower_bound_allows(least, roi, title):
    assert roi_words(figures("headline", at_least_percent=least, roi_percent=Decimal(roi))).title == title


@pytest.mark.parametrize("display", ["indicative", "headline"])
def test_where_one_learner_is_over_half_of_it_there_is_no_total(display):
    words = roi_words(of_size(12, display, total_suppressed=True))
    assert words.title == "No total, since one of twelve learners is over half of it; the median is −24 %"
    assert not TOTALS & set(words.figures)
    assert {"median_percent", "positive", "leave_top_out_percent"} <= set(words.figures)


@given(
    st.sampled_from(["nothing", "counts", "indicative", "headline"]),
    st.integers(0, 60),
    st.booleans(),
    st.none() | st.floats(-100, 900),
)
def test_no_total_ever_stands_without_the_median_the_counts_and_the_return_without_the_top(display, n, one, least):
    words = roi_words(of_size(n, display, total_suppressed=one, at_least_percent=least))
    if TOTALS & set(words.figures):
        assert {"median_percent", "reporting", "positive_interval", "leave_top_out_percent"} <= set(words.figures)


def test_the_method_s_cohort_of_twelve_has_no_total_and_says_why():
    benefits = (0, 0, 0, 900, 1500, 2100, 2600, 3300, 4200, 5600, 7900, 31000)
    costs = (1800, 2400, 3000, 2700, 3100, 3400, 2900, 3600, 3800, 4100, 3900, 4300)
    learners = [
        cohort.Learner(id=f"{i:02}", cost=Decimal(cost), benefit=Decimal(benefit), reported=i >= 3)
        for i, (cost, benefit) in enumerate(zip(costs, benefits, strict=True))
    ]
    words = roi_words(cohort.summarise(learners, seed=12345))
    assert words.title == "No total, since one of twelve learners is over half of it; the median is −24 %"
    small = roi_words(cohort.summarise(learners[3:8], seed=12345))
    assert small.title == "None of five got back more than they put in; the median is −38 %"
