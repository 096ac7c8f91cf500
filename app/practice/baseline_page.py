"""What the preview of a file of margins prints: each month, what stands there now and what would stand there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.filters import money
from course.baseline import Margins
from course.csv_text import CellFault
from course.wording import counted, sentence

COLUMNS = {0: "the row", 1: "month", 2: "margin"}


@dataclass(frozen=True)
class Preview:
    """One month: what would change, in words. `kept` months stay as they are."""

    month: date
    now: str
    then: str

    @property
    def kept(self) -> bool:
        return self.now == self.then


@dataclass(frozen=True)
class BaselineFilePage:
    """A file that was read and not kept yet; with faults it can't be."""

    margins: Margins | None
    rows: tuple[Preview, ...] = ()

    @property
    def faults(self) -> tuple[CellFault, ...]:
        return self.margins.faults if self.margins else ()

    @property
    def changes(self) -> int:
        return sum(not row.kept for row in self.rows)

    @property
    def title(self) -> str:
        if self.faults:
            return sentence(f"{counted(len(self.faults), 'thing')} to put right, nothing is kept")
        if self.margins is None:
            return "Months from a file"
        return sentence(f"{counted(len(self.rows), 'month')} understood, {counted(self.changes, 'change')}")

    def where(self, fault: CellFault) -> str:
        """The place of a fault, as a spreadsheet counts."""
        if not fault.row:
            return "The whole file"
        return f"Row {fault.row}" + (f", {COLUMNS.get(fault.column, f'column {fault.column}')}" if fault.column else "")


def baseline_file_page(margins: Margins, noted: Mapping[date, int | None], currency: str) -> BaselineFilePage:
    rows = (
        Preview(month, said(noted.get(month), currency), said(margin, currency))
        for month, margin in sorted(margins.months.items())
    )
    return BaselineFilePage(margins, () if margins.faults else tuple(rows))


def said(minor: int | None, currency: str) -> str:
    return "unknown" if minor is None else money(minor, currency, 2)
