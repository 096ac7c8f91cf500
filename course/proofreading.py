"""What a lesson should be beyond readable: its length, its order, its links and pictures. Every lapse is a fault.

A lesson with such a fault is served all the same; the check tells its author.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from course.fault import Fault, Faults, in_order
from course.fences import SPECIAL, fences_of
from course.lesson import Example, Exercise, Lesson
from course.tables import line_of

WORDS = range(700, 1101)
RECALLS = range(2, 5)

_REFERENCE = re.compile(
    r"(?P<image>!?)\[(?P<text>[^\[\]]*)\]\(\s*<?(?P<target>[^\s)>]*)|^ {0,3}\[[^\[\]]+\]:\s*(?P<defined>\S+)", re.M
)
_HEADING = re.compile(r"^ {0,3}(?P<marks>#{1,6})[ \t]+\S", re.M)
_OUTSIDE = ("https://", "http://", "mailto:", "#")
_OF_TEN = re.compile(r"\b(?P<points>\d+) of 10\b")


@dataclass(frozen=True)
class Surroundings:
    """What a lesson may refer to: ids of lessons, file names in img/, ids of constructs."""

    lesson_ids: Collection[str]
    images: Collection[str]
    constructs: Collection[str]


def proofread(lesson: Lesson, around: Surroundings) -> Faults:
    """Every lapse of a lesson that parsed, by line."""
    found = (
        *_front_matter(lesson, around),
        *_amounts(lesson),
        *_example(lesson),
        *_plan(lesson.exercise),
        *_headings(lesson),
        *_references(lesson, around),
    )
    return in_order(Fault(lesson.path, line, what) for line, what in found)


Lapses = Iterator[tuple[int, str]]


def _front_matter(lesson: Lesson, around: Surroundings) -> Lapses:
    if lesson.construct not in around.constructs:
        line = line_of(lesson.source, ("construct",)) or 1
        yield line, f"`{lesson.construct}` is no construct of the self-assessment; correct its spelling"


def _amounts(lesson: Lesson) -> Lapses:
    if lesson.word_count not in WORDS:
        limits = f"{WORDS[0]} to {WORDS[-1]}"
        yield 1, f"prose and example have {lesson.word_count} words; bring them to {limits}"
    if len(lesson.recalls) not in RECALLS:
        yield 1, f"the number of recalls is {len(lesson.recalls)}; write {RECALLS[0]} to {RECALLS[-1]}"


def _example(lesson: Lesson) -> Lapses:
    if not lesson.examples:
        yield 1, "there is no worked example; show one before the exercise asks"
    elif lesson.examples[0].line > lesson.exercise.line:
        yield lesson.exercise.line, "the exercise stands before the worked example; move it behind"
    for example in lesson.examples:
        yield from _sums(example)


def _sums(example: Example) -> Lapses:
    for version in example.versions:
        said = _OF_TEN.search(version.reason)
        if said and version.scores and int(said["points"]) != version.scores.total:
            yield example.line, f"the reason says {said[0]}, the scores add up to {version.scores.total}; mend one"


def _plan(exercise: Exercise) -> Lapses:
    if not exercise.plan.startswith(("If ", "When ")) or exercise.then_part is None:
        yield exercise.line, "the plan is no if-then sentence; write `If …, then I …`"
    if not exercise.slots:
        yield exercise.line, "the plan leaves nothing to fill in; give it slots such as {day} and {place}"


def _headings(lesson: Lesson) -> Lapses:
    level = 1
    for prose in lesson.prose:
        for found in _HEADING.finditer(_without_code(prose.markdown)):
            before, level = level, len(found["marks"])
            line = prose.line + _line_breaks(prose.markdown, found.start())
            if level == 1:
                yield line, "a heading of level 1 is the page's own; begin with ##"
            elif level > before + 1:
                yield line, f"this heading jumps from level {before} to {level}; don't leave one out"


def _references(lesson: Lesson, around: Surroundings) -> Lapses:
    text = _without_code(lesson.source)
    for found in _REFERENCE.finditer(text):
        target = found["target"] or found["defined"] or ""
        lapses = _image(found["text"], target, around) if found["image"] else _link(target, around)
        line = 1 + _line_breaks(text, found.start())
        yield from ((line, what) for what in lapses)


def _link(target: str, around: Surroundings) -> Iterator[str]:
    kind, _, rest = target.partition(":")
    if kind == "lesson":
        if (lesson_id := rest.partition("#")[0]) not in around.lesson_ids:
            yield f"the link leads to lesson `{lesson_id}`, which isn't there; correct the id"
    elif not target.startswith(_OUTSIDE):
        yield f"the link `{target}` leads nowhere; write lesson:<id> or an address with https://"


def _image(alt: str, target: str, around: Surroundings) -> Iterator[str]:
    if not alt.strip():
        yield f"the picture `{target}` has no words for those who can't see it; write them in its brackets"
    folder, _, name = target.partition("/")
    if folder != "img" or name not in around.images:
        yield f"the picture `{target}` isn't there; put it into img/ and write img/<file name>"


def _without_code(text: str) -> str:
    """The text with the lines of ordinary code blocks blanked, so that every other line keeps its number."""
    lines = text.split("\n")
    for fence in fences_of(lines, 1):
        if fence.word not in SPECIAL:
            last = len(lines) if fence.end is None else fence.end
            lines[fence.line - 1 : last] = [""] * (last - fence.line + 1)
    return "\n".join(lines)


def _line_breaks(text: str, position: int) -> int:
    return text.count("\n", 0, position)
