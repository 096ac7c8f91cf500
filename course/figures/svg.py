"""What every picture is drawn with: one width, one size of lettering, six colours, and marks as lines of SVG.

A page shows a picture by `<img>`: no style sheet reaches inside and no font can be loaded. So colours are attributes,
the face is whatever the reader's machine has, and the ground is left clear for the page's paper to show through. On
dark paper the page turns every colour into its opposite (the block "pictures" of components.css); the tests hold what
comes of it, like what is written here, against both papers.
"""

from collections.abc import Iterable
from html import escape
from typing import Literal

WIDTH = 480
"""Units across. On a phone of 390 px a picture has 350 px: lettering of 17 units is then 12.4 px high."""

SIZE, LARGE = 17, 24
LINE = 21
"""From one baseline to the next."""

INK = "#211c17"
MUTED = "#62594d"
EDGE = "#857865"
ACCENT = "#a33f24"
CONTACTING = "#536b7e"
# Tints behind words; no meaning hangs on them.
WASH = "#f0d9ca"
PALE = "#dfe1de"
SHADE = "#e9e0cf"

_FACE = "'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]


def picture(title: str, height: float, parts: Iterable[str]) -> str:
    """The whole file: the marks on a clear ground, and a title for those who open it by itself."""
    tall = _tidy(height)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{tall}" viewBox="0 0 {WIDTH} {tall}">',
            f"<title>{escape(title, quote=False)}</title>",
            f'<g font-family="{_FACE}" font-size="{SIZE}" fill="{INK}">',
            *parts,
            "</g>",
            "</svg>",
            "",
        )
    )


def words(
    x: float,
    y: float,
    text: str,
    *,
    anchor: Anchor = "start",
    fill: str = INK,
    size: int = SIZE,
    bold: bool = False,
) -> str:
    """A line of lettering; x is its start, middle or end as the anchor says, y its baseline."""
    given = {
        "text-anchor": None if anchor == "start" else anchor,
        "fill": None if fill == INK else fill,
        "font-size": None if size == SIZE else size,
        "font-weight": 600 if bold else None,
    }
    return f"<text{_attributes(x=x, y=y)}{_attributes(**given)}>{escape(text, quote=False)}</text>"


def box(left: float, top: float, *, right: float, bottom: float, **given: object) -> str:
    """A rectangle by its edges; `given` is what SVG calls its attributes, with _ for -."""
    return f"<rect{_attributes(x=left, y=top, width=right - left, height=bottom - top, **given)}/>"


def line(start: Point, end: Point, *, stroke: str = EDGE, width: float = 1, **given: object) -> str:
    """A straight line."""
    (x1, y1), (x2, y2) = start, end
    return f"<line{_attributes(x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, **given)}/>"


def circle(x: float, y: float, radius: float, **given: object) -> str:
    """A circle by its middle."""
    return f"<circle{_attributes(cx=x, cy=y, r=radius, **given)}/>"


def group(marks: Iterable[str], **given: object) -> str:
    """Marks that share attributes, which are then written once."""
    return "\n".join((f"<g{_attributes(**given)}>", *marks, "</g>"))


def path(points: str, **given: object) -> str:
    """A path of SVG path data."""
    return f"<path{_attributes(d=points, **given)}/>"


def through(points: Iterable[Point]) -> str:
    """Path data of straight lines from point to point."""
    return "M" + "L".join(f"{_tidy(x)} {_tidy(y)}" for x, y in points)


def _attributes(**given: object) -> str:
    return "".join(
        f' {name.replace("_", "-")}="{_tidy(value) if isinstance(value, float) else value}"'
        for name, value in given.items()
        if value is not None
    )


def _tidy(value: float) -> str:
    """Two decimals of a unit at most: finer than any screen."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
