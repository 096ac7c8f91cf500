"""The words of the course, each with the lesson that works with it."""

from dataclasses import dataclass

from course.glossary import Term
from course.lesson import Lesson
from course.library import Library


@dataclass(frozen=True)
class Explained:
    """A term, and the lesson that works with it as people call it, if there is one."""

    term: Term
    lesson: Lesson | None
    number: str


def explained(library: Library) -> tuple[Explained, ...]:
    """Every term by the alphabet. A lesson that has been taken out of the course is not pointed to."""
    terms = library.glossary.in_order if library.glossary else ()
    return tuple(
        Explained(
            term,
            lesson=library.lesson(term.lesson) if term.lesson and library.module_of(term.lesson) else None,
            number=library.number(term.lesson) if term.lesson else "",
        )
        for term in terms
    )
