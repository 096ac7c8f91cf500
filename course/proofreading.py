"""What a lesson should be beyond readable: its length and its time, its order, its links, its sources.

Every lapse is a fault. A lesson with such a fault is served all the same; the check tells its author.
"""

import re

from course.citations import unlisted
from course.fault import Fault, Faults, in_order
from course.lesson import Example, Exercise, Lesson
from course.markup import OTHER_PAGES
from course.references import Lapses, Surroundings, line_at, references, without_code
from course.tables import line_of

WORDS = range(700, 1101)
RECALLS = range(2, 5)
MINUTES_OFF = 2
"""How far the minutes an author promises may be from those that are counted."""

# As the Markdown parser sees them: without a blank after #, and a single line over = or -.
_HEADING = re.compile(r"^(?P<marks>#{1,6})(?!#)[ \t]*\S|(?:\A|(?<=\n\n))\S[^\n]*\n(?P<under>=+|-+)[ ]*$", re.M)
_OF_TEN = re.compile(r"\b(?P<points>\d+) of 10\b")


def proofread(lesson: Lesson, around: Surroundings) -> Faults:
    """Every lapse of a lesson that parsed, by line."""
    found = (
        *_front_matter(lesson, around),
        *_amounts(lesson),
        *_example(lesson),
        *_plan(lesson.exercise),
        *_headings(lesson),
        *references(lesson, around),
        *_citations(lesson),
    )
    return in_order(Fault(lesson.path, line, what) for line, what in found)


def _front_matter(lesson: Lesson, around: Surroundings) -> Lapses:
    if lesson.construct not in around.constructs:
        line = line_of(lesson.source, ("construct",)) or 1
        yield line, f"`{lesson.construct}` is no construct of the self-assessment; correct its spelling"
    if lesson.id in OTHER_PAGES:
        yield line_of(lesson.source, ("id",)) or 1, f"another page has the address of `{lesson.id}`; choose another id"
    counted = lesson.reading_minutes
    if abs(lesson.minutes - counted) > MINUTES_OFF:
        line = line_of(lesson.source, ("minutes",)) or 1
        yield (
            line,
            f"the minutes are {lesson.minutes}, words and recalls take {counted:.1f}; write {round(counted)}",
        )


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
        text = without_code(prose.markdown)
        for found in _HEADING.finditer(text):
            before, level = level, len(found["marks"]) if found["marks"] else 1 + found["under"].startswith("-")
            line = prose.line + line_at(text, found.start()) - 1
            if level == 1:
                yield line, "a heading of level 1 is the page's own; begin with ##"
            elif level > before + 1:
                yield line, f"this heading jumps from level {before} to {level}; don't leave one out"


def _citations(lesson: Lesson) -> Lapses:
    text = without_code(lesson.source)
    body = text.index("\n+++", 3)
    for at, mention in unlisted(text[body:], lesson.sources):
        yield line_at(text, body + at), f"`{mention}` is cited and no source names it; add it to `sources`"
