"""Cells of a workbook: each kind of value written as what it is, so that no text can act as a formula."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Value = str | int | float | Decimal | bool | date | None

KINDS = {
    "text": {},
    "head": {"bold": True, "bottom": 1},
    "total": {"bold": True, "top": 1, "bottom": 6, "num_format": "#,##0.00"},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "money": {"num_format": "#,##0.00;[Red]-#,##0.00"},
    "share": {"num_format": "0.00##"},
    "ratio": {"num_format": "0.000000"},
    "hours": {"num_format": "0.00##########"},
    "whole": {"num_format": "0"},
}


class Plain(Worksheet):  # type: ignore[misc]
    """A sheet whose formulas use no function newer than 2007.

    Each formula is otherwise searched for thirty newer names, which took more than half the time of a large workbook.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


@dataclass(frozen=True)
class Figure:
    """A named cell with its label: a value, or a formula and what it comes to; `words` say the formula."""

    label: str
    name: str
    value: Value
    kind: str
    formula: str = ""
    words: str = ""


def formats_of(book: Workbook) -> Mapping[str, Format]:
    """The looks of a workbook by the kind of a cell."""
    return {kind: book.add_format(look) for kind, look in KINDS.items()}


@dataclass(frozen=True)
class Sheet:
    """A sheet under construction. Rows and columns count from 0."""

    book: Workbook
    page: Worksheet
    formats: Mapping[str, Format]

    def widths(self, *widths: int) -> None:
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)

    def row(self, at: int, values: Sequence[Value], *, kind: str = "text") -> None:
        """A row of cells of one kind."""
        for column, value in enumerate(values):
            self.cell(at, column, value, kind=kind)

    def heads(self, *names: str) -> None:
        """The heads of a table, which stay in view."""
        self.row(0, names, kind="head")
        self.page.freeze_panes(1, 0)

    def text(self, at: int, column: int, value: str, *, kind: str = "text") -> None:
        self.page.write_string(at, column, value, self.formats[kind])

    def cell(self, at: int, column: int, value: Value, *, kind: str = "text") -> None:
        """A value as what it is; None leaves the cell empty, which is unknown and no nought."""
        look = self.formats[kind]
        if value is None:
            self.page.write_blank(at, column, None, look)
        elif isinstance(value, bool):
            self.page.write_boolean(at, column, value, look)
        elif isinstance(value, date):
            self.page.write_datetime(at, column, datetime.combine(value, time()), look)
        elif isinstance(value, str):
            self.page.write_string(at, column, value, look)
        else:
            self.page.write_number(at, column, float(value), look)

    def formula(self, at: int, column: int, formula: str, *, comes_to: Value, kind: str = "money") -> None:
        """A formula, and what it comes to for whoever only shows it."""
        shown = float(comes_to) if isinstance(comes_to, Decimal) else "" if comes_to is None else comes_to
        self.page.write_formula(at, column, formula, self.formats[kind], shown)

    def figure(self, at: int, figure: Figure) -> None:
        """A label, its cell with a name, and its formula in words."""
        self.text(at, 0, figure.label)
        if figure.formula:
            self.formula(at, 1, figure.formula, comes_to=figure.value, kind=figure.kind)
        else:
            self.cell(at, 1, figure.value, kind=figure.kind)
        self.text(at, 2, figure.words)
        self.book.define_name(figure.name, f"='{self.page.name}'!$B${at + 1}")

    def named(self, name: str, column: str, *, rows: int) -> None:
        """A column of so many rows by a name; one empty row where there are none, for a sum wants a range."""
        self.book.define_name(name, f"='{self.page.name}'!${column}$2:${column}${max(rows, 1) + 1}")
