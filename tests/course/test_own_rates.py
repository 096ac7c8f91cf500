"""The learner's own rates: what counts, what doesn't yet, and that corrections and order change nothing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.own_rates import Known, own_rates, time_to_buy, year_past
from course.practice import Entry, Rubric
from course.share import Share

TODAY = date(2026, 11, 24)
ANSWERED, UNANSWERED = Rubric(1, 1, 1, 1, 1), Rubric(1, 0, 1, 1, 1)


def ago(days):
    return TODAY - timedelta(days=days)


def known(id=1, *, since=900, by=None, paid=()):
    return Known(id, ago(since), by, tuple(ago(days) for days in paid))


def touch(id, days, *, person=1, channel="call", began="me", rubric=ANSWERED, **more):
    return Entry(id, ago(days), person, channel, 10, began, rubric, **more)


def rates(people, entries=(), **more):
    return own_rates(people, entries, today=TODAY, **more)


@pytest.mark.parametrize(
    ("paid", "counted"),
    [
        ((), (0, 0)),
        ((100,), (0, 0)),
        ((364,), (0, 0)),
        ((365,), (0, 1)),
        ((365, 364), (1, 1)),
        ((729,), (0, 1)),
        ((730, 100), (0, 0)),
        ((500, 400), (0, 1)),
        ((500, 0), (1, 1)),
        ((500, -1), (0, 1)),
    ],
)
def test_a_client_of_the_year_before_is_kept_by_paying_again_in_the_year_since(paid, counted):
    assert rates([known(paid=paid)])["retention"] == Share(*counted)


def test_each_client_counts_once_however_often_they_pay():
    people = [known(1, paid=(700, 600, 500, 300, 200)), known(2, paid=(400,))]
    assert rates(people)["retention"] == Share(1, 2)


def test_of_those_somebody_named_those_who_bought_close_whether_spoken_to_or_not():
    people = [
        known(1, since=180, by=9),
        known(2, since=400, by=9, paid=(10,)),
        known(3, since=179, by=9, paid=(10,)),
        known(4, since=400, paid=(10,)),
    ]
    assert rates(people)["referral_rate"] == Share(1, 2)


def test_an_introduction_counts_once_they_have_taken_part_in_a_talk():
    people = [known(1, by=9), known(2, by=9), known(3, by=9, paid=(10,))]
    log = [touch(1, 50, person=1), touch(2, 50, person=2, rubric=UNANSWERED)]
    assert rates(people, log)["close_rate"] == Share(1, 2)
    assert rates(people, log)["referral_rate"] == Share(1, 3)


@pytest.mark.parametrize(
    ("touches", "counted"),
    [
        ([touch(1, 60, channel="mail", rubric=UNANSWERED)], (0, 1)),
        ([touch(1, 59, channel="mail", rubric=UNANSWERED)], (0, 0)),
        ([touch(1, 60, channel="mail"), touch(2, 50)], (1, 1)),
        ([touch(1, 60, channel="mail"), touch(2, 50, rubric=UNANSWERED)], (0, 1)),
        ([touch(1, 60, channel="mail"), touch(2, 50, channel="message")], (0, 1)),
        ([touch(1, 60, channel="mail", began="them"), touch(2, 50)], (0, 0)),
        ([touch(1, 60, channel="call"), touch(2, 50, channel="mail")], (0, 0)),
        ([touch(1, 60, channel="mail"), touch(2, -1)], (0, 1)),
    ],
)
def test_a_first_message_leads_to_a_meeting_when_they_take_part_in_one_later(touches, counted):
    assert rates([known()], touches)["meeting_rate"] == Share(*counted)


def test_a_message_to_a_client_or_to_somebody_introduced_is_no_cold_one():
    log = [touch(1, 100, person=1, channel="mail"), touch(2, 100, person=2, channel="mail")]
    assert rates([known(1, by=2), known(2, paid=(100,))], log)["meeting_rate"] == Share(0, 0)


@pytest.mark.parametrize(
    ("met", "paid", "counted"),
    [
        (180, (), (0, 1)),
        (179, (), (0, 0)),
        (180, (180,), (1, 1)),
        (180, (10,), (1, 1)),
        (180, (181, 10), (0, 0)),
    ],
)
def test_a_first_meeting_is_won_by_a_purchase_after_it(met, paid, counted):
    assert rates([known(paid=paid)], [touch(1, met)])["win_rate"] == Share(*counted)


def test_a_long_sale_is_given_twice_its_length():
    assert time_to_buy(2).days == 180
    assert time_to_buy(9).days == 540
    assert rates([known(by=9, since=500)], sale_months=9)["referral_rate"] == Share(0, 0)
    assert rates([known(by=9, since=540)], sale_months=9)["referral_rate"] == Share(0, 1)


def test_a_correction_counts_as_it_says_and_what_was_taken_back_not_at_all():
    log = [touch(1, 200), touch(2, 200, rubric=UNANSWERED, replaces=1)]
    assert rates([known()], log[:1])["win_rate"] == Share(0, 1)
    assert rates([known()], log)["win_rate"] == Share(0, 0)
    void = replace(log[0], id=2, replaces=1, void=True)
    assert rates([known()], [log[0], void])["win_rate"] == Share(0, 0)


@st.composite
def lives(draw):
    """A few people, with payments and touches at any time."""
    days = st.integers(-30, 1000)
    people = [
        known(id, since=draw(days), by=draw(st.sampled_from([None, 9])), paid=draw(st.lists(days, max_size=4)))
        for id in range(1, 5)
    ]
    log = [
        touch(
            id,
            draw(days),
            person=draw(st.integers(1, 4)),
            channel=draw(st.sampled_from(["mail", "met"])),
            began=draw(st.sampled_from(["me", "them"])),
            rubric=draw(st.sampled_from([ANSWERED, UNANSWERED])),
        )
        for id in range(1, draw(st.integers(1, 12)))
    ]
    return people, log


@given(lives(), st.randoms(use_true_random=False))
def test_order_changes_no_rate_and_each_counts_a_person_at_most_once(life, chance):
    people, log = life
    found = rates(people, log)
    assert all(share.n <= len(people) for share in found.values())
    assert found["close_rate"].n <= found["referral_rate"].n
    chance.shuffle(people)
    chance.shuffle(log)
    assert rates(people, log) == found


@given(lives())
def test_a_void_entry_changes_nothing_else(life):
    people, log = life
    slip = touch(100, 300)
    taken_back = replace(slip, id=101, replaces=100, void=True)
    assert rates(people, [*log, slip, taken_back]) == rates(people, log)


def test_the_year_past_holds_clients_introductions_and_first_purchases():
    people = [
        known(1, paid=(500, 100)),
        known(2, since=100, by=1, paid=(50,)),
        known(3, paid=(364,)),
        known(4, since=365, by=1),
        known(5, paid=(-1,)),
    ]
    past = year_past(people, TODAY)
    assert (past.clients, past.introduced, past.won) == (3, 1, 1)


def test_who_buys_every_other_year_is_a_client_in_the_year_between():
    people = [known(1, paid=(700,)), known(2, paid=(730,))]
    assert year_past(people, TODAY).clients == 0
    assert year_past(people, TODAY, Decimal(".5")).clients == 1
    assert year_past([known(paid=(364,))], TODAY, Decimal(4)).clients == 1
    assert year_past(people, TODAY, Decimal(".0001")).clients == 2
