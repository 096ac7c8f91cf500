"""The progress of a cohort as a file for a spreadsheet: the same lines and figures as the page, numbers as numbers."""

import csv
import io
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal

from app.charts.progress import WORDS
from course.library import Library
from course.report import Row

# A spreadsheet runs what begins with one of these; an apostrophe before it makes it text.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# So that a spreadsheet reads the names as they were typed.
BOM = "\ufeff"


def progress_csv(rows: Iterable[Row], library: Library) -> str:
    """One line a learner, in the order of the page; shares in whole percent with the counts they are made of."""
    text = io.StringIO()
    writer = csv.writer(text)
    lessons = (f"{library.number(lesson.id)} {lesson.title}" for lesson in library.lessons)
    writer.writerow(
        [
            *("Learner", "Read", "Practised", "Updated since read", "Connecting entries", "Rated entries"),
            *("Connecting rate %", "Likely from %", "Likely to %", "Last seen"),
            *map(harmless, lessons),
        ]
    )
    writer.writerows(line_of(row) for row in rows)
    return BOM + text.getvalue()


def line_of(row: Row) -> list[str | int]:
    """The cells of one learner; empty where nothing is known."""
    rate, seen = row.connecting, row.learner.last_seen
    return [
        *(harmless(row.learner.name), row.read, row.practised, row.updated, rate.successes, rate.n),
        *(whole_percent(share) for share in (rate.value, rate.low, rate.high)),
        seen.isoformat() if seen else "",
        *(WORDS[state] for state in row.cells),
    ]


def whole_percent(share: float | None) -> str | int:
    """A share as the page prints it."""
    return "" if share is None else int((Decimal(str(share)) * 100).to_integral_value(ROUND_HALF_EVEN))


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
