"""A number of clients over the years: where it goes, where it settles, and the number that was aimed for."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.charts.figures import Number
from app.charts.frame import Table, TableRow
from app.charts.growth_drawing import NARROW, WIDE, GrowthDrawing, drawing
from app.charts.growth_rows import Path, Year, row_of
from app.charts.growth_rows import Row as Row

MOST = 1_000_000
"""Beyond it nothing is drawn: no trade has so many clients, and some figure was mistyped."""


@dataclass(frozen=True)
class GrowthPath:
    """The path drawn twice, and its table. Empty where it leaves all measure."""

    rows: tuple[Row, ...]
    narrow: GrowthDrawing | None
    wide: GrowthDrawing | None
    summary: str

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return self.wide is None

    @property
    def table(self) -> Table:
        """What every year's clients are made of; how far they may be off where that is known."""
        ranged = any(row.between for row in self.rows)
        return Table(
            columns=("End of", "Stayed", "Brought", "Won", "Clients", *(("Likely",) if ranged else ())),
            rows=tuple(
                TableRow(
                    row.name,
                    (row.stayed, row.introduced, row.won, row.clients, *((row.between,) if ranged else ())),
                )
                for row in self.rows
            ),
            stacked=ranged,
        )


def growth_path(
    years: Sequence[Year], *, target: int, plateau: Number | None = None, uncertain: str = ""
) -> GrowthPath:
    """Draw a path from today, the first of the years, to the last.

    target: clients aimed for; plateau: where the path settles, None for nowhere; uncertain: the words for the range
    between the years' low and high, where they have any.
    Raises ValueError for fewer than two years, for less than nobody, or a range in some years only.
    """
    path = Path(tuple(years), target=target, plateau=plateau, words=uncertain)
    rows = tuple(row_of(place, year) for place, year in enumerate(path.years))
    summary = f"{rows[0].sentence}. {rows[-1].sentence}."
    if path.top > MOST:
        return GrowthPath(rows=(), narrow=None, wide=None, summary="")
    return GrowthPath(
        rows=rows,
        narrow=drawing(path, rows, NARROW),
        wide=drawing(path, rows, WIDE),
        summary=summary,
    )
