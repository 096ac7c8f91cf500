"""Amounts, percentages and times as people type them: read in one way only, or asked back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.typed import MARKS, MOST_MINOR, MOST_MINUTES, Unclear, amount_typed, minutes_typed, percent_typed

EVERY_WAY = [
    ("1200", 1200_00),
    ("1 200", 1200_00),
    ("1\u00a0200", 1200_00),
    ("1\u202f200,5", 1200_50),
    ("1.200,50", 1200_50),
    ("1,200.50", 1200_50),
    ("1'200.50", 1200_50),
    ("1’200,50", 1200_50),
    ("1.200.000", 1_200_000_00),
    ("1,200,000.05", 1_200_000_05),
    ("12,5", 12_50),
    ("12.5", 12_50),
    ("1200.", 1200_00),
    ("1200,-", 1200_00),
    ("1 200,–", 1200_00),
    (".50", 50),
    ("0", 0),
    ("€1 200", 1200_00),
    ("1 200 €", 1200_00),
    ("eur 1200", 1200_00),
    ("1200 euros", 1200_00),
    ("+5", 5_00),
    ("10 000 000 000", MOST_MINOR),
]


@pytest.mark.parametrize(("typed", "minor"), EVERY_WAY)
def test_an_amount_is_read_in_every_way_that_people_write_it(typed: str, minor: int) -> None:
    assert amount_typed(typed, "EUR") == minor


@pytest.mark.parametrize(("typed", "readings"), [("1.200", "1200 or 1.2?"), ("12,500", "12500 or 12.5?")])
def test_thousands_or_decimals_is_asked_and_never_guessed(typed: str, readings: str) -> None:
    with pytest.raises(Unclear, match=readings.replace("?", r"\?").replace(".", r"\.")):
        amount_typed(typed, "EUR")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        ".",
        ",",
        "-",
        "abc",
        "5k",
        "1e5",
        "nan",
        "inf",
        "1,00,000",
        "12 00",
        "1.2,3.4",
        "1,200,50",
        "1 200.000,5",
        "5 - 3",
        "--5",
        "-€-5",
        "=1+1",
        "<b>1</b>",
        "٣",
        "²",
        "½",
        "1_000",
        "0x10",
        "1200.5.",
        "€",
        "1\x002",
    ],
)
def test_what_is_no_amount_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Unclear, match="in figures"):
        amount_typed(typed, "EUR")


@pytest.mark.parametrize("typed", ["0.200", "1 200.500", "12345.678", "1.2345"])
def test_more_than_two_decimals_are_refused(typed: str) -> None:
    with pytest.raises(Unclear, match="Two decimals"):
        amount_typed(typed, "EUR")


@pytest.mark.parametrize("typed", ["10 000 000 000.01", "9" * 30, "1.000.000.000.000"])
def test_an_amount_too_large_to_be_meant_is_asked_about(typed: str) -> None:
    with pytest.raises(Unclear, match="nought too many"):
        amount_typed(typed, "EUR")


@pytest.mark.parametrize("typed", ["-5", "−5", "€-5", "-€5", "- 5"])
def test_a_minus_counts_only_where_an_amount_may_be_below_nought(typed: str) -> None:
    assert amount_typed(typed, "EUR", signed=True) == -5_00
    with pytest.raises(Unclear, match="below nought"):
        amount_typed(typed, "EUR")


@pytest.mark.parametrize(("typed", "currency"), [("$5", "EUR"), ("5 CHF", "EUR"), ("€5", "SEK"), ("5 kr", "GBP")])
def test_another_currency_is_named_and_not_converted(typed: str, currency: str) -> None:
    with pytest.raises(Unclear, match=f"kept in {currency}"):
        amount_typed(typed, currency)


@pytest.mark.parametrize(
    ("typed", "currency"), [("Fr. 5", "CHF"), ("5 kr.", "DKK"), ("5 zł", "PLN"), ("US$ 5", "USD"), ("$5", "AUD")]
)
def test_the_ledgers_own_mark_is_taken_off(typed: str, currency: str) -> None:
    assert amount_typed(typed, currency) == 5_00


@given(st.integers(-MOST_MINOR, MOST_MINOR), st.sampled_from([" ", ".", ",", "'", "\u00a0", ""]), st.sampled_from(".,"))
def test_an_amount_written_in_full_always_reads_as_it_is(minor: int, apart: str, mark: str) -> None:
    if apart == mark:
        apart = ""
    text = f"{abs(minor) // 100:,}".replace(",", apart) + mark + f"{abs(minor) % 100:02}"
    assert amount_typed(("-" if minor < 0 else "") + text, "EUR", signed=True) == minor


@given(st.text(max_size=30), st.sampled_from(sorted(MARKS)))
def test_no_text_brings_the_reading_down(text: str, currency: str) -> None:
    for read in (lambda: amount_typed(text, currency), lambda: percent_typed(text), lambda: minutes_typed(text)):
        try:
            understood = read()
        except Unclear:
            understood = 0
        assert understood >= 0


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("60", ".6"),
        ("60 %", ".6"),
        ("60%", ".6"),
        ("12,5", ".125"),
        ("99.99", ".9999"),
        ("0", "0"),
        ("100", "1"),
        ("0.6 %", ".006"),
        ("1 %", ".01"),
        ("1.5", ".015"),
        ("60 per cent", ".6"),
    ],
)
def test_a_percentage_becomes_a_share(typed: str, share: str) -> None:
    assert percent_typed(typed) == Decimal(share)


@pytest.mark.parametrize(("typed", "readings"), [("0.6", "60 % or 0.6 %"), (".6", "60 %"), ("1", "100 % or 1 %")])
def test_a_share_in_a_field_of_percent_is_asked_about(typed: str, readings: str) -> None:
    with pytest.raises(Unclear, match=readings):
        percent_typed(typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("101", "at most 100"),
        ("33.333", "Two decimals"),
        ("-5", "from 0 to 100"),
        ("half", "from 0 to 100"),
        ("", "0 to"),
    ],
)
def test_what_is_no_percentage_is_refused(typed: str, words: str) -> None:
    with pytest.raises(Unclear, match=words):
        percent_typed(typed)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("45 min", 45),
        ("45min", 45),
        ("1 h", 60),
        ("1 h 30", 90),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("1:30", 90),
        ("1.5 h", 90),
        ("1,5 h", 90),
        (".5 h", 30),
        ("2 hours and 5 minutes", 125),
        ("1000 h", MOST_MINUTES),
    ],
)
def test_a_stretch_of_time_is_read_with_its_unit(typed: str, minutes: int) -> None:
    assert minutes_typed(typed) == minutes


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("90", "90 h or 90 min"),
        ("0.33 h", "no whole number"),
        ("1:75", "with its unit"),
        ("", "with its unit"),
        ("1001 h", "a thousand hours"),
        ("soon", "with its unit"),
        ("-1 h", "with its unit"),
    ],
)
def test_a_time_that_could_be_two_things_is_asked_about(typed: str, words: str) -> None:
    with pytest.raises(Unclear, match=words):
        minutes_typed(typed)
