from datetime import date, timedelta
from decimal import Decimal

import pytest

from course.account_lines import cost_lines_of, receipt_lines_of
from course.ledger import Receipt
from tests.course.ledgers import START, fee, hours, ledger, month_end, paid

NBSP = "\u00a0"


def only(lines):
    (line,) = lines
    return line


def test_a_receipt_opens_into_its_formula_filled_in():
    line = only(receipt_lines_of(ledger(receipts=(paid("6000", 4, margin=".60", a=".5", c=".8"),))))
    assert (line.formula, line.t) == (f"6{NBSP}000 × .60 × .50 × .80", 4)
    assert (line.counts, line.left_out) == (Decimal(1440), "")


@pytest.mark.parametrize(
    ("amount", "margin", "formula"),
    [
        ("1250.5", "1", f"1{NBSP}250.50 × 1.00 × 1.00 × 1.00"),
        ("80", "0", "80 × .00 × 1.00 × 1.00"),
        ("1234567.00", "0.125", f"1{NBSP}234{NBSP}567 × .125 × 1.00 × 1.00"),
        ("0.07", "0.3000", "0.07 × .30 × 1.00 × 1.00"),
    ],
)
def test_a_formula_shows_every_digit_that_counts(amount, margin, formula):
    assert only(receipt_lines_of(ledger(receipts=(paid(amount, 1, margin=margin),)))).formula == formula


@pytest.mark.parametrize(
    ("missing", "why", "formula"),
    [
        ({"a": None}, "the share due to the training is unknown, which counts as 0", "100 × 1.00 × 0 (unknown) × 1.00"),
        ({"c": None}, "how sure you are is unknown, which counts as 0", "100 × 1.00 × 1.00 × 0 (unknown)"),
    ],
)
def test_a_missing_share_counts_nothing_and_says_so(missing, why, formula):
    line = only(receipt_lines_of(ledger(receipts=(paid("100", 1, **missing),))))
    assert (line.counts, line.left_out, line.formula) == (0, why, formula)


def test_money_that_came_by_the_day_of_the_start_was_not_earned_by_the_training():
    line = only(receipt_lines_of(ledger(receipts=(paid("100", 0),))))
    assert (line.t, line.counts) == (0, 0)
    assert line.left_out == "paid by the day of the start, so the training cannot have earned it"


def test_what_is_dated_after_the_account_is_shown_and_left_out():
    later = ledger(as_of=month_end(3), receipts=(paid("100", 4),), costs=(hours("1", 4),))
    for line in (only(receipt_lines_of(later)), only(cost_lines_of(later))):
        assert (line.t, line.counts, line.left_out) == (4, 0, "dated after the day of this account")


def test_what_is_dated_later_in_the_month_of_the_account_is_left_out_too():
    early = ledger(as_of=month_end(4) - timedelta(10), receipts=(paid("100", 4),))
    assert only(receipt_lines_of(early)).counts == 0


def test_what_is_dated_after_the_twelfth_month_is_shown_and_left_out():
    over = ledger(as_of=date(2028, 1, 1), receipts=(paid("100", 13),), costs=(hours("1", 13),))
    for line in (only(receipt_lines_of(over)), only(cost_lines_of(over))):
        assert (line.t, line.counts, line.left_out) == (13, 0, "dated after the twelve months of this account")


def test_hours_open_into_hours_times_their_value():
    line = only(cost_lines_of(ledger(costs=(hours("2.5", 1),), hourly_value=Decimal("62.5"))))
    assert (line.formula, line.counts) == ("2.5 h × 62.50", Decimal("156.25"))


def test_a_fee_paid_before_the_start_falls_on_the_start():
    line = only(cost_lines_of(ledger(costs=(fee("1200", date(2025, 11, 3)),))))
    assert (line.t, line.formula, line.counts) == (0, f"1{NBSP}200", Decimal(1200))


def test_lines_read_by_date_whatever_order_the_rows_came_in():
    mixed = ledger(costs=(hours("1", 3), fee("5"), hours("1", 1)), receipts=(paid("1", 3), paid("2", 1)))
    assert [line.t for line in cost_lines_of(mixed)] == [0, 1, 3]
    assert [line.t for line in receipt_lines_of(mixed)] == [1, 3]


def test_a_line_leads_back_to_its_entry():
    receipt = Receipt(START + timedelta(1), "K-07", Decimal(1), Decimal(1), what="invoice 12", id=7)
    assert only(receipt_lines_of(ledger(receipts=(receipt,)))).receipt is receipt
