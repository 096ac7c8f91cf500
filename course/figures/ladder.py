"""Lesson 1.3: the six stages, each resting on the one below."""

from collections.abc import Iterator

from course.figures.svg import ACCENT, CONTACTING, LINE, PALE, WASH, WIDTH, box, line, picture, words
from course.relationship import APART, Stage
from course.wording import spell

EARNED = {
    Stage.KNOWN: ("you have the name",),
    Stage.CONTACTED: ("you have sent something",),
    Stage.CONVERSING: ("one exchange: they answered",),
    Stage.CONNECTED: (f"two exchanges, {spell(APART.days)} days apart;", "value unasked; a step kept"),
    Stage.TRUSTING: ("bought, took advice or confided",),
    Stage.ADVOCATE: ("bought again or sent someone",),
}
"""In a few words what earns each stage; `course.relationship` holds the rule."""

_STEP = 30  # how far each slab stands back behind the one below
_GAP = 4


def drawing() -> str:
    """A pile of slabs, the lowest widest: who looks for a stage begins at the bottom."""
    parts: list[str] = []
    top = 2.0
    for stage in reversed(Stage):
        tall = 22 + LINE * (len(EARNED[stage]) + 1)
        parts += _slab(stage, top, top + tall)
        top += tall + _GAP
    return picture("Six stages of a relationship, each resting on the one below", top, parts)


def _slab(stage: Stage, top: float, bottom: float) -> Iterator[str]:
    left = _STEP * stage
    reached = stage >= Stage.CONNECTED
    yield box(left, top, right=WIDTH, bottom=bottom, fill=WASH if reached else PALE)
    yield line((left + 2, top), (left + 2, bottom), stroke=ACCENT if reached else CONTACTING, width=4)
    yield words(left + 16, top + 26, f"{int(stage)}, {stage.words.lower()}", bold=True)
    for number, text in enumerate(EARNED[stage], 1):
        yield words(left + 16, top + 26 + LINE * number, text)
