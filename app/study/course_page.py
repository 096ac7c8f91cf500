"""The map of the course: every lesson with its state, every module with what mastery still wants."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.study.openings import Hours
from app.study.queries import Place, Question
from course.lesson import Lesson
from course.library import Library, Module
from course.progress import Counts, LessonState, Mastery, counted, counts, lesson_state, mastery


@dataclass(frozen=True)
class LessonLine:
    """One lesson on the map. `heading` is where reading resumes, while it isn't finished; `opens_on` is the day a
    lesson that is still shut will open.
    """

    lesson: Lesson
    number: str
    state: LessonState
    practised: bool
    heading: str
    opens_on: date | None = None

    @property
    def sign(self) -> str:
        """The dot beside it; a word stands with it always."""
        if self.practised:
            return "practised"
        return {LessonState.NEW: "none", LessonState.UPDATED: "updated"}.get(self.state, "read")

    @property
    def words(self) -> str:
        """Its state as one reads it."""
        states = {LessonState.NEW: "new", LessonState.READING: "reading", LessonState.DONE: "done"}
        said = states.get(self.state, "updated since you finished")
        return f"{said}, practised" if self.practised else said


@dataclass(frozen=True)
class ModuleMap:
    """One module on the map."""

    module: Module
    lines: tuple[LessonLine, ...]
    mastery: Mastery

    @property
    def minutes(self) -> int:
        return sum(line.lesson.minutes for line in self.lines)


@dataclass(frozen=True)
class CourseMap:
    """The whole course for one learner. `retired` lessons are no part of it any more; this learner had begun them."""

    modules: tuple[ModuleMap, ...]
    retired: tuple[LessonLine, ...]
    counts: Counts
    mastered: int


def course_map(
    library: Library,
    *,
    places: Mapping[str, Place],
    hours: Hours,
    right: Collection[Question],
    practised: Collection[str],
) -> CourseMap:
    """The map from where the learner is in each lesson, the questions they have right, the lessons practised."""
    modules = tuple(
        ModuleMap(
            module=module,
            lines=tuple(
                replace(
                    line_of(library, lesson, places.get(lesson.id), practised=lesson.id in practised),
                    opens_on=hours.shut_until(lesson.id, places),
                )
                for lesson in module.lessons
            ),
            mastery=mastery(module.lessons, right, practised),
        )
        for module in library.modules
    )
    done = {id for id, place in places.items() if place.reading.finished} | set(practised)
    begun = ((lesson, places[lesson.id]) for lesson in library.former if lesson.id in places)
    return CourseMap(
        modules=modules,
        retired=tuple(line_of(library, lesson, place, practised=lesson.id in practised) for lesson, place in begun),
        counts=counts(
            counted(library.lessons, library.former, done), [place.reading for place in places.values()], practised
        ),
        mastered=sum(module.mastery.mastered for module in modules),
    )


def line_of(library: Library, lesson: Lesson, place: Place | None, *, practised: bool) -> LessonLine:
    state = lesson_state(place.reading if place else None, lesson.content_hash)
    return LessonLine(
        lesson=lesson,
        number=library.number(lesson.id),
        state=state,
        practised=practised,
        heading=place.heading if place and state is LessonState.READING else "",
    )
