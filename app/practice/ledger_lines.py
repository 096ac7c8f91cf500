"""The lines that an account's figures are made of, as its page prints them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.filters import number
from app.practice.account_words import duration
from app.practice.ledger_facts import UNNAMED, Gathered, Spent
from course.exact import EXACT
from course.roi import Account, CostLine, Ledger, ReceiptLine, account
from course.wording import counted, sentence

Titles = Mapping[str, str]
NOUNS = {"log": ("entry of the log", "entries of the log"), "lesson": ("lesson completed", "lessons completed")}


@dataclass(frozen=True)
class Line:
    """One line of a sum: its day, what it is, the formula filled in, what it counts, and why not if it doesn't."""

    day: date
    what: str
    filled_in: str
    counts: Decimal
    left_out: str = ""
    id: int | None = None


@dataclass(frozen=True)
class Paid(Line):
    """A receipt as a line: `what` is who paid, or what for where nobody is named; `purpose` what for otherwise."""

    amount: Decimal = Decimal(0)
    purpose: str = ""


@dataclass(frozen=True)
class Time:
    """Time that was counted by itself, from the log or the lessons: its sum, and the lines it is made of."""

    name: str
    of_lessons: bool
    filled_in: str
    counts: Decimal
    lines: tuple[Line, ...]


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
    )


def hour_value(line: CostLine) -> str:
    return line.formula.partition(" × ")[2]


def times_of(counting: Sequence[CostLine], titles: Titles) -> list[Time]:
    """The time that the log and the lessons counted, each as one sum over its lines."""
    found = []
    for kind, nouns in NOUNS.items():
        lines = [line for line in counting if origin(line) == kind]
        if lines:
            found.append(time_of(lines, sentence(counted(len(lines), *nouns)), titles))
    return found


def time_of(lines: Sequence[CostLine], name: str, titles: Titles) -> Time:
    minutes = sum(minutes_of(line) for line in lines)
    counts = Decimal(0)
    for line in lines:
        counts = EXACT.add(counts, line.counts)
    return Time(
        name=name,
        of_lessons=origin(lines[0]) == "lesson",
        filled_in=f"{duration(minutes)} × {hour_value(lines[0])}",
        counts=counts,
        lines=tuple(
            Line(line.cost.date, named(line, titles), duration(minutes_of(line)), line.counts) for line in lines
        ),
    )


def named(line: CostLine, titles: Titles) -> str:
    """Whom an entry was with, or which lesson was completed."""
    about = line.cost.about if isinstance(line.cost, Spent) else ""
    if origin(line) == "lesson":
        return titles.get(about, about)
    return about or "On my own"


def left_out_of(gathered: Gathered, drawn_up: Account, titles: Titles) -> tuple[LeftOut, ...]:
    """Everything that counts nothing, with its reason; entries and lessons by their number."""
    typed = [
        LeftOut(line.day, f"{line.what}, {line.filled_in}", line.left_out)
        for line in (cost_line(line) for line in drawn_up.cost_lines if origin(line) == "typed")
        if line.left_out
    ]
    paid = [
        LeftOut(line.day, f"{line.what}, {number(line.amount, 2)}", line.left_out)
        for line in map(paid_line, drawn_up.receipt_lines)
        if line.left_out
    ]
    several = Counter((origin(line), line.left_out) for line in drawn_up.cost_lines if line.left_out)
    by_itself = [
        LeftOut(None, sentence(counted(count, *NOUNS[kind])), sentence(reason))
        for (kind, reason), count in several.items()
        if kind in NOUNS
    ]
    lost = [
        LeftOut(lesson.day, titles.get(lesson.lesson_id, lesson.lesson_id), "Its stated minutes are not known any more")
        for lesson in gathered.unmeasured
    ]
    return (*paid, *typed, *by_itself, *lost)
