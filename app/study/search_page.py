"""The answer to a question: lessons with their passages, terms of the glossary, or words that help."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from app.study.search_queries import Found, Hit
from course.lesson import Lesson
from course.library import Library
from course.passages import vocabulary
from course.search import LONGEST, Piece, excerpt, marked, meant

SHOWN = 60
"""Characters of a question that are repeated in a title."""


@dataclass(frozen=True)
class FoundPassage:
    """A passage with the found words marked; no heading where it is a question to recall."""

    anchor: str
    heading: tuple[Piece, ...]
    text: tuple[Piece, ...]


@dataclass(frozen=True)
class FoundLesson:
    """A lesson with its best passages."""

    lesson: Lesson
    number: str
    passages: tuple[FoundPassage, ...]


@dataclass(frozen=True)
class SearchPage:
    """What the page shows. `near` is the question with its slips put right, "" if there are none."""

    asked: str
    looked_for: bool
    every: bool
    lessons: tuple[FoundLesson, ...]
    terms: tuple[FoundPassage, ...]
    near: str

    @property
    def quoted(self) -> str:
        """The question as it stands in a title."""
        cut = self.asked if len(self.asked) <= SHOWN else self.asked[:SHOWN].rstrip() + " …"
        return f"“{cut}”"


def question(typed: str) -> str:
    """What was typed, on one line, without what can't be seen, and no longer than is read."""
    return " ".join("".join(char if char.isprintable() else " " for char in typed[: 2 * LONGEST]).split())[:LONGEST]


def words_known(library: Library) -> Mapping[str, int]:
    """Every word that a search of this library can find, and how often it stands there."""
    return vocabulary(library.lessons, library.glossary.terms if library.glossary else ())


def search_page(library: Library, asked: str, *, looked_for: bool, found: Found) -> SearchPage:
    """The page of a question, from what was found for it."""
    return SearchPage(
        asked=asked,
        looked_for=looked_for,
        every=found.every,
        lessons=tuple(lessons_of(library, (hit for hit in found.hits if hit.lesson_id))),
        terms=tuple(shown(hit) for hit in found.hits if not hit.lesson_id),
        near="" if found.hits and found.every else meant(asked, words_known(library)),
    )


def lessons_of(library: Library, hits: Iterable[Hit]) -> Iterable[FoundLesson]:
    """The passages under their lessons, in the order of each one's best. A lesson that has gone since is left out."""
    ordered = list(hits)
    ranks = {hit.lesson_id: rank for rank, hit in reversed(list(enumerate(ordered)))}
    together = sorted(ordered, key=lambda hit: ranks[hit.lesson_id])
    for lesson_id, own in groupby(together, key=lambda hit: hit.lesson_id):
        lesson = library.lesson(lesson_id)
        if lesson and library.module_of(lesson_id):
            yield FoundLesson(lesson, library.number(lesson_id), tuple(shown(hit) for hit in own))


def shown(hit: Hit) -> FoundPassage:
    return FoundPassage(hit.anchor, marked(hit.heading, hit.found), excerpt(hit.text, hit.found))
