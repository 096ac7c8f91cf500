"""What every drawing promises: labels touch nothing, and nothing leaves the view box."""

import re
from collections.abc import Iterable
from itertools import combinations

from app.charts.lettering import Box, Label


def touching(labels: Iterable[Label]) -> list[tuple[str, str]]:
    """Pairs of labels whose rooms share any area."""
    return [(a.text, b.text) for a, b in combinations(labels, 2) if a.box.meets(b.box)]


def outside(labels: Iterable[Label], *, width: float, height: float) -> list[str]:
    """Labels that leave the view box by more than half a unit."""
    page = Box(-0.5, -0.5, width + 0.5, height + 0.5)
    return [label.text for label in labels if not within(label.box, page)]


def within(box: Box, page: Box) -> bool:
    across = page.left <= box.left and box.right <= page.right
    return across and page.top <= box.top and box.bottom <= page.bottom


def heights(path: str) -> list[float]:
    """Every y a path of horizontal and vertical lines passes through."""
    started = [float(y) for y in re.findall(r"M[\d.]+ ([\d.]+)", path)]
    return started + [float(y) for y in re.findall(r"V(-?[\d.]+)", path)]


def places(path: str) -> list[float]:
    """Every x such a path passes through."""
    started = [float(x) for x in re.findall(r"M([\d.]+) ", path)]
    return started + [float(x) for x in re.findall(r"H(-?[\d.]+)", path)]
