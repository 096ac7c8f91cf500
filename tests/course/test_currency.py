"""Money of another currency: its decimals, the rate, and one rounding half to even."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.currency import (
    HIGHEST_RATE,
    IN_USE,
    WITH_THREE,
    WITHOUT_DECIMALS,
    NoRate,
    converted,
    in_units,
    places_of,
    rate_typed,
)
from course.typed import MARKS, OtherCurrency, Unclear, amount_typed


@pytest.mark.parametrize(("currency", "places"), [("USD", 2), ("JPY", 0), ("KWD", 3), ("HUF", 2), ("ISK", 0)])
def test_a_currency_has_the_decimals_of_its_standard(currency, places):
    assert places_of(currency) == places
    assert in_units(12050, currency) == Decimal(12050).scaleb(-places)


def test_every_currency_a_ledger_is_kept_in_is_in_use_and_has_two_decimals():
    assert set(MARKS) <= IN_USE
    assert WITHOUT_DECIMALS | WITH_THREE < IN_USE
    assert not WITHOUT_DECIMALS & WITH_THREE
    assert {places_of(currency) for currency in MARKS} == {2}


@pytest.mark.parametrize(
    ("minor", "currency", "rate", "cents"),
    [
        (120_000, "USD", "0.92", 110_400),
        (1, "USD", "0.5", 0),
        (3, "USD", "0.5", 2),
        (5, "USD", "0.5", 2),
        (12_000, "JPY", "0.0061", 7_320),
        (1_234_567, "KWD", "3.05", 376_543),
        (100, "USD", "1.0049999999", 100),
    ],
)
def test_it_is_converted_once_half_to_even_by_the_decimals_of_both(minor, currency, rate, cents):
    assert converted(minor, currency, into="EUR", rate=Decimal(rate)) == cents


@given(st.integers(1, 10**12), st.sampled_from(sorted(IN_USE)), st.decimals("0.0000000001", HIGHEST_RATE, places=10))
def test_a_conversion_is_within_half_a_cent_of_the_exact_product(minor, currency, rate):
    cents = converted(minor, currency, into="EUR", rate=rate)
    assert abs(in_units(minor, currency) * rate * 100 - cents) <= Decimal(".5")


@pytest.mark.parametrize(
    ("typed", "rate"),
    [("0.92", ".92"), ("0,92", ".92"), (".92", ".92"), ("1.085", "1.085"), ("1 ", "1"), ("0.0000000001", "1e-10")],
)
def test_a_rate_is_read_with_either_mark_and_three_decimals_are_never_thousands(typed, rate):
    assert rate_typed(typed) == Decimal(rate)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0", "nought would make the money vanish"),
        ("0,000", "nought would make the money vanish"),
        ("-1", "in figures"),
        ("1.0.8", "in figures"),
        ("92 %", "in figures"),
        ("1e3", "in figures"),
        ("", "in figures"),
        ("٣", "in figures"),
        ("1000001", "nought too many"),
        ("0.00000000001", "Ten decimals"),
    ],
)
def test_what_is_no_rate_is_refused_in_words(typed, words):
    with pytest.raises(NoRate, match=words):
        rate_typed(typed)


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("12 000", "JPY", 12_000),
        ("¥12.000", "JPY", 12_000),
        ("1.234,567", "KWD", 1_234_567),
        ("1.2", "KWD", 1_200),
        ("XAF 5 000", "XAF", 5_000),
    ],
)
def test_an_amount_is_read_in_its_own_decimals(typed, currency, minor):
    assert amount_typed(typed, currency) == minor


@pytest.mark.parametrize(
    ("typed", "currency", "words"),
    [
        ("1.5", "JPY", "no decimals"),
        ("1.2345", "KWD", "Three decimals"),
        ("1.200", "KWD", "1200 or 1.2"),
        ("1.234", "USD", "1234 or"),
    ],
)
def test_decimals_a_currency_has_not_are_refused(typed, currency, words):
    with pytest.raises(Unclear, match=words):
        amount_typed(typed, currency)


def test_another_currencys_mark_is_told_apart_from_other_faults():
    with pytest.raises(OtherCurrency):
        amount_typed("¥5", "EUR")
