"""The levels of a cohort's report, 0 to 5: what is measured, the figure now, and how to read it. Method §4."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from app.filters import NBSP, money, number
from app.reports.roi_book import Book
from app.reports.roi_figures import ends, printed, stated, whole
from app.reports.roi_queries import Enrolled
from app.reports.roi_reaction import LEVEL, said_by, why_hidden
from course.roi_words import Figure
from course.share import Share
from course.wording import counted, of, sentence, spell

if TYPE_CHECKING:
    from course.cohort import Summary

NOT_YET = "Not yet"
HIDDEN = "Not shown"
TOO_FEW = "Shown from five learners on."


@dataclass(frozen=True)
class Level:
    """One line of the report. Where its figure is a number, `number` is that, in `unit`; a share also has what it is a
    share of, and both ends of where it likely lies in percent.
    """

    name: str
    measured: str
    now: str
    reading: str
    marked: bool = False
    number: int | None = None
    unit: str = ""
    counts: tuple[int, ...] = ()
    likely: tuple[int, ...] = ()

    @property
    def printed(self) -> dict[str, str | bool]:
        """What a page says of it, and nothing that only a file holds."""
        return {
            "name": self.name,
            "measured": self.measured,
            "now": self.now,
            "reading": self.reading,
            "marked": self.marked,
        }


def levels_to_four(enrolled: Sequence[Enrolled], book: Book, *, hidden: str) -> tuple[Level, ...]:
    """Input, reaction, learning, behaviour, results. `hidden`: why nothing is said of money; empty where it is."""
    recall = together(each.recall for each in enrolled)
    rate = together(each.connecting for each in enrolled)
    promises = together(each.promises for each in enrolled)
    asked_again = "Recall right when a question came back, a day or more after its first answer"
    return (
        level_nought(enrolled, book, hidden=hidden),
        *reaction(enrolled),
        measured("2 Learning", asked_again, recall, none="No question has come back yet."),
        measured("3 Behaviour", "Connecting rate, all rated entries", rate, none="No entry with a person yet."),
        measured("3 Behaviour", "Promises kept in time", promises, none="No promise has fallen due yet."),
        receipts(book, hidden=hidden),
        *results(enrolled, hidden=hidden),
    )


def reaction(enrolled: Sequence[Enrolled]) -> Iterable[Level]:
    """What learners say of the course: who says yes, of those counted, and how many answered at all."""
    said = said_by(enrolled)
    if not said.counted:
        now = HIDDEN if said.answers.successes else NOT_YET
        yield Level(LEVEL, "Relevance, intent to use", now, why_hidden(said))
    else:
        for item, share in said.shares():
            level = measured(LEVEL, item.measured, share, none="")
            yield replace(level, reading=f"{level.reading} {said.rate}")


def results(enrolled: Sequence[Enrolled], *, hidden: str) -> Iterable[Level]:
    """What may come, and where clients came from: counted beside the return, and never added to it."""
    names = ("Opportunities open or signed", "Receipts from introductions", "Receipts from clients who came back")
    if hidden:
        yield from (Level("4 Results", name, HIDDEN, hidden) for name in names)
        return
    chances = sum(each.chances for each in enrolled)
    yield Level("4 Results", names[0], number(chances), "Not money yet, and in no return.", number=chances)
    none = "No receipt says yet where its client came from."
    yield measured("4 Results", names[1], together(each.introduced for each in enrolled), none=none)
    yield measured("4 Results", names[2], together(each.returned for each in enrolled), none=none)


def level_nought(enrolled: Sequence[Enrolled], book: Book, *, hidden: str) -> Level:
    """People, hours and money put in."""
    people = sentence(counted(len(enrolled), "person", "people"))
    if hidden:
        return Level("0 Input", f"{people}, hours, fees and cash", HIDDEN, hidden)
    hours = f"{number(book.hours)}{NBSP}hours"
    put_in = int(book.investment.to_integral_value())
    priced = all(each.enrolled.priced for each in book.counted)
    reading = (
        "All hours count, also those of the silent." if priced else "Hours of all; their money where one is valued."
    )
    total = money(put_in * 100, book.currency)
    return Level("0 Input", f"{people}, {hours}, fees and cash", total, reading, number=put_in, unit=book.currency)


def measured(name: str, what: str, share: Share, *, none: str) -> Level:
    """A level that is a share of counted things: never without its counts and how sure it is."""
    if share.interval is None:
        return Level(name, what, NOT_YET, none)
    likely, now = ends(share.interval, times=100), whole(Decimal(str(share.value)) * 100)
    low, high = map(number, likely)
    counts = f"{number(share.successes)} of {number(share.n)}"
    return Level(
        name=name,
        measured=what,
        now=printed("percent", now),
        reading=f"Likely between {low} and {high}{NBSP}%; {counts}.",
        number=now[0],
        unit="%",
        counts=(share.successes, share.n),
        likely=likely,
    )


def receipts(book: Book, *, hidden: str) -> Level:
    """How many receipts there are; of few people even that is told to nobody else."""
    if hidden:
        return Level("4 Results", "Receipts noted", HIDDEN, hidden)
    reported = Share(sum(each.reported for each in book.counted), len(book.counted))
    told = f"{sentence(of(reported))} reported."
    return Level("4 Results", "Receipts noted", number(book.receipts), told, number=book.receipts)


def grades(book: Book) -> str:
    """How well the claims are supported, in words. Grade A would take a cohort that waited; nobody does that yet."""
    supported = Share(sum(each.account.grade == "B" for each in book.counted), len(book.counted))
    if supported.successes == supported.n:
        return "Grade B: every claim has a ledger and a baseline behind it."
    if not supported.successes:
        return "Grade C: no claim is supported by a baseline, so none counts."
    return sentence(f"Grade B for {of(supported)}, by ledger and baseline; the others are grade C and count nothing.")


def level_five(summary: "Summary", figures: Sequence[Figure]) -> Level:
    """The return, as far as it may be shown; `figures` are those that may be."""
    if not figures:
        return Level("5 ROI", "The return on what was put in", HIDDEN, TOO_FEW, marked=True)
    lead: Figure = "roi_percent" if "roi_percent" in figures else "median_percent"
    said = stated(lead, summary)
    now = said.value
    return Level(
        "5 ROI",
        whose(summary),
        f"Median {now}" if lead == "median_percent" else now,
        " ".join(readings(summary, figures)),
        marked=True,
        number=said.numbers[0] if said.numbers else None,
        unit=said.unit,
    )


def whose(summary: "Summary") -> str:
    """Over whom the return is reckoned: never over those alone who reported."""
    silent = summary.n - summary.reporting.successes
    everybody = f"All {spell(summary.n)} in the sum"
    if not silent:
        return f"{everybody} reported"
    return f"{everybody}; {spell(silent)} did not report and {'counts' if silent == 1 else 'count'} as nothing"


def readings(summary: "Summary", figures: Sequence[Figure]) -> Iterable[str]:
    """How to read level 5: how sure it is, how many came out above, what is not said and why."""
    if summary.display == "indicative":
        yield "Indicative."
    yield f"{sentence(of(summary.positive))} got back more than they put in."
    if summary.display == "counts":
        yield "No total of fewer than ten."
    elif summary.total_suppressed:
        yield "No total: one learner is over half of it."


def together(shares: Iterable[Share]) -> Share:
    """Many shares as one: their counts added up."""
    all_of_them = tuple(shares)
    return Share(sum(share.successes for share in all_of_them), sum(share.n for share in all_of_them))
