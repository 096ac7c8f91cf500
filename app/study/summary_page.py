"""A module on one sheet: of each lesson what it claims, what to carry away, and what to do."""

import re
from dataclasses import dataclass

from course.lesson import Lesson
from course.library import Library, Module
from course.markup import Html, render_line
from course.practice import LINES, Line

_CARRY_AWAY = re.compile(r"^\*\*Carry this away:\*\*\s*(?P<line>\S.*)", re.M)
_SLOT = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class PlanPart:
    """A piece of an if-then plan; a slot is a blank to be filled in by hand."""

    text: str
    slot: bool


@dataclass(frozen=True)
class LessonSummary:
    """One lesson in four lines. `carry_away` is empty where the lesson ends without such a line."""

    lesson: Lesson
    number: str
    carry_away: Html
    plan: tuple[PlanPart, ...]

    @property
    def rates(self) -> bool:
        """Whether its examples are rated on the five lines."""
        return any(version.scores for example in self.lesson.examples for version in example.versions)


@dataclass(frozen=True)
class ModuleSummary:
    """The sheet. `lines` are the five lines of the rubric if a lesson of the module rates on them, else none."""

    module: Module
    lessons: tuple[LessonSummary, ...]
    previous: Module | None
    next: Module | None

    @property
    def rating(self) -> tuple[str, ...]:
        """The numbers of the lessons that rate."""
        return tuple(summary.number for summary in self.lessons if summary.rates)

    @property
    def lines(self) -> tuple[Line, ...]:
        return LINES if self.rating else ()


def module_summary(library: Library, number: int) -> ModuleSummary | None:
    """The sheet of the module that people call by this number; None if there is none."""
    modules = {module.number: module for module in library.modules}
    if number not in modules:
        return None
    return ModuleSummary(
        module=modules[number],
        lessons=tuple(summary_of(library, lesson) for lesson in modules[number].lessons),
        previous=modules.get(number - 1),
        next=modules.get(number + 1),
    )


def summary_of(library: Library, lesson: Lesson) -> LessonSummary:
    carried = [found["line"] for prose in lesson.prose for found in _CARRY_AWAY.finditer(prose.markdown)]
    pieces = _SLOT.split(lesson.exercise.plan)
    return LessonSummary(
        lesson=lesson,
        number=library.number(lesson.id),
        carry_away=render_line(carried[-1]) if carried else Html(""),
        plan=tuple(PlanPart(text, slot=place % 2 == 1) for place, text in enumerate(pieces) if text),
    )
