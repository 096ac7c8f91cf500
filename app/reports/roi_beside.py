"""Two cohorts of one trainer beside each other: the figures that both may show, and why they may not compare."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.reports.cohort_queries import OwnCohort
from app.reports.roi_book import Book, book_of, summary_of
from app.reports.roi_figures import stated
from app.reports.roi_page import month_now, said_of
from app.reports.roi_queries import Enrolled
from course.roi_doubt import Side, warnings
from course.share import Share


@dataclass(frozen=True)
class Beside:
    """What stands in the table: each figure with its name and both values; `warned` before all of them."""

    names: tuple[str, str]
    figures: tuple[tuple[str, str, str], ...]
    warned: tuple[str, ...]


def beside(cohorts: tuple[OwnCohort, OwnCohort], enrolled: Sequence[Sequence[Enrolled]], now: datetime) -> Beside:
    """Both cohorts, each reckoned as on its own page; a figure that either may not show is not set beside."""
    books = [book_of(each, cohort.page.currency) for cohort, each in zip(cohorts, enrolled, strict=True)]
    sums = [summary_of(book, seed=cohort.id) for cohort, book in zip(cohorts, books, strict=True)]
    shown = [said_of(summary, cohort, now).figures for cohort, summary in zip(cohorts, sums, strict=True)]
    values = [(stated(figure, sums[0]), stated(figure, sums[1])) for figure in shown[0] if figure in shown[1]]
    one, other = (side(cohort, book, now) for cohort, book in zip(cohorts, books, strict=True))
    return Beside(
        names=(cohorts[0].name, cohorts[1].name),
        figures=tuple((left.name, left.value, right.value) for left, right in values),
        warned=tuple(warnings(one, other)),
    )


def side(cohort: OwnCohort, book: Book, now: datetime) -> Side:
    return Side(
        name=cohort.name,
        currency=book.currency,
        month=month_now(cohort, now),
        reporting=Share(sum(each.reported for each in book.counted), len(book.counted)),
        people=frozenset(each.enrolled.person_id for each in book.counted),
    )
