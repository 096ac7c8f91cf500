"""The lines that an account's figures are made of, as its page prints them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from app.filters import number
from app.practice.account_words import duration
from app.practice.ledger_facts import UNNAMED, Gathered, Spent
from course.currency import Original, places_of
from course.exact import EXACT
from course.roi import Account, CostLine, Ledger, ReceiptLine, account
from course.wording import counted, sentence

Titles = Mapping[str, str]
RECEIPTS, COSTS = ("receipt", "receipts"), ("cost", "costs")
# A page that lists more of a kind than this tells them by month instead, and each month opens.
MOST_LINES = 24
NOUNS = {"log": ("entry of the log", "entries of the log"), "lesson": ("lesson completed", "lessons completed")}


class Counting(Protocol):
    """What counts something in a month of the account."""

    @property
    def t(self) -> int: ...
    @property
    def counts(self) -> Decimal: ...


AnyLine = TypeVar("AnyLine", bound=Counting)


@dataclass(frozen=True)
class Line:
    """One line of a sum: its day and month t, what it is, its formula filled in, what it counts, or why it doesn't.

    original: what was paid, where that was in another currency.
    """

    day: date
    what: str
    filled_in: str
    counts: Decimal
    left_out: str = ""
    id: int | None = None
    t: int = 0
    original: str = ""


@dataclass(frozen=True)
class Paid(Line):
    """A receipt as a line: `what` is who paid, or what for where nobody is named; `purpose` what for otherwise."""

    amount: Decimal = Decimal(0)
    purpose: str = ""


@dataclass(frozen=True)
class MonthSum:
    """The lines of one month as one: how many there are, the formula filled in, and what they count together."""

    t: int
    what: str
    counts: Decimal
    filled_in: str = ""


@dataclass(frozen=True)
class Time:
    """Time that was counted by itself, from the log or the lessons: its sum, and the months it is made of."""

    name: str
    filled_in: str
    counts: Decimal
    months: tuple[MonthSum, ...]


@dataclass(frozen=True)
class LeftOut:
    """What stands in the ledger and counts nothing, and why. No day where it is several."""

    day: date | None
    what: str
    reason: str


def origin(line: CostLine) -> str:
    return line.cost.origin if isinstance(line.cost, Spent) else "typed"


def minutes_of(line: CostLine) -> int:
    return line.cost.minutes if isinstance(line.cost, Spent) else 0


def lines_of_receipts(ledger: Ledger) -> tuple[Paid, ...]:
    """Each receipt with what it counts, the newest first."""
    return tuple(paid_line(line) for line in account(ledger).receipt_lines[::-1])


def lines_of_costs(ledger: Ledger) -> tuple[Line, ...]:
    """Each cost with what it counts, the newest first."""
    return tuple(cost_line(line) for line in account(ledger).cost_lines[::-1])


def paid_line(line: ReceiptLine) -> Paid:
    """A receipt as a line."""
    receipt = line.receipt
    unnamed = receipt.person == UNNAMED
    return Paid(
        day=receipt.date,
        what=(receipt.what or "A receipt") if unnamed else receipt.person,
        filled_in=line.formula,
        counts=line.counts,
        left_out=sentence(line.left_out),
        id=receipt.id,
        t=line.t,
        original=shown_original(receipt.original),
        amount=receipt.amount,
        purpose="" if unnamed else receipt.what,
    )


def cost_line(line: CostLine) -> Line:
    """A cost as a line; time is written in hours and minutes, as it was typed."""
    filled_in = line.formula if line.cost.kind != "time" else f"{duration(minutes_of(line))} × {hour_value(line)}"
    return Line(
        day=line.cost.date,
        what=line.cost.what,
        filled_in=filled_in,
        counts=line.counts,
        left_out=sentence(line.left_out),
        id=line.cost.id,
        t=line.t,
        original=shown_original(line.cost.original),
    )


def shown_original(original: Original | None) -> str:
    """What was paid in another currency, as it stands beside a line: 1 200.00 USD at .92, ECB; empty for none."""
    if original is None:
        return ""
    amount = number(original.amount, places_of(original.currency))
    return f"{amount} {original.currency} at {original.rate.normalize():f}, {original.source}"


def hour_value(line: CostLine) -> str:
    return line.formula.partition(" × ")[2]


def times_of(counting: Sequence[CostLine]) -> list[Time]:
    """The time that the log and the lessons counted, each as one sum over its months."""
    found = []
    for kind, nouns in NOUNS.items():
        lines = [line for line in counting if origin(line) == kind]
        if lines:
            found.append(time_of(lines, nouns))
    return found


def time_of(lines: Sequence[CostLine], nouns: tuple[str, str]) -> Time:
    return Time(
        name=sentence(counted(entries_of(lines), *nouns)),
        filled_in=time_filled_in(lines),
        counts=added(lines),
        months=tuple(
            MonthSum(t, how_many(entries_of(those), nouns), added(those), time_filled_in(those))
            for t, those in by_month(lines)
        ),
    )


def by_month(lines: Sequence[AnyLine]) -> list[tuple[int, list[AnyLine]]]:
    """The lines of each month, in its order."""
    found: dict[int, list[AnyLine]] = defaultdict(list)
    for line in lines:
        found[line.t].append(line)
    return sorted(found.items())


def sums_if_many(lines: Sequence[Line], nouns: tuple[str, str]) -> tuple[MonthSum, ...]:
    """The lines as one line a month where there are more than a page should hold; empty where there are not."""
    if len(lines) <= MOST_LINES:
        return ()
    return tuple(MonthSum(t, how_many(len(those), nouns), added(those)) for t, those in by_month(lines))


def how_many(count: int, nouns: tuple[str, str]) -> str:
    """A count in a column, always in figures."""
    return f"{number(count)} {nouns[count != 1]}"


def added(lines: Iterable[Counting]) -> Decimal:
    """What the lines count together, exactly."""
    total = Decimal(0)
    for line in lines:
        total = EXACT.add(total, line.counts)
    return total


def entries_of(lines: Iterable[CostLine]) -> int:
    return sum(line.cost.entries if isinstance(line.cost, Spent) else 1 for line in lines)


def time_filled_in(lines: Sequence[CostLine]) -> str:
    return f"{duration(sum(map(minutes_of, lines)))} × {hour_value(lines[0])}"


def named(line: CostLine, titles: Titles) -> str:
    """Whom an entry was with, or which lesson was completed."""
    about = line.cost.about if isinstance(line.cost, Spent) else ""
    if origin(line) == "lesson":
        return titles.get(about, about)
    return about or "On my own"


def left_out_of(gathered: Gathered, drawn_up: Account, titles: Titles) -> tuple[LeftOut, ...]:
    """Everything that counts nothing, with its reason; entries and lessons by their number, and others where many."""
    paid = [
        LeftOut(line.day, f"{line.what}, {number(line.amount, 2)}", line.left_out)
        for line in map(paid_line, drawn_up.receipt_lines)
        if line.left_out
    ]
    typed = [
        LeftOut(line.day, f"{line.what}, {line.filled_in}", line.left_out)
        for line in (cost_line(line) for line in drawn_up.cost_lines if origin(line) == "typed")
        if line.left_out
    ]
    several: Counter[tuple[str, str]] = Counter()
    for line in drawn_up.cost_lines:
        if line.left_out and origin(line) in NOUNS:
            several[origin(line), line.left_out] += entries_of([line])
    by_itself = [LeftOut(None, sentence(counted(n, *NOUNS[kind])), sentence(why)) for (kind, why), n in several.items()]
    lost = [
        LeftOut(lesson.day, titles.get(lesson.lesson_id, lesson.lesson_id), "Its stated minutes are not known any more")
        for lesson in gathered.unmeasured
    ]
    return (*shortened(paid, RECEIPTS), *shortened(typed, COSTS), *by_itself, *shortened(lost, NOUNS["lesson"]))


def shortened(lines: Sequence[LeftOut], nouns: tuple[str, str]) -> Sequence[LeftOut]:
    """The lines, or one for each reason where there are more than a page should hold."""
    if len(lines) <= MOST_LINES:
        return lines
    reasons = Counter(line.reason for line in lines)
    return [LeftOut(None, sentence(counted(n, *nouns)), reason) for reason, n in reasons.items()]
