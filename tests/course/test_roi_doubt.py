from decimal import Decimal

from course.cohort import Learner, summarise
from course.roi_doubt import Side, other_readings, warnings
from course.share import Share


def learner(id, cost, benefit, *, reported=True):
    return Learner(id, Decimal(cost), Decimal(benefit), reported)


THREE = [learner("a", 1000, 500), learner("b", 1000, 1500), learner("c", 1000, 9999, reported=False)]


def test_the_silent_are_read_with_the_median_of_those_who_reported_and_nothing_of_their_own():
    found = {other.reading: other for other in other_readings(THREE, [])}
    assert (found["silent as the others"].value, found["silent as the others"].of) == (0, 1)
    as_if = [*THREE[:2], learner("c", 1000, 1000)]
    assert found["silent as the others"].value == summarise(as_if, seed=1).roi_percent


def test_claims_without_a_baseline_are_added_to_what_counts():
    found = {other.reading: other.value for other in other_readings(THREE, [Decimal(400), Decimal(200)])}
    assert found["claims without a baseline"] == Decimal(-40) / 3


def test_what_is_missing_to_get_even_is_money_and_only_where_it_is_missing():
    assert [other.value for other in other_readings(THREE, []) if other.reading == "to get even"] == [1000]
    assert not [other for other in other_readings([learner("a", 10, 10)], [])]


def test_of_nobody_and_of_nobody_who_reported_nothing_is_read_otherwise():
    assert not list(other_readings([], []))
    silent = [learner("a", 10, 0, reported=False)]
    assert [other.reading for other in other_readings(silent, [])] == ["to get even"]


def side(name="A", **given):
    facts = {"currency": "EUR", "month": 8, "reporting": Share(8, 10), "people": frozenset({1, 2})}
    return Side(name, **{**facts, **given})


def warned(one, other):
    return " ".join(warnings(one, other))


def test_two_of_a_kind_are_warned_of_chance_alone():
    found = list(warnings(side(), side("B", people=frozenset({3}))))
    assert found == ["Nobody was assigned by chance: a difference may be who they are, and not what they learned."]


def test_what_makes_two_cohorts_differ_is_said():
    said = warned(side(), side("B", currency="CHF", month=6, reporting=Share(5, 10), people=frozenset({2, 3})))
    assert "A is reckoned in EUR, B in CHF" in said
    assert "B is in month six and A in month eight" in said
    assert "report at different rates" in said
    assert "One person is in both" in said


def test_reporting_rates_a_fifth_apart_still_compare_and_none_compares_with_nothing():
    assert "rates" not in warned(side(), side("B", reporting=Share(6, 10)))
    assert "rates" not in warned(side(), side("B", reporting=Share(0, 0)))
