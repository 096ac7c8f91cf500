"""Today as its page shows it: one next step and why, what is due, and how the last weeks went."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.study.openings import Hours
from app.study.queries import KeptPlan, Studies
from course import review
from course.assessment import Moment, moment_due
from course.cadence import Due
from course.lesson import Lesson
from course.library import Library
from course.practice import Entry, monday_of, practised
from course.progress import Counts, DuePlan, Kind, NextStep, Situation, counted, counts, everything_read, next_step
from course.reaction import asked

WEEKS_SHOWN = 4


@dataclass(frozen=True)
class Day:
    """One day of the rhythm. `entries` are those of the log that stand, `connecting` those of them that connect."""

    on: date
    entries: int
    connecting: int
    minutes: int


@dataclass(frozen=True)
class WeekOfDays:
    """Seven days from a Monday."""

    days: tuple[Day, ...]

    @property
    def start(self) -> date:
        return self.days[0].on

    @property
    def entries(self) -> int:
        return sum(day.entries for day in self.days)

    @property
    def connecting(self) -> int:
        return sum(day.connecting for day in self.days)

    @property
    def minutes(self) -> int:
        return sum(day.minutes for day in self.days)


@dataclass(frozen=True)
class DueRecall:
    """Recall questions due: how many, the number of the oldest one's lesson, and for how many days it has been due."""

    count: int
    lesson_number: str
    days: int

    @property
    def minutes(self) -> int:
        """About how long one sitting with them takes."""
        return review.minutes(min(self.count, review.SITTING))

    @property
    def waiting(self) -> int:
        """How many of them can wait until tomorrow, since a sitting has no room for them."""
        return max(0, self.count - review.SITTING)


@dataclass(frozen=True)
class Today:
    """Everything the page says."""

    greeting: str
    step: NextStep
    lesson: Lesson | None
    heading: str
    plans: tuple[KeptPlan, ...]
    today: date
    recall: DueRecall | None
    people: tuple[Due, ...]
    people_due: tuple[Due, ...]
    moment: Moment | None
    counts: Counts
    weeks: tuple[WeekOfDays, ...]
    opens_next: date | None = None
    answers: int = 0
    reaction: bool = False
    certificates: int = 0
    case: int | None = None

    @property
    def plans_due(self) -> tuple[KeptPlan, ...]:
        """Those whose day has come."""
        return tuple(plan for plan in self.plans if plan.due_on <= self.today)

    @property
    def plans_coming(self) -> tuple[KeptPlan, ...]:
        """Those whose day is still to come."""
        return tuple(plan for plan in self.plans if plan.due_on > self.today)

    @property
    def plan(self) -> KeptPlan | None:
        """The plan that the next step asks about; None if it asks for something else."""
        if self.step.kind is not Kind.REPORT:
            return None
        return next(plan for plan in self.plans_due if plan.lesson_id == self.step.lesson_id)

    @property
    def week(self) -> WeekOfDays:
        """The one of today."""
        return self.weeks[-1]

    @property
    def due(self) -> int:
        """How many things are due: each plan, answers, a certificate, recall, people, what is asked of them."""
        single = (self.recall, self.people, self.moment, self.answers, self.certificates, self.reaction, self.case)
        return len(self.plans_due) + sum(map(bool, single))


def today_page(
    library: Library,
    studies: Studies,
    *,
    hours: Hours,
    entries: Sequence[Entry],
    people_due: Sequence[Due],
    now: datetime,
    ends_on: date,
) -> Today:
    """Today for one learner; `now` bears their zone, `ends_on` is their cohort's last day."""
    today, recall = now.date(), due_recall(library, studies, now)
    situation = situation_of(studies, hours=hours, entries=entries, now=now)
    situation = replace(situation, recall_due=recall.count if recall else 0, people_due=len(people_due))
    step = next_step(situation)
    return Today(
        greeting=greeting(now.hour),
        step=step,
        lesson=library.lesson(step.lesson_id) if step.lesson_id else None,
        heading=heading_of(studies, step),
        plans=studies.plans,
        today=today,
        # What the next step asks for is not said a second time.
        recall=recall if step.kind is not Kind.RECALL else None,
        people=tuple(people_due) if step.kind is not Kind.TEND else (),
        people_due=tuple(people_due),
        moment=assessment_due(situation) if step.kind is not Kind.ASSESS else None,
        counts=counts_of(library, studies, situation.practised),
        weeks=weeks_of(entries, today),
        answers=studies.answers,
        reaction=reaction_asked(library, studies, today=today, ends_on=ends_on),
        certificates=studies.certificates,
        case=studies.case,
        opens_next=hours.openings.next_day(hours.today),
    )


def situation_of(studies: Studies, *, hours: Hours, entries: Sequence[Entry], now: datetime) -> Situation:
    """What the next step is decided from, but for what is due of recall and of people."""
    return Situation(
        today=now.date(),
        lessons=hours.openings.open(hours.today, studies.places),
        all_open=hours.openings.next_day(hours.today) is None,
        readings=studies.readings,
        practised=practised(entries),
        plans=[DuePlan(plan.lesson_id, plan.due_on) for plan in studies.plans],
        assessed={moment: at.astimezone(now.tzinfo).date() for moment, at in studies.assessed.items()},
    )


def heading_of(studies: Studies, step: NextStep) -> str:
    """Where in its lesson the next step goes on; empty at the beginning."""
    place = studies.places.get(step.lesson_id or "")
    return place.heading if place else ""


def counts_of(library: Library, studies: Studies, practised: Set[str]) -> Counts:
    """Lessons read and practised; what was retired since is still counted for who had done it."""
    finished = {id for id, reading in studies.readings.items() if reading.finished}
    lessons = counted(library.lessons, library.former, finished | practised)
    return counts(lessons, studies.readings.values(), practised)


def assessment_due(now: Situation) -> Moment | None:
    """The self-assessment to be taken now, whether or not it is the next step."""
    finished = {id for id, reading in now.readings.items() if reading.finished}
    return moment_due(
        now.assessed,
        begun=bool(now.readings),
        finished=now.all_open and bool(now.lessons) and all(lesson.id in finished for lesson in now.lessons),
        today=now.today,
    )


def reaction_asked(library: Library, studies: Studies, *, today: date, ends_on: date) -> bool:
    """Whether the learner is asked now what the course is worth to them."""
    done = everything_read(library.lessons, studies.readings)
    return asked(said=studies.reacted, all_read=done, today=today, ends_on=ends_on)


def greeting(hour: int) -> str:
    """What one says at this hour of the day."""
    if 5 <= hour < 12:
        return "Good morning"
    return "Good afternoon" if 12 <= hour < 18 else "Good evening"


def due_recall(library: Library, studies: Studies, now: datetime) -> DueRecall | None:
    """The questions due that can still be asked; None if there are none."""
    due = [(question, at) for question, at in studies.due.items() if question in library.questions]
    if not due:
        return None
    (lesson_id, _), since = due[0]
    return DueRecall(len(due), library.number(lesson_id), (now - since).days)


def weeks_of(entries: Sequence[Entry], today: date, count: int = WEEKS_SHOWN) -> tuple[WeekOfDays, ...]:
    """The last weeks day by day, the oldest first; entries dated after today have not happened."""
    first = monday_of(today) - timedelta(weeks=count - 1)
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        if entry.on <= today:
            by_day.setdefault(entry.on, []).append(entry)
    days = [day_of(first + timedelta(days=n), by_day.get(first + timedelta(days=n), [])) for n in range(7 * count)]
    return tuple(WeekOfDays(tuple(days[7 * n : 7 * n + 7])) for n in range(count))


def day_of(on: date, entries: Sequence[Entry]) -> Day:
    connecting = sum(entry.rubric is not None and entry.rubric.connecting for entry in entries)
    return Day(on, entries=len(entries), connecting=connecting, minutes=sum(entry.minutes for entry in entries))
