"""Attention: what is asked for by the rule and by the rhythms that are set, and what was given."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from course.attention import Tended, budget
from course.goal import attention_hours
from course.practice import Entry, Rubric

TODAY = date(2026, 11, 24)


def tended(id, layer="core", tau=30, *, seated=False):
    return Tended(id, layer, tau, seated)


def talk(id, days, minutes, person=1):
    return Entry(id, TODAY - timedelta(days=days), person, "call", minutes, "me", Rubric(1, 1, 1, 1, 1))


def test_a_hundred_and_forty_people_ask_for_the_rule_s_two_hundred_and_five_hours():
    layers = [("core", 30)] * 10 + [("active", 90)] * 30 + [("network", 365)] * 100
    people = [tended(id, layer, tau, seated=id < 10) for id, (layer, tau) in enumerate(layers)]
    account = budget(people, [], TODAY)
    assert account.rule == 205 == attention_hours(core=10, active=30, network=100)
    assert (account.people, account.seats) == (140, 10)
    assert [line.people for line in account.lines] == [10, 30, 100]
    assert account.set == pytest.approx(Decimal("121.6667") + Decimal("60.8333") + 25, abs=Decimal(".001"))


def test_a_rhythm_set_by_hand_asks_for_its_own_hours():
    account = budget([tended(1, tau=73), tended(2, "active", 10), tended(3, "network", 5)], [], TODAY)
    assert [line.set for line in account.lines] == [5, Decimal("18.25"), Decimal("18.25")]
    assert account.asked_in_a_quarter == account.set * 90 / 365


def test_minutes_with_them_count_from_the_log_and_no_others():
    log = [
        *(talk(1, 0, 30), talk(2, 89, 60), talk(3, 90, 120), talk(4, 364, 15), talk(5, 365, 600)),
        *(talk(6, -1, 600), talk(7, 5, 600, person=8)),
        Entry(8, TODAY, None, None, 600, None, None),
    ]
    account = budget([tended(1)], (entry for entry in log), TODAY)
    assert (account.quarter, account.year) == (Decimal("1.5"), Decimal("3.75"))


def test_a_corrected_talk_takes_as_long_as_the_correction_says():
    first = talk(1, 5, 60)
    assert budget([tended(1)], [first, replace(first, id=2, minutes=30, replaces=1)], TODAY).quarter == Decimal(".5")
    assert budget([tended(1)], [first, replace(first, id=2, replaces=1, void=True)], TODAY).quarter == 0


def test_nobody_asks_for_nothing():
    account = budget([], [], TODAY)
    assert (account.people, account.rule, account.set, account.quarter, account.year) == (0, 0, 0, 0, 0)
