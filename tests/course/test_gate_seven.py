"""The seven tests of the gate: the method's oracles, both sides of every threshold, words for what is missing."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.gate_facts import LAW, QUARTER, YEAR, Facts, Paid, settled
from course.gate_figures import fewest, personal_rate
from course.gate_seven import BAR, HALF, craft, law, promise, reliability, response, seven
from course.practice import Promise, kept_share
from course.share import Share, wilson
from tests.course import gates
from tests.course.gates import (
    CONNECTING,
    SILENT,
    TEMPLATE,
    TERMS,
    TODAY,
    ago,
    entry,
    opener,
    openers,
    ready,
    talks,
    words,
)


def by_name(facts, day=TODAY):
    return {test.name: test.passed for test in seven(facts, day)}


def test_the_seven_hold_together_where_each_holds_alone():
    assert by_name(ready()) == dict.fromkeys(
        ("Craft", "Response", "Promise", "Reliability", "Capacity", "Economics", "Law"), True
    )


def test_with_nothing_written_none_holds_and_each_says_what_it_takes():
    for test in seven(Facts(), TODAY):
        assert not test.passed
        assert test.missing, test.name
        assert test.evidence.entries == test.evidence.promises == test.evidence.receipts == ()


# Craft


@pytest.mark.parametrize(("connecting", "passes", "low"), [(15, True, 0.5313), (14, False, 0.4810)])
def test_fifteen_of_twenty_pass_and_fourteen_do_not(connecting, passes, low):
    test = craft(Facts(entries=talks(connecting, 20)), TODAY)
    assert test.passed is passes
    assert test.share == Share(connecting, 20)
    assert test.share.low == pytest.approx(low, abs=5e-5)


def test_what_craft_misses_is_counted_in_entries_and_in_people():
    assert words(craft(Facts(entries=talks(12, 12, people=6)), TODAY)) == (
        "eight more rated entries with four more people"
    )
    assert words(craft(Facts(entries=talks(12, 12)), TODAY)) == "eight more rated entries"
    assert words(craft(Facts(entries=talks(19, 19)), TODAY)) == "one more rated entry"
    assert words(craft(Facts(entries=talks(20, 20, people=9)), TODAY)) == "talks with one more person"
    assert words(craft(Facts(entries=talks(14, 20)), TODAY)) == "15 of 20 entries have to connect; 14 do"
    assert words(craft(Facts(), TODAY)) == (
        "20 more rated entries with ten more people; 15 of 20 entries have to connect"
    )


def test_ninety_days_are_the_day_and_the_eighty_nine_before():
    assert craft(Facts(entries=talks(20, 20, back=QUARTER.days - 1)), TODAY).passed
    assert craft(Facts(entries=talks(20, 20, back=QUARTER.days)), TODAY).share == Share(0, 0)
    assert craft(Facts(entries=talks(20, 20, back=-1)), TODAY).share == Share(0, 0)


def test_what_was_corrected_counts_as_its_correction_and_practice_alone_is_no_talk():
    log = talks(20, 20)
    corrected = replace(log[0], id=99, rubric=SILENT, replaces=log[0].id)
    alone = replace(log[0], id=100, person=None, channel=None, began=None, rubric=None)
    assert craft(Facts(entries=[*log, corrected, alone]), TODAY).share == Share(19, 20)
    void = replace(log[1], id=101, replaces=log[1].id, void=True)
    assert craft(Facts(entries=[*log, void]), TODAY).evidence.entries == tuple(e.id for e in log if e.id != log[1].id)


# Response


@pytest.mark.parametrize(("answered", "passes", "low"), [(7, True, 0.1179), (6, False, 0.0951)])
def test_seven_of_thirty_pass_and_six_do_not(answered, passes, low):
    test = response(Facts(entries=openers(answered, 30)), TODAY)
    assert pytest.approx(3 * 0.0343) == BAR
    assert test.passed is passes
    assert test.share.low == pytest.approx(low, abs=5e-5)


def test_twenty_nine_openers_are_one_too_few_however_many_are_answered():
    assert words(response(Facts(entries=openers(29, 29)), TODAY)) == "one more opener, each written for one person"
    assert words(response(Facts(entries=openers(6, 30)), TODAY)) == "7 of 30 openers have to be answered; 6 were"


@pytest.mark.parametrize(
    "first",
    [
        opener(1, 1, channel="call"),
        opener(1, 1, channel="met"),
        opener(1, 1, began="them"),
        opener(1, 1, rubric=TEMPLATE),
    ],
    ids=["spoken", "met", "begun by them", "a template"],
)
def test_a_first_touch_that_is_not_written_by_me_for_one_person_is_no_opener(first):
    assert len(Facts(entries=[first, opener(2, 1, back=3)]).openers) == 0


def test_a_first_mail_or_message_is_an_opener_and_a_second_one_is_not():
    facts = Facts(entries=[opener(1, 1, back=20), opener(2, 1, back=10), opener(3, 2, channel="message")])
    assert [each.entry for each in facts.openers] == [1, 3]


@pytest.mark.parametrize(
    ("later", "answered"),
    [
        ([], False),
        ([opener(2, 1, back=5)], False),
        ([entry(2, 1, back=5)], True),
        ([entry(2, 1, back=5, rubric=TEMPLATE, began="them")], True),
        ([entry(2, 2, back=5)], False),
    ],
    ids=["silence", "silence again", "they took part", "they began", "somebody else took part"],
)
def test_an_opener_is_answered_by_whatever_its_person_does_later(later, answered):
    facts = Facts(entries=[opener(1, 1), *later])
    assert personal_rate(facts, TODAY).successes == answered
    assert personal_rate(facts, ago(6)).successes == 0


# Promise


def test_five_deliveries_nine_in_ten_as_promised_and_one_who_came_back():
    back = {"receipts": [Paid(1, ago(50), 1), Paid(2, ago(40), 1)]}
    assert promise(Facts(deliveries=gates.deliveries(5, 5), **back), TODAY).passed
    assert promise(Facts(deliveries=gates.deliveries(9, 10), **back), TODAY).passed
    assert words(promise(Facts(deliveries=gates.deliveries(8, 9), **back), TODAY)) == (
        "nine in ten deliveries as promised: 8 of 9 were"
    )
    assert words(promise(Facts(deliveries=gates.deliveries(4, 4), **back), TODAY)) == (
        "one more delivery within twelve months"
    )
    assert words(promise(Facts(deliveries=gates.deliveries(5, 5)), TODAY)) == (
        "one client who buys again or sends you somebody"
    )


def test_deliveries_count_for_a_year():
    assert promise(Facts(deliveries=gates.deliveries(5, 5, back=YEAR.days - 1)), TODAY).share == Share(5, 5)
    assert promise(Facts(deliveries=gates.deliveries(5, 5, back=YEAR.days)), TODAY).share == Share(0, 0)


@pytest.mark.parametrize(
    ("receipts", "repeats"),
    [
        ([Paid(1, ago(50), 1)], ()),
        ([Paid(1, ago(50), 1), Paid(2, ago(50), 1)], ()),
        ([Paid(1, ago(50), 1), Paid(2, ago(40), 2)], ()),
        ([Paid(1, ago(50), None), Paid(2, ago(40), None)], ()),
        ([Paid(2, ago(40), 1), Paid(1, ago(900), 1)], (2,)),
        ([Paid(1, ago(900), 1), Paid(2, ago(400), 1)], ()),
    ],
    ids=["once", "twice a day", "two payers", "nobody named", "again", "again, too long ago"],
)
def test_who_comes_back_is_the_same_payer_on_another_day(receipts, repeats):
    assert promise(Facts(receipts=receipts), TODAY).evidence.receipts == repeats


def test_somebody_brought_counts_as_coming_back():
    assert promise(Facts(entries=[entry(1, 1, sign="referred")]), TODAY).conditions[2].holds
    assert not promise(Facts(entries=[entry(1, 1, sign="advice")]), TODAY).conditions[2].holds


# Reliability


def test_twenty_promises_nine_in_ten_kept():
    def kept(kept, n):
        return reliability(replace(ready(), promises=gates.promises(kept, n)), TODAY)

    assert kept(18, 20).passed
    assert words(kept(17, 20)) == "nine in ten promises kept by their day: 17 of 20 were"
    assert words(kept(19, 19)) == "one more promise that you have kept or not"


def test_one_in_ten_of_the_core_may_be_past_its_rhythm():
    last_spoke = {1: 31, **dict.fromkeys(range(2, 11), 30)}
    log = [entry(id, id, back) for id, back in last_spoke.items()]
    core = dict.fromkeys(last_spoke, 30)
    passed, short = (
        reliability(Facts(entries=log, core=these, promises=gates.promises(20, 20)), TODAY)
        for these in (core, {id: 30 for id in range(1, 10)})
    )
    assert passed.passed
    assert passed.conditions[2].share == Share(1, 10)
    assert words(short) == "at most one in ten of the core past its rhythm: 1 of 9 are"


def test_who_never_spoke_makes_no_core_look_tended():
    facts = Facts(entries=[opener(1, 1), entry(2, 2)], core={1: 30, 2: 30, 3: 30})
    assert reliability(facts, TODAY).conditions[2].share == Share(0, 1)
    nobody = reliability(Facts(core={3: 30}), TODAY)
    assert "somebody in the core with whom you have spoken" in nobody.missing


@st.composite
def any_promises(draw):
    made = ago(draw(st.integers(0, 60)))
    due = made + QUARTER / 9 * draw(st.integers(0, 3))
    end = draw(st.sampled_from(["kept", "dropped", None]))
    return {"made": made, "due": due, **({end: made + QUARTER / 9 * draw(st.integers(0, 5))} if end else {})}


@given(st.lists(any_promises(), max_size=12))
def test_what_was_settled_by_today_is_what_the_log_counts_as_decided(drawn):
    made = [Promise(i, 1, "x", **fields) for i, fields in enumerate(drawn)]
    known = [
        each for each in made if not (each.kept and each.kept > TODAY) and not (each.dropped and each.dropped > TODAY)
    ]
    found = [each for promise in known if (each := settled(promise)) and each.on <= TODAY]
    assert Share(sum(each.in_time for each in found), len(found)) == kept_share(known, TODAY)


# Law, and the whole


def test_law_wants_all_four_and_names_the_open_ones():
    assert law(Facts(terms=[TERMS]), TODAY).passed
    for key, said in LAW.items():
        assert words(law(Facts(terms=[replace(TERMS, law=TERMS.law - {key})]), TODAY)) == said


def test_the_statement_of_a_day_is_the_latest_up_to_it():
    first, second = replace(TERMS, on=ago(20), law=frozenset()), replace(TERMS, id=2, on=ago(10))
    facts = Facts(terms=[second, first])
    assert [law(facts, ago(day)).passed for day in (21, 15, 10, 0)] == [False, False, True, True]


def test_the_order_in_which_facts_were_written_changes_nothing():
    facts = ready()
    shuffled = {
        name: Random(3).sample(list(getattr(facts, name)), len(getattr(facts, name)))
        for name in ("entries", "promises", "receipts", "deliveries", "terms")
    }
    assert seven(replace(facts, **shuffled), TODAY) == seven(facts, TODAY)


@given(st.integers(20, 120), st.sampled_from([HALF, BAR]))
def test_the_fewest_that_pass_are_the_fewest(n, bar):
    few = fewest(n, bar)
    assert wilson(few, n).low >= bar > (wilson(few - 1, n).low if few else -1)
    assert craft(Facts(entries=talks(fewest(n, HALF), n)), TODAY).passed


def test_an_entry_that_connects_never_lowers_craft():
    log = talks(13, 20)
    before = craft(Facts(entries=log), TODAY).share.low
    assert craft(Facts(entries=[*log, entry(50, 3, rubric=CONNECTING)]), TODAY).share.low > before
