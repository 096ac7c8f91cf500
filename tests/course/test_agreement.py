from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.agreement import LEAST_PAIRS, agreement, weighted_kappa
from course.practice import Rubric

RATING = st.integers(0, 2)
PAIRS = st.lists(st.tuples(RATING, RATING), max_size=40)


def table(rows):
    """The pairs of a table of counts."""
    return [(i, j) for i, row in enumerate(rows) for j, count in enumerate(row) for _ in range(count)]


def test_two_by_two_is_cohens_unweighted_kappa():
    # 20 and 15 of 50 agree, 5 and 10 don't: observed .7, by chance .5, so .4.
    assert weighted_kappa(table([[20, 5], [10, 15]])) == Fraction(2, 5)


def test_a_rating_two_points_off_counts_twice():
    # By hand. Observed: six ratings one point off and one two points off, 8. Margins 6 8 6 and 4 10 6, so by chance
    # (6·22 + 8·10 + 6·18) / 20 = 16. Kappa 1 - 8/16.
    assert weighted_kappa(table([[3, 2, 1], [1, 6, 1], [0, 2, 4]])) == Fraction(1, 2)


def test_a_published_table_of_four_grades():
    # Hout, Duncan and Sobel 1987, in Agresti's Categorical Data Analysis; R's vcd prints .2374 for it, equally spaced.
    kappa = weighted_kappa(table([[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]))
    assert round(float(kappa), 4) == 0.2374


def brute(pairs):
    """By its definition over single ratings: every first with every second is what chance would pair."""
    n = len(pairs)
    observed = Fraction(sum(abs(a - b) for a, b in pairs), n)
    expected = Fraction(sum(abs(a - b) for a, _ in pairs for _, b in pairs), n * n)
    return None if expected == 0 else 1 - observed / expected


@given(PAIRS.filter(bool))
def test_it_equals_its_definition_and_is_at_most_one(pairs):
    kappa = weighted_kappa(pairs)
    assert kappa == brute(pairs)
    assert kappa is None or kappa <= 1


@given(PAIRS)
def test_it_is_the_same_whoever_is_named_first_and_in_any_order(pairs):
    assert weighted_kappa(pairs) == weighted_kappa([(b, a) for a, b in reversed(pairs)])


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([], None),
        ([(1, 1)] * 12, None),
        ([(0, 0), (1, 1), (2, 2)], 1),
        ([(0, 2), (2, 0)], -1),
        ([(0, 0), (0, 2), (2, 0), (2, 2)], 0),
        ([(1, 2)] * 3, 0),
    ],
    ids=["no pair", "never another rating", "always the same", "always opposite", "as by chance", "one always higher"],
)
def test_kappa_at_its_ends(pairs, kappa):
    assert weighted_kappa(pairs) == kappa


HIGH, LOW = Rubric(2, 2, 1, 1, 2), Rubric(2, 1, 1, 1, 0)


def test_nothing_is_said_of_nine_pairs_and_ten_are_enough():
    nine, ten = agreement([(HIGH, LOW)] * 9), agreement([(HIGH, LOW)] * LEAST_PAIRS)
    assert (nine.is_shown, nine.kappa, nine.above) == (False, None, None)
    assert ten.is_shown
    assert ten.kappa == brute(list(zip(HIGH.points, LOW.points, strict=True)))
    assert (ten.same, ten.points, ten.above) == (30, 50, 3)
