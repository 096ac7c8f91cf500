from decimal import Decimal
from fractions import Fraction

import pytest

from course.exact import decimal_of, fixed, plain


def test_a_fraction_keeps_a_hundred_digits():
    assert str(decimal_of(Fraction(1, 3))) == "0." + "3" * 100


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0.125", "0.12"), ("0.135", "0.14"), ("-0.125", "-0.12"), ("1234567.8", "1234567.80"), ("1E+3", "1000.00")],
)
def test_amounts_are_rounded_half_to_even(value, shown):
    assert fixed(Decimal(value), 2) == shown


def test_nothing_is_never_shown_as_minus_nothing():
    assert fixed(Decimal("-0.001"), 2) == "0.00"


def test_more_digits_than_the_usual_context_holds_are_rounded_all_the_same():
    assert fixed(Decimal("9" * 40 + ".555"), 2) == "9" * 40 + ".56"


def test_none_stays_none():
    assert fixed(None, 2) is None


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("1200", 2, "1200.00"),
        ("0.5", 2, "0.50"),
        ("0.125", 2, "0.125"),
        ("1E+3", 0, "1000"),
        ("10.5", 0, "10.5"),
        ("-3", 2, "-3.00"),
    ],
)
def test_a_plain_number_loses_no_digit_and_shows_no_exponent(value, places, shown):
    assert plain(Decimal(value), places) == shown
