from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.referral import Placed, chain_of, circle, credits_of, introducers, tree, whole_credits


def test_ten_thousand_over_two_generations():
    assert credits_of(Decimal(10_000), 2) == (5000, 2500, 2500)


def test_an_unreferred_payer_keeps_all_of_it():
    assert credits_of(Decimal(10_000), 0) == (10_000,)


@given(
    st.decimals(0, 10**9, places=2, allow_nan=False), st.integers(0, 12), st.decimals(0, 1, places=2, allow_nan=False)
)
def test_the_credits_add_up_to_the_receipt_exactly(amount, generations, share):
    split = credits_of(amount, generations, share=share)
    assert len(split) == generations + 1
    # Twelve generations have more digits than Decimal keeps by default: the test's own sum would round.
    assert sum(map(Fraction, split)) == Fraction(amount)
    assert min(split) >= 0


@pytest.mark.parametrize(("generations", "share"), [(-1, ".5"), (1, "1.1"), (1, "-.1")])
def test_an_impossible_chain_is_refused(generations, share):
    with pytest.raises(ValueError, match="a chain has no fewer than no referrers"):
        credits_of(Decimal(1), generations, share=Decimal(share))


def test_whole_credits_are_the_same_split_in_cents():
    assert whole_credits(1_000_000, 2) == (500_000, 250_000, 250_000)
    assert whole_credits(1, 1) == (1, 0)


@given(st.integers(0, 10**12), st.integers(0, 30))
def test_whole_credits_add_up_exactly_and_stay_close_to_the_exact_ones(minor, generations):
    split = whole_credits(minor, generations)
    assert sum(split) == minor
    exact = credits_of(Decimal(minor), generations)
    assert all(abs(Fraction(part) - Fraction(true)) < 2 for part, true in zip(split, exact, strict=True))


def test_a_chain_goes_up_to_the_first_who_brought_somebody():
    assert chain_of(3, {3: 2, 2: 1}) == (2, 1)
    assert chain_of(1, {3: 2, 2: 1}) == ()


def test_a_ring_is_found_and_a_chain_in_it_ends():
    ring = {1: 2, 2: 3, 3: 1, 4: 1}
    assert set(circle(ring)) == {1, 2, 3}
    assert len(chain_of(4, ring)) == 3
    assert circle({3: 2, 2: 1, 5: 1}) == ()


def test_merged_aliases_have_one_origin_and_the_alias_that_stands_is_believed():
    assert introducers({1: 5, 2: 6}, {2: 1}) == {1: 5}
    assert introducers({2: 6, 7: 2}, {2: 1}) == {1: 6, 7: 1}


def test_an_introduction_between_two_aliases_of_one_person_is_none():
    assert introducers({1: 2}, {2: 1}) == {}
    assert introducers({1: 2, 2: 6}, {2: 1}) == {1: 6}


def test_a_tree_has_everybody_under_who_brought_them_and_nobody_else():
    assert tree({2: 1, 3: 2, 4: 1}, [9, 4, 3, 2, 1]) == (
        Placed(1, 0, 2),
        Placed(4, 1, 0),
        Placed(2, 1, 1),
        Placed(3, 2, 0),
    )


@given(st.dictionaries(st.integers(2, 60), st.integers(1, 59)))
def test_a_tree_without_rings_places_each_once_a_step_below_who_brought_them(found):
    brought = {person: by for person, by in found.items() if by < person}
    placed = {place.person: place for place in tree(brought, range(1, 61))}
    assert placed.keys() == brought.keys() | set(brought.values())
    for person, place in placed.items():
        assert place.generation == len(chain_of(person, brought))


def test_a_chain_of_a_thousand_is_drawn_too():
    assert tree({n: n - 1 for n in range(1, 1000)}, range(1000))[-1].generation == 999
