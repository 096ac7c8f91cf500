"""The state of the gate, its history, and the batches it lets go."""

from cProfile import Profile
from dataclasses import replace
from datetime import timedelta

import pytest

from course.gate import State, gate, history
from course.gate_batches import next_batch
from course.gate_facts import Batch, Facts, standing_batches
from tests.course import gates
from tests.course.gates import TERMS, TODAY, ago, batch, entry, openers, ready, talks


def without(facts, *names):
    """The facts of today with these tests failing from today on: the statement says so."""
    terms = facts.terms[0]
    if "Law" in names:
        terms = replace(terms, law=frozenset())
    if "Capacity" in names:
        terms = replace(terms, batch=10_000)
    return replace(facts, terms=[*facts.terms, replace(terms, id=2, on=TODAY)])


def test_seven_of_seven_open_the_gate():
    found = gate(ready(), TODAY)
    assert (found.state, found.passed, found.failing) == (State.OPEN, 7, ())
    assert found.valid_until == TODAY + timedelta(days=90)


def test_one_that_slips_puts_an_open_gate_on_probation_and_two_shut_it():
    slipped = gate(without(ready(), "Law"), TODAY)
    assert (slipped.state, slipped.held_on, slipped.passed) == (State.PROBATION, ago(1), 6)
    assert slipped.valid_until == ago(1) + timedelta(days=90)
    assert gate(without(ready(), "Law", "Capacity"), TODAY).state is State.CLOSED


def test_one_that_never_held_leaves_it_closed():
    found = gate(ready(deliveries=gates.deliveries(4, 4)), TODAY)
    assert (found.state, found.held_on, found.passed) == (State.CLOSED, None, 6)


@pytest.mark.parametrize(("days", "state"), [(90, State.PROBATION), (91, State.CLOSED)])
def test_a_probation_ends_ninety_days_after_all_seven_held(days, state):
    """Everything goes on as it was but the law, which was last in order so many days ago."""
    facts = ready()
    entries = [
        replace(each, id=each.id + 10_000 * n, person=each.person + 10_000 * n, on=each.on - timedelta(days=60 * n))
        for n in range(4)
        for each in facts.entries
    ]
    promised = [
        replace(
            each,
            id=each.id + 100 * n,
            made=each.made - timedelta(days=60 * n),
            due=each.due - timedelta(days=60 * n),
            kept=each.kept and each.kept - timedelta(days=60 * n),
        )
        for n in range(4)
        for each in facts.promises
    ]
    paid = [
        replace(each, id=each.id + 10 * n, person=each.person + 10_000 * n, on=each.on - timedelta(days=60 * n))
        for n in range(4)
        for each in facts.receipts
    ]
    core = {id + 10_000 * n: 365 for n in range(4) for id in facts.core}
    stated = [replace(facts.terms[0], on=ago(400)), replace(facts.terms[0], id=2, on=ago(days - 1), law=frozenset())]
    whole = replace(
        facts,
        entries=entries,
        promises=promised,
        receipts=paid,
        core=core,
        terms=stated,
        deliveries=gates.deliveries(5, 5, back=200),
    )
    assert gate(whole, ago(days)).state is State.OPEN
    assert gate(whole, TODAY).state is state


def test_what_comes_later_is_not_known_on_an_earlier_day():
    facts = ready()
    later = replace(
        facts,
        entries=[*facts.entries, *openers(0, 60, back=-5, first=5000)],
        promises=[*facts.promises, *gates.promises(0, 30, back=-5)],
    )
    assert gate(later, TODAY) == gate(facts, TODAY)
    assert gate(later, TODAY + timedelta(days=7)).state is not State.OPEN


def test_the_history_is_read_once_a_week_from_the_oldest_fact_and_ends_today():
    read = history(ready(), TODAY)
    assert [read[-1].day - each.day for each in read[-3:]] == [timedelta(14), timedelta(7), timedelta(0)]
    assert read[-1] == gate(ready(), TODAY)
    assert ago(200) <= read[0].day < ago(193)
    assert [each.state for each in (read[0], read[-1])] == [State.CLOSED, State.OPEN]
    assert [each.day for each in history(Facts(), TODAY)] == [TODAY]
    assert len(history(Facts(entries=[entry(1, 1, back=2000)]), TODAY)) == 53


def test_a_year_of_a_log_of_five_thousand_takes_little_more_than_putting_it_in_order():
    facts = ready()
    log = [
        replace(each, id=each.id + 2000 * n, on=each.on - timedelta(days=n * 10))
        for n in range(63)
        for each in facts.entries
    ]
    large = replace(facts, entries=log)
    assert len(log) > 5000
    assert calls(lambda: history(large, TODAY)) < 30 * len(log)


def calls(work):
    """How many functions are called: unlike the time it takes, the same on a busy machine."""
    profile = Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


# Batches


def letters(facts, day=TODAY):
    return next_batch(facts, gate(facts, day))


def halim(**counts):
    """Ten of forty openers were answered, twelve hours carry the answers; a batch of fifty has come back."""
    facts = ready(entries=[*talks(10, 10), *talks_answered(), *openers(10, 40)])
    sent = batch(**{"replies": 7, "two_way": 7, "answered_in_time": 7, **counts})
    return replace(facts, terms=[replace(TERMS, batch=40)], batches=[Batch(0, sent.on, sent.size), sent])


def talks_answered():
    """Sixty more talks that connect, so that forty silent openers don't fail the craft."""
    return [entry(2000 + i, i % 10 + 1) for i in range(90)]


def test_the_first_batch_is_fifty_or_what_the_hours_carry():
    few = letters(ready())
    assert (few.most, few.ceiling, few.capacity) == (17, 50, 17)
    many = ready(terms=[replace(ready().terms[0], minutes=100 * 60)])
    assert letters(many).most == 50


def test_the_next_is_half_as_much_again_or_what_the_hours_carry():
    found = letters(halim())
    assert [rule.holds for rule in found.rules] == [True, True, True]
    assert (found.ceiling, found.capacity, found.most, found.why_not) == (75, 58, 58, "")
    roomy = halim()
    assert letters(replace(roomy, terms=[replace(TERMS, minutes=100 * 60)])).most == 75


@pytest.mark.parametrize(
    ("counts", "broken", "words"),
    [
        ({"replies": 7, "two_way": 7, "answered_in_time": 7}, None, ""),
        ({"replies": 7, "two_way": 6, "answered_in_time": 7}, "They answer", "6 of 50 took part; half of what your"),
        ({"replies": 10, "two_way": 7, "answered_in_time": 9}, None, ""),
        ({"replies": 10, "two_way": 7, "answered_in_time": 8}, "You answer", "eight of ten heard from you"),
        ({"replies": 9, "two_way": 7, "answered_in_time": 8}, "You answer", "eight of nine"),
        ({"complaints": 1}, "Nobody minds", "one complaint in 50"),
        ({"size": 1000, "replies": 125, "two_way": 125, "answered_in_time": 125, "complaints": 1}, None, ""),
        (
            {"size": 1000, "replies": 125, "two_way": 125, "answered_in_time": 125, "complaints": 2},
            "Nobody minds",
            "two",
        ),
    ],
)
def test_each_stop_rule_holds_on_its_threshold_and_breaks_below_it(counts, broken, words):
    found = letters(halim(**counts))
    assert [rule.name for rule in found.rules if not rule.holds] == ([broken] if broken else [])
    assert (found.most == 0) is bool(broken)
    assert words in found.why_not
    assert bool(found.instead) is bool(broken)


def test_no_complaint_in_fifty_is_said_for_the_little_it_shows():
    minds = letters(halim()).rules[2]
    assert minds.words == (
        "no complaints in 50. So few letters can’t show more: up to 7.1 % may mind and not have said so"
    )
    many = letters(halim(size=5000, replies=700, two_way=700, answered_in_time=700)).rules[2]
    assert many.words == "no complaints in 5000"


def test_half_of_ten_in_forty_is_six_and_a_quarter():
    assert letters(halim()).rules[0].words == ("7 of 50 took part; half of what your openers get, 10 of 40, is 6.25")


def test_a_batch_that_is_not_counted_stops_the_next():
    waiting = halim()
    found = letters(replace(waiting, batches=[batch(replaces=None)]))
    assert (found.most, found.rules) == (0, ())
    assert found.why_not == "The batch of 19 November 2026 isn’t counted yet"


def test_a_gate_that_is_not_open_lets_nothing_go():
    shut = letters(ready(deliveries=(), promises=()))
    assert (shut.most, shut.why_not) == (0, "The gate is closed: Promise and Reliability don’t hold")
    slipped = letters(without(ready(), "Law"))
    assert (slipped.most, slipped.why_not) == (0, "The gate is on probation: Law doesn’t hold")
    assert "five people you know" in slipped.instead


@pytest.mark.parametrize(("back", "most"), [(89, 0), (90, 50)])
def test_a_broken_rule_stops_batches_for_ninety_days(back, most):
    facts = ready(terms=[replace(ready().terms[0], minutes=100 * 60)], batches=[batch(size=50, back=back)])
    found = letters(facts)
    assert found.most == most
    assert ("until 25 November 2026" in found.why_not) is (most == 0)


def test_a_batch_is_what_its_last_row_says_and_gone_when_that_is_taken_out():
    plan, first, second = Batch(1, ago(9), 50), Batch(2, ago(9), 50, 3, replaces=1), Batch(3, ago(9), 50, 4, replaces=2)
    assert standing_batches([second, plan, first]) == (second,)
    assert standing_batches([plan, first, replace(second, removed=True)]) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"replies": 51},
        {"replies": 3, "two_way": 4},
        {"replies": 3, "answered_in_time": 4},
        {"complaints": 51},
        {"replies": -1},
    ],
)
def test_no_more_come_back_than_went_out(wrong):
    with pytest.raises(ValueError, match=r"Of a batch|No more"):
        Batch(1, TODAY, 50, **wrong)
