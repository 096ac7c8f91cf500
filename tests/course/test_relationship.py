from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.practice import Entry, Promise, Rubric
from course.relationship import Evidence, Stage, standing

START = date(2026, 3, 2)
TODAY = date(2026, 11, 23)

SENT = Rubric(personal=1, two_way=0, about_them=1, value=0, next_step=1)
ANSWERED = Rubric(personal=1, two_way=1, about_them=0, value=0, next_step=0)
HELPED = Rubric(personal=2, two_way=2, about_them=2, value=1, next_step=1)


def day(n):
    return START + timedelta(days=n)


def touch(id, on, rubric=ANSWERED, **more):
    """A message to person 1 that I began, answered, with nothing else to it."""
    return Entry(
        **{"id": id, "on": day(on), "person": 1, "channel": "mail", "minutes": 5, "began": "me", **more}, rubric=rubric
    )


def promise(made, due, kept=None):
    return Promise(
        id=1, person=1, text="the drawing", made=day(made), due=day(due), kept=None if kept is None else day(kept)
    )


KEPT = promise(1, 5, kept=5)
CONNECTED = (touch(1, 0), touch(2, 7, HELPED))


def stand(*entries, promises=(), receipts=(), today=TODAY):
    return standing(
        known_since=START, today=today, entries=entries, promises=promises, receipts=[day(n) for n in receipts]
    )


# Rung by rung


def test_somebody_known_is_only_known():
    known = stand()
    assert known.stage == Stage.KNOWN
    assert known.evidence == (Evidence(Stage.KNOWN, START, "known since then"),)
    assert known.missing == ("a first message, call or visit",)


def test_something_sent_is_contacted_however_often():
    sent = stand(touch(1, 0, SENT), touch(2, 30, SENT))
    assert sent.stage == Stage.CONTACTED
    assert sent.missing == ("an answer: one exchange that they take part in",)


def test_a_reply_is_one_two_way_exchange():
    answered = stand(touch(1, 0, SENT), touch(2, 3))
    assert answered.stage == Stage.CONVERSING
    assert Evidence(Stage.CONVERSING, day(3), "they answered", 2) in answered.evidence


def test_who_came_to_me_is_contacted_and_conversing_at_once():
    came = stand(touch(1, 0, began="them"))
    assert came.stage == Stage.CONVERSING
    assert [fact.reason for fact in came.earned] == [
        "known since then",
        "they came to you",
        "they began, and you spoke",
    ]


def test_two_exchanges_a_week_apart_with_help_unasked_and_a_promise_kept_are_connected():
    connected = stand(*CONNECTED, promises=[KEPT])
    assert connected.stage == Stage.CONNECTED
    assert [(fact.on, fact.reason) for fact in connected.earned if fact.stage == Stage.CONNECTED] == [
        (day(5), "promised and kept: the drawing"),
        (day(7), "two exchanges, seven days apart"),
        (day(7), "something useful, unasked"),
    ]


def test_two_exchanges_six_days_apart_are_still_conversing():
    conversing = stand(touch(1, 0), touch(2, 6, HELPED), promises=[KEPT])
    assert conversing.stage == Stage.CONVERSING
    assert conversing.missing == ("another exchange, on 9 March 2026 or later",)


def test_three_exchanges_count_from_the_first_to_any_later_one():
    assert stand(touch(1, 0), touch(2, 4), touch(3, 8, HELPED), promises=[KEPT]).stage == Stage.CONNECTED


def test_an_unanswered_message_is_no_second_exchange():
    assert stand(touch(1, 0, HELPED), touch(2, 9, SENT), promises=[KEPT]).stage == Stage.CONVERSING


def test_help_in_a_talk_that_they_began_may_have_been_asked_for():
    conversing = stand(touch(1, 0), touch(2, 7, HELPED, began="them"), promises=[KEPT])
    assert conversing.stage == Stage.CONVERSING
    assert conversing.missing == ("something useful to them, in a touch that you begin",)


@pytest.mark.parametrize(
    "step",
    [promise(1, 5), promise(1, 5, kept=6), Promise(1, 1, "the drawing", day(1), day(5), dropped=day(3))],
    ids=["open", "kept late", "dropped"],
)
def test_only_a_promise_kept_by_its_day_is_a_step_kept(step):
    conversing = stand(*CONNECTED, promises=[step])
    assert conversing.stage == Stage.CONVERSING
    assert conversing.missing == ("a promise to them, kept by its day",)


def test_everything_that_is_missing_is_named_at_once():
    assert len(stand(touch(1, 0)).missing) == 3


@pytest.mark.parametrize("sign", ["advice", "confided"])
def test_advice_acted_on_or_a_confidence_is_trust(sign):
    trusting = stand(*CONNECTED, touch(3, 20, sign=sign), promises=[KEPT])
    assert trusting.stage == Stage.TRUSTING
    assert trusting.missing == ("they buy again, or bring you someone",)


def test_a_receipt_is_trust_and_a_second_one_makes_an_advocate():
    assert stand(*CONNECTED, promises=[KEPT], receipts=[30]).stage == Stage.TRUSTING
    advocate = stand(*CONNECTED, promises=[KEPT], receipts=[90, 30])
    assert advocate.stage == Stage.ADVOCATE
    assert advocate.missing == ()
    assert advocate.evidence[-2:] == (
        Evidence(Stage.TRUSTING, day(30), "bought"),
        Evidence(Stage.ADVOCATE, day(90), "bought again"),
    )


def test_two_receipts_of_one_day_are_one_purchase():
    assert stand(*CONNECTED, promises=[KEPT], receipts=[30, 30]).stage == Stage.TRUSTING


def test_a_referral_makes_an_advocate_of_who_trusts():
    log = (*CONNECTED, touch(3, 20, sign="advice"), touch(4, 40, sign="referred"))
    advocate = stand(*log, promises=[KEPT])
    assert advocate.stage == Stage.ADVOCATE
    assert advocate.evidence[-1] == Evidence(Stage.ADVOCATE, day(40), "brought you someone", 4)


# Every rung is earned


def test_a_purchase_after_one_message_is_kept_as_evidence_and_waits():
    bought = stand(touch(1, 0, SENT), receipts=[10, 50])
    assert bought.stage == Stage.CONTACTED
    assert [fact.reason for fact in bought.waiting] == ["bought", "bought again"]


def test_a_referral_alone_does_not_jump_over_trust():
    connected = stand(*CONNECTED, touch(3, 20, sign="referred"), promises=[KEPT])
    assert connected.stage == Stage.CONNECTED
    assert [fact.reason for fact in connected.waiting] == ["brought you someone"]


def test_a_purchase_that_waited_counts_once_the_rungs_below_it_are_earned():
    assert stand(*CONNECTED, receipts=[1]).stage == Stage.CONVERSING
    assert stand(*CONNECTED, promises=[KEPT], receipts=[1]).stage == Stage.TRUSTING


# On a day


def test_nothing_that_is_dated_later_counts_yet():
    everything = {"promises": [KEPT], "receipts": [30, 90]}
    assert stand(*CONNECTED, today=day(4), **everything).stage == Stage.CONVERSING
    assert stand(*CONNECTED, today=day(7), **everything).stage == Stage.CONNECTED
    assert stand(*CONNECTED, today=day(30), **everything).stage == Stage.TRUSTING
    assert stand(*CONNECTED, today=day(90), **everything).stage == Stage.ADVOCATE


def test_a_stage_rests_on_what_stands_and_not_on_what_was_corrected():
    log = (*CONNECTED, touch(3, 7, SENT, replaces=2))
    assert stand(*log, promises=[KEPT]).stage == Stage.CONVERSING


def test_a_stage_has_a_word():
    assert [stage.words for stage in Stage] == ["Known", "Contacted", "Conversing", "Connected", "Trusting", "Advocate"]


# In general

rubrics = st.sampled_from([SENT, ANSWERED, HELPED])
signs = st.sampled_from([None, "advice", "confided", "referred"])
days = st.integers(0, 260)
lines = st.lists(st.tuples(days, rubrics, signs, st.sampled_from(["me", "them"])), max_size=8)
logs = lines.map(
    lambda many: [
        touch(id, on, rubric, sign=sign, began=who) for id, (on, rubric, sign, who) in enumerate(many, start=1)
    ]
)


@given(logs, st.lists(days, max_size=3), st.booleans(), st.integers())
def test_the_order_of_the_evidence_never_matters(log, receipts, kept, seed):
    promises = [KEPT] if kept else []
    mixed = Random(seed).sample(log, len(log))
    assert stand(*mixed, promises=promises, receipts=receipts[::-1]) == stand(
        *log, promises=promises, receipts=receipts
    )


@given(logs, st.lists(days, max_size=3), st.booleans(), days)
def test_a_stage_once_earned_is_not_lost_by_what_comes_later(log, receipts, kept, n):
    promises = [KEPT] if kept else []
    then = stand(*log, promises=promises, receipts=receipts, today=day(n))
    assert then.stage <= stand(*log, promises=promises, receipts=receipts, today=day(n + 30)).stage


@given(logs, st.lists(days, max_size=3), st.booleans())
def test_every_stage_reached_has_evidence_and_every_stage_but_the_last_says_what_is_missing(log, receipts, kept):
    reached = stand(*log, promises=[KEPT] if kept else [], receipts=receipts)
    assert {fact.stage for fact in reached.earned} == set(range(reached.stage + 1))
    assert bool(reached.missing) == (reached.stage != Stage.ADVOCATE)
    assert reached.earned + reached.waiting == reached.evidence
