from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.share import Interval, Share, wilson

COUNTS = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("successes", "n", "low"),
    [(15, 20, 0.5313), (14, 20, 0.4810), (7, 30, 0.1179), (6, 30, 0.0951)],
)
def test_the_lower_bound_is_the_one_the_readiness_gate_was_set_by(successes, n, low):
    assert Share(successes, n).low == pytest.approx(low, abs=5e-5)


def test_four_of_twelve_may_be_anything_from_fourteen_to_sixty_one_percent():
    assert wilson(4, 12) == pytest.approx((0.13812, 0.60938), abs=5e-6)


def test_thirty_five_of_eighty_lies_between_a_third_and_just_over_a_half():
    assert wilson(35, 80) == pytest.approx((0.33, 0.55), abs=0.005)


def test_before_the_first_observation_nothing_is_known():
    share = Share(0, 0)
    assert wilson(0, 0) is None
    assert (share.value, share.low, share.high, share.interval) == (None, None, None, None)


def test_none_of_ten_starts_at_exactly_zero_yet_leaves_room_above():
    share = Share(0, 10)
    assert (share.value, share.low) == (0.0, 0.0)
    assert share.high == pytest.approx(0.2775, abs=5e-5)


def test_all_of_ten_ends_at_exactly_one_yet_leaves_room_below():
    share = Share(10, 10)
    assert (share.value, share.high) == (1.0, 1.0)
    assert share.low == pytest.approx(0.7225, abs=5e-5)


@pytest.mark.parametrize(("successes", "n"), [(-1, 3), (4, 3), (0, -1)])
def test_more_than_all_or_less_than_none_is_refused(successes, n):
    with pytest.raises(ValueError, match="is not a share"):
        Share(successes, n)


def test_a_share_does_not_change_once_counted():
    with pytest.raises(FrozenInstanceError):
        Share(1, 2).n = 3


@given(COUNTS)
def test_the_share_lies_inside_its_interval_and_the_interval_inside_nought_and_one(counts):
    share = Share(*counts)
    assert 0 <= share.low <= share.value <= share.high <= 1


@given(COUNTS)
def test_the_same_share_of_more_observations_is_surer(counts):
    successes, n = counts
    few, many = wilson(successes, n), wilson(successes * 4, n * 4)
    assert many.high - many.low < few.high - few.low


@given(COUNTS)
def test_failures_mirror_successes(counts):
    successes, n = counts
    interval = wilson(successes, n)
    assert wilson(n - successes, n) == pytest.approx(Interval(1 - interval.high, 1 - interval.low))
