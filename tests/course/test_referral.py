from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.referral import credits_of


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
