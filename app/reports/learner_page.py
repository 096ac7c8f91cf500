"""One learner as their trainer may see them: counts and days, and of whatever is not shown, why."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.filters import NBSP, day, number, percent
from app.reports.progress_asked import Line
from app.reports.progress_page import Report, made_of, said_of, seen_on
from course.share import Share
from course.wording import counted, out_of, spell

HIDDEN: tuple[tuple[str, str], ...] = (
    ("What they wrote", "Entries, plans, notes and answers are theirs. You read one only where they show that one."),
    ("Whom they talk with", "Names are aliases, and even those stay with the learner."),
    ("Their money", "What one learner put in or got back is shown to nobody else; sums only, from five learners on."),
    ("What they think of the course", "It is counted without names, five answers at a time."),
)


@dataclass(frozen=True)
class Fact:
    """One figure with what it rests on; where there is none, `value` is a dash and `basis` says why."""

    name: str
    value: str
    basis: str


@dataclass(frozen=True)
class LearnerPage:
    """The page of one learner."""

    name: str
    title: str
    facts: tuple[Fact, ...]
    hidden: tuple[tuple[str, str], ...] = HIDDEN


def learner_page(report: Report, enrolment_id: int) -> LearnerPage | None:
    """The learner with this enrolment; None where nobody who studies in the cohort has it."""
    line = next((line for line in report.lines if line.row.learner.id == enrolment_id), None)
    if line is None:
        return None
    seen = seen_on(line.row.learner, report.today)
    title = f"last seen {seen}" if seen != "never" else "has not begun"
    return LearnerPage(line.row.learner.name, title, tuple(facts(line, report)))


def facts(line: Line, report: Report) -> Iterator[Fact]:
    """Everything counted of one learner."""
    row, lessons = line.row, len(report.grid.columns)
    since = f"Since {day(row.learner.joined)}, of {counted(lessons, 'lesson')}."
    again = f"{spell(row.updated)} changed since." if row.updated else "Practised has an entry in the field."
    yield Fact("Read", f"{row.read} of {lessons}", since)
    yield Fact("Practised", f"{row.practised} of {lessons}", again[:1].upper() + again[1:])
    yield Fact("Connecting rate", percent(row.connecting.value), basis_of(row.connecting))
    yield Fact("Trend", line.beside.trend.heading, f"{made_of(line.beside.trend)}.")
    recall = line.beside.recall
    told = f"{out_of(recall)} answers given a day or more after the first."
    yield Fact("Recall", percent(recall.value), told if recall.n else "No question has come back yet.")
    value, basis = said_of(line.rated)
    yield Fact("Self-rated change", value, f"{basis}. Never called learning.")


def basis_of(rate: Share) -> str:
    """What a connecting rate rests on, and how sure it is."""
    if rate.interval is None:
        return "No entry with a person yet."
    low, high = (number(100 * end) for end in rate.interval)
    return f"{out_of(rate)} rated entries; likely between {low} and {high}{NBSP}%."
