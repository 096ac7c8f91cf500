"""The account as a curve: what was invested and what was returned, added up month by month from zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.charts.figures import Money
from app.charts.frame import Table, TableRow
from app.charts.roi_account import Account, Month, Row, Uncertain, reached_sums, rows_of
from app.charts.roi_drawing import NARROW, WIDE, RoiDrawing, drawing
from app.filters import number


@dataclass(frozen=True)
class RoiCurve:
    """The curve drawn twice, and its table. Empty while nothing was put in and nothing came back."""

    rows: tuple[Row, ...]
    narrow: RoiDrawing | None
    wide: RoiDrawing | None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return self.wide is None

    @property
    def summary(self) -> str:
        """Where the curve stands and where it broke even, for a reader who does not see it."""
        if not self.rows:
            return "Nothing invested and nothing returned yet."
        even = next((f"Break-even in month {row.number}, {row.label}." for row in self.rows if row.marked), "")
        return f"{self.rows[-1].sentence}. {even or 'No break-even so far.'}"

    @property
    def table(self) -> Table:
        """Both sums and what is between them, month by month; the break-even marked."""
        return Table(
            columns=("Month", "Invested", "Returned", "Net"),
            rows=tuple(
                TableRow(str(row.number), (row.invested, row.returned, row.net), aside=row.label, marked=row.marked)
                for row in self.rows
            ),
        )


def roi_curve(
    months: Sequence[Month],
    *,
    break_even: int | None = None,
    uncertain: Uncertain | None = None,
    money: Money = number,
) -> RoiCurve:
    """Draw the account of a window.

    months: the whole window from its start on, those not yet reached at the end; break_even: place of the month from
    which the net stays at nought or more, None without one; money: prints an amount.
    Raises ValueError for a gap between months reached, a sum below zero, or a mark on a month not yet reached.
    """
    reached = reached_sums(months)
    for mark in (break_even, uncertain.month if uncertain else None):
        if mark is not None and not 0 <= mark < len(reached):
            raise ValueError(f"month {mark} is not reached")
    account = Account(
        labels=tuple(month.label for month in months),
        invested=tuple(float(invested) for invested, _ in reached),
        returned=tuple(float(returned) for _, returned in reached),
        rows=rows_of(months, reached, break_even=break_even, money=money),
        break_even=break_even,
        uncertain=uncertain,
        money=money,
    )
    if not any(account.invested + account.returned):
        return RoiCurve(rows=(), narrow=None, wide=None)
    return RoiCurve(rows=account.rows, narrow=drawing(account, NARROW), wide=drawing(account, WIDE))
