"""The cases of a cohort's report: chosen by rule, asked for one by one, told only of those who agreed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.filters import NBSP, number
from app.reports.case_queries import Asked
from app.reports.roi_book import Book, Counted
from course.cases import Candidate, Chosen, chosen
from course.roi import LEAST_MONTHS
from course.share import Share
from course.wording import counted, of, sentence, spell

ABOVE, BELOW = "More came back than was put in", "Less has come back than was put in"


@dataclass(frozen=True)
class Case:
    """One case that is told: whose, how it came out without any money, what they did, and their own words."""

    enrolment_id: int
    name: str
    came_out: str
    did: str
    words: str


@dataclass(frozen=True)
class Cases:
    """`may_ask`: how many would be asked now; none once it was done. `said`: how many were chosen and agreed."""

    may_ask: int
    said: str
    asked_at: datetime | None
    told: tuple[Case, ...]


NO_CASES = Cases(0, "No case is asked for or told where no return may be shown.", None, ())


def choice_of(book: Book) -> tuple[Chosen, ...]:
    """Whom the rule chooses of those in the sum who have had six months."""
    return chosen(
        Candidate(each.enrolled.enrolment_id, each.account.investment, each.benefit, each.hours)
        for each in book.counted
        if each.account.t >= LEAST_MONTHS and not each.enrolled.left
    )


def cases(asked: Sequence[Asked], book: Book, *, shown: bool) -> Cases:
    """What the report says of cases. `shown`: whether the return may be shown at all; else nobody is asked or told."""
    if not shown:
        return NO_CASES
    if not asked:
        return Cases(len(choice_of(book)), "Nobody was asked yet.", None, ())
    agreed = Share(sum(bool(each.agreed) for each in asked), len(asked))
    people = {each.enrolled.person_id: each for each in book.counted}
    return Cases(0, words_of(agreed), asked[0].asked_at, tuple(told(asked, people)))


def words_of(agreed: Share) -> str:
    """So many chosen, so many agreed: never who did not."""
    chose = sentence(f"{counted(agreed.n, 'case was', 'cases were')} chosen")
    if not agreed.successes:
        return f"{chose}, and nobody has agreed to have theirs told so far."
    return f"{chose}, and {spell(agreed.successes)} agreed to have theirs told."


def told(asked: Iterable[Asked], people: Mapping[int, Counted]) -> Iterator[Case]:
    """Those who agreed and still stand in the sum, by name."""
    for each in asked:
        theirs = people.get(each.person_id)
        if each.agreed and theirs:
            came_out = ABOVE if theirs.benefit > theirs.account.investment else BELOW
            yield Case(each.enrolment_id, each.name, came_out, did(theirs), each.words)


def did(theirs: Counted) -> str:
    """What somebody did, in counts they agreed to have told."""
    rate, kept = theirs.enrolled.connecting, theirs.enrolled.promises
    said = [f"{number(theirs.hours)}{NBSP}hours"]
    if rate.n:
        said.append(f"{number(rate.successes)} of {number(rate.n)} rated conversations connect")
    if kept.n:
        said.append(f"{of(kept)} promises kept in time")
    return sentence("; ".join(said)) + "."
