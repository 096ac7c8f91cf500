from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.calibration import LEAST, LEAST_TOGETHER, Verdict, calibration
from course.review import Confidence

GUESSING, UNSURE, FAIRLY, CERTAIN = Confidence

ANSWERS = st.lists(st.tuples(st.sampled_from(Confidence), st.booleans()), max_size=80)


def of(answers):
    return calibration({key: answers.count(key) for key in answers})


def level(confidence, right, n):
    counted = calibration({(confidence, True): right, (confidence, False): n - right})
    return next(level for level in counted.levels if level.confidence is confidence)


@given(ANSWERS)
def test_counting_by_word_gives_what_the_answers_give_one_by_one(answers):
    counted = of(answers)
    if not answers:
        assert (counted.brier, counted.bias, counted.stated) == (None, None, None)
        return
    pairs = [(confidence.probability, correct) for confidence, correct in answers]
    assert counted.brier == pytest.approx(fmean((p - correct) ** 2 for p, correct in pairs))
    assert counted.bias == pytest.approx(fmean(p for p, _ in pairs) - fmean(correct for _, correct in pairs))
    assert counted.right.n == len(answers)


@given(ANSWERS)
def test_the_order_of_answers_does_not_matter(answers):
    assert of(answers) == of(answers[::-1])


@given(ANSWERS.filter(bool))
def test_the_score_lies_between_nought_and_one_and_the_bias_within_one_either_way(answers):
    counted = of(answers)
    assert 0 <= counted.brier <= 1
    assert -1 <= counted.bias <= 1


def test_who_always_says_unsure_scores_a_quarter_whatever_is_right():
    assert of([(UNSURE, True)] * 3 + [(UNSURE, False)] * 5).brier == 0.25


def test_the_score_and_the_bias_of_two_answers_by_hand():
    counted = of([(CERTAIN, False), (FAIRLY, True)])
    assert counted.brier == pytest.approx((0.9025 + 0.0625) / 2)
    assert counted.bias == pytest.approx(0.85 - 0.5)
    assert of([(GUESSING, True)]).bias == -0.75


def test_a_word_is_spoken_of_from_ten_answers_on():
    assert (LEAST, LEAST_TOGETHER) == (10, 20)
    few, enough = level(CERTAIN, 2, 9), level(CERTAIN, 2, 10)
    assert (few.spoken, few.gap, few.verdict) == (False, None, None)
    assert (enough.spoken, enough.verdict) == (True, Verdict.OVER)
    assert enough.gap == pytest.approx(0.75)


def test_all_together_are_spoken_of_from_twenty_answers_on():
    assert not of([(CERTAIN, True)] * 19).spoken
    assert of([(CERTAIN, True)] * 19).verdict is None
    assert of([(CERTAIN, True)] * 20).spoken


@pytest.mark.parametrize(
    ("confidence", "right", "verdict"),
    [
        # Wilson at 20: 14 right .481…​.855, 15 right .531….888, 19 right .764….991.
        (CERTAIN, 14, Verdict.OVER),
        (CERTAIN, 19, Verdict.FITS),
        (FAIRLY, 15, Verdict.FITS),
        (UNSURE, 15, Verdict.UNDER),
        (UNSURE, 14, Verdict.FITS),
        (GUESSING, 0, Verdict.OVER),
    ],
)
def test_a_word_is_off_only_where_its_interval_leaves_it_out(confidence, right, verdict):
    assert level(confidence, right, 20).verdict is verdict


def test_the_telling_word_is_the_furthest_of_those_that_are_off():
    counted = calibration(
        {
            **{(CERTAIN, True): 28, (CERTAIN, False): 12},
            **{(GUESSING, True): 24, (GUESSING, False): 16},
            **{(FAIRLY, True): 0, (FAIRLY, False): 9},
        }
    )
    assert counted.telling.confidence is GUESSING
    assert of([(UNSURE, True), (UNSURE, False)] * 20).telling is None


def test_a_count_below_nought_is_refused():
    with pytest.raises(ValueError, match="not a share"):
        calibration({(CERTAIN, True): -1})
