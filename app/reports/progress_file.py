"""The progress of a cohort as a file: the lines, columns and order of the page, numbers as numbers, days as days."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from app.charts.progress import WORDS
from app.reports.progress_asked import Line
from course.csv_cells import harmless
from course.library import Library

Cell = str | int | Decimal | date | None

# So that a spreadsheet reads the names as they were typed.
BOM = "\ufeff"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

HEADS: dict[str, tuple[str, ...]] = {
    "counts": ("Read", "Practised", "Updated since read"),
    "rate": ("Connecting entries", "Rated entries", "Connecting rate %", "Likely from %", "Likely to %"),
    "trend": ("Trend", "Connecting, last 28 days", "Rated, last 28 days", "Connecting, 28 before", "Rated, 28 before"),
    "recall": ("Recall right", "Recall answers", "Recall %"),
    "change": ("Self-rated change", "Constructs compared", "Constructs"),
    "seen": ("Last seen",),
}


def heads(columns: Sequence[str], library: Library) -> list[str]:
    """The first row: the learner, the figures asked for, then the lessons."""
    figures = [head for column in columns for head in HEADS.get(column, ())]
    lessons = [f"{library.number(lesson.id)} {lesson.title}" for lesson in library.lessons]
    return ["Learner", *figures, *(lessons if "lessons" in columns else ())]


def cells(line: Line, columns: Sequence[str]) -> Iterator[Cell]:
    """One learner's row; None where nothing is known."""
    yield line.row.learner.name
    for column in columns:
        if column in HEADS:
            yield from figures(line, column)
    if "lessons" in columns:
        yield from (WORDS[state] for state in line.row.cells)


def figures(line: Line, column: str) -> tuple[Cell, ...]:
    """What a learner has in one column of the page."""
    row, trend, recall = line.row, line.beside.trend, line.beside.recall
    rate, rated = row.connecting, line.rated
    if column == "counts":
        return row.read, row.practised, row.updated
    if column == "rate":
        return rate.successes, rate.n, *(whole_percent(share) for share in (rate.value, rate.low, rate.high))
    if column == "trend":
        return trend.heading, trend.lately.successes, trend.lately.n, trend.before.successes, trend.before.n
    if column == "recall":
        return recall.successes, recall.n, whole_percent(recall.value)
    if column == "change":
        known = line.change
        tenths = None if known is None else known.quantize(Decimal(".1"), ROUND_HALF_EVEN)
        return (tenths, rated.whole, rated.of) if rated else (None, None, None)
    return (row.learner.last_seen,)


def progress_csv(lines: Iterable[Line], columns: Sequence[str], library: Library) -> str:
    """One line a learner; shares in whole percent with the counts they are made of."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(map(harmless, heads(columns, library)))
    writer.writerows([written(cell) for cell in cells(line, columns)] for line in lines)
    return BOM + text.getvalue()


def progress_xlsx(lines: Iterable[Line], columns: Sequence[str], library: Library) -> bytes:
    """The same as a workbook of one sheet. No cell is a formula, whatever a name begins with."""
    # A worker that never saves one needn't carry it.
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, OPTIONS) as book:
        sheet, head = book.add_worksheet("Progress"), book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, heads(columns, library), head)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 24)
        for place, line in enumerate(lines, start=1):
            for column, cell in enumerate(cells(line, columns)):
                if isinstance(cell, str):
                    sheet.write_string(place, column, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(place, column, cell, day)
                elif cell is not None:
                    sheet.write_number(place, column, cell)
    return file.getvalue()


def whole_percent(share: float | None) -> int | None:
    """A share as the page prints it."""
    return None if share is None else int((Decimal(str(share)) * 100).to_integral_value(ROUND_HALF_EVEN))


def written(cell: Cell) -> str | int | Decimal:
    """A cell as CSV holds it."""
    if cell is None:
        return ""
    return harmless(cell) if isinstance(cell, str) else cell.isoformat() if isinstance(cell, date) else cell
