"""Figures as the lessons print them, and where they stand."""

import re
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from tests.lessons.course_text import lesson

_FIGURE = r"([+−]?(?=[.\d])(?:\d{1,3}(?: \d{3})+|\d*)(?:\.\d+)?)"


def told(lesson_id: str, around: str) -> tuple[str, ...]:
    """The figures that a lesson prints where `around` has its braces. AssertionError if it hasn't got those words."""
    pattern = _FIGURE.join(re.escape(words) for words in around.split("{}"))
    found = re.findall(rf"(?<![\w.]){pattern}(?!\d)", _text(lesson_id))
    assert len(found) == 1, f"{lesson_id} has {len(found)} times: {around}"
    return found[0] if isinstance(found[0], tuple) else (found[0],)


def says(lesson_id: str, words: str) -> bool:
    """Whether these words stand in the lesson: for figures that are spelled out."""
    return words in _text(lesson_id)


def printed(*values: Decimal | float, places: int = 0) -> tuple[str, ...]:
    """Values as a lesson prints them: 1 680, .84, −15.90."""
    return tuple(_printed(value, places) for value in values)


def signed(value: Decimal | float, places: int = 0) -> tuple[str, ...]:
    """A value with its sign, also a plus: +2.6."""
    (text,) = printed(value, places=places)
    return (text if value < 0 else f"+{text}",)


def counts(lesson_id: str, around: str) -> tuple[int, ...]:
    """The whole numbers that stand there, to compute with."""
    return tuple(int(figure.replace(" ", "")) for figure in told(lesson_id, around))


def pairs(numbers: tuple[int, ...]) -> list[tuple[int, int]]:
    """So many of so many, as they are listed: 15 of 20, 21 of 30."""
    return list(pairwise(numbers))[::2]


def _text(lesson_id: str) -> str:
    """The file with all white space as single blanks, since a paragraph may be broken anywhere."""
    return " ".join(lesson(lesson_id).source.split())


def _printed(value: Decimal | float, places: int) -> str:
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole = f"{abs(rounded):,}".replace(",", " ")
    return ("−" if rounded < 0 else "") + (whole.removeprefix("0") if places and abs(rounded) < 1 else whole)
