"""The pictures of the lessons, drawn from the rules the lessons speak of. `python -m course figures` writes them.

Each is one SVG file of lessons/img/. A test holds the files against what is drawn here, and what is drawn against the
figures that stand in the lessons, so that text, rule and picture change together.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from course.figures import attention, break_even, ladder, names, opened, plateau, rubric

FIGURES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "five-lines.svg": rubric.drawing,
        "names.svg": names.drawing,
        "ladder.svg": ladder.drawing,
        "plateau.svg": plateau.drawing,
        "attention.svg": attention.drawing,
        "opened.svg": opened.drawing,
        "break-even.svg": break_even.drawing,
    }
)
"""Each picture's file name, and what draws it."""
