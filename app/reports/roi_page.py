"""A cohort's return on one page: the finding, levels 0 to 5, the figures that may be printed, and who is left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.filters import NBSP, money
from app.reports.case_queries import Asked
from app.reports.cohort_queries import OwnCohort
from app.reports.roi_book import Book, Counted, book_of, learners_of, summary_of
from app.reports.roi_cases import NO_CASES, Cases, cases
from app.reports.roi_figures import Stated, in_percent, stated, whole
from app.reports.roi_levels import HIDDEN, TOO_FEW, Level, grades, level_five, levels_to_four
from app.reports.roi_queries import Enrolled
from app.reports.roi_reaction import said_by
from course.ledger import last_day_of, month_of
from course.roi import LEAST_MONTHS
from course.roi_doubt import other_readings
from course.roi_words import RoiWords, roi_words
from course.share import Share
from course.wording import counted, dated, of, sentence, spell

if TYPE_CHECKING:
    from course.cohort import Summary

NOT_BEGUN = "Shown once the course has begun."


@dataclass(frozen=True)
class RoiPage:
    """The report. `seed` makes the interval repeatable.

    sure: how well the claims are supported and how sure the figures are; others: what would change the return.
    lines: what learners wrote of the course, of at least five and without their names. cases: whose may be told.
    """

    title: str
    levels: tuple[Level, ...]
    figures: tuple[Stated, ...]
    notes: tuple[str, ...]
    seed: int
    sure: tuple[str, ...] = ()
    others: tuple[Stated, ...] = ()
    everybody: int = 0
    lines: tuple[str, ...] = ()
    cases: Cases = NO_CASES


def roi_page(cohort: OwnCohort, enrolled: Sequence[Enrolled], now: datetime, *, asked: Sequence[Asked] = ()) -> RoiPage:
    """The report of a cohort at an instant. The seed is the cohort's id: the same rows give the same figures."""
    book = book_of(enrolled, cohort.page.currency)
    if not cohort.page.terms.has_begun(now):
        title = f"The course begins on {dated(cohort.page.terms.starts_on)}, so there is nothing to add up yet"
        return RoiPage(title, levels_to_four(enrolled, book, hidden=NOT_BEGUN), (), (), cohort.id)
    summary = summary_of(book, seed=cohort.id)
    words = said_of(summary, cohort, now)
    hidden = "" if summary.display != "nothing" else TOO_FEW
    return RoiPage(
        title=words.title.replace(" %", f"{NBSP}%"),
        levels=(
            *levels_to_four(enrolled, book, hidden=hidden),
            held_back(cohort, now) or level_five(summary, words.figures),
        ),
        figures=tuple(stated(figure, summary) for figure in words.figures),
        notes=tuple(notes(enrolled, book)),
        seed=cohort.id,
        sure=(grades(book), *certainty(summary)) if words.figures else (),
        others=tuple(others(book)) if "roi_percent" in words.figures else (),
        everybody=len(enrolled),
        lines=said_by(enrolled).lines,
        cases=cases(asked, book, shown=bool(words.figures)),
    )


def book_now(cohort: OwnCohort, enrolled: Sequence[Enrolled], now: datetime) -> Book | None:
    """The accounts of a cohort whose return may be shown; None where it may not be."""
    if not cohort.page.terms.has_begun(now):
        return None
    book = book_of(enrolled, cohort.page.currency)
    return book if said_of(summary_of(book, seed=cohort.id), cohort, now).figures else None


def month_now(cohort: OwnCohort, now: datetime) -> int:
    """The month the cohort is in, counted from its start."""
    return month_of(cohort.today(now), cohort.page.terms.starts_on)


def said_of(summary: "Summary", cohort: OwnCohort, now: datetime) -> RoiWords:
    """The finding and the figures that may be printed; of a young cohort none, but that it is young."""
    if summary.display == "nothing" or not held_back(cohort, now):
        return roi_words(summary)
    return RoiWords(f"Month {spell(month_now(cohort, now))}: too early for a return, so none is shown", ())


def held_back(cohort: OwnCohort, now: datetime) -> Level | None:
    """Level 5 of a cohort before month six: when it will be shown."""
    if month_now(cohort, now) >= LEAST_MONTHS:
        return None
    first = last_day_of(LEAST_MONTHS - 1, cohort.page.terms.starts_on) + timedelta(days=1)
    return Level(
        "5 ROI", "The return on what was put in", HIDDEN, f"Shown from month six on: {dated(first)}.", marked=True
    )


def certainty(summary: "Summary") -> Iterable[str]:
    """How sure the figures are, in words, before any of them."""
    if summary.display == "counts":
        yield "Uncertain: of fewer than ten learners there is no total, and one more could turn the median."
    elif summary.display == "indicative":
        yield "Uncertain: indicative, for it takes thirty learners of whom seven in ten report to say more."
    elif (summary.at_least_percent or 0) < 0:
        yield "Uncertain: a loss is not ruled out."
    if summary.total_suppressed:
        yield "One learner is over half of all that came back, so the sum would be a portrait of one."


def others(book: Book) -> Iterable[Stated]:
    """What would change the return: the same sum under other readings of the same entries."""
    claims = [each.account.benefit_claimed for each in book.counted if each.account.grade != "B" and each.reported]
    for other in other_readings(learners_of(book), [claim for claim in claims if claim > 0]):
        if other.reading == "to get even":
            more = int(other.value.to_integral_value())
            meaning = "So much more in supported benefits, from all of them together."
            yield Stated("To come out even", money(more * 100, book.currency), meaning, (more,), book.currency)
        elif other.reading == "silent as the others":
            many = counted(other.of, "silent learner")
            yield Stated(
                f"If the {many} did as the others",
                *(in_percent(other.value), "The median benefit of those who reported, for each."),
                *(whole(other.value), "%"),
            )
        else:
            many = counted(other.of, "claim")
            yield Stated(
                f"If {many} without a baseline counted",
                *(in_percent(other.value), "A baseline of six months would make them count, up to the rise it shows."),
                *(whole(other.value), "%"),
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
