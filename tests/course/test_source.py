import pytest

from course.fault import Fault
from course.source import FILE_LIMIT, content_hash, normalise, read, too_much


def test_a_file_that_is_not_utf_8_is_named_with_its_byte_and_line(tmp_path):
    file = tmp_path / "x.md"
    file.write_bytes('+++\ntitle = "Café"'.encode("cp1252"))
    fault = read(file, path="x.md")
    assert fault == Fault("x.md", 2, "byte 16 (0xe9) isn't UTF-8; save the file as UTF-8")


def test_a_file_of_five_megabytes_is_refused_by_its_size(tmp_path):
    file = tmp_path / "x.md"
    file.write_bytes(b"a" * 5_000_000)
    assert f"larger than {FILE_LIMIT // 1000} kB" in read(file, path="x.md").message


def test_a_file_that_is_not_there_or_is_a_folder_is_a_fault(tmp_path):
    assert "can't be read" in read(tmp_path / "none.md", path="none.md").message
    assert "can't be read" in read(tmp_path, path="folder").message


def test_a_file_saved_by_any_editor_is_the_same_text():
    assert normalise("\ufeffa\r\nb\rc\n\n\n") == "a\nb\nc\n"
    assert content_hash("Cafe\u0301") == content_hash("Caf\u00e9\r\n")


def test_blanks_within_a_line_are_kept_since_markdown_reads_them():
    assert normalise("a  \nb") == "a  \nb\n"


@pytest.mark.parametrize("text", ["[" * 51, "[" * 51 + "]" * 51, "[a](" * 51, "a" * 100_001])
def test_what_would_keep_the_markdown_parser_busy_is_refused(text):
    assert too_much(text)


@pytest.mark.parametrize("text", ["[" * 50, "[a](b) " * 5000, "][" * 1000, "a" * 100_000])
def test_what_it_reads_quickly_is_not(text):
    assert too_much(text) is None
