import random
from decimal import Decimal
from itertools import combinations

import pytest

from course.disclosure import changed, enough, kinds_in_the_way, rounded_to_tens, same, tells_of_few
from course.share import Share


def people(count, mark="x", first=0):
    return {str(id): mark for id in range(first, first + count)}


@pytest.mark.parametrize(("count", "may"), [(0, True), (1, False), (4, False), (5, True), (60, True)])
def test_a_figure_rests_on_nobody_or_on_five(count, may):
    assert enough(count) is may


@pytest.mark.parametrize(
    ("share", "few"),
    [((0, 12), False), ((12, 12), False), ((5, 10), False), ((4, 10), True), ((6, 10), True), ((1, 5), True)],
)
def test_a_count_tells_of_few_on_either_side(share, few):
    assert tells_of_few(Share(*share)) is few


@pytest.mark.parametrize(("exact", "shown"), [("-24.3", -20), ("25", 20), ("35", 40), ("4.9", 0), ("-96", -100)])
def test_a_median_is_rounded_to_tens(exact, shown):
    assert rounded_to_tens(Decimal(exact)) == shown


def test_one_who_joins_one_who_leaves_and_one_who_changes_are_three():
    before, after = {"benefit": {"a": "1", "b": "2", "c": "3"}}, {"benefit": {"b": "2", "c": "9", "d": "4"}}
    assert changed(before, after) == {"benefit": 3}


def test_a_report_may_follow_where_nobody_or_five_have_something_new():
    before = {"hours": people(12), "benefit": people(12)}
    assert kinds_in_the_way([before], before) == ()
    assert kinds_in_the_way([before], {**before, "hours": {**people(12), **people(5, "y")}}) == ()
    assert kinds_in_the_way([before], {**before, "hours": {**people(12), **people(4, "y")}}) == ("hours",)


def test_five_new_in_one_kind_do_not_hide_one_new_in_another():
    before = {"hours": people(12), "benefit": people(12)}
    after = {"hours": people(12, "y"), "benefit": {**people(12), "3": "y"}}
    assert kinds_in_the_way([before], after) == ("benefit",)


def test_a_report_is_held_against_every_one_before_and_not_the_last_alone():
    first = {"hours": people(12)}
    second = {"hours": {**people(12), **people(5, "y")}}
    back = {"hours": {**people(12), "0": "z"}}
    assert kinds_in_the_way([second], back) == ()
    assert kinds_in_the_way([first, second], back) == ("hours",)


def test_two_cohorts_that_share_all_but_one_learner_do_not_both_go_out():
    assert kinds_in_the_way([{"people": people(7)}], {"people": people(7, first=1)}) == ("people",)
    assert kinds_in_the_way([{"people": people(7)}], {"people": people(7, first=7)}) == ()


def test_the_same_contributions_are_the_same_report():
    one, two = {"hours": people(5)}, {"hours": people(6)}
    assert same([one, two], {"hours": people(6)}) == 1
    assert same([one], two) is None


@pytest.mark.parametrize("seed", range(20))
def test_no_two_of_many_reports_differ_by_one_to_four_people(seed):
    chance, issued = random.Random(seed), []
    state = {kind: people(12) for kind in ("people", "hours", "benefit")}
    for _ in range(150):
        kind, who = chance.choice(list(state)), str(chance.randrange(14))
        state[kind] = {**state[kind], who: chance.choice("xyz")}
        if chance.random() < 0.2:
            state[kind].pop(who)
        if not kinds_in_the_way(issued, state) and same(issued, state) is None:
            issued.append({kind: dict(marks) for kind, marks in state.items()})
    assert len(issued) > 1
    for one, other in combinations(issued, 2):
        for kind in state:
            differ = [who for who in people(14) if one[kind].get(who) != other[kind].get(who)]
            assert not 0 < len(differ) < 5
