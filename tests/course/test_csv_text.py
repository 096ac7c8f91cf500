import codecs
import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.csv_text import CellFault, read_table

TEXT = "Name;E-Mail\nJosé Núñez;jose@example.org\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("cp1252"), "Windows-1252"),
    ],
)
def test_the_same_table_is_read_from_every_encoding_that_a_spreadsheet_writes(data, encoding):
    table = read_table(data)
    assert table.encoding == encoding
    assert table.columns == ("name", "e-mail")
    assert [(row.number, dict(row.cells)) for row in table.rows] == [
        (2, {"name": "José Núñez", "e-mail": "jose@example.org"})
    ]
    assert not table.faults


@pytest.mark.parametrize(("mark", "name"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs")])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_separator_is_found_in_the_header(mark, name, ending):
    table = read_table(ending.join([f"name{mark}goal", f'Ada{mark}"one{mark} two"', ""]).encode())
    assert table.separator == name
    assert table.rows[0].cells == {"name": "Ada", "goal": f"one{mark} two"}


def test_a_line_that_only_says_the_separator_counts_as_a_row_and_is_passed_over():
    table = read_table(b"sep=;\r\nname;goal\r\nAda;one, two\r\n")
    assert table.rows[0].number == 3
    assert table.rows[0].cells["goal"] == "one, two"


def test_line_breaks_and_doubled_marks_within_quotes_belong_to_the_cell_and_rows_are_counted_as_a_spreadsheet_does():
    table = read_table(b'name,goal\nAda,"two\nlines, ""quoted"""\n\nBen,\n')
    assert [(row.number, row.cells["goal"]) for row in table.rows] == [(2, 'two\nlines, "quoted"'), (4, "")]


FAULTY = [
    (b"", CellFault(0, 0, "There is nothing in it.")),
    (b"\n \n", CellFault(0, 0, "There is nothing in it.")),
    (b'a,b\n1,"2\n3,4\n', CellFault(2, 2, "A quotation mark is opened here and not closed as it should.")),
    (b'a,b\n"1"x,2\n', CellFault(2, 1, "A quotation mark is opened here and not closed as it should.")),
    (b"a,b\n1,2,3\n", CellFault(2, 0, "It has three cells where the header has two.")),
    (b"a,b\n1\n", CellFault(2, 0, "It has one cell where the header has two.")),
    (b"a,b,A\n1,2,3\n", CellFault(1, 3, "The column “a” is there twice.")),
    (b"a,\n1,2\n", CellFault(1, 2, "This column has no name.")),
    (b"a,b\n1,2\nA, B\n", CellFault(3, 0, "The header stands here once more. Take this row out.")),
    (b"a,b\n1,\x002\n", CellFault(2, 2, "There is a NUL character in it, which no text has.")),
    (b"a,b\n1," + b"x" * 200_000, CellFault(2, 2, "It holds 200000 characters; 2000 are the most.")),
    (b"a\n" * 50 + b"\x81", CellFault(0, 0, "It is neither UTF-8, UTF-16 nor Windows-1252. Save it as CSV in UTF-8.")),
    (
        codecs.BOM_UTF8 + b"a\xff",
        CellFault(0, 0, "It begins as UTF-8 and then isn’t. Save it once more as CSV in UTF-8."),
    ),
    ("a".encode("utf-32"), CellFault(0, 0, "It is in UTF-32, which no spreadsheet writes. Save it as CSV in UTF-8.")),
]  # fmt: skip


@pytest.mark.parametrize(("data", "fault"), FAULTY)
def test_every_fault_of_the_shape_is_told_by_row_and_column(data, fault):
    assert fault in read_table(data).faults


def test_a_million_rows_are_refused_before_they_are_read():
    data = b"name,email\n" + b"a,b\n" * 1_000_000
    began = time.perf_counter()
    assert read_table(data).faults == (CellFault(0, 0, "That is more than 2000 rows. Send them in parts."),)
    assert time.perf_counter() - began < 0.5


def test_one_row_more_than_allowed_is_refused_and_as_many_as_allowed_are_read():
    head = b"a\n"
    assert read_table(head + b"1\n" * 3, most_rows=2).faults == (
        CellFault(0, 0, "That is more than 2 rows. Send them in parts."),
    )
    assert len(read_table(head + b"1\n" * 2, most_rows=2).rows) == 2


def test_a_hopeless_file_is_told_of_two_hundred_times_at_most():
    assert len(read_table(b"a,b\n" + b"1\n" * 900).faults) == 200


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(str.strip)


@given(st.lists(st.tuples(WORDS.filter(bool), WORDS), min_size=1, max_size=6), st.sampled_from([",", ";", "\t"]))
def test_what_pythons_own_writer_writes_is_read_back(rows, mark):
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows([("first", "second"), *rows])
    table = read_table(text.getvalue().encode())
    kept = [(first, second) for first, second in rows if (first.lower(), second.lower()) != ("first", "second")]
    if len(kept) == len(rows):
        assert [(row.cells["first"], row.cells["second"]) for row in table.rows] == rows
