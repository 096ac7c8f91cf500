from decimal import Decimal

import pytest

from course.typed_number import Unreadable, amount, is_negative, ratio


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("50000", "50000"),
        ("50 000", "50000"),
        ("50\u00a0000", "50000"),
        ("50\u202f000", "50000"),
        ("50'000", "50000"),
        ("50.000", "50000"),
        ("50,000", "50000"),
        ("1.234.567", "1234567"),
        ("1,234,567.89", "1234567.89"),
        ("1.234.567,89", "1234567.89"),
        ("€ 1 200", "1200"),
        ("$1,200.50", "1200.50"),
        ("1200 EUR", "1200"),
        ("EUR 1200", "1200"),
        ("1200,5", "1200.5"),
        ("0.125", "0.125"),
        (".5", "0.5"),
        ("0", "0"),
        (" 7 ", "7"),
    ],
)
def test_an_amount_is_read_as_it_was_meant(typed, meant):
    assert amount(typed) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(".40", "0.4"), ("0,4", "0.4"), ("40 %", "0.4"), ("40%", "0.4"), ("12,5%", "0.125"), ("1.500", "1.5"), ("1", "1")],
)
def test_a_ratio_is_read_as_it_was_meant(typed, meant):
    assert ratio(typed) == Decimal(meant)


NO_NUMBERS = ["", " ", "ten", "-5", "−5", "1e9", "NaN", "Infinity", "1..2", "1,2,3", "1.23.456", "1,000,00", "%"]
NO_NUMBERS += ["5 0 %%", "1,234.567,89", "٣", "<b>1</b>", "0x10", ".", ",", "EUR", "€", "1234567890123456"]


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_what_is_no_number_is_refused(typed):
    for read in (amount, ratio):
        with pytest.raises(Unreadable):
            read(typed)


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("-5", True),
        ("− 0,4", True),
        ("€ -5", True),
        ("-5 %", True),
        ("5", False),
        ("-", False),
        ("-x", False),
        ("", False),
    ],
)
def test_a_number_below_nought_is_told_from_what_is_none(text, below):
    assert is_negative(text) is below
