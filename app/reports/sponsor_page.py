"""A cohort's report as people outside read it: printed once when it is drawn up, of groups of five or more.

Every figure here rests on nobody or on at least five people, counts leave no smaller group on either side, the median
is rounded to tens, and what one learner alone makes is said as a direction and not as a figure. `course.disclosure`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from app.filters import NBSP, money, number
from app.reports.cohort_queries import OwnCohort
from app.reports.roi_book import Book, Counted, book_of, summary_of
from app.reports.roi_figures import Stated, stated
from app.reports.roi_levels import HIDDEN, NOT_YET, Level, measured, together
from app.reports.roi_page import held_back, said_of
from app.reports.roi_queries import Enrolled
from app.reports.roi_reaction import ASKED, LEVEL, said_by
from course.disclosure import FEWEST, Contributions, enough, rounded_to_tens, tells_of_few
from course.roi_words import COUNTS, Figure, RoiWords, roi_words
from course.share import Share
from course.wording import counted, of, sentence, spell

if TYPE_CHECKING:
    from course.cohort import Summary

OF_FEW = "It would tell of fewer than five people."
FEW = "All but fewer than five"

# What a learner adds to each kind of figure; whoever adds nothing is not among those it rests on.
ADDED: dict[str, Callable[[Counted], object]] = {
    "people": lambda each: True,
    "investment": lambda each: each.account.investment,
    "hours": lambda each: each.hours,
    "recall": lambda each: counts(each.enrolled.recall),
    "connecting": lambda each: counts(each.enrolled.connecting),
    "promises": lambda each: counts(each.enrolled.promises),
    "receipts": lambda each: each.receipts,
    "opportunities": lambda each: each.enrolled.chances,
    "introductions": lambda each: counts(each.enrolled.introduced),
    "returning clients": lambda each: counts(each.enrolled.returned),
    "reporting": lambda each: each.reported,
    "benefit": lambda each: each.benefit,
}


@dataclass(frozen=True)
class Drawn:
    """A report as it would be frozen now, and who adds what to it."""

    content: dict[str, Any]
    contributions: Contributions


def counts(share: Share) -> tuple[int, int] | None:
    return (share.successes, share.n) if share.n else None


def drawn_up(cohort: OwnCohort, enrolled: Sequence[Enrolled], now: datetime) -> Drawn | None:
    """The report over those in the sum; None of fewer than five."""
    book = book_of(enrolled, cohort.page.currency)
    if len(book.counted) < FEWEST or not cohort.page.terms.has_begun(now):
        return None
    summary, added = summary_of(book, seed=cohort.id), contributions(book.counted)
    words = told(summary, said_of(summary, cohort, now), added)
    last = held_back(cohort, now) or level_five(summary, words)
    content = {
        "title": words.title.replace(" %", f"{NBSP}%"),
        "levels": [level.printed for level in (*levels(book, added), last)],
        "figures": [figure.printed for figure in figures(summary, words)],
    }
    return Drawn(content, added)


def contributions(people: Sequence[Counted]) -> dict[str, dict[str, str]]:
    """By kind of figure: a fingerprint of what each person adds, of those who add something."""
    heard = {id(each) for each in said_by([each.enrolled for each in people]).counted}

    def reaction(each: Counted) -> object:
        return each.enrolled.reaction if id(each.enrolled.reaction) in heard else None

    return {
        kind: {str(each.enrolled.person_id): mark for each in people if (mark := fingerprint(added(each)))}
        for kind, added in {**ADDED, "reaction": reaction}.items()
    }


def fingerprint(value: object) -> str:
    return sha256(str(value).encode()).hexdigest()[:16] if value else ""


def levels(book: Book, added: Contributions) -> Iterator[Level]:
    """Input to results, each only where it rests on five people or on nobody."""
    people = [each.enrolled for each in book.counted]
    total = money(int(book.investment.to_integral_value()) * 100, book.currency)
    hours = f", {number(book.hours)}{NBSP}hours" if enough(len(added["hours"])) else ""
    put_in = f"{sentence(counted(len(people), 'person', 'people'))}{hours}, fees and cash"
    yield Level("0 Input", put_in, total, "Everybody in the sum, whether they report or not.")
    yield from reaction(people)
    shares: tuple[tuple[str, str, str, Share, str], ...] = (
        ("recall", "2 Learning", "Recall right a day or more later", together(e.recall for e in people), "question"),
        ("connecting", "3 Behaviour", "Connecting rate", together(e.connecting for e in people), "entry with a person"),
        ("promises", "3 Behaviour", "Promises kept in time", together(e.promises for e in people), "promise due"),
        ("introductions", "4 Results", "Receipts by introduction", together(e.introduced for e in people), "receipt"),
        (
            "returning clients",
            "4 Results",
            "Receipts of returning clients",
            together(e.returned for e in people),
            "receipt",
        ),
    )
    for kind, name, what, share, none in shares:
        shown = measured(name, what, share, none=f"No {none} yet.")
        yield shown if enough(len(added[kind])) else Level(name, what, HIDDEN, OF_FEW)
    for kind, what, count in (
        ("receipts", "Receipts noted", book.receipts),
        ("opportunities", "Opportunities open or signed", sum(each.chances for each in people)),
    ):
        reading = "Counted, and in no return by themselves."
        few = Level("4 Results", what, HIDDEN, OF_FEW)
        yield Level("4 Results", what, number(count), reading) if enough(len(added[kind])) else few


def reaction(people: Sequence[Enrolled]) -> Iterator[Level]:
    """What learners say of the course, as counts that leave no group of one to four on either side."""
    said = said_by(people)
    if not said.counted:
        yield Level(LEVEL, "Relevance, intent to use", HIDDEN if said.answers.successes else NOT_YET, ASKED)
    for item, share in said.shares() if said.counted else ():
        shown = measured(LEVEL, item.measured, share, none="")
        yield replace(shown, now=told_of(share), reading="Of those who answered.") if tells_of_few(share) else shown


def told(summary: "Summary", words: RoiWords, added: Contributions) -> RoiWords:
    """The title and the figures that may go out: none where what came back is of fewer than five people."""
    if not words.figures:
        return words
    if not enough(len(added["benefit"])):
        many = counted(summary.n, "learner")
        return RoiWords(sentence(f"{many}, of whom too few have a benefit yet to speak of a return"), ())
    if summary.display == "counts":
        title = f"{counted(summary.n, 'learner')}, and a median return of about {percent(summary.median_percent)}"
        return RoiWords(sentence(title), COUNTS)
    return RoiWords(roi_words(softened(summary)).title, words.figures)


def softened(summary: "Summary") -> "Summary":
    """The same without what the words would tell of a few."""
    coarse = None if summary.median_percent is None else rounded_to_tens(summary.median_percent)
    all_of_them = Share(summary.n, summary.n)
    reporting = all_of_them if tells_of_few(summary.reporting) else summary.reporting
    return replace(summary, median_percent=coarse, reporting=reporting)


def percent(value: Decimal | None) -> str:
    return "–" if value is None else f"{number(rounded_to_tens(value))} %"


def figures(summary: "Summary", words: RoiWords) -> Iterator[Stated]:
    """The figures in print. What would tell of a few stands in words."""
    for figure in words.figures:
        printed = stated(figure, softened(summary))
        if figure == "leave_top_out_percent":
            yield Stated(
                "Without the largest", direction(summary), "Said as a direction: the difference is one person’s."
            )
        elif figure == "median_percent":
            yield replace(
                printed, value=f"about {printed.value}", meaning="Rounded to tens, so that it is nobody’s own."
            )
        elif figure == "n":
            yield replace(printed, meaning="Everybody enrolled who has put something in.")
        elif figure in {"reporting", "positive"}:
            share = summary.reporting if figure == "reporting" else summary.positive
            yield replace(printed, value=told_of(share))
        elif figure != "positive_interval" or not tells_of_few(summary.positive):
            yield printed


def told_of(share: Share) -> str:
    """A count, or that it would make a group of fewer than five."""
    if not tells_of_few(share):
        return sentence(of(share))
    return f"{FEW} of {share.n}" if share.successes > share.n / 2 else f"Fewer than five of {share.n}"


def direction(summary: "Summary") -> str:
    rest = summary.leave_top_out_percent
    if rest is None:
        return "–"
    return "Above what was put in" if rest > 0 else "Not above what was put in"


def level_five(summary: "Summary", words: RoiWords) -> Level:
    """The return, as far as it may go out."""
    whose = f"All {spell(summary.n)} in the sum; whoever did not report counts as nothing"
    if not words.figures:
        return Level("5 ROI", whose, HIDDEN, OF_FEW, marked=True)
    lead: Figure = "roi_percent" if "roi_percent" in words.figures else "median_percent"
    now = stated(lead, softened(summary)).value
    doubt = "" if summary.display == "headline" else "Indicative. "
    total = "" if lead == "roi_percent" else "No total."
    return Level("5 ROI", whose, now if lead == "roi_percent" else f"Median about {now}", doubt + total, marked=True)
