"""Monthly margins from a file: what spreadsheets write is understood, the rest is a fault by row and column."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.baseline import MOST_BYTES, Margins, NoMonth, margins_in_bytes, margins_in_text, month_typed
from course.months import month_from

ALLOWED = tuple(month_from(date(2025, 1, 1), count) for count in range(24))
MARCH, APRIL = date(2025, 3, 1), date(2025, 4, 1)


def read(text: str, **given) -> Margins:
    return margins_in_text(text, "EUR", ALLOWED, **given)


def faults(text: str) -> list[tuple[int, int, str]]:
    return [(fault.row, fault.column, fault.message) for fault in read(text).faults]


@pytest.mark.parametrize(
    "typed",
    [
        "2025-03",
        "2025/3",
        "2025-03-01",
        "03.2025",
        "3/2025",
        "3-2025",
        "Mar 2025",
        "mar-25",
        "Mar. 2025",
        "March 2025",
        "MARCH 2025",
        "März 2025",
        "Mrt 2025",
        "mars 2025",
        "marzo 2025",
        "1.3.2025",
        "01.03.2025",
        "1 March 2025",
        "31/03/2025",
        "03/31/2025",
        "3/3/2025",
        "1-3-2025",
        " 2025-03 ",
    ],
)
def test_a_month_is_read_in_every_way_that_spreadsheets_write_it(typed):
    assert month_typed(typed) == MARCH


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "is missing"),
        ("soon", "is no month"),
        ("13.2025", "no month of these years"),
        ("2025-00", "no month of these years"),
        ("0025-03", "no month of these years"),
        ("1/3/2025", "two months, by the country"),
        ("Foo 2025", "names no month"),
        ("2025", "is no month"),
        ("٣.2025", "is no month"),
        ("=2025-03", "is no month"),
    ],
)
def test_what_is_no_month_or_two_is_refused_in_words(typed, words):
    with pytest.raises(NoMonth, match=words):
        month_typed(typed)


def test_every_month_is_known_by_its_english_name():
    assert [month_typed(f"{date(2025, month, 1):%B} 2025").month for month in range(1, 13)] == list(range(1, 13))


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("Month;Margin\n03.2025;5.000,50\n04.2025;-200\n", "semicolons, decimal comma"),
        ("Month,Margin\n2025-03,5000.50\n2025-04,-200\n", "commas, decimal point"),
        ("2025-03\t5 000.50\n2025-04\t-200\n", "tabs, decimal point"),
        ('Mar 2025,"5,000.50"\nApr 2025,(200)\n', "commas, decimal point"),
        ("Monat;Marge\r\n1.3.2025;5'000.50 €\r\n1.4.2025;-200,-\r\n", "semicolons, decimal point"),
        ("sep=;\n\n2025-03;5000,5;\n;;\n2025-04;−200;\n", "semicolons, decimal comma"),
    ],
)
def test_what_spreadsheets_write_is_understood_and_said(text, understood):
    found = read(text)
    assert found.faults == ()
    assert dict(found.months) == {MARCH: 500_050, APRIL: -20_000}
    assert found.understood == understood


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_every_encoding_of_a_spreadsheet_is_told_apart_and_said(codec, name):
    found = margins_in_bytes("Mönat;Marge €\nMärz 2025;5.000,50 €\n".encode(codec), "EUR", ALLOWED)
    assert (dict(found.months), found.faults) == ({MARCH: 500_050}, ())
    assert found.understood == f"{name}, semicolons, decimal comma"


@pytest.mark.parametrize(("other", "minor"), [("12,50", 500_000), ("1.000.000", 500_000)])
def test_the_other_rows_settle_what_one_alone_leaves_open(other, minor):
    assert read(f"2025-03;5.000\n2025-04;{other}\n").months[MARCH] == minor


def test_where_no_row_settles_it_thousands_or_decimals_is_asked():
    assert faults("2025-03;5.000\n2025-04;6.000\n") == [
        (1, 2, "5.000: 5000 or 5.0? Type it without the mark, or with two decimals."),
        (2, 2, "6.000: 6000 or 6.0? Type it without the mark, or with two decimals."),
    ]


@pytest.mark.parametrize("unknown", ["", "-", "–", "n/a", "unknown"])
def test_an_empty_margin_is_unknown_and_not_nought(unknown):
    assert dict(read(f"2025-03;{unknown}\n2025-04;0\n").months) == {MARCH: None, APRIL: 0}


def test_every_fault_is_named_by_its_row_and_column():
    text = "Month;Margin\nsoon;5000\n2025-03;lots\n2025-03;5\n2025-03;6\n2024-12;5\n2027-01;5\n2025-05\n2025-06;5;6\n"
    assert [(row, column) for row, column, _ in faults(text)] == [
        (2, 1),
        (3, 2),
        (4, 1),
        (5, 1),
        (6, 1),
        (7, 1),
        (8, 0),
        (9, 0),
    ]
    assert "stands in row 3 already" in faults(text)[2][2]
    assert "the oldest that counts is January 2025" in faults(text)[4][2]
    assert "is December 2026" in faults(text)[5][2]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no month in it"),
        (b"Month;Margin\n", "no month in it"),
        (b"2025-03;5\n" * 102, "more than 100 rows"),
        (b"x" * (MOST_BYTES + 1), "more than 100 kB"),
        (b'2025-03;"5\n', "not closed"),
        (b"\x81\x8d;1", "neither UTF-8"),
        ("2025-03;5".encode("utf-32"), "UTF-32"),
        (b"2025-03;5\x00", "in figures"),
        (b"2025-03;" + b"9" * 61, "too long for a figure"),
        (b"PK\x03\x04\x00\x00", "no month in it"),
        (b"2025-03;$5", "kept in EUR"),
        (b"2025-03;=1+1", "in figures"),
        (b"2025-03;99999999999999", "nought too many"),
    ],
)
def test_nonsense_is_told_in_words(data, words):
    found = margins_in_bytes(data, "EUR", ALLOWED)
    assert any(words in fault.message for fault in found.faults), found.faults


def test_where_no_month_can_be_noted_yet_that_is_said():
    assert "no month can be noted yet" in margins_in_text("2025-03;5", "EUR", ()).faults[0].message


@given(st.binary(max_size=300))
def test_whatever_is_sent_is_answered_and_never_half_understood(data):
    found = margins_in_bytes(data, "EUR", ALLOWED)
    assert found.faults or found.months


@given(
    st.dictionaries(st.sampled_from(ALLOWED), st.none() | st.integers(-(10**9), 10**9), min_size=1),
    st.sampled_from([";", "\t"]),
    st.sampled_from([",", "."]),
)
def test_what_a_spreadsheet_writes_comes_back_as_it_was(months, separator, mark):
    def written(minor):
        return "" if minor is None else f"{minor / 100:.2f}".replace(".", mark)

    text = "".join(f"{month:%m.%Y}{separator}{written(minor)}\n" for month, minor in months.items())
    assert dict(read(text).months) == months
