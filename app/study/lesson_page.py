"""One lesson as its page shows it: where it stands in the course, its parts in reading order, what has changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from app.study.changes import Former, TakenOut, as_read, changed_parts, put_otherwise, taken_out
from app.study.lesson_queries import Desk
from course import progress
from course.lesson import Exercise, Lesson, Scores
from course.library import Library, Module
from course.markup import RenderedLesson, render_lesson
from course.practice import LINES, Rubric
from course.progress import LessonState
from course.references import places_of
from course.revision import Revision, Stretch, revision, unrevised

_DOI = re.compile(r"\bdoi:(?P<doi>10\.\d{4,9}/[^\s,;:()]*[^\s,;:().])")
_IF = re.compile(r"^If\s+", re.I)
_THEN = re.compile(r"^then\s+(I\s+)?", re.I)


@dataclass(frozen=True)
class Scored:
    """One line of a version's rating: its name, the anchor that was met, 0…2 points."""

    name: str
    anchor: str
    points: int


@dataclass(frozen=True)
class Rating:
    """A version on the five lines, and what the rule makes of it."""

    lines: tuple[Scored, ...]
    total: int
    verdict: str
    answered: bool


@dataclass(frozen=True)
class Cited:
    """A piece of a source: text, or a DOI with its address."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Neighbour:
    """The lesson before or after."""

    id: str
    words: str


@dataclass(frozen=True)
class LessonPage:
    """What is the same for every reader of a lesson, and what it is to this one.

    `changed` names what reads otherwise than in the version they finished, if that is `comparable`: was it kept?
    `made_of` are the hashes of its text and of the version that it is marked against, "" for none.
    """

    lesson: Lesson
    rendered: RenderedLesson
    number: str
    module: Module | None
    previous: Neighbour | None
    next: Neighbour | None
    state: LessonState
    changed: tuple[str, ...]
    comparable: bool
    revision: Revision
    put_otherwise: Mapping[str, Former]
    taken_out: tuple[TakenOut, ...]
    made_of: tuple[str, str]

    @property
    def retired(self) -> bool:
        """Taken out of the course: readable for those who had begun it, no part of the way any more."""
        return self.module is None

    @property
    def place(self) -> int:
        """Its place among the module's lessons, from 1; 0 for a retired one."""
        return self.module.lessons.index(self.lesson) + 1 if self.module else 0

    @property
    def opening(self) -> tuple[Stretch, ...]:
        """The first prose up to its first heading: the case."""
        return tuple(takewhile(lambda stretch: not stretch.html.startswith("<h2"), self.first_prose))

    @property
    def after_opening(self) -> tuple[Stretch, ...]:
        """The rest of the first prose."""
        return self.first_prose[len(self.opening) :]

    @property
    def first_prose(self) -> tuple[Stretch, ...]:
        return self.revision.prose.get(0, ())

    @property
    def anchors(self) -> frozenset[str]:
        """Ids in the page at which reading can resume."""
        return places_of(self.lesson)

    @property
    def sources(self) -> tuple[tuple[Cited, ...], ...]:
        return tuple(cited(source) for source in self.lesson.sources)


def lesson_page(library: Library, lesson: Lesson, desk: Desk) -> LessonPage:
    """The page of a lesson for the learner whose desk it is; an empty desk for a visitor."""
    state = progress.lesson_state(desk.place.reading if desk.place else None, lesson.content_hash)
    before = as_read(desk.read_source, lesson.path) if desk.read_source and state is LessonState.UPDATED else None
    return LessonPage(
        lesson=lesson,
        rendered=render_lesson(lesson),
        number=library.number(lesson.id),
        module=library.module_of(lesson.id),
        previous=neighbour(library, library.previous(lesson.id)),
        next=neighbour(library, library.next(lesson.id)),
        state=state,
        changed=changed_parts(before, lesson) if before else (),
        comparable=before is not None,
        revision=revision(before, lesson) if before else unrevised(lesson),
        put_otherwise=put_otherwise(lesson, desk.given),
        taken_out=taken_out(lesson, desk.given),
        made_of=(lesson.content_hash, before.content_hash if before else ""),
    )


def neighbour(library: Library, lesson: Lesson | None) -> Neighbour | None:
    return Neighbour(lesson.id, f"{library.number(lesson.id)} {lesson.title}") if lesson else None


@lru_cache(maxsize=512)
def rating(scores: Scores) -> Rating:
    """A version's scores with the anchor each one met and the rule's verdict, which no author can overrule."""
    rubric = Rubric(**scores.model_dump())
    return Rating(
        lines=tuple(
            Scored(line.name, line.anchors[points], points) for line, points in zip(LINES, rubric.points, strict=True)
        ),
        total=rubric.total,
        verdict=rubric.verdict,
        answered=rubric.two_way > 0,
    )


def cited(source: str) -> tuple[Cited, ...]:
    """A source with its DOIs as links."""
    pieces = _DOI.split(source)
    return tuple(
        Cited(f"doi:{piece}", f"https://doi.org/{piece}") if number % 2 else Cited(piece)
        for number, piece in enumerate(pieces)
        if piece
    )


def suggested_plan(exercise: Exercise) -> tuple[str, str]:
    """The exercise's plan as a first draft: what follows "If" and "then I", the slots in brackets to be replaced."""
    bracketed = [re.sub(r"\{([^{}]+)\}", r"[\1]", part) for part in (exercise.if_part, exercise.then_part or "")]
    return _IF.sub("", bracketed[0]), _THEN.sub("", bracketed[1]).removesuffix(".")
