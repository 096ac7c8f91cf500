"""The curve's own words: amounts on the axis, months, what stands at the ends, the break-even."""

from itertools import pairwise

from app.charts.lettering import LINE, Label, width
from app.charts.roi_account import Account
from app.charts.scale import Plane, spread, tidy

GAP = 8
NAMES = ("Returned", "Invested")


def ends_width(account: Account) -> float:
    """Room the labels at the curve's end take."""
    last = account.rows[-1]
    return max(width(text) for text in (*NAMES, last.returned, last.invested))


def axis(account: Account, plane: Plane, ticks: tuple[int, ...]) -> tuple[Label, ...]:
    """The amounts, left of their lines."""
    x = tidy(plane.box.left - GAP)
    return tuple(Label(x, tidy(plane.y(tick) + 5), account.money(tick), "tick-label end") for tick in ticks)


def months(account: Account, plane: Plane) -> tuple[Label, ...]:
    """Every month's name, or every second, third, … where they would touch."""
    every = [_month(name, plane, place) for place, name in enumerate(account.labels)]
    choices = (every[::stride] for stride in (1, 2, 3, 4, 6))
    apart = (names for names in choices if all(a.box.right + 4 <= b.box.left for a, b in pairwise(names)))
    return tuple(next(apart, every[:1]))


def _month(name: str, plane: Plane, place: int) -> Label:
    """A name under the middle of its column, but never left of the plot, where the amounts stand."""
    middle = max(plane.x(place) + plane.step / 2, plane.box.left + width(name) / 2 - 4)
    return Label(tidy(middle), tidy(plane.box.bottom + LINE), name, "tick-label mid")


def ends(account: Account, plane: Plane, *, highest: float) -> tuple[Label, ...]:
    """Name and last figure of both curves, the higher on top, never touching."""
    last = account.rows[-1]
    curves = [
        (account.returned[-1], NAMES[0], last.returned, "strong t-connecting halo"),
        (account.invested[-1], NAMES[1], last.invested, "strong halo"),
    ]
    curves.sort(key=lambda curve: -curve[0])
    size = 2.0 * LINE
    wanted = plane.heights([curve[0] for curve in curves])
    middles = spread(wanted, [size, size], gap=3, low=highest, high=plane.box.bottom)
    x = tidy(plane.x(len(account.rows)) + GAP)
    return tuple(
        Label(x, tidy(middle - 3 + LINE * line), text, css)
        for middle, (_, name, figure, css) in zip(middles, curves, strict=True)
        for line, text in enumerate((name, figure))
    )


def break_even(account: Account, plane: Plane) -> tuple[Label, ...]:
    """Two lines above the plot, on the side of the marker that has room."""
    if account.break_even is None:
        return ()
    row, x = account.rows[account.break_even], plane.x(account.break_even)
    when = f"month {row.number}" if row.number else "at the start"
    lines = (("Break-even", "strong"), (f"{when}, {row.net}", ""))
    before = x - GAP >= max(width(text) for text, _ in lines)
    edge, side = (tidy(x - GAP), "end") if before else (tidy(x + GAP), "")
    return tuple(Label(edge, 15 + LINE * i, text, f"{css} {side}".strip()) for i, (text, css) in enumerate(lines))
