"""A table that somebody exported: which encoding and which separator it has, its rows, and every fault of its shape.

Spreadsheets write commas or semicolons by the country they think they are in, and three encodings by their age. So the
reader finds both out and says what it understood; what can't be read in one way only is a fault, never a guess.
"""

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from course.wording import counted, spell

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
MOST_ROWS, LONGEST = 2_000, 2_000
# A file that fails everywhere is told of once and thoroughly, not a thousand times.
MOST_FAULTS = 200


@dataclass(frozen=True, order=True)
class CellFault:
    """One thing wrong: its row as a spreadsheet counts (0: the whole file), its column from 1 (0: the whole row)."""

    row: int
    column: int
    message: str


@dataclass(frozen=True)
class Row:
    """One row of cells under the header; `cells` has the header's own names, in small letters."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """What was understood. `columns` are the header's names in small letters; with faults `rows` may be short."""

    text: str = ""
    encoding: str = ""
    separator: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    faults: tuple[CellFault, ...] = ()

    @property
    def understood(self) -> str:
        """The encoding and the separator, in words."""
        return f"{self.encoding}, {self.separator}" if self.encoding else ""


class Unreadable(ValueError):
    """The bytes are no text that can be told for certain."""


def read_table(data: bytes, *, most_rows: int = MOST_ROWS, longest: int = LONGEST) -> Table:
    """The table in these bytes. The first row that isn't empty is its header; empty rows are passed over."""
    # Counted before anything is read: a file a thousand times too long is refused at once.
    if data.count(b"\n") > 2 * most_rows + 10:
        return Table(faults=(too_long(most_rows),))
    try:
        text, encoding = decoded(data)
    except Unreadable as wrong:
        return Table(faults=(CellFault(0, 0, str(wrong)),))
    return table_in(text, encoding, most_rows=most_rows, longest=longest)


def too_long(most_rows: int) -> CellFault:
    return CellFault(0, 0, f"That is more than {most_rows} rows. Send them in parts.")


def decoded(data: bytes) -> tuple[str, str]:
    """The bytes as text, and the encoding's name. By its mark, else UTF-8, else Windows-1252. Raises Unreadable."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Unreadable("It is in UTF-32, which no spreadsheet writes. Save it as CSV in UTF-8.")
    for mark, codec, name in (*MARKS, *unmarked(data)):
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(codec), name
            except UnicodeDecodeError:
                raise Unreadable(f"It begins as {name} and then isn’t. Save it once more as CSV in UTF-8.") from None
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        raise Unreadable("It is neither UTF-8, UTF-16 nor Windows-1252. Save it as CSV in UTF-8.") from None


def unmarked(data: bytes) -> Iterator[tuple[bytes, str, str]]:
    """UTF-16 without its mark: in European text every second byte is nought."""
    head = data[:200]
    if len(head) > 3 and head[1::2].count(0) > len(head) / 3:
        yield b"", "utf-16-le", "UTF-16"
    elif len(head) > 3 and head[0::2].count(0) > len(head) / 3:
        yield b"", "utf-16-be", "UTF-16"


def table_in(text: str, encoding: str, *, most_rows: int, longest: int) -> Table:
    """The table of a text, with the faults of its shape."""
    separator, body = separator_of(text)
    faults: list[CellFault] = []
    records: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in enumerate(parsed(body, separator, faults), start=1 if body == text else 2):
        if any(cell.strip() for cell in cells):
            records.append((number, cells))
        if len(records) > most_rows + 1:
            return Table(faults=(too_long(most_rows),))
    understood = Table(text, encoding, SEPARATORS[separator])
    if not records:
        return replace(understood, faults=tuple(faults) or (CellFault(0, 0, "There is nothing in it."),))
    columns = tuple(" ".join(cell.lower().split()) for cell in records[0][1])
    faults += faults_of_header(records[0][0], columns)
    for number, cells in records[1:]:
        faults += faults_of_row(number, cells, columns=columns, longest=longest)
    rows = [
        Row(number, dict(zip(columns, map(str.strip, cells), strict=False)))
        for number, cells in records[1:]
        if len(cells) == len(columns)
    ]
    return replace(understood, columns=columns, rows=tuple(rows), faults=tuple(sorted(faults)[:MOST_FAULTS]))


def separator_of(text: str) -> tuple[str, str]:
    """What separates the cells of the first row that isn't empty, and the text without a line that only says it."""
    said = re.match(r"sep=([,;\t])\r?\n", text)
    if said:
        return said[1], text[said.end() :]
    first = next((line for line in re.split(r"\r\n|\r|\n", text) if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(SEPARATORS, key=bare.count), text


def parsed(text: str, separator: str, faults: list[CellFault]) -> Iterator[tuple[str, ...]]:
    """Each row's cells. A quotation mark that breaks the rows ends the reading, and is put among the faults."""
    cell = re.compile(
        rf'(?:"(?P<quoted>[^"]*(?:""[^"]*)*)"|(?P<bare>(?:[^"{separator}\r\n][^{separator}\r\n]*)?))'
        rf"(?P<end>{separator}|\r\n|\n|\r|\Z)"
    )
    place, row, cells = 0, 1, list[str]()
    while place < len(text) or cells:
        found = cell.match(text, place)
        if found is None:
            faults.append(
                CellFault(row, len(cells) + 1, "A quotation mark is opened here and not closed as it should.")
            )
            return
        quoted = found["quoted"]
        cells.append(found["bare"] if quoted is None else quoted.replace('""', '"'))
        place = found.end()
        if found["end"] != separator:
            yield tuple(cells)
            row, cells = row + 1, []


def faults_of_header(number: int, columns: Sequence[str]) -> Iterator[CellFault]:
    for place, name in enumerate(columns, start=1):
        if not name:
            yield CellFault(number, place, "This column has no name.")
        elif name in columns[: place - 1]:
            yield CellFault(number, place, f"The column “{name[:40]}” is there twice.")


def faults_of_row(number: int, cells: Sequence[str], *, columns: Sequence[str], longest: int) -> Iterator[CellFault]:
    """What is wrong with the row's shape, whatever stands in it."""
    if tuple(" ".join(cell.lower().split()) for cell in cells) == columns:
        yield CellFault(number, 0, "The header stands here once more. Take this row out.")
        return
    if len(cells) != len(columns):
        yield CellFault(number, 0, f"It has {counted(len(cells), 'cell')} where the header has {spell(len(columns))}.")
    for place, cell in enumerate(cells, start=1):
        if "\0" in cell:
            yield CellFault(number, place, "There is a NUL character in it, which no text has.")
        if len(cell) > longest:
            yield CellFault(number, place, f"It holds {len(cell)} characters; {longest} are the most.")
