import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.cohort import Learner, summarise
from course.cohort_file import Cohort, cohort_from_json, cohort_to_json, summary_to_json
from course.strict_json import BadFile
from tests.course.test_cohort import TWELVE


def row(**changes):
    whole = {"id": "a", "cost": "1800.00", "benefit": "0.00", "reported": False} | changes
    return {key: value for key, value in whole.items() if value is not ...}


def faults_of(data):
    with pytest.raises(BadFile) as refused:
        cohort_from_json(data)
    return refused.value.faults


def test_the_file_of_the_method_is_read_row_by_row():
    read = cohort_from_json({"seed": 12345, "learners": [row()]})
    assert read == Cohort((Learner("a", Decimal(1800), Decimal(0), reported=False),), 12345)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"learners": []}, "seed: is missing"),
        ({"seed": 1}, "learners: is missing"),
        ({"seed": -1, "learners": []}, "seed: must be 0 or more"),
        ({"seed": "1", "learners": []}, "seed: must be a whole number"),
        ({"seed": 1, "learners": {}}, "learners: must be a list in square brackets"),
        ({"seed": 1, "learners": [], "name": "x"}, "name: is not a key of this file"),
        ([], "the file: must be an object in braces"),
        (
            {"seed": 1, "learners": [row(), row(id="b", cost="0.00")]},
            "learners[1].cost: must be above 0, for there is no return on nothing invested",
        ),
        ({"seed": 1, "learners": [row(cost="-1")]}, "learners[0].cost: must not be negative"),
        ({"seed": 1, "learners": [row(benefit="-1")]}, "learners[0].benefit: must not be negative"),
        ({"seed": 1, "learners": [row(reported="no")]}, "learners[0].reported: must be true or false"),
        ({"seed": 1, "learners": [row(reported=...)]}, "learners[0].reported: is missing"),
        ({"seed": 1, "learners": [row(), row(id="b"), row()]}, "learners[2].id: is the id of learners[0] too"),
    ],
)
def test_a_fault_is_named_with_its_path_and_how_to_mend_it(data, fault):
    assert faults_of(data) == (fault,)


def test_every_fault_is_named_and_none_hides_another():
    assert faults_of({"seed": None, "learners": [row(), 3, row(cost="x", name="y")]}) == (
        "learners[2].id: is the id of learners[0] too",
        "seed: must be a whole number",
        "learners[1]: must be an object in braces",
        "learners[2].cost: must be a plain decimal: at most 15 digits, a point, at most 12 decimals",
        "learners[2].name: is not a key of this file",
    )


AMOUNTS = st.decimals("0.01", 99_999, places=2, allow_nan=False)


@given(
    st.lists(st.builds(Learner, st.text(min_size=1), AMOUNTS, AMOUNTS, st.booleans()), unique_by=lambda each: each.id)
)
def test_an_exported_cohort_is_read_back_unchanged(learners):
    read = cohort_from_json(json.loads(json.dumps(cohort_to_json(learners, seed=7))))
    assert read == Cohort(tuple(learners), 7)


def test_a_summary_is_printed_as_the_method_says():
    printed = summary_to_json(summarise(TWELVE, seed=12345))
    ends = [float(end) for end in (*printed.pop("interval_percent"), printed.pop("at_least_percent"))]
    assert ends == pytest.approx([-51, 583, -48], abs=5)
    assert printed == {
        "n": 12,
        "reporting_rate": "0.750000",
        "roi_percent": "51.538462",
        "median_percent": "-24.290061",
        "share_positive": "0.333333",
        "share_positive_interval": ["0.138120", "0.609378"],
        "leave_top_out_percent": "-19.020173",
        "top_share": "0.524535",
        "display": "indicative",
        "total_suppressed": True,
    }


def test_a_summary_of_nobody_prints_null_wherever_nothing_is_known():
    printed = summary_to_json(summarise([], seed=1))
    assert {key for key, value in printed.items() if value is None} == {
        *("reporting_rate", "roi_percent", "median_percent", "share_positive", "share_positive_interval"),
        *("leave_top_out_percent", "top_share", "interval_percent", "at_least_percent"),
    }
    assert (printed["n"], printed["display"], printed["total_suppressed"]) == (0, "nothing", False)
