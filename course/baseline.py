"""Monthly margins as somebody exported or pasted them: two columns, a month and a margin, read in one way or refused.

All or nothing: every fault is named by its row and column, nothing is guessed silently, what was understood is said.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from course.csv_text import MOST_FAULTS, SEPARATORS, CellFault, Unreadable, decoded, parsed, separator_of
from course.months import first_day, months_before, months_of_window
from course.typed import Unclear, amount_typed

MOST_BYTES = 100_000
MOST_ROWS = 100
LONGEST_CELL = 60
UNKNOWN = frozenset({"", "-", "–", "—", "n/a", "na", "unknown", "null", "?"})
TWO_COLUMNS = "Two columns are needed: the month, and its margin."

# The first three letters of the months in English, German, Dutch, French, Spanish and Italian; four where three mix.
NAMES = (
    *(
        ("jan", "ene", "gen"),
        ("feb", "fev"),
        ("mar", "maa", "mrt"),
        ("apr", "avr", "abr"),
        ("may", "mai", "mei", "mag"),
    ),
    *(("jun", "juin", "giu"), ("jul", "juil", "lug"), ("aug", "aou", "ago"), ("sep", "set"), ("oct", "okt", "ott")),
    *(("nov",), ("dec", "dez", "dic")),
)
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})(?:[-/. ][0-9]{1,2})?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{4})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_NAMED = re.compile(r"(?:[0-9]{1,2}\.? )?([a-z]{3,10})\.?[-/ ]+'?([0-9]{4}|[0-9]{2})")
_ONE_MARK = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")


Rows = Sequence[tuple[int, Sequence[str]]]


@dataclass(frozen=True)
class Margins:
    """What was understood. `months` are margins in minor units, None for unknown; with faults nothing may be kept."""

    text: str
    understood: str
    months: Mapping[date, int | None]
    faults: tuple[CellFault, ...] = ()


class NoMonth(ValueError):
    """This can't be read as a month. Its words say why."""


def margins_in_bytes(data: bytes, currency: str, allowed: Collection[date]) -> Margins:
    """The margins in a file. allowed: the months that may be noted, by their first days."""
    if len(data) > MOST_BYTES:
        return refused(f"That is more than {MOST_BYTES // 1000} kB. Three dozen months need two.")
    try:
        text, encoding = decoded(data)
    except Unreadable as wrong:
        return refused(str(wrong))
    return margins_in_text(text, currency, allowed, encoding=encoding)


def margins_in_text(text: str, currency: str, allowed: Collection[date], *, encoding: str = "") -> Margins:
    """The margins in a text; a file's encoding is said along with what was understood."""
    if len(text) > MOST_BYTES:
        return refused(f"That is more than {MOST_BYTES // 1000} kB. Three dozen months need two.")
    separator, body = two_columns_of(text)
    faults: list[CellFault] = []
    rows = [
        (number, trimmed(cells))
        for number, cells in enumerate(parsed(body, separator, faults), start=1)
        if any(cell.strip() for cell in cells)
    ]
    if len(rows) > MOST_ROWS + 1:
        return refused(f"That is more than {MOST_ROWS} rows. A month has one.", text)
    if rows and is_header(rows[0][1]):
        rows = rows[1:]
    if not rows and not faults:
        return refused("There is no month in it.", text)
    mark = decimal_mark([cells[1] for _, cells in rows if len(cells) > 1])
    reading = Reading(currency, frozenset(allowed), mark)
    months = dict(reading.of(rows, faults))
    said = [encoding, SEPARATORS[separator], {",": "decimal comma", ".": "decimal point"}.get(mark, "")]
    understood = ", ".join(word for word in said if word)
    return Margins(text, understood, months, tuple(sorted(faults)[:MOST_FAULTS]))


def two_columns_of(text: str) -> tuple[str, str]:
    """What stands between the two columns, and the text. A tab or a semicolon is never part of a month or an amount."""
    separator, body = separator_of(text)
    if body != text:
        return separator, body
    first = next((line for line in text.splitlines() if line.strip()), "")
    return next((mark for mark in "\t;" if mark in first), ","), text


def refused(message: str, text: str = "") -> Margins:
    return Margins(text, "", {}, (CellFault(0, 0, message),))


def trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells without blanks around them, and without empty ones at the end."""
    bare = [re.sub(r"[\s\ufeff\u200b]+", " ", cell).strip() for cell in cells]
    while len(bare) > 2 and not bare[-1]:
        bare.pop()
    return tuple(bare)


def is_header(cells: Sequence[str]) -> bool:
    """Whether a first row names its columns: words, and no digit anywhere."""
    return not any(char.isdigit() for cell in cells for char in cell) and any(cells)


def decimal_mark(amounts: Sequence[str]) -> str:
    """The decimal mark that the amounts of a file show between them; empty where none shows one, or both do."""
    found = {mark for amount in amounts for mark in [_mark_shown(re.sub(r"[^0-9.,]", "", amount))] if mark}
    return found.pop() if len(found) == 1 else ""


def _mark_shown(digits: str) -> str:
    """The decimal mark of one amount, where it can be only one."""
    last = re.search(r"([.,])([0-9]*)$", digits)
    if not last:
        return ""
    repeated = digits.count(last[1]) > 1
    both = ("," in digits) and ("." in digits)
    if repeated:
        return {",": ".", ".": ","}[last[1]]
    return last[1] if both or len(last[2]) in {1, 2} else ""


@dataclass(frozen=True)
class Reading:
    """How the rows of one file are read."""

    currency: str
    allowed: frozenset[date]
    mark: str

    def of(self, rows: Rows, faults: list[CellFault]) -> Iterator[tuple[date, int | None]]:
        """Each month with its margin; what can't be read is put among the faults."""
        seen: dict[date, int] = {}
        for number, cells in rows:
            if len(cells) != 2:
                faults.append(CellFault(number, 0, f"{TWO_COLUMNS} Here are {len(cells)}."))
                continue
            month, margin = self.month(number, cells[0], faults), self.margin(number, cells[1], faults)
            if month and month in seen:
                faults.append(CellFault(number, 1, f"{month:%B %Y} stands in row {seen[month]} already."))
            elif month:
                seen[month] = number
                yield month, margin

    def month(self, row: int, cell: str, faults: list[CellFault]) -> date | None:
        try:
            month = month_typed(cell)
        except NoMonth as wrong:
            faults.append(CellFault(row, 1, str(wrong)))
            return None
        if month not in self.allowed:
            faults.append(CellFault(row, 1, f"{month:%B %Y} is not asked for: {self.why_not(month)}."))
            return None
        return month

    def why_not(self, month: date) -> str:
        if not self.allowed:
            return "no month can be noted yet"
        first, last = min(self.allowed), max(self.allowed)
        if month < first:
            return f"the oldest that counts is {first:%B %Y}"
        return f"the newest that is over, or in your window, is {last:%B %Y}"

    def margin(self, row: int, cell: str, faults: list[CellFault]) -> int | None:
        if cell.lower() in UNKNOWN:
            return None
        if len(cell) > LONGEST_CELL:
            faults.append(CellFault(row, 2, "That is too long for a figure."))
            return None
        try:
            return amount_typed(self.settled(cell), self.currency, signed=True)
        except Unclear as unclear:
            faults.append(CellFault(row, 2, f"{cell[:20]}: {str(unclear).removeprefix(cell + ': ')}"))
            return None

    def settled(self, cell: str) -> str:
        """The amount with its doubt settled by the other rows, and a loss in brackets with its minus."""
        bracketed = re.fullmatch(r"\((.+)\)", cell)
        bare = f"-{bracketed[1]}" if bracketed else cell
        if self.mark and _ONE_MARK.fullmatch(bare) and self.mark not in bare:
            return re.sub("[.,]", "", bare)
        return bare


def months_allowed(start: date, today: date) -> tuple[date, ...]:
    """The months that may be noted: the 24 before the start that are over, and those of the window that are over."""
    before = (month for month in months_before(first_day(start)) if month < first_day(today))
    return (*before, *months_of_window(start, today))


def month_typed(text: str) -> date:
    """The first day of a month: 2025-03, 03.2025, 3/2025, Mar 2025, March 25, 1.3.2025. NoMonth, with words."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(char))
    bare = " ".join(bare.split())
    if not bare:
        raise NoMonth("The month is missing.")
    if found := _YEAR_FIRST.fullmatch(bare):
        return _month(text, int(found[1]), int(found[2]))
    if found := _YEAR_LAST.fullmatch(bare):
        return _month(text, int(found[2]), int(found[1]))
    if found := _NAMED.fullmatch(bare):
        return _month(text, int(found[2]) + (2000 if len(found[2]) == 2 else 0), _named(text, found[1]))
    if found := _DAY_FIRST.fullmatch(bare):
        return _month(text, int(found[4]), _of_a_day(text, found))
    raise NoMonth(f"“{text[:20]}” is no month. Write it as 2025-03, 03.2025 or Mar 2025.")


def _of_a_day(text: str, found: re.Match[str]) -> int:
    """The month of a whole day. With points the day is first; with strokes that depends on the country."""
    one, other = int(found[1]), int(found[3])
    if found[2] == "/" and one != other and one <= 12 and other <= 12:
        raise NoMonth(f"“{text[:20]}” is a day in two months, by the country. Write the month as 2025-03.")
    return one if found[2] == "/" and other > 12 else other


def _named(text: str, word: str) -> int:
    for number, beginnings in enumerate(NAMES, start=1):
        if any(word.startswith(beginning) for beginning in beginnings):
            return number
    raise NoMonth(f"“{text[:20]}” names no month.")


def _month(text: str, year: int, month: int) -> date:
    if not (1990 <= year <= 2100 and 1 <= month <= 12):
        raise NoMonth(f"“{text[:20]}” is no month of these years.")
    return date(year, month, 1)
