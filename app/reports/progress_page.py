"""The progress of a cohort as its page and its file show it: who is asked for, in which order, fifty at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.charts import Cell, ProgressRow, Whisker, whisker
from app.charts.progress import STATES, State
from app.filters import day
from course.library import Library
from course.report import Column, Learner, Progress, Row, headline, progress
from course.share import Share
from course.wording import on_day

PER_PAGE = 50
LONGEST_TEXT = 80

Signs = Sequence[Sequence[Mapping[State, Cell]]]
Key = Callable[[Row], tuple[object, ...]]

# Fewest first: the list is read to find who may need somebody, not who leads. Unknown is never taken for 0.
ORDERS: Mapping[str, tuple[str, Key]] = {
    "name": ("name", lambda row: ()),
    "read": ("fewest read", lambda row: (row.read,)),
    "practised": ("fewest practised", lambda row: (row.practised,)),
    "rate": ("lowest rate", lambda row: (row.connecting.value is None, row.connecting.value or 0)),
    "seen": ("longest not seen", lambda row: (row.learner.last_seen or date.min,)),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for. Whatever else stands there is read as the nearest that makes sense."""

    order: str = "name"
    text: str = ""
    page: int = 1

    @classmethod
    def of(cls, args: Mapping[str, str]) -> "Asked":
        order, page = args.get("sort", ""), args.get("page", "")
        return cls(
            order=order if order in ORDERS else "name",
            text=" ".join(args.get("q", "")[:LONGEST_TEXT].split()),
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )

    def address(self, **changes: object) -> dict[str, object]:
        """The arguments of the address that asks the same but for these changes; what is usual is left out."""
        wanted = {"sort": self.order, "q": self.text, "page": self.page, **changes}
        usual = {"sort": "name", "q": "", "page": 1}
        return {key: value for key, value in wanted.items() if value != usual.get(key)}


@dataclass(frozen=True)
class ProgressPage:
    """One page of the grid. `found` counts the learners that the text lets through, `everybody` all of them."""

    asked: Asked
    headline: str
    progress: Progress
    rows: tuple[Row, ...]
    lines: tuple[ProgressRow, ...]
    modules: tuple[int, ...]
    found: int
    everybody: int

    @property
    def rate(self) -> Whisker:
        """The connecting rate of the whole cohort."""
        return drawn(self.progress.connecting)

    @property
    def page(self) -> int:
        return min(self.asked.page, self.pages)

    @property
    def pages(self) -> int:
        return max(1, -(-self.found // PER_PAGE))


def progress_of(library: Library, learners: Sequence[Learner]) -> Progress:
    """The progress of these learners through the course as it is now."""
    columns = [Column(lesson.id, library.number(lesson.id), lesson.content_hash) for lesson in library.lessons]
    return progress(columns, learners)


def asked_for(grid: Progress, asked: Asked) -> tuple[Row, ...]:
    """The lines whose name has the text in it, in the order asked for; equals stand by name."""
    wanted = asked.text.casefold()
    _, key = ORDERS[asked.order]
    return tuple(sorted((row for row in grid.rows if wanted in row.learner.name.casefold()), key=key))


def progress_page(
    library: Library, learners: Sequence[Learner], *, asked: Asked, today: date, roster: str
) -> ProgressPage:
    """The page that is asked for; `roster` is the address where each learner has a line."""
    grid = progress_of(library, learners)
    found = asked_for(grid, asked)
    signs = signs_of(library)
    last = max(1, -(-len(found) // PER_PAGE))
    first = (min(max(asked.page, 1), last) - 1) * PER_PAGE
    shown = found[first : first + PER_PAGE]
    return ProgressPage(
        asked=asked,
        headline=headline(learners, today),
        progress=grid,
        rows=shown,
        lines=tuple(line_of(row, signs, today=today, roster=roster) for row in shown),
        modules=tuple(module.number for module in library.modules),
        found=len(found),
        everybody=len(learners),
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


def line_of(row: Row, signs: Signs, *, today: date, roster: str) -> ProgressRow:
    """One learner as the grid prints them."""
    states = iter(row.cells)
    return ProgressRow(
        name=row.learner.name,
        url=f"{roster}#learner-{row.learner.id}",
        groups=tuple(tuple(lesson[next(states)] for lesson in module) for module in signs),
        read=row.read,
        practised=row.practised,
        rate=drawn(row.connecting),
        seen=seen_on(row.learner, today),
    )


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
