"""A cohort's report as a workbook: the lines of its page, every figure a number, rounded as the page rounds it."""

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.reports.roi_figures import Stated
from app.reports.roi_levels import Level
from app.reports.roi_paper import RECKONED, Told

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Cell = str | int | None

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LEVELS = ("Level", "Measured as", "Now", "Unit", "Counted", "Of", "Likely from %", "Likely to %", "Read it as")
FIGURES = ("Figure", "Now", "Of, or to", "Unit", "What it is")


def report_to_xlsx(told: Told) -> bytes:
    """The workbook's bytes. No cell is a formula, whatever a name or a line begins with."""
    # A worker that never saves one needn't carry it.
    from xlsxwriter import Workbook

    file, page = io.BytesIO(), told.page
    with Workbook(file, OPTIONS) as book:
        levels = [level_row(level) for level in page.levels]
        sheet(book, "Levels", levels, heads=LEVELS, widths=(13, 44, 12, 8, 9, 9, 13, 13, 60))
        if page.figures:
            sheet(book, "Return", [*rows_of(page.figures)], heads=FIGURES, widths=(40, 12, 12, 8, 80))
        if page.others:
            sheet(book, "Otherwise", [*rows_of(page.others)], heads=FIGURES, widths=(50, 12, 12, 8, 80))
        sheet(book, "About", [(line,) for line in about(told)], heads=(page.title,), widths=(140,))
    return file.getvalue()


def level_row(level: Level) -> tuple[Cell, ...]:
    """One level: its figure as a number where there is one, and the words of the page where there is none."""
    counts, likely = level.counts or (None, None), level.likely or (None, None)
    now = level.now if level.number is None else level.number
    return (level.name, level.measured, now, level.unit, *counts, *likely, level.reading)


def rows_of(figures: Sequence[Stated]) -> Iterator[tuple[Cell, ...]]:
    """The figures of a table of the page; the second number is what a count is of, or where a range ends."""
    for figure in figures:
        first, second = (*figure.numbers, None, None)[:2]
        yield (figure.name, figure.value if first is None else first, second, figure.unit, figure.meaning)


def about(told: Told) -> Iterator[str]:
    """How sure it is, what stands beside the figures, what was said, and which version of the data it is."""
    page = told.page
    yield from (*page.sure, *page.notes, *page.lines)
    yield from (f"{case.name}: {case.came_out}. {case.did} {case.words}".strip() for case in page.cases.told)
    if told.paragraph:
        yield told.paragraph
    yield from (*RECKONED, f"Seed of the range: {page.seed}.", told.mark)


def sheet(
    book: "Workbook", name: str, rows: Sequence[Sequence[Cell]], *, heads: Sequence[str], widths: Sequence[int]
) -> None:
    """One sheet, its first row the heads."""
    made, head = book.add_worksheet(name), book.add_format({"bold": True, "bottom": 1})
    whole, words = book.add_format({"num_format": "#,##0"}), book.add_format({"text_wrap": True, "valign": "top"})
    made.write_row(0, 0, heads, head)
    made.freeze_panes(1, 0)
    for place, width in enumerate(widths):
        made.set_column(place, place, width)
    for at, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                made.write_string(at, column, cell, words)
            elif cell is not None:
                made.write_number(at, column, cell, whole)
