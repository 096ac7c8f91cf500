"""The progress of a cohort as its page and its files show it: who is asked for, in which order, fifty at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.charts import Aside, Cell, ProgressRow, Whisker, whisker
from app.charts.progress import STATES, State
from app.filters import day, number, percent
from app.reports.progress_asked import ORDERS, PARTS, Asked, Line
from app.reports.progress_queries import NOTHING, Beside, Whole
from course.assessment import Moment
from course.library import Library
from course.report import Column, Learner, Progress, headline, progress
from course.share import Share
from course.trainer_figures import SelfRated, Trend, self_rated
from course.wording import on_day, out_of

PER_PAGE = 50
UNTIL = {Moment.AFTER: "after the course", Moment.LATER: "90 days on"}

Signs = Sequence[Sequence[Mapping[State, Cell]]]


@dataclass(frozen=True)
class Report:
    """What is known of a cohort's learners: the grid, and a line for each of them in its order."""

    grid: Progress
    lines: tuple[Line, ...]
    today: date

    def asked_for(self, asked: Asked) -> tuple[Line, ...]:
        """The lines of the part whose name has the text in it, in the order asked for; equals stand by name."""
        wanted, (_, key), (_, belongs) = asked.text.casefold(), ORDERS[asked.order], PARTS[asked.part]
        found = [line for line in self.lines if wanted in line.row.learner.name.casefold()]
        return tuple(sorted((line for line in found if belongs(line, self.today)), key=key))

    @property
    def whole(self) -> Whole:
        """What is said of everybody, where the report is of everybody."""
        people = [row.learner for row in self.grid.rows]
        return Whole({who.id: who.name for who in people}, [who.last_entry for who in people], self.grid.connecting)


@dataclass(frozen=True)
class Listed:
    """The lines of one page, the number of all that were found, and what is said of everybody."""

    lines: tuple[Line, ...]
    found: int
    whole: Whole


@dataclass(frozen=True)
class ProgressPage:
    """One page of the grid. `found` counts the learners that the text lets through, `everybody` all of them."""

    asked: Asked
    headline: str
    connecting: Share
    lines: tuple[ProgressRow, ...]
    modules: tuple[int, ...]
    found: int
    everybody: int

    @property
    def rate(self) -> Whisker:
        """The connecting rate of the whole cohort."""
        return drawn(self.connecting)

    @property
    def page(self) -> int:
        return min(self.asked.page, self.pages)

    @property
    def pages(self) -> int:
        return pages_of(self.found)


def report_of(library: Library, learners: Sequence[Learner], beside: Mapping[int, Beside], *, today: date) -> Report:
    """The progress of these learners through the course as it is now; `beside` by the learner's id."""
    columns = [Column(lesson.id, library.number(lesson.id), lesson.content_hash) for lesson in library.lessons]
    grid, instrument = progress(columns, learners), library.assessment
    found = [(row, beside.get(row.learner.id, NOTHING)) for row in grid.rows]
    lines = (Line(row, its, self_rated(instrument, its.taken) if instrument else None) for row, its in found)
    return Report(grid, tuple(lines), today)


def on_page(page: int, found: int) -> slice:
    """Which of so many stand on a page, counted from 1; past the last page those of the last."""
    first = (min(max(page, 1), pages_of(found)) - 1) * PER_PAGE
    return slice(first, first + PER_PAGE)


def pages_of(found: int) -> int:
    return max(1, -(-found // PER_PAGE))


def progress_page(library: Library, listed: Listed, *, asked: Asked, roster: str, today: date) -> ProgressPage:
    """The page that is asked for; `roster` is the address where each learner has a line."""
    signs = signs_of(library)
    return ProgressPage(
        asked=asked,
        headline=headline(listed.whole.last_entries, today),
        connecting=listed.whole.connecting,
        lines=tuple(
            line_of(line, signs, asked=asked, url=f"{roster}#learner-{line.row.learner.id}", today=today)
            for line in listed.lines
        ),
        modules=tuple(module.number for module in library.modules),
        found=listed.found,
        everybody=len(listed.whole.names),
    )


def signs_of(library: Library) -> Signs:
    """What a lesson can look like, module by module: made once for a page, whatever the number of its lines."""
    return [
        [
            {state: Cell(state, f"{library.number(lesson.id)} {lesson.title}") for state in STATES}
            for lesson in module.lessons
        ]
        for module in library.modules
    ]


def line_of(line: Line, signs: Signs, *, asked: Asked, url: str, today: date) -> ProgressRow:
    """One learner as the grid prints them."""
    states, row = iter(line.row.cells), line.row
    return ProgressRow(
        name=row.learner.name,
        url=url,
        groups=tuple(tuple(lesson[next(states)] for lesson in module) for module in signs),
        read=row.read,
        practised=row.practised,
        rate=drawn(row.connecting),
        seen=seen_on(row.learner, today),
        asides=tuple(asides(line, asked.columns)),
    )


def asides(line: Line, columns: Sequence[str]) -> Iterator[Aside]:
    """The figures beside the grid that are asked for, each with what it is made of."""
    if "trend" in columns:
        yield Aside("Trend", line.beside.trend.heading, made_of(line.beside.trend))
    if "recall" in columns:
        recall = line.beside.recall
        counts = f"{out_of(recall)} answers given a day or more after the first"
        yield Aside("Recall", percent(recall.value), counts if recall.n else "No question has come back yet")
    if "change" in columns:
        yield Aside("Self-rated", *said_of(line.rated))


def made_of(trend: Trend) -> str:
    """The counts of both spans."""
    lately, before = ("none" if share.n == 0 else out_of(share) for share in (trend.lately, trend.before))
    return f"Connecting in the last 28 days: {lately}; in the 28 before: {before}"


def said_of(rated: SelfRated | None) -> tuple[str, str]:
    """A self-rated change, and over how many constructs it is: what was left open is said, never averaged away."""
    if rated is None:
        return "–", "No two self-assessments yet"
    basis = f"over {rated.whole} of {rated.of} constructs answered in full, before and {UNTIL[rated.until]}"
    if rated.change is None:
        return "–", f"Nothing to compare: {basis}"
    return number(rated.change, 1, sign=True), f"On the scale from 0 to 5, {basis}"


def seen_on(learner: Learner, today: date) -> str:
    """When somebody was last seen, short enough for a column."""
    seen = learner.last_seen
    if seen is None:
        return "never"
    if abs((seen - today).days) <= 1:
        return on_day(seen, today)
    return day(seen, "short") + (f" {seen.year}" if seen.year != today.year else "")


def drawn(share: Share) -> Whisker:
    return whisker(share.value, share.low, share.high)
