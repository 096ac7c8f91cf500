"""A cohort's return on one page: the finding, levels 0 to 5, the figures that may be printed, and who is left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.filters import NBSP
from app.reports.cohort_queries import OwnCohort
from app.reports.roi_book import Book, Counted, book_of, summary_of
from app.reports.roi_figures import Stated, stated
from app.reports.roi_levels import TOO_FEW, Level, level_five, levels_to_four
from app.reports.roi_queries import Enrolled
from course.roi import LEAST_MONTHS
from course.roi_words import roi_words
from course.share import Share
from course.wording import dated, of, sentence

NOT_BEGUN = "Shown once the course has begun."


@dataclass(frozen=True)
class RoiPage:
    """The report. `seed` makes the interval repeatable."""

    title: str
    levels: tuple[Level, ...]
    figures: tuple[Stated, ...]
    notes: tuple[str, ...]
    seed: int


def roi_page(cohort: OwnCohort, enrolled: Sequence[Enrolled], now: datetime) -> RoiPage:
    """The report of a cohort at an instant. The seed is the cohort's id: the same rows give the same figures."""
    book = book_of(enrolled, cohort.page.currency)
    if not cohort.page.terms.has_begun(now):
        title = f"The course begins on {dated(cohort.page.terms.starts_on)}, so there is nothing to add up yet"
        return RoiPage(title, levels_to_four(enrolled, book, hidden=NOT_BEGUN), (), (), cohort.id)
    summary = summary_of(book, seed=cohort.id)
    words = roi_words(summary)
    hidden = "" if words.figures else TOO_FEW
    return RoiPage(
        title=words.title.replace(" %", f"{NBSP}%"),
        levels=(*levels_to_four(enrolled, book, hidden=hidden), level_five(summary, words.figures)),
        figures=tuple(stated(figure, summary) for figure in words.figures),
        notes=tuple(notes(enrolled, book)),
        seed=cohort.id,
    )


def notes(enrolled: Sequence[Enrolled], book: Book) -> Iterable[str]:
    """What must be said beside the figures: who is left out and who is not, and what makes them smaller or larger."""
    everybody = len(enrolled)
    yield from said(
        Share(book.without_cost, everybody),
        ("has recorded nothing put in and is left out", "have recorded nothing put in and are left out"),
        "there is no return on nothing",
    )
    yield from said(
        Share(book.in_other_currency, everybody),
        ("keeps a ledger in another currency and is left out", "keep ledgers in other currencies and are left out"),
        f"the sum is in {book.currency}",
    )
    yield from said(
        Share(sum(each.left for each in enrolled), everybody),
        ("left after the course began and counts", "left after the course began and count"),
        "a sum over those who stayed would flatter it",
    )
    yield from weights(book.counted)


def weights(counted: Sequence[Counted]) -> Iterable[str]:
    """What of those in the sum makes the figures smaller or larger than they might be."""
    yield from said(
        Share(sum(not each.enrolled.priced for each in counted), len(counted)),
        ("has put no value on an hour", "have put no value on an hour"),
        "their time counts nothing, so the investment is larger than shown",
    )
    yield from said(
        Share(sum(each.account.grade != "B" for each in counted), len(counted)),
        ("has no baseline of six months", "have no baseline of six months"),
        "what they claim counts nothing here",
    )
    yield from said(
        Share(sum(each.account.t < LEAST_MONTHS for each in counted), len(counted)),
        ("is not yet in month six", "are not yet in month six"),
        "most of what may return has not had the time to",
    )


def said(share: Share, verbs: tuple[str, str], why: str) -> Iterable[str]:
    """A sentence on so many of so many, with its reason; nothing where it is true of nobody."""
    if share.successes:
        one, many = verbs
        yield f"{sentence(of(share))} {one if share.successes == 1 else many}: {why}."
