"""What the address of the progress report asks for: an order, a part of the learners, some of the columns, a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from werkzeug.datastructures import MultiDict

from app.reports.progress_queries import Beside
from course.concerns import SILENT_DAYS
from course.report import Row
from course.trainer_figures import HEADINGS, SelfRated

LONGEST_TEXT = 80


@dataclass(frozen=True)
class Line:
    """One learner of the report: the row of the grid, and what stands beside it."""

    row: Row
    beside: Beside
    rated: SelfRated | None

    @property
    def change(self) -> Decimal | None:
        return self.rated.change if self.rated else None


Key = Callable[[Line], tuple[object, ...]]

# Fewest first: the list is read to find who may need somebody, not who leads. Unknown is never taken for 0.
ORDERS: Mapping[str, tuple[str, Key]] = {
    "name": ("name", lambda line: ()),
    "read": ("fewest read", lambda line: (line.row.read,)),
    "practised": ("fewest practised", lambda line: (line.row.practised,)),
    "rate": ("lowest rate", lambda line: unknown_last(line.row.connecting.value)),
    "trend": ("falling rate", lambda line: (HEADINGS.index(line.beside.trend.heading),)),
    "recall": ("lowest recall", lambda line: unknown_last(line.beside.recall.value)),
    "change": ("lowest change", lambda line: unknown_last(line.change)),
    "seen": ("longest not seen", lambda line: (line.row.learner.last_seen or date.min,)),
}
PARTS: Mapping[str, tuple[str, Callable[[Line, date], bool]]] = {
    "all": ("Everybody", lambda line, today: True),
    "silent": (f"Not seen for {SILENT_DAYS} days", lambda line, today: not_seen(line, today)),
    "unpractised": ("Nothing practised yet", lambda line, today: not line.row.practised),
    "falling": ("Rate falling", lambda line, today: line.beside.trend.heading == "falling"),
    "updated": ("A lesson updated since read", lambda line, today: line.row.updated > 0),
}
COLUMNS: Mapping[str, str] = {
    "lessons": "Lessons",
    "counts": "Read and practised",
    "rate": "Connecting rate",
    "trend": "Trend of the rate",
    "recall": "Recall",
    "change": "Self-rated change",
    "seen": "Last seen",
}
USUAL: Mapping[str, object] = {"sort": "name", "q": "", "who": "all", "col": list(COLUMNS), "page": 1}


@dataclass(frozen=True)
class Asked:
    """What the address asks for. Whatever else stands there is read as the nearest that makes sense."""

    order: str = "name"
    text: str = ""
    part: str = "all"
    columns: tuple[str, ...] = tuple(COLUMNS)
    page: int = 1

    @classmethod
    def of(cls, args: MultiDict[str, str]) -> "Asked":
        order, part, page = args.get("sort", ""), args.get("who", ""), args.get("page", "")
        wanted = set(args.getlist("col"))
        return cls(
            order=order if order in ORDERS else "name",
            text=" ".join(args.get("q", "")[:LONGEST_TEXT].split()),
            part=part if part in PARTS else "all",
            # None of them would leave names alone: that is read as all.
            columns=tuple(column for column in COLUMNS if column in wanted) or tuple(COLUMNS),
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )

    def address(self, **changes: object) -> dict[str, object]:
        """The arguments of the address that asks the same but for these changes; what is usual is left out."""
        asked = {"sort": self.order, "q": self.text, "who": self.part, "col": list(self.columns), "page": self.page}
        return {key: value for key, value in (asked | changes).items() if value != USUAL.get(key)}

    @property
    def by_name(self) -> bool:
        """Whether names alone say who stands on which page."""
        return self.order == "name" and self.part == "all"

    @property
    def narrows(self) -> bool:
        """Whether some learners may be left out."""
        return bool(self.text) or self.part != "all"


def unknown_last(value: float | Decimal | None) -> tuple[object, ...]:
    return (value is None, value or 0)


def not_seen(line: Line, today: date) -> bool:
    """Whether a learner has been silent as the morning list has it; who never was here, from the day they joined."""
    since = line.row.learner.last_seen or line.row.learner.joined
    return today - since >= timedelta(days=SILENT_DAYS)
