"""The course as it can be read now: its modules in their order, its lessons by id."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from course.assessment import SelfAssessment
from course.fault import Faults
from course.glossary import Glossary
from course.lesson import Lesson, Recall

LESSON_FILE = re.compile(r"(?P<number>\d\d)-[a-z0-9]+(-[a-z0-9]+)*\.md")


@dataclass(frozen=True)
class Module:
    """A folder of lessons. `number` counts from 1 in the order of course.toml."""

    number: int
    folder: str
    title: str
    promise: str
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True)
class Library:
    """The course as it can be read now.

    `faults` is everything its authors should mend, `stale` the paths served from their last good text, `former` the
    lessons that were taken away, as they last were, for those who worked with them. `sources` is the text of everything
    served, by path: what to hand to the next `load` as `last_good`. `free_id` names the lesson that visitors may read.
    """

    title: str = ""
    promise: str = ""
    modules: tuple[Module, ...] = ()
    assessment: SelfAssessment | None = None
    glossary: Glossary | None = None
    free_id: str | None = None
    retired: tuple[str, ...] = ()
    former: tuple[Lesson, ...] = ()
    faults: Faults = ()
    stale: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """All lessons in the order of the course, without former ones."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    def lesson(self, lesson_id: str) -> Lesson | None:
        """The lesson of that id, also a former one; None if there is none."""
        return self._by_id.get(lesson_id)

    def module_of(self, lesson_id: str) -> Module | None:
        """The module a lesson stands in; None for a former or unknown one."""
        return self._modules.get(lesson_id)

    def number(self, lesson_id: str) -> str:
        """What people call it, "1.2": the module's place and the number of the file. Empty for a former lesson."""
        module, lesson = self.module_of(lesson_id), self.lesson(lesson_id)
        return f"{module.number}.{number_of(lesson.path)}" if module and lesson else ""

    def previous(self, lesson_id: str) -> Lesson | None:
        """The lesson before this one; None before the first."""
        return self._neighbour(lesson_id, -1)

    def next(self, lesson_id: str) -> Lesson | None:
        """The lesson after this one; None after the last."""
        return self._neighbour(lesson_id, 1)

    @cached_property
    def free(self) -> Lesson | None:
        """The lesson that visitors may read: the one the outline names, else the first; None without any."""
        named = self.lesson(self.free_id) if self.free_id else None
        return named or next(iter(self.lessons), None)

    @cached_property
    def questions(self) -> Mapping[tuple[str, str], tuple[Lesson, Recall]]:
        """The recall questions that return, by the ids of their lesson and their own.

        A retired lesson asks no more: it may have been wrong. One that vanished without being retired does.
        """
        asking = (*(lesson for lesson in self.former if lesson.id not in self.retired), *self.lessons)
        return {(lesson.id, recall.id): (lesson, recall) for lesson in asking for recall in lesson.recalls}

    @cached_property
    def exercises(self) -> Mapping[str, str]:
        """Every exercise as it is called, "1.2 Ask first", by the id of its lesson; a former one by its title alone."""
        return {
            lesson.id: f"{self.number(lesson.id)} {lesson.exercise.title}".strip()
            for lesson in (*self.former, *self.lessons)
        }

    @cached_property
    def _by_id(self) -> dict[str, Lesson]:
        return {lesson.id: lesson for lesson in (*self.former, *self.lessons)}

    @cached_property
    def _modules(self) -> dict[str, Module]:
        return {lesson.id: module for module in self.modules for lesson in module.lessons}

    def _neighbour(self, lesson_id: str, step: int) -> Lesson | None:
        ids = [lesson.id for lesson in self.lessons]
        place = ids.index(lesson_id) + step if lesson_id in ids else -1
        return self.lessons[place] if 0 <= place < len(ids) else None


def number_of(path: str) -> int:
    """The number that a lesson's file name begins with; 0 if it has none."""
    found = LESSON_FILE.fullmatch(path.rpartition("/")[2])
    return int(found["number"]) if found else 0
