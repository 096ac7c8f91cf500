"""The account of a window as the curve and its table read it: sums since the start, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.charts.figures import Money, Number, less, signed


@dataclass(frozen=True)
class Month:
    """One month's end: both figures added up since the start, in any one unit; None for a month not yet reached."""

    label: str
    invested: Number | None = None
    returned: Number | None = None


@dataclass(frozen=True)
class Uncertain:
    """The part of the return that hangs on one receipt: its month's place in the sequence, its amount, its words."""

    month: int
    amount: Number
    words: str


@dataclass(frozen=True)
class Row:
    """One line of the table beside the curve, as printed."""

    number: int
    label: str
    invested: str
    returned: str
    net: str
    marked: bool

    @property
    def when(self) -> str:
        """The month's place and name."""
        return f"Month {self.number}, {self.label}" if self.number else self.label

    @property
    def sentence(self) -> str:
        """The month in one line, for a tooltip and a screen reader."""
        return f"{self.when}: invested {self.invested}, returned {self.returned}, net {self.net}"


@dataclass(frozen=True)
class Account:
    """What the drawing needs of a window: every month's label, and the figures of those reached."""

    labels: tuple[str, ...]
    invested: tuple[float, ...]
    returned: tuple[float, ...]
    rows: tuple[Row, ...]
    break_even: int | None
    uncertain: Uncertain | None
    money: Money


def reached_sums(months: Sequence[Month]) -> list[tuple[Number, Number]]:
    """Invested and returned of the months reached. Raises ValueError for a gap between them or a sum below zero."""
    pairs = [(m.invested, m.returned) for m in months]
    reached = [(a, b) for a, b in pairs if a is not None and b is not None]
    if pairs != reached + [(None, None)] * (len(pairs) - len(reached)):
        raise ValueError("months not yet reached stand at the end, without figures")
    if any(a < 0 or b < 0 for a, b in reached):
        raise ValueError("a sum since the start is never below zero")
    return reached


def rows_of(
    months: Sequence[Month], reached: Sequence[tuple[Number, Number]], *, break_even: int | None, money: Money
) -> tuple[Row, ...]:
    """The table's lines, one a month reached."""
    return tuple(
        Row(
            number=number,
            label=month.label,
            invested=money(invested),
            returned=money(returned),
            net=signed(less(returned, invested), money),
            marked=number == break_even,
        )
        for number, (month, (invested, returned)) in enumerate(zip(months, reached, strict=False))
    )
