"""The curve as a picture for paper: the same drawing as on the page, with its colours written into it."""

from markupsafe import escape

from app import charts

STYLE = """
text { font: 400 14px "Source Sans 3"; fill: #211c17 }
.tick-label { fill: #62594d } .strong { font-weight: 700 } .t-connecting { fill: #a33f24 }
.end { text-anchor: end } .mid { text-anchor: middle }
.rule { stroke: #d8cdba } .zero { stroke: #211c17 } .lead { stroke: #211c17; stroke-dasharray: 2 3 }
.curve { fill: none; stroke: #211c17; stroke-width: 2 } .returned { stroke: #a33f24; stroke-width: 3 }
.short { fill: #efe7d8 } .over { fill: #f3e0d3 } .hatch { stroke: #a33f24 } .without { fill: none; stroke: #a33f24 }
.even { fill: #fff; stroke: #211c17; stroke-width: 2 }
"""
HATCH = (
    '<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line class="hatch" x1="0" x2="0" y1="0" y2="7"/></pattern>'
)


def curve_to_svg(curve: charts.RoiCurve) -> str:
    """The wide drawing as a file of its own; empty where there is nothing to draw."""
    drawing = curve.wide
    if drawing is None:
        return ""
    plot = drawing.plot
    parts = [f'<line class="rule" x1="{plot.left}" x2="{plot.right}" y1="{y}" y2="{y}"/>' for y in drawing.grid]
    parts += [f'<path class="short" d="{path}"/>' for path in drawing.short]
    parts += [f'<path class="over" d="{path}"/>' for path in drawing.over]
    if drawing.hatched:
        parts.append(f'<path fill="url(#hatch)" d="{drawing.hatched}"/><path class="without" d="{drawing.without}"/>')
    parts.append(f'<line class="zero" x1="{plot.left}" x2="{plot.right}" y1="{plot.bottom}" y2="{plot.bottom}"/>')
    parts.append(f'<path class="curve" d="{drawing.invested}"/><path class="curve returned" d="{drawing.returned}"/>')
    if drawing.even:
        x, y = drawing.even
        parts.append(f'<line class="lead" x1="{x}" x2="{x}" y1="6" y2="{plot.bottom}"/>')
        parts.append(f'<circle class="even" cx="{x}" cy="{y}" r="5"/>')
    parts += [
        f'<text class="{label.css}" x="{label.x}" y="{label.y}">{escape(label.text)}</text>' for label in drawing.labels
    ]
    size = f'viewBox="0 0 {drawing.width} {drawing.height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{STYLE}</style><defs>{HATCH}</defs>'
    return f"{head}{''.join(parts)}</svg>"
