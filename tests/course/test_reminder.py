import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reminder import Score
from course.share import Share


def test_a_living_relationship_scores_ninety_two_and_a_half():
    score = Score(days=20, tau=30, totals=[8, 8, 8], began=["them", "me"] * 3, promises=Share(4, 4))
    assert score.total == pytest.approx(92.5)


def test_a_neglected_relationship_scores_fifty_six_and_two_thirds():
    score = Score(days=60, tau=30, totals=[8, 8, 8], began=["them", *["me"] * 5], promises=Share(3, 4))
    assert score.total == pytest.approx(56.6667, abs=5e-5)
    assert [part.points for part in score.parts] == pytest.approx([20, 20, 6.6667, 10], abs=5e-5)
    assert score.reasons == (
        "60 of 30 days since you last spoke",
        "last three entries: 8, 8, 8 of 10",
        "they began one of six",
        "three of four promises kept",
    )


def test_the_rhythm_counts_in_full_to_its_last_day_and_halves_each_rhythm_after():
    shares = [
        Score(days=days, tau=30, totals=[], began=[], promises=Share(0, 0)).parts[0].share
        for days in (0, 30, 31, 60, 90)
    ]
    assert shares == pytest.approx([1, 1, 0.5 ** (1 / 30), 0.5, 0.25])


def test_what_is_not_known_yet_counts_a_half_and_never_having_spoken_nothing():
    score = Score(days=None, tau=30, totals=[], began=["me"], promises=Share(0, 0))
    assert [part.share for part in score.parts] == [0, 0.5, 0.5, 0.5]
    assert score.reasons == (
        "you have not spoken yet",
        "nothing rated yet",
        "too few touches to see who begins",
        "no promise has fallen due",
    )


def test_quality_is_of_the_last_three_entries_and_reciprocity_of_the_last_six():
    score = Score(days=1, tau=30, totals=[0, 0, 4, 6, 8], began=["them", *["me"] * 6], promises=Share(0, 0))
    assert [part.share for part in score.parts[1:3]] == pytest.approx([0.6, 0])


def test_two_initiations_are_enough_for_reciprocity():
    score = Score(days=1, tau=30, totals=[], began=["me", "me"], promises=Share(0, 0))
    assert score.parts[2].share == 0


@given(
    days=st.none() | st.integers(0, 3000),
    tau=st.integers(1, 700),
    totals=st.lists(st.integers(0, 10)),
    began=st.lists(st.sampled_from(["me", "them"])),
    promises=st.integers(0, 50).flatmap(lambda n: st.builds(Share, st.integers(0, n), st.just(n))),
)
def test_the_score_stays_within_nought_and_a_hundred_and_is_the_sum_of_its_parts(days, tau, totals, began, promises):
    score = Score(days=days, tau=tau, totals=totals, began=began, promises=promises)
    assert 0 <= score.total <= 100
    assert score.total == pytest.approx(sum(part.weight * part.share for part in score.parts))
    assert [part.weight for part in score.parts] == [40, 25, 20, 15]


def test_the_formula_is_filled_in_with_its_own_figures():
    score = Score(days=60, tau=30, totals=[8, 8, 8], began=["them", *["me"] * 5], promises=Share(3, 4))
    assert score.formula == "40 × 0.50 + 25 × 0.80 + 20 × 0.33 + 15 × 0.67"
