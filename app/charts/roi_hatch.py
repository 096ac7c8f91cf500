"""The part of the return that hangs on one receipt: hatched, its lower edge drawn, its words where there is room."""

from collections.abc import Sequence

from app.charts.lettering import LINE, Box, Label, free_place, width, wrap
from app.charts.roi_account import Account
from app.charts.roi_labels import GAP
from app.charts.scale import Plane, tidy


def edges(account: Account) -> tuple[int, list[float], list[float]]:
    """The receipt's month, and from there on what was returned, with it and without; both empty if there is none."""
    part = account.uncertain
    if part is None or part.amount <= 0:
        return 0, [], []
    upper = list(account.returned[part.month :])
    return part.month, upper, [max(0.0, value - float(part.amount)) for value in upper]


def paths(account: Account, plane: Plane) -> tuple[str, str]:
    """The hatched area and its lower edge; empty strings if there is none."""
    first, upper, lower = edges(account)
    if not upper:
        return "", ""
    return plane.band(upper, lower, first=first), plane.stair(lower, first=first)


def words(account: Account, plane: Plane, *, fixed: Sequence[Label], room: float, page: float) -> tuple[Label, ...]:
    """What the hatching means: in the plot where that is free, best between its lines; otherwise under the months."""
    first, upper, lower = edges(account)
    if account.uncertain is None or not upper:
        return ()
    lines = wrap(account.uncertain.words, room)
    size = (max(width(line) for line in lines), float(LINE * len(lines)))
    taken = _taken(account, plane, fixed)
    place = _place(size, plane, taken + _grid(plane, fixed), near=(plane.x(first), plane.y(lower[0])))
    place = place or _place(size, plane, taken, near=(plane.x(first), plane.y(lower[0])))
    if place is None:
        lines, place = wrap(account.uncertain.words, page), (0.0, plane.box.bottom + LINE + GAP)
    left, top = place
    return tuple(Label(tidy(left), tidy(top + 13 + LINE * i), line) for i, line in enumerate(lines))


def _place(
    size: tuple[float, float], plane: Plane, taken: Sequence[Box], *, near: tuple[float, float]
) -> tuple[float, float] | None:
    x, y = near[0] + GAP, near[1] + GAP
    plot = plane.box
    inside = Box(plot.left + 4, plot.top, plot.right, plot.bottom - 3)
    edge = [plane.x(column) + GAP for column in range(plane.columns)]
    return free_place(size, within=inside, xs=[x, x - size[0] - 2 * GAP, *edge], taken=taken, near=(x, y))


def _taken(account: Account, plane: Plane, fixed: Sequence[Label]) -> list[Box]:
    """What the words may not touch: both curves, the hatching, the marker's line, other words."""
    first, upper, lower = edges(account)
    curves = plane.treads(account.invested, thick=4) + plane.treads(account.returned, thick=4)
    hatched = [
        Box(plane.x(first + i), plane.y(with_it), plane.x(first + i + 1), plane.y(without) + 3)
        for i, (with_it, without) in enumerate(zip(upper, lower, strict=True))
    ]
    mark = account.break_even
    lead = [] if mark is None else [Box(plane.x(mark) - 4, 0, plane.x(mark) + 4, plane.box.bottom)]
    return curves + hatched + lead + [label.box for label in fixed]


def _grid(plane: Plane, fixed: Sequence[Label]) -> list[Box]:
    """The lines at the amounts: words may cross them, but not if they can stand between."""
    heights = [label.y - 5 for label in fixed if label.css == "tick-label end"]
    return [Box(plane.box.left, y - 1, plane.box.right, y + 1) for y in heights]
