"""The oracles of method §3."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.goal import (
    DEFAULTS,
    Goal,
    Growth,
    Unusable,
    attention_hours,
    first_year_at,
    rate,
    referral_leads_per_client,
    replaced_each_year,
    sends_per_client,
    your_number,
)
from course.share import Share

D = Decimal


def goal(income="100000", deal="50000", margin=".4", frequency=".5"):
    return Goal(income=D(income), deal=D(deal), margin=D(margin), frequency=D(frequency))


def growth(introductions="0", *, retention=".84", close_rate=".25", wins="1"):
    return Growth(retention=D(retention), introductions=D(introductions), close_rate=D(close_rate), wins=D(wins))


@pytest.mark.parametrize(
    ("deal", "margin", "frequency", "number"),
    [("100", "1", "1", 1000), ("50000", ".4", ".5", 10), ("500000", ".2", ".1", 10)],
    ids=["Kelly's fans", "consultancy", "capital goods"],
)
def test_the_number_follows_from_deal_margin_and_frequency(deal, margin, frequency, number):
    assert your_number(income=D(100_000), deal=D(deal), margin=D(margin), frequency=D(frequency)) == number


def test_people_are_whole_so_a_part_of_one_more_is_one_more():
    assert goal(deal="30000").number == pytest.approx(D("16.6667"), abs=D("0.0001"))
    assert goal(deal="30000").people == 17
    assert goal().people == 10


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"income": "0"}, "income", "The income you aim for must be more than nothing."),
        ({"deal": "-1"}, "deal", "A deal must be more than nothing."),
        ({"margin": "0"}, "margin", "The margin must be more than nothing."),
        ({"margin": "40"}, "margin", "The margin is a share from 0 to 1: forty percent is .40."),
        ({"frequency": "0"}, "frequency", "The frequency of purchases must be more than nothing."),
        ({"frequency": "NaN"}, "frequency", "The frequency of purchases must be more than nothing."),
        ({"income": "Infinity"}, "income", "The income you aim for must be more than nothing."),
    ],
)
def test_a_figure_the_sum_cant_be_done_with_is_named(given, field, words):
    with pytest.raises(Unusable) as refused:
        goal(**given)
    assert (refused.value.field, str(refused.value)) == (field, words)


def test_at_the_default_retention_ten_clients_lose_one_and_a_bit_each_year():
    assert replaced_each_year(D(10), DEFAULTS["retention"].value) == D("1.6")


def test_without_referrals_one_win_a_year_settles_at_six_and_a_quarter():
    assert growth().plateau == D("6.25")


def test_with_introductions_it_settles_at_nearly_twelve():
    assert growth(".3").plateau == pytest.approx(D("11.7647"), abs=D("0.00005"))


def test_at_its_plateau_a_number_stays():
    assert growth(".3").next_year(growth(".3").plateau) == pytest.approx(growth(".3").plateau)


def test_next_year_keeps_most_gains_some_and_adds_the_wins():
    assert growth(".3").next_year(D(10)) == D("10.15")


def test_sixty_four_introductions_for_a_hundred_clients_sustain_themselves():
    assert growth().introductions_to_sustain == D(".64")
    assert growth(".64").self_sustaining
    assert growth(".64").plateau is None
    assert not growth(".63").self_sustaining


def test_introductions_that_never_close_sustain_nothing():
    assert growth("5", close_rate="0").introductions_to_sustain is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"retention": "1.01"}, "retention"),
        ({"close_rate": "-.1"}, "close_rate"),
        ({"introductions": "-1"}, "introductions"),
        ({"wins": "-1"}, "wins"),
    ],
)
def test_growth_from_an_impossible_rate_is_refused(given, field):
    with pytest.raises(Unusable) as refused:
        growth(**given)
    assert refused.value.field == field


def test_one_client_by_cold_message_takes_six_hundred_and_twenty_five():
    assert sends_per_client() == 625


def test_one_client_by_referral_takes_under_twenty_eight_leads():
    assert referral_leads_per_client() == pytest.approx(D("27.548"), abs=D("0.0005"))


@pytest.mark.parametrize("none", [lambda: sends_per_client(D(0)), lambda: referral_leads_per_client(D(0))])
def test_a_rate_of_nought_brings_no_client_however_many_are_sent(none):
    with pytest.raises(Unusable, match="The rate must be more than nothing"):
        none()


def test_a_hundred_and_forty_relationships_take_two_hundred_and_five_hours():
    assert attention_hours(core=10, active=30, network=100) == 205
    assert attention_hours(core=0, active=0, network=1) == D(".25")


def test_fewer_people_than_none_is_refused():
    with pytest.raises(Unusable, match="can’t be fewer than none"):
        attention_hours(core=-1, active=0, network=0)


def test_every_default_says_where_it_comes_from():
    assert all(default.source.endswith(".") and 0 < default.value < 1 for default in DEFAULTS.values())


def test_a_default_holds_until_there_are_ten_of_ones_own():
    found = rate("close_rate", Share(9, 9))
    assert (found.value, found.own, found.source) == (D(".25"), False, DEFAULTS["close_rate"].source)


def test_from_ten_on_ones_own_rate_counts_and_says_how_sure_it_is():
    found = rate("close_rate", Share(4, 10))
    assert (found.value, found.own, found.source) == (D(".4"), True, "Your own: 4 of 10.")
    assert (found.low, found.high) == Share(4, 10).interval


@given(st.decimals(1, 10**9, places=2), st.decimals("0.01", 1, places=4))
def test_so_many_clients_bring_the_income_they_are_meant_to(income, margin):
    aim = Goal(income=income, deal=D(5000), margin=margin, frequency=D(2))
    assert aim.number * 5000 * margin * 2 == pytest.approx(income)


def test_the_rate_s_ends_are_its_interval_s_or_itself():
    own, default = rate("close_rate", Share(4, 10)), rate("close_rate", Share(0, 0))
    assert (float(own.lowest), float(own.highest)) == Share(4, 10).interval
    assert (default.lowest, default.highest) == (D(".25"), D(".25"))


def test_a_path_goes_year_by_year_towards_its_plateau():
    path = growth(".3").path(D(4), 2)
    assert path == (4, D("4.66"), D("5.2639"))
    assert growth().path(D("6.25")) == (D("6.25"),) * 11
    assert growth(".3").path(D(0), 200)[-1] == pytest.approx(D("11.7647"), abs=D(".0001"))


def test_a_path_does_not_begin_below_nobody():
    with pytest.raises(Unusable) as refused:
        growth().path(D(-1))
    assert refused.value.field == "clients"


def test_the_first_year_at_a_target_is_found_or_there_is_none():
    assert first_year_at(5, (D(4), D("4.66"), D("5.2639"))) == 2
    assert first_year_at(4, (D(4), D(3))) == 0
    assert first_year_at(6, (D(4), D("4.66"))) is None
