"""What the start page tells of the lessons, counted from those that are there."""

from dataclasses import dataclass

from course.lesson import Lesson
from course.library import Library, Module
from course.markup import Html, render

INVENTED_CASE = "names-are-not-assets"
"""The lesson that the list of 312 names is from."""


@dataclass(frozen=True)
class Teaser:
    """A lesson's number, title, minutes and opening."""

    number: str
    title: str
    minutes: int
    opening: Html


@dataclass(frozen=True)
class Contents:
    """The course from outside.

    `each` is the number of lessons of every module, None where they differ; `minutes` is the mean time to read one, to
    the minute; `case` is the number of the lesson with the list of 312 names, or empty.
    """

    title: str
    promise: str
    modules: tuple[Module, ...]
    lessons: int
    each: int | None
    minutes: int
    free: Teaser | None
    case: str


def contents(library: Library) -> Contents:
    """What there is to learn; modules without a lesson are not counted."""
    modules = tuple(module for module in library.modules if module.lessons)
    sizes = {len(module.lessons) for module in modules}
    minutes = [lesson.minutes for lesson in library.lessons]
    return Contents(
        title=library.title,
        promise=library.promise,
        modules=modules,
        lessons=len(minutes),
        each=sizes.pop() if len(sizes) == 1 else None,
        minutes=round(sum(minutes) / len(minutes)) if minutes else 0,
        free=teaser(library.free, library.number(library.free.id)) if library.free else None,
        case=library.number(INVENTED_CASE),
    )


def teaser(lesson: Lesson, number: str) -> Teaser:
    """The lesson's first paragraph, under its title."""
    paragraphs = (part.strip() for block in lesson.prose for part in block.markdown.split("\n\n"))
    opening = next((part for part in paragraphs if part and not part.startswith("#")), "")
    return Teaser(number=number, title=lesson.title, minutes=lesson.minutes, opening=render(opening))
