"""The arithmetic of the last module, recomputed: the gate, the batch, and the account that shrinks as it is opened."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from fractions import Fraction
from math import floor

import pytest

from course.gate_batches import FIRST_BATCH, GROWTH, MOST_COMPLAINTS, PERSONAL_PART
from course.gate_facts import Terms
from course.gate_figures import largest_batch
from course.gate_seven import BAR, HALF, LEAST_OPENERS, LEAST_RATED, NINE_IN_TEN, TIMES, VENDORS_RATE
from course.lifetime import five_payment_value
from course.roi import account, sensitivity
from course.share import Share
from course.wording import spell
from tests.course.ledgers import WORKED_COSTS, WORKED_RECEIPTS, fee, ledger, paid, worked
from tests.lessons.quoted import counts, pairs, printed, says, signed, told

START = date(2026, 1, 1)
NOISE, FIFTY, RETURN = "noise-grows", "fifty-first", "the-honest-return"


def passes(successes, n, bar):
    """Whether the bottom of the interval reaches the bar."""
    return Share(successes, n).low >= bar


def batch(time, share):
    """The letters whose answers so many hours can carry, by the rule: three quarters of an hour each, .10 a letter."""
    terms = Terms(1, START, FIRST_BATCH, time * 60, 45, 6, send_cost=D(0), deal_margin=D(0))
    return largest_batch(terms, Share(int(D(share) * 100), 100))


def answers_left(time, letters):
    """The answers there are hours for once so many letters have gone out."""
    return floor((D(time) - letters * D(".10")) / D(".75"))


def percent(share):
    return printed(100 * share.low, 100 * share.high, places=1)


@pytest.mark.parametrize(
    ("around", "least", "bar"),
    [
        ("At least {} rated entries with at least ten people; at the bottom, half of them connect.", LEAST_RATED, HALF),
        ("At least {} openers, each written for one person.", LEAST_OPENERS, BAR),
    ],
)
def test_one_answer_fewer_is_the_first_that_fails(around, least, bar):
    assert counts(NOISE, around) == (least,)
    tail = {LEAST_RATED: "half of them connect.", LEAST_OPENERS: "for cold mail (its own figure)."}[least]
    enough, n, short = counts(NOISE, f"{tail} {{}} of {{}} will do, {{}} won't.")
    assert (n, short) == (least, enough - 1)
    assert (passes(enough, n, bar), passes(short, n, bar)) == (True, False)


@pytest.mark.parametrize(
    ("around", "least", "bar"),
    [
        ("For Craft, {} of {}, {} of {}, {} of {} or {} of {} passes", LEAST_RATED, HALF),
        ("for Response, {} of {}, {} of {}, {} of {} or {} of {}.", LEAST_OPENERS, BAR),
    ],
)
def test_the_exercise_lists_the_fewest_that_pass(around, least, bar):
    listed = pairs(counts(NOISE, around))
    assert [n for _, n in listed] == [least, least + 10, least + 20, least + 30]
    for fewest, n in listed:
        assert (passes(fewest, n, bar), passes(fewest - 1, n, bar)) == (True, False), f"{fewest} of {n}"


def test_six_of_thirty_is_as_wide_as_it_says_and_starts_below_the_bar():
    found = told(NOISE, "6 answered: 20 %, and anything from {} to {} % fits")
    assert found == percent(Share(6, 30))
    assert told(NOISE, "Asked for at the bottom: 3 × {}, so {} %.") == printed(100 * VENDORS_RATE, places=2) + printed(
        100 * TIMES * VENDORS_RATE, places=1
    )
    assert not passes(6, 30, BAR)
    assert says(NOISE, "nearly six times the vendor's 3.43")
    assert 5.5 < 20 / (100 * VENDORS_RATE) < 6


def test_of_sixty_eleven_pass_and_ten_do_not():
    assert told(NOISE, "11 of 60 start at {} and pass.") == percent(Share(11, 60))[:1]
    assert told(NOISE, "10 of 60 start at {} and don't.") == percent(Share(10, 60))[:1]
    assert (passes(11, 60, BAR), passes(10, 60, BAR)) == (True, False)


def test_behind_the_pillar_seven_of_thirty_five_becomes_seven_of_thirty():
    assert says(NOISE, "7 of 35, which fails, has become 7 of 30, which passes")
    assert (passes(7, 35, BAR), passes(7, 30, BAR)) == (False, True)


def test_the_recalled_gate_fails_by_its_deliveries_alone():
    connecting, rated, answered, openers = counts(
        NOISE, "{} of {} rated entries, with twelve people, connect. {} of {}"
    )
    kept, made = counts(NOISE, "{} of {} promises kept, nobody in the core overdue")
    assert passes(connecting, rated, HALF)
    assert passes(answered, openers, BAR)
    assert rated >= LEAST_RATED <= made
    assert D(kept) / made >= NINE_IN_TEN
    assert (
        told(NOISE, 'answer = "The bar is held against the bottom of what fits six of thirty, {} %.')
        == percent(Share(6, 30))[:1]
    )
    assert passes(*counts(NOISE, "letters get answered: {} of {}."), BAR)


def test_twelve_hours_carry_sixty_eight_and_fifty_are_sent():
    assert told(FIFTY, "for a letter: 12 ÷ (.10 × .75 + .10) makes {}.") == printed(batch(12, ".10"))
    assert told(FIFTY, "12 ÷ (.10 × .75 + .10) = {}. *So {}.*") == printed(batch(12, ".10")) * 2
    assert told(FIFTY, 'label = "{} sent"') == printed(min(FIRST_BATCH, batch(12, ".10")))


def test_eighteen_letters_fewer_leave_time_for_three_answers_more():
    possible = batch(12, ".10")
    assert told(FIFTY, "*Letters:* {} hours. *Left for answers:* {} hours, which is six bakers.") == printed(
        possible * D(".1"), 12 - possible * D(".1"), places=1
    )
    assert told(FIFTY, "*Letters:* {} hours. *Left for answers:* {} hours, nine bakers.") == printed(5, 12 - 5)
    assert (spell(answers_left(12, possible)), spell(answers_left(12, FIRST_BATCH))) == ("six", "nine")
    assert says(FIFTY, "Eighteen letters fewer, three answers more")
    assert (possible - FIRST_BATCH, answers_left(12, FIRST_BATCH) - answers_left(12, possible)) == (18, 3)
    assert says(FIFTY, "And the other forty-one?")
    assert FIRST_BATCH - answers_left(12, FIRST_BATCH) == 41


def test_a_low_guess_makes_the_larger_batch():
    found = told(FIFTY, "At one in a hundred Halim might send {}; at the one in four that his single letters got, {}.")
    assert found == printed(batch(12, ".01"), batch(12, ".25"))
    answered = D(7) / FIRST_BATCH
    assert told(FIFTY, "at seven in fifty the sum gives Halim {} and not {}") == printed(
        batch(12, answered), floor(FIRST_BATCH * GROWTH)
    )


def test_the_stop_rules_are_in_figures():
    half = Fraction(10, 40) * PERSONAL_PART * FIRST_BATCH
    assert told(FIFTY, "an eighth of fifty is {}, so seven people") == printed(float(half), places=2)
    assert told(FIFTY, "a next batch of at most {}, and only if {} or more of the 50") == printed(
        floor(FIRST_BATCH * GROWTH), 7
    )
    assert 6 < half <= 7
    assert told(FIFTY, "One in fifty is {} %, twenty times what the rule allows") == printed(100 / FIRST_BATCH)
    assert Fraction(1, FIRST_BATCH) == 20 * MOST_COMPLAINTS


def test_the_recalled_batches_stop_where_it_says():
    answered = told(FIFTY, 'answer = "{}, so fifty for a first batch; and {}.')
    assert answered == printed(batch(9, ".10"), batch(9, ".20"))
    assert Fraction(9, 50) > Fraction(8, 30) * PERSONAL_PART
    assert Fraction(8, 10) < NINE_IN_TEN


def test_the_four_figures_come_out_of_one_ledger():
    found = told(RETURN, "{} %. {} %. {} %. {} %. All four come")
    revenue = [replace(receipt, margin=D(1), attribution=D(1), confidence=D(1)) for receipt in WORKED_RECEIPTS]
    unshared = [replace(receipt, attribution=D(1), confidence=D(1)) for receipt in WORKED_RECEIPTS]
    flattered = worked(trend=None, receipts=tuple(revenue))
    fee_alone = tuple(cost for cost in WORKED_COSTS if cost.kind == "fee")
    returns = [
        account(each).roi_percent
        for each in (
            replace(flattered, costs=fee_alone),
            flattered,
            worked(trend=None, receipts=tuple(unshared)),
            worked(),
        )
    ]
    places = (0, 1, 0, 1)
    assert found == tuple(text for value, count in zip(returns, places, strict=True) for text in signed(value, count))
    assert told(RETURN, "(21 000 − 4 800) ÷ 4 800 = **{} %**") == signed(returns[1], 1)
    assert told(RETURN, "(21 000 − 1 200) ÷ 1 200 = {} %") == signed(returns[0])
    assert told(RETURN, "Stop here, and it's {} %") == signed(returns[2])
    assert told(RETURN, "(4 926 − 4 800) ÷ 4 800 = **{} %**") == signed(returns[3], 3)


def test_what_went_in_and_what_stayed_are_the_ledgers():
    found = account(worked())
    assert told(RETURN, "*Put in:* 1 200 + 72 × 50 = {}.") == printed(found.investment)
    assert sum(cost.hours for cost in WORKED_COSTS if cost.kind == "time") == 72
    assert told(RETURN, "6 000 + 7 × 1 000 + 8 000 = {}.") == printed(sum(each.amount for each in WORKED_RECEIPTS))
    stayed = [each.amount * each.margin for each in WORKED_RECEIPTS]
    assert told(RETURN, "6 000 × .60 = {}; 7 000 × .70 = {}; 8 000 × .60 = {}. Together {}.") == printed(
        stayed[0], sum(stayed[1:-1]), stayed[-1], sum(stayed)
    )
    counted = [line.counts for line in found.receipt_lines]
    assert told(RETURN, "3 600 × .5 × .8 = {}.") == printed(counted[0])
    assert told(RETURN, "4 900 × .4 × .75 = {}.") == printed(sum(each for each in counted if each == 210))
    assert told(RETURN, "4 800 × .6 × .7 = {}.") == printed(max(counted))
    assert told(RETURN, "*Together:* {}. *By the trend:* {}. *The lower counts:* {}.") == printed(
        found.benefit_attributed, found.benefit_trend, found.benefit_claimed
    )


def test_a_lower_trend_turns_the_sign():
    assert told(RETURN, "the return is **{} %**.") == printed(account(worked(trend=4200)).roi_percent, places=1)


def test_the_curve_turns_in_month_nine_and_hangs_on_one_receipt():
    found = account(worked())
    assert told(RETURN, "At the end of month eight she was {} down.") == printed(-found.cumulative[8])
    assert told(RETURN, "lifted her to {} up") == printed(found.cumulative[9])
    assert says(RETURN, f"**break-even in month {spell(found.break_even_month)}**")
    assert told(RETURN, "and the year ends at {}.") == printed(sensitivity(worked()).net)
    assert told(RETURN, "## What {} is worth") == printed(found.net)


def test_discounted_it_is_just_short_of_even():
    found = account(worked())
    assert told(RETURN, "is worth {} on the day she began, and what she put in {}.") == printed(
        found.curve.present_benefit, found.curve.present_investment, places=2
    )
    assert told(RETURN, "**net present value**: **{}**.") == printed(found.npv, places=2)


def test_the_thin_binder_holds_true_figures_too():
    yearly = 12 * D(1000) * D(".70")
    assert told(RETURN, "may be worth](lesson:after-the-invoice) {} over") == printed(
        five_payment_value(yearly, D(".84"))
    )
    ninth = account(worked()).months[9]
    assert told(RETURN, "Month nine by itself returned {} %") == signed(100 * ninth.net / ninth.invested)


def test_the_recalled_accounts_add_up():
    one = account(ledger(receipts=(paid("10000", 3, margin=".5", a=".4", c=".5"),)))
    assert told(RETURN, "10 000 × .5 × .4 × .5 = {}.") == printed(one.benefit_attributed)
    lower = worked(trend=3000, costs=(fee("4000"),), receipts=(paid("9000", 6),))
    assert told(RETURN, "(3 000 − 4 000) ÷ 4 000 = {} %") == printed(account(lower).roi_percent)
    soon, late = (account(ledger(costs=(fee("5000"),), receipts=(paid("5100", t),))) for t in (2, 12))
    assert told(RETURN, "Both {} %. Only") == signed(soon.roi_percent)
    assert soon.npv > 0 > late.npv
    assert told(RETURN, "after two months 5 100 are worth {} on the day they began, after twelve {}.") == printed(
        soon.curve.present_benefit, late.curve.present_benefit
    )


def test_the_published_examples_are_as_published():
    published = account(ledger(costs=(fee("20000"),), receipts=(paid("60000", 12),)))
    assert told(RETURN, "(60 000 from 20 000 is {} %)") == printed(published.roi_percent)
    shared = account(ledger(receipts=(paid("12480", 12, a=".80", c=".70"),)))
    assert told(RETURN, "12 480 × .80 × .70 = {}") == printed(shared.benefit_attributed, places=2)
