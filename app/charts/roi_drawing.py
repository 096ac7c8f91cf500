"""The curve laid out for one width: where every tread, area and label stands."""

from dataclasses import dataclass
from itertools import groupby

from app.charts import roi_hatch, roi_labels
from app.charts.frame import readout
from app.charts.lettering import Box, Label, width
from app.charts.roi_account import Account, Row
from app.charts.roi_labels import GAP
from app.charts.scale import Plane, ticks, tidy

HEAD = 46
"""Room above the plot: the break-even label, or the figures of the month pointed at."""


@dataclass(frozen=True)
class Point:
    """The column of one month, to point at or to reach by keyboard, and the lines that then appear."""

    row: Row
    column: Box
    lines: tuple[Label, ...]

    @property
    def sentence(self) -> str:
        return self.row.sentence


@dataclass(frozen=True)
class RoiDrawing:
    """One drawing of the curve for one width. Paths are SVG path data; everything lies within the view box."""

    width: float
    height: float
    plot: Box
    grid: tuple[float, ...]
    short: tuple[str, ...]
    """Areas where the return is short of the investment."""
    over: tuple[str, ...]
    """Areas where it leads."""
    hatched: str
    without: str
    """Lower edge of the hatching: what would have come back without the uncertain receipt."""
    invested: str
    returned: str
    even: tuple[float, float] | None
    labels: tuple[Label, ...]
    points: tuple[Point, ...]
    head: float = HEAD - GAP


@dataclass(frozen=True)
class Frame:
    """One of the two widths the curve is drawn for; words: room for a line about what is uncertain."""

    width: float
    tall: float
    most_ticks: int
    words: float


NARROW = Frame(width=320, tall=190, most_ticks=4, words=150)
WIDE = Frame(width=720, tall=250, most_ticks=5, words=185)


def drawing(account: Account, frame: Frame) -> RoiDrawing:
    """Lay the account out. The words about what is uncertain come last: they go where the rest leaves room."""
    amounts = ticks(max(account.invested + account.returned), most=frame.most_ticks)
    plane = _plane(account, frame, amounts)
    fixed = (
        *roi_labels.axis(account, plane, amounts),
        *roi_labels.months(account, plane),
        *roi_labels.ends(account, plane, highest=HEAD - GAP),
        *roi_labels.break_even(account, plane),
    )
    words = roi_hatch.words(account, plane, fixed=fixed, room=frame.words, page=frame.width)
    hatched, without = roi_hatch.paths(account, plane)
    mark = account.break_even
    return RoiDrawing(
        width=frame.width,
        height=tidy(max(label.box.bottom for label in fixed + words) + 3),
        plot=Box(tidy(plane.box.left), HEAD, tidy(plane.box.right), plane.box.bottom),
        grid=tuple(tidy(plane.y(amount)) for amount in amounts[1:]),
        short=_areas(account, plane, sign=-1),
        over=_areas(account, plane, sign=1),
        hatched=hatched,
        without=without,
        invested=plane.stair(account.invested),
        returned=plane.stair(account.returned),
        even=None if mark is None else (tidy(plane.x(mark)), tidy(plane.y(account.invested[mark]))),
        labels=fixed + words,
        points=tuple(_point(row, plane, frame) for row in account.rows),
    )


def _plane(account: Account, frame: Frame, amounts: tuple[int, ...]) -> Plane:
    """The plot: amounts fit left of it; right of the curve's end, be it short of the edge, its labels fit."""
    left = max(width(account.money(amount)) for amount in amounts) + GAP + 2
    room = frame.width - left
    reached = len(account.rows) / len(account.labels)
    margin = max(4, room - (room - GAP - roi_labels.ends_width(account)) / reached)
    return Plane(Box(left, HEAD, frame.width - margin, HEAD + frame.tall), len(account.labels), amounts[-1])


def _areas(account: Account, plane: Plane, *, sign: int) -> tuple[str, ...]:
    """The areas between the curves where the net has that sign."""
    pairs = list(enumerate(zip(account.invested, account.returned, strict=True)))
    runs = (list(run) for key, run in groupby(pairs, key=lambda pair: _sign(*pair[1])) if key == sign)
    return tuple(
        plane.band([max(pair) for _, pair in run], [min(pair) for _, pair in run], first=run[0][0]) for run in runs
    )


def _sign(invested: float, returned: float) -> int:
    return (returned > invested) - (returned < invested)


def _point(row: Row, plane: Plane, frame: Frame) -> Point:
    """The month's figures in one line, or in two where that is too long."""
    parts = (f"{row.when}: net {row.net}", f"invested {row.invested}, returned {row.returned}")
    left = plane.x(row.number)
    column = Box(tidy(left), plane.box.top, tidy(left + plane.step), plane.box.bottom)
    return Point(row, column, readout(row.sentence, parts, room=frame.width))
