"""The four kinds of evidence: each sums up alone, and says of every line why it shows what it shows."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.evidence import STATES, Beside, Evidence, Intangible, Opportunity, evidence, line_of
from course.roi import account
from tests.course.ledgers import START, ledger, paid

TODAY = date(2026, 9, 1)
HARBOUR = Opportunity(
    what="Harbour 2",
    state="open",
    amount=Decimal(18_000),
    margin=Decimal(".60"),
    came_up=date(2026, 5, 1),
    day=date(2026, 6, 1),
    probability=Decimal(".30"),
)
CONTRACT = replace(HARBOUR, what="Frame contract", state="signed", amount=Decimal(4_000), margin=Decimal(".80"))


def beside(*opportunities: Opportunity, **given: Any) -> Beside:
    return Beside(START, TODAY, opportunities=opportunities, **given)


def found(*opportunities: Opportunity) -> Evidence:
    return evidence((), beside(*opportunities))


def test_the_pipeline_is_amount_times_margin_times_probability():
    tiers = found(HARBOUR, replace(HARBOUR, amount=Decimal(1_000), margin=Decimal(1), probability=Decimal(".05")))
    assert tiers.pipeline == Decimal(3_290)
    assert [line.formula for line in tiers.pipeline_lines] == ["18\u00a0000 × .60 × .30", "1\u00a0000 × 1.00 × .05"]


def test_what_is_signed_shows_its_whole_margin_and_no_probability():
    tiers = found(CONTRACT)
    assert (tiers.signed, tiers.pipeline) == (Decimal(3_200), 0)
    assert tiers.signed_lines[0].formula == "4\u00a0000 × .80"


def test_the_first_tier_is_the_accounts_attributed_benefit_and_nothing_else_moves_it():
    drawn_up = account(ledger(receipts=(paid("6000", 4, margin=".60", a=".5", c=".8"), paid("900", 5, a=None))))
    tiers = evidence(drawn_up.receipt_lines, beside(HARBOUR, CONTRACT))
    assert tiers.paid == drawn_up.benefit_attributed == Decimal(1_440)


def test_what_was_paid_of_a_signed_one_is_not_counted_twice():
    tiers = found(replace(CONTRACT, paid=Decimal(1_500), receipts=1))
    assert tiers.signed == Decimal(2_000)
    assert tiers.signed_lines[0].formula == "(4\u00a0000 − 1\u00a0500) × .80"


def test_more_paid_than_was_signed_leaves_nothing_outstanding():
    assert found(replace(CONTRACT, paid=Decimal(5_000), receipts=2)).signed == 0


@pytest.mark.parametrize("state", ["paid", "lost"])
def test_what_is_paid_or_lost_stands_in_no_tier_below_the_first(state):
    tiers = found(replace(HARBOUR, state=state))
    assert (tiers.signed_lines, tiers.pipeline_lines) == ((), ())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"probability": None}, "its probability is unknown, which counts as 0"),
        ({"expected_on": date(2026, 8, 31)}, "it was expected by 31 August 2026, which is over"),
        ({"came_up": START}, "known by the day of the start, so the training cannot have brought it"),
        ({"day": TODAY + timedelta(1)}, "dated after today"),
        ({"state": "lost"}, "lost on 1 June 2026"),
        ({"state": "paid", "receipts": 1}, "paid, and counted by its receipts"),
        ({"state": "paid"}, "its receipt was taken out again"),
    ],
)
def test_what_shows_nothing_says_why(change, reason):
    line = line_of(replace(HARBOUR, **change), beside())
    assert (line.shows, line.left_out) == (0, reason)


def test_expected_today_is_not_over_yet():
    assert line_of(replace(HARBOUR, expected_on=TODAY), beside()).shows == Decimal(3_240)


def test_a_signed_one_waits_for_its_money_however_late_it_is():
    assert line_of(replace(CONTRACT, expected_on=date(2026, 7, 1)), beside()).left_out == ""


def test_words_stay_words_the_newest_first_and_none_from_tomorrow():
    days = [TODAY - timedelta(9), TODAY, TODAY + timedelta(1)]
    words = tuple(Intangible(day, "He rings before he tenders now.", "Brouwer") for day in days)
    assert [each.day for each in evidence((), beside(intangibles=words)).intangibles] == [days[1], days[0]]


def test_a_state_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="'won' is no state of an opportunity: open, signed, paid, lost"):
        replace(HARBOUR, state="won")


SHARES = st.decimals(0, 1, places=4)
OPPORTUNITIES = st.builds(
    Opportunity,
    what=st.just("x"),
    state=st.sampled_from(STATES),
    amount=st.decimals("0.01", "9999999999.99", places=2),
    margin=SHARES,
    came_up=st.dates(START - timedelta(9), TODAY),
    day=st.dates(START, TODAY + timedelta(9)),
    probability=st.none() | SHARES,
    expected_on=st.none() | st.dates(START, TODAY + timedelta(99)),
    paid=st.decimals(0, "9999999999.99", places=2),
)


@given(st.lists(OPPORTUNITIES), st.randoms())
def test_no_order_of_the_opportunities_changes_a_sum_and_no_sum_is_below_nought(opportunities, chance):
    shuffled = chance.sample(opportunities, len(opportunities))
    one, other = found(*opportunities), found(*shuffled)
    assert (one.signed, one.pipeline) == (other.signed, other.pipeline)
    assert min(one.signed, one.pipeline) >= 0


@given(OPPORTUNITIES)
def test_an_opportunity_shows_in_one_tier_at_most_and_never_more_than_its_margin(opportunity):
    tiers = found(opportunity)
    assert min(tiers.signed, tiers.pipeline) == 0
    assert tiers.signed + tiers.pipeline <= opportunity.amount * opportunity.margin
