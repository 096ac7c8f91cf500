"""Where a learner stands in the course, and the one next step.

Reading and practising are counted apart, and a reading once finished stays finished whatever happens to its lesson.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from course import review
from course.assessment import Moment, moment_due
from course.lesson import Lesson
from course.share import Share

AHEAD = 2
"""Lessons read and not practised before the next step is practice. A rule of this course, not a finding."""

RECALL_FIRST = 5
"""Recall questions due before they come ahead of a new lesson. A rule of this course, not a finding."""

MASTERY = 80
"""Per cent of a module's recall questions whose latest answer is right. Method §6."""


class LessonState(Enum):
    """What a lesson is to a learner. UPDATED is done too: its text has changed since."""

    NEW = "new"
    READING = "reading"
    DONE = "done"
    UPDATED = "updated since you finished"


@dataclass(frozen=True)
class Reading:
    """A lesson that a learner opened. `content_hash` is that of the text they finished; None while they haven't."""

    lesson_id: str
    content_hash: str | None = None

    @property
    def finished(self) -> bool:
        return self.content_hash is not None


def everything_read(lessons: Collection[Lesson], readings: Mapping[str, Reading]) -> bool:
    """Whether every lesson of the course is finished; never of a course without any."""
    return bool(lessons) and all(lesson.id in readings and readings[lesson.id].finished for lesson in lessons)


def lesson_state(reading: Reading | None, current_hash: str) -> LessonState:
    """What a lesson is to a learner, from their reading of it (None if never opened) and the hash of its text now."""
    if reading is None:
        return LessonState.NEW
    if not reading.finished:
        return LessonState.READING
    return LessonState.DONE if reading.content_hash == current_hash else LessonState.UPDATED


@dataclass(frozen=True)
class Counts:
    """Lessons read and lessons practised, of all there are. Two figures, never one: reading isn't practice."""

    read: int
    practised: int
    of: int


def counted(lessons: Iterable[Lesson], former: Iterable[Lesson], done: Collection[str]) -> tuple[Lesson, ...]:
    """The lessons that a learner's counts are of: those of the course, and those taken out of it that they had done.

    `done` holds ids of lessons finished or practised. A lesson that is retired takes nothing from what was done.
    """
    return (*lessons, *(lesson for lesson in former if lesson.id in done))


def counts(lessons: Iterable[Lesson], readings: Iterable[Reading], practised: Iterable[str]) -> Counts:
    """How many of these lessons were finished, and how many of their exercises have an entry in the log."""
    ids = {lesson.id for lesson in lessons}
    read = {reading.lesson_id for reading in readings if reading.finished}
    return Counts(read=len(ids & read), practised=len(ids & set(practised)), of=len(ids))


@dataclass(frozen=True)
class Mastery:
    """A module is mastered with four fifths of its recall right and one entry of practice. Tries are unlimited."""

    recall: Share
    practised: bool

    @property
    def mastered(self) -> bool:
        # A module without recall questions can't be mastered by default.
        return self.practised and self.recall.n > 0 and 100 * self.recall.successes >= MASTERY * self.recall.n


def mastery(lessons: Iterable[Lesson], right: Iterable[tuple[str, str]], practised: Iterable[str]) -> Mastery:
    """The mastery of a module's lessons.

    `right` holds (lesson id, recall id) of each question whose latest answer was right; one never answered isn't.
    `practised` holds ids of lessons whose exercise has an entry in the log.
    """
    module = list(lessons)
    asked = {(lesson.id, recall.id) for lesson in module for recall in lesson.recalls}
    return Mastery(Share(len(asked & set(right)), len(asked)), any(lesson.id in set(practised) for lesson in module))


class Kind(Enum):
    """What a next step asks for."""

    ASSESS = "assess"
    REPORT = "report"
    RESUME = "resume"
    PRACTISE = "practise"
    RECALL = "recall"
    READ = "read"
    TEND = "tend"
    REST = "rest"


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next, and why, in words. `minutes` is what it takes; None where nobody can say."""

    kind: Kind
    title: str
    reason: str
    lesson_id: str | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class DuePlan:
    """A promised if-then plan whose outcome hasn't been told, and the day it was for."""

    lesson_id: str
    on: date


@dataclass(frozen=True)
class Situation:
    """What the next step is decided from. `lessons` are those open to the learner, in their order.

    `all_open` is False while the cohort's pace still holds lessons back, so that "all read" isn't said too early.
    """

    today: date
    lessons: Sequence[Lesson]
    readings: Mapping[str, Reading] = field(default_factory=dict)
    practised: frozenset[str] = frozenset()
    plans: Sequence[DuePlan] = ()
    assessed: Mapping[Moment, date] = field(default_factory=dict)
    recall_due: int = 0
    people_due: int = 0
    all_open: bool = True


def next_step(now: Situation) -> NextStep:
    """The one next step. The first of these that applies:

    the self-assessment before the first lesson · a plan whose day has come · a lesson begun · practice, once two
    lessons are read ahead of it · recall, once five questions are due · the next lesson · what is left of practice ·
    a self-assessment after the course · a relationship that is due · what is left of recall · nothing, said plainly.
    The order is a rule of this course: promises before new things, doing before reading on.
    """
    unpractised = [lesson for lesson in now.lessons if _finished(now, lesson) and lesson.id not in now.practised]
    return (
        _assessment(now, {Moment.BEFORE})
        or _report(now)
        or _resume(now)
        or (_practise(unpractised) if len(unpractised) >= AHEAD else None)
        or (_recall(now) if now.recall_due >= RECALL_FIRST else None)
        or _read(now)
        or _practise(unpractised)
        or _assessment(now, set(Moment))
        or _tend(now)
        or _recall(now)
        or NextStep(Kind.REST, "Nothing is due", "You are up to date. Today is for the people you already know.")
    )


def _finished(now: Situation, lesson: Lesson) -> bool:
    reading = now.readings.get(lesson.id)
    return reading is not None and reading.finished


def _assessment(now: Situation, wanted: set[Moment]) -> NextStep | None:
    finished = now.all_open and bool(now.lessons) and all(_finished(now, lesson) for lesson in now.lessons)
    moment = moment_due(now.assessed, begun=bool(now.readings), finished=finished, today=now.today)
    if moment is None or moment not in wanted:
        return None
    reasons = {
        Moment.BEFORE: "Later you will want to know where you began, and only today can tell.",
        Moment.AFTER: "You have read every lesson. Say where you stand now, before it fades.",
        Moment.THEN: "Seen from now, how was it before? The two answers often differ.",
        Moment.LATER: "It is 90 days since you finished. What has stayed?",
    }
    return NextStep(Kind.ASSESS, f"Self-assessment: {moment.words.lower()}", reasons[moment], minutes=8)


def _report(now: Situation) -> NextStep | None:
    by_id = {lesson.id: lesson for lesson in now.lessons}
    due = sorted((plan for plan in now.plans if plan.on <= now.today), key=lambda plan: plan.on)
    for plan in due:
        if lesson := by_id.get(plan.lesson_id):
            day = "today" if plan.on == now.today else f"{plan.on.day} {plan.on:%B}"
            reason = f"You planned it for {day}. Say what came of it; “I didn’t, because” is a good answer."
            return NextStep(Kind.REPORT, lesson.exercise.title, reason, lesson.id, 2)
    return None


def _resume(now: Situation) -> NextStep | None:
    for lesson in now.lessons:
        reading = now.readings.get(lesson.id)
        if reading and not reading.finished:
            return NextStep(Kind.RESUME, lesson.title, "You have begun it and not finished.", lesson.id, lesson.minutes)
    return None


def _practise(unpractised: Sequence[Lesson]) -> NextStep | None:
    if not unpractised:
        return None
    lesson, n = unpractised[0], len(unpractised)
    reason = f"You have read {n} lessons and not yet tried them." if n > 1 else "You have read it and not yet tried it."
    return NextStep(Kind.PRACTISE, lesson.exercise.title, reason, lesson.id, lesson.exercise.minutes)


def _recall(now: Situation) -> NextStep | None:
    if not now.recall_due:
        return None
    title = "1 recall question" if now.recall_due == 1 else f"{now.recall_due} recall questions"
    takes = review.minutes(min(now.recall_due, review.SITTING))
    return NextStep(Kind.RECALL, title, "They come back just before you would forget.", minutes=takes)


def _read(now: Situation) -> NextStep | None:
    unread = [lesson for lesson in now.lessons if lesson.id not in now.readings]
    if not unread:
        return None
    reason = "It is the next lesson." if now.readings else "It is the first lesson."
    return NextStep(Kind.READ, unread[0].title, reason, unread[0].id, unread[0].minutes)


def _tend(now: Situation) -> NextStep | None:
    if not now.people_due:
        return None
    title = "1 relationship is due" if now.people_due == 1 else f"{now.people_due} relationships are due"
    return NextStep(Kind.TEND, title, "You wanted to be in touch by now. Begin with the first on the list.")
