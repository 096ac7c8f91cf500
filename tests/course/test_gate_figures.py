"""What hours carry, what a letter costs and what it has to bring: the two tests of the gate that are sums."""

from dataclasses import replace
from decimal import Decimal

from course.gate_facts import Facts, Paid
from course.gate_figures import cost_per_send, largest_batch, personal_rate, reply_rate, wins
from course.gate_seven import capacity, economics
from course.share import Share, wilson
from tests.course import gates
from tests.course.gates import TERMS, TODAY, ago, openers, words


def test_twelve_hours_carry_sixty_eight_letters():
    assert largest_batch(TERMS, Share(4, 40)) == 68
    for batch, passes in ((68, True), (69, False)):
        facts = Facts(entries=openers(4, 40), terms=[replace(TERMS, batch=batch)])
        assert capacity(facts, TODAY).passed is passes
    assert words(capacity(facts, TODAY)) == "68 letters at most, or more hours; 69 are planned"


def test_without_a_statement_or_a_rate_of_ones_own_nothing_is_carried():
    assert largest_batch(None, Share(4, 40)) is None
    assert largest_batch(TERMS, Share(9, 9)) is None
    assert largest_batch(TERMS, Share(10, 10)) == 14
    assert words(capacity(Facts(entries=openers(4, 40)), TODAY)).startswith("your statement")
    assert words(capacity(Facts(entries=openers(4, 9), terms=[TERMS]), TODAY)).startswith("a share of answers")
    timeless = replace(TERMS, reply_minutes=0, send_minutes=0)
    assert words(capacity(Facts(entries=openers(4, 40), terms=[timeless]), TODAY)) == "the time that a letter takes"


def test_after_a_batch_the_answers_to_expect_are_the_batchs():
    facts = Facts(entries=openers(10, 40), batches=[gates.batch(replies=7)])
    assert reply_rate(facts, TODAY) == Share(7, 50)
    assert largest_batch(TERMS, reply_rate(facts, TODAY)) == 58
    assert reply_rate(facts, ago(6)) == Share(10, 40)
    planned = replace(facts, batches=[gates.batch(replaces=None)])
    assert reply_rate(planned, TODAY) == personal_rate(planned, TODAY) == Share(10, 40)


def test_a_letter_costs_its_time_its_cash_and_the_answers_it_brings():
    # 6 min + .10 × 45 min = 10.5 min at 60 an hour, and 1 in cash.
    assert cost_per_send(TERMS, Share(4, 40), Decimal(60)) == Decimal("11.5")
    assert cost_per_send(TERMS, Share(4, 40), None) is None
    assert cost_per_send(None, Share(4, 40), Decimal(60)) is None
    assert cost_per_send(TERMS, Share(1, 9), Decimal(60)) is None


def test_a_letter_has_to_bring_at_the_bottom_what_it_costs():
    low = Decimal(wilson(1, 40).low)
    enough = Decimal("11.5") / low + Decimal(".01")
    for margin, passes in ((enough, True), (enough - Decimal(".02"), False)):
        facts = Facts(
            entries=openers(4, 40),
            receipts=[Paid(5, ago(3), 1000)],
            terms=[replace(TERMS, deal_margin=margin)],
            hour=Decimal(60),
        )
        test = economics(facts, TODAY)
        assert (test.passed, test.share, test.evidence.receipts) == (passes, Share(1, 40), (5,))
        assert test.conditions[0].asked == Decimal("11.5")
    assert "the value of an hour of yours" in economics(replace(facts, hour=None), TODAY).missing


def test_who_paid_before_the_letter_was_not_won_by_it():
    facts = Facts(entries=openers(0, 10), receipts=[Paid(1, ago(11), 1000), Paid(2, ago(10), 1001), Paid(3, ago(2), 5)])
    assert wins(facts, TODAY) == Share(1, 10)
    assert wins(facts, ago(11)) == Share(0, 0)


def test_nothing_brought_covers_nothing_even_where_a_letter_is_free():
    free = replace(TERMS, send_cost=Decimal(0), deal_margin=Decimal(0))
    assert not economics(Facts(entries=openers(4, 40), terms=[free], hour=Decimal(0)), TODAY).passed
