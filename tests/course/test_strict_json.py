import io

import pytest

from course.strict_json import MOST_BYTES, BadFile, bytes_of, fault_lines, parse, path_of


def faults_of(text):
    return fault_lines(parse(text.encode())[1])


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ((), "the file"),
        (("costs", 3, "hours"), "costs[3].hours"),
        (("baseline", 0), "baseline[0]"),
        (("a b",), '["a b"]'),
        (("rows", 1, "new\nline"), 'rows[1]["new\\nline"]'),
    ],
)
def test_a_place_is_written_as_one_would_say_it(place, path):
    assert path_of(place) == path


def test_a_sound_file_is_read_without_a_fault():
    value, faults = parse(b'{"a": [1, 2.5, null, true, "\xc3\xa9"]}')
    assert value == {"a": [1, 2.5, None, True, "é"]}
    assert faults == {}


def test_a_byte_order_mark_is_no_fault():
    assert parse(b"\xef\xbb\xbf{}") == ({}, {})


def test_what_is_not_json_is_named_by_line_and_column():
    with pytest.raises(BadFile, match=r"^line 2, column 6: not JSON here \(Expecting ',' delimiter\)$"):
        parse(b'{"a":\n  [1 2]}')


def test_an_empty_file_is_not_json():
    with pytest.raises(BadFile, match=r"^line 1, column 1: not JSON here"):
        parse(b"")


def test_a_binary_file_is_not_text():
    with pytest.raises(BadFile, match=r"^byte 3: not text in UTF-8, so not a JSON file$"):
        parse(b"PK\xff\x00")


def test_a_file_nested_without_end_is_refused():
    with pytest.raises(BadFile, match=r"^the file: nested too deeply to be read$"):
        parse(b"[" * 100_000)


def test_a_key_written_twice_is_a_fault_at_every_depth():
    assert faults_of('{"a": 1, "rows": [{"x": 1, "x": 1, "x": 2}], "a": 1}') == (
        "a: is there more than once",
        "rows[0].x: is there more than once",
    )


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 19, "9" * 9999])
def test_a_number_nobody_can_count_with_is_a_fault(number):
    assert faults_of(f'{{"a": [0, {number}]}}') == ("a[1]: is not a number to count with: NaN, infinite or too large",)


def test_both_faults_of_one_place_are_named():
    assert len(faults_of('{"a": NaN, "a": NaN}')) == 2


def test_half_a_character_in_a_key_leaves_the_rest_readable():
    value, _ = parse(b'{"\\ud800": 1, "a": 2}')
    assert value == {"\\ud800": 1, "a": 2}


def test_a_dash_reads_standard_input():
    assert bytes_of("-", io.BytesIO(b"{}")) == b"{}"
    assert bytes_of("-", None) == b""


def test_a_file_is_read_as_it_is(tmp_path):
    file = tmp_path / "ledger.json"
    file.write_bytes(b"\xff{}")
    assert bytes_of(str(file), None) == b"\xff{}"


@pytest.mark.parametrize(
    ("name", "why"),
    [("none.json", "there is no such file"), ("", "that is a folder, not a file"), ("a\0b", "that file can't be read")],
)
def test_a_file_that_cant_be_read_is_named_with_the_reason(tmp_path, name, why):
    with pytest.raises(BadFile) as refused:
        bytes_of(f"{tmp_path}/{name}", None)
    assert refused.value.faults == (f"{tmp_path}/{name}: {why}",)


def test_a_file_that_may_not_be_read_is_named_so(monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(BadFile, match=r"^ledger\.json: you may not read that file$"):
        bytes_of("ledger.json", None)


def test_a_file_too_large_to_be_one_of_ours_is_not_read_to_its_end():
    endless = io.BytesIO(b" " * (MOST_BYTES + 10))
    with pytest.raises(BadFile, match="larger than 16 MB"):
        bytes_of("-", endless)
    assert endless.tell() == MOST_BYTES + 1
