import random
from decimal import Decimal

import pytest

from course.cases import Candidate, Chosen, chosen


def one(id, benefit, *, cost=1000, hours=10):
    return Candidate(id, Decimal(cost), Decimal(benefit), Decimal(hours))


def test_up_to_two_are_chosen_at_each_end():
    people = [one(1, 900), one(2, 5000), one(3, 1500), one(4, 0), one(5, 1100), one(6, 400)]
    assert chosen(people) == (Chosen(2, "above"), Chosen(3, "above"), Chosen(4, "below"), Chosen(6, "below"))


def test_it_goes_by_the_rate_and_not_by_the_amount():
    people = [one(1, 30_000, cost=20_000), one(2, 200, cost=100), *(one(id, 0) for id in (3, 4, 5))]
    assert chosen(people)[0] == Chosen(2, "above")


@pytest.mark.parametrize("count", [0, 1, 4])
def test_of_fewer_than_five_nobody_is_asked(count):
    assert chosen([one(id, 5000) for id in range(count)]) == ()


def test_nobody_stands_at_both_ends():
    only_below = chosen([one(id, 0, hours=id) for id in range(1, 6)])
    assert only_below == (Chosen(5, "below"), Chosen(4, "below"))


def test_to_come_out_even_is_not_yet_above():
    assert {each.side for each in chosen([one(id, 1000) for id in range(5)])} == {"below"}


def test_of_equals_whoever_tried_longer_then_whoever_enrolled_first():
    people = [one(9, 0), one(8, 0), one(7, 0, hours=40), one(6, 5000), one(5, 5000)]
    assert chosen(people) == (Chosen(5, "above"), Chosen(6, "above"), Chosen(7, "below"), Chosen(8, "below"))


def test_the_order_they_come_in_changes_nothing():
    people = [one(id, (id * 37) % 11 * 200, hours=id % 3) for id in range(1, 30)]
    first = chosen(people)
    for seed in range(20):
        random.Random(seed).shuffle(people)
        assert chosen(people) == first
