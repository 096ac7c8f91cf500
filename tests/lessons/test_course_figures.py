"""The arithmetic of the lessons on your number and on attention, recomputed: a figure in the text is the function's."""

from decimal import Decimal as D
from math import comb

import pytest

from course.goal import Growth, attention_hours, replaced_each_year, your_number
from course.lifetime import first_now_value, five_payment_value, own_retention
from course.referral import credits_of
from course.share import Share
from course.wording import spell
from tests.lessons.quoted import printed, says, told

THOUSAND, TEN, LEAK, ROOM = "the-thousand-unpacked", "perhaps-ten", "leak-or-grow", "room-for-people"
INVOICE, REFERRAL = "after-the-invoice", "the-earned-referral"


def number(income, deal, margin, frequency):
    return your_number(income=D(income), deal=D(deal), margin=D(margin), frequency=D(frequency))


def growth(introductions="0", *, retention=".84", wins="1"):
    return Growth(retention=D(retention), introductions=D(introductions), close_rate=D(".25"), wins=D(wins))


def after(years, rates, start):
    for _ in range(years):
        start = rates.next_year(start)
    return start


def at_most(most, n, share):
    """The odds of so many or fewer out of n that decide independently."""
    return sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(most + 1))


@pytest.mark.parametrize(
    ("around", "deal", "margin", "frequency"),
    [
        ("*Kelly:* 100 000 ÷ (100 × 1 × 1) = {}.", "100", "1", "1"),
        ("100 000 ÷ (20 × .2 × 5) = {} labs", "20", ".2", "5"),
        ("100 000 ÷ (100 000 × .2 × 1) = {} dealers", "100000", ".2", "1"),
    ],
)
def test_the_napkins_numbers_are_your_numbers(around, deal, margin, frequency):
    assert told(THOUSAND, around) == printed(number("100000", deal, margin, frequency))


def test_the_labs_that_buy_directly_are_rounded_up_to_whole_ones():
    found = number("100000", "30", ".3", "5")
    assert told(THOUSAND, "100 000 ÷ (30 × .3 × 5) = {}, that is {} labs") == (
        *printed(found, places=1),
        *printed(found.to_integral_value("ROUND_CEILING")),
    )


def test_the_client_who_leaves_three_thousand_makes_thirty():
    assert told(THOUSAND, 'answer = "{}. One client leaves') == printed(number("90000", "6000", ".25", "2"))
    assert told(THOUSAND, "6 000 × .25 × 2 = {} a year") == printed(D(6000) * D(".25") * 2)


def test_warehouses_and_cranes_both_come_to_ten():
    assert told(TEN, "100 000 ÷ (50 000 × .4 × .5) = {}. *1") == printed(number("100000", "50000", ".4", ".5"))
    assert told(TEN, "500 000 × .2 × .1 is {} once more, and the number is ten") == printed(D(500_000) * D(".02"))
    cranes = number("100000", "500000", ".2", ".1")
    assert says(TEN, f"the number is {spell(int(cranes))} once more")
    assert (number("100000", "2000", ".5", "2"), says(TEN, "half of it stays, you need fifty")) == (50, True)
    every_year = number("100000", "50000", ".4", "1")
    assert says(TEN, f"If they built every year, {spell(int(every_year))} would do")


@pytest.mark.parametrize(
    ("around", "deal", "margin"),
    [("At 30 000 a job Agnes needs {} clients", "30000", ".4"), ("At a margin of .32 she needs {}.", "50000", ".32")],
)
def test_a_smaller_job_or_margin_needs_more_clients(around, deal, margin):
    found = number("100000", deal, margin, ".5")
    assert told(TEN, around) == printed(found.to_integral_value("ROUND_CEILING"))


def test_the_lean_years_are_as_frequent_as_it_says():
    ten_builders, ten_ports, eight_plants = at_most(3, 10, 0.5), at_most(0, 10, 0.1), at_most(0, 8, 0.125)
    assert says(TEN, f"about one year in {spell(round(1 / ten_builders))} will bring three jobs or fewer")
    assert says(TEN, f"about one year in {spell(round(1 / ten_ports))} has none at all")
    assert says(TEN, f"about one in {spell(round(1 / eight_plants))}, will have none")


def test_the_recalls_of_the_second_lesson_add_up():
    assert told(TEN, "{}: each plant leaves 400 000 × .25 × .125 = {} a year") == (
        *printed(number("100000", "400000", ".25", ".125")),
        *printed(D(400_000) * D(".03125")),
    )
    assert told(TEN, 'answer = "{}. Each leaves 400 × .5 × 5') == printed(number("100000", "400", ".5", "5"))


def test_the_two_levels_are_the_plateaus():
    assert told(LEAK, "1 ÷ (1 − .84) = **{}**") == printed(growth().plateau, places=2)
    assert told(LEAK, "1 ÷ (1 − .84 − .3 × .25) = **{}**") == printed(growth(".3").plateau, places=2)
    assert told(LEAK, "Her level would be {} without one") == printed(growth(wins="2").plateau, places=1)
    assert growth(retention=".92").plateau == growth(wins="2").plateau


@pytest.mark.parametrize(("years", "words"), [(1, "1 year"), (3, "3 years"), (5, "5 years"), (10, "10 years")])
def test_the_table_of_years_is_the_recursion(years, words):
    found = told(LEAK, f"| {words} | {{}} | {{}} |")
    assert found == printed(after(years, growth(), D(7)), after(years, growth(".3"), D(7)), places=1)


def test_introductions_sustain_from_the_point_it_names():
    assert told(LEAK, "With .84 and .25 that takes k = {}:") == printed(growth().introductions_to_sustain, places=2)
    assert told(LEAK, "k = .1 ÷ .25 = {} for") == printed(growth(retention=".9").introductions_to_sustain, places=1)
    assert says(LEAK, "with .92, .3 and .25 it promises two hundred clients")
    assert growth(".3", retention=".92").plateau == 200


def test_forty_two_of_fifty_is_as_wide_as_it_says():
    share = Share(42, 50)
    found = told(LEAK, "true share anywhere from about {} to {} per cent")
    assert found == printed(100 * share.low, 100 * share.high)
    assert says(LEAK, "At the lower end her level is three and a half, at the upper end about twelve")
    assert (1 / (1 - share.low), 1 / (1 - share.high)) == pytest.approx((3.5, 12), abs=0.05)


def test_twelve_clients_shrink_towards_six_and_a_quarter():
    found = told(LEAK, "next year about {}, in the end {}.")
    assert found == (*printed(growth().next_year(D(12))), *printed(growth().plateau, places=2))
    assert round(replaced_each_year(D(12), D(".84"))) == 2


@pytest.mark.parametrize(
    ("around", "core", "active", "network"),
    [
        ("140 people × 12 times × 1 hour = {} hours", 140, 0, 0),
        ("*Together:* {} hours", 10, 30, 100),
        ("96 + 40 + 18 = {}.", 8, 20, 72),
        ("144 + 40 + 20 = {} hours", 12, 20, 80),
    ],
)
def test_attention_costs_the_hours_it_says(around, core, active, network):
    assert told(ROOM, around) == printed(attention_hours(core=core, active=active, network=network))


def test_what_was_short_is_the_difference_and_moving_people_frees_it():
    assert told(ROOM, "With 44 working weeks, that makes {}. He was {} short.") == printed(44 * 3.5, 205 - 44 * 3.5)
    short = attention_hours(core=12, active=20, network=80) - D("3.5") * 46
    assert told(ROOM, "204 hours against {}, so {} too many") == printed(D("3.5") * 46, short)
    moved = attention_hours(core=12, active=20, network=80) - attention_hours(core=8, active=22, network=82)
    assert told(ROOM, "four from core to active frees {}, two from active to network another {}") == (
        *printed(attention_hours(core=4, active=0, network=0) - attention_hours(core=0, active=4, network=0)),
        *printed(attention_hours(core=0, active=2, network=0) - attention_hours(core=0, active=0, network=2), places=1),
    )
    assert moved >= short


def test_one_of_the_core_costs_six_active_or_forty_eight_of_the_network():
    core = attention_hours(core=1, active=0, network=0)
    assert says(ROOM, "as much as six in the active layer, or as forty-eight in the network")
    assert core == attention_hours(core=0, active=6, network=0) == attention_hours(core=0, active=0, network=48)


def test_lifetime_value_is_computed_and_then_shaken():
    yearly = D(12_000) * D(".6")
    assert told(INVOICE, "12 000 × .6 = {}.") == printed(yearly)
    assert told(INVOICE, "7 200 × 1.1 ÷ (1.1 − .84) = {}.") == printed(first_now_value(yearly, D(".84")), places=2)
    assert told(INVOICE, "and shows **{}**") == printed(five_payment_value(yearly, D(".84")), places=2)
    own = own_retention(renewed=7, n=9, default=D(".84"))
    assert told(INVOICE, "(7 + 5 × .84) ÷ (9 + 5) = {}. That makes {}. At .70 it would be {}.") == (
        *printed(own, places=2),
        *printed(five_payment_value(yearly, own), five_payment_value(yearly, D(".7")), places=2),
    )
    assert told(INVOICE, 'answer = "{}: (3 + 5 × .84) ÷ (5 + 5)') == printed(
        own_retention(renewed=3, n=5, default=D(".84")), places=2
    )


def test_the_credits_of_a_chain_are_the_tea_packers():
    assert told(REFERRAL, "C {}, B {}, A {}, together 10 000") == printed(*credits_of(D(10_000), 2))
