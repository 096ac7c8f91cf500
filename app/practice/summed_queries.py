"""The ledgers of many people with their time added up by month, for who reads a cohort and no single line.

A thousand learners have a hundred thousand lines of the log and ten thousand lessons; their accounts ask for
a month's time only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    Date,
    Integer,
    bindparam,
    case,
    cast,
    extract,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from app.db import ShareOfOne, db
from app.models import Enrolment, Entry, Person, Reading
from app.practice.ledger_facts import UNNAMED, hours_of, hours_together
from app.practice.ledger_queries import Minutes, decimal_of, ledger_with
from app.practice.ledger_statements import (
    ALIAS,
    COST,
    ENROLMENT,
    ENTRY,
    MARGIN,
    NO_AMOUNT,
    NO_DAY,
    NO_MOMENT,
    NO_NUMBER,
    NO_TEXT,
    PERSON,
    READING,
    RECEIPT,
    RECEIVED,
    TIMED,
    theirs,
)
from course.ledger import Cost, Ledger, Receipt, month_of


def by_month() -> Any:
    """The log's time added up within the months of each person's ledger.

    A ledger's month ends on the day of its start, so that a calendar month has two parts; days up to the start count as
    put in on it, and those about today stand alone, since an account ends with its person's own day. `ones` and `twos`
    count the lines whose minutes leave 1 and 2 when divided by three: their hours are rounded, the others' are not.
    """
    start, third = PERSON.ledger_start, ENTRY.minutes % 3
    lately = case((ENTRY.day > bindparam("edge", type_=Date), ENTRY.day))
    early = extract("day", ENTRY.day) <= extract("day", start)
    parts = (extract("year", ENTRY.day), extract("month", ENTRY.day), early, ENTRY.day < start, lately)
    return (
        select(
            *(ENTRY.person_id, func.max(ENTRY.day).label("day"), func.sum(ENTRY.minutes).label("minutes")),
            *(func.count().filter(third == rest).label(name) for rest, name in ((1, "ones"), (2, "twos"))),
        )
        .join_from(Entry.__table__, Person.__table__, PERSON.id == ENTRY.person_id)
        .where(theirs(ENTRY.person_id), *TIMED)
        .group_by(ENTRY.person_id, *parts)
    )


def all_of_it() -> Any:
    """All that ledgers are made of, one row under the other: what it is, whose, its day, and figures as they are kept.

    Whole numbers and text only, so that nothing is converted for the rows that haven't got it.
    """
    logged = by_month().subquery()
    shares = [type_coerce(share, Integer) for share in (RECEIPT.margin, RECEIPT.attribution, RECEIPT.confidence)]
    return union_all(
        select(
            *(literal("log"), logged.c.person_id, logged.c.day, NO_MOMENT, cast(logged.c.minutes, BigInteger)),
            *(logged.c.ones, logged.c.twos, NO_NUMBER, NO_TEXT, NO_NUMBER),
        ),
        select(
            *(literal("margin"), MARGIN.person_id, MARGIN.month, NO_MOMENT, MARGIN.amount),
            *(NO_NUMBER, NO_NUMBER, NO_NUMBER, NO_TEXT, NO_NUMBER),
        ).where(theirs(MARGIN.person_id)),
        select(
            *(literal("typed"), COST.person_id, COST.day, NO_MOMENT, COST.amount),
            *(COST.minutes, NO_NUMBER, NO_NUMBER, COST.kind, NO_NUMBER),
        ).where(theirs(COST.person_id), COST.removed_at.is_(None)),
        select(
            *(literal("lesson"), ENROLMENT.person_id, NO_DAY, READING.completed_at, NO_AMOUNT),
            *(READING.minutes, NO_NUMBER, NO_NUMBER, READING.lesson_id, NO_NUMBER),
        )
        .join_from(Reading.__table__, Enrolment.__table__, ENROLMENT.id == READING.enrolment_id)
        .where(theirs(ENROLMENT.person_id), READING.completed_at.is_not(None)),
        RECEIVED.with_only_columns(
            *(literal("receipt"), RECEIPT.person_id, RECEIPT.day, NO_MOMENT, RECEIPT.amount),
            *(*shares, ALIAS, RECEIPT.id),
            maintain_column_froms=True,
        ),
    )


ALL_OF_IT = all_of_it()


@dataclass
class Found:
    """What was found of one person. `studied`: the hours of lessons completed in a month, with the last of its days."""

    person: Person
    today: date
    zone: ZoneInfo
    costs: list[Cost] = field(default_factory=list)
    studied: dict[tuple[int, bool], tuple[date, Decimal]] = field(default_factory=dict)
    came_back: list[Receipt] = field(default_factory=list)
    margins: dict[date, int | None] = field(default_factory=dict)

    def study(self, at: datetime, more: Sequence[Any], minutes: Minutes) -> None:
        """Add a lesson to its month. What is dated after today stands apart: the account ends with today."""
        own, _, _, lesson, _ = more
        # The learner's own minutes go before the lesson's stated ones.
        taken = minutes.get(lesson) if own is None else own
        if taken is None:
            return
        day = at.astimezone(self.zone).date()
        month = month_of(day, self.person.ledger_start or self.today), day > self.today
        last, before = self.studied.get(month, (day, Decimal(0)))
        self.studied[month] = max(last, day), before + hours_of(taken)

    @property
    def ledger(self) -> Ledger:
        lessons = (Cost(day, "time", hours=hours) for day, hours in self.studied.values())
        costs = (*self.costs, *lessons)
        return ledger_with(self.person, self.today, costs, came_back=self.came_back, margins=self.margins)


def summed_ledgers_of(people: Sequence[Person], now: datetime, minutes: Minutes) -> Mapping[int, Ledger]:
    """The ledger of each person who has begun one, by their id, on their own day; one query.

    minutes: the stated minutes of every lesson by its id, former ones too. What is known of no lesson counts nothing.
    """
    found = {person.id: found_of(person, now) for person in people if person.ledger_start}
    # Somebody's own day is the day here, the one before or the one after.
    asked = {"people": list(found), "edge": now.date() - timedelta(days=2)}
    for what, id, day, at, number, *more in db.session.execute(ALL_OF_IT, asked) if found else ():
        theirs = found[id]
        if what == "margin":
            theirs.margins[day] = number
        elif what == "receipt":
            theirs.came_back.append(received(day, number, more))
        elif what == "lesson":
            theirs.study(at, more, minutes)
        else:
            theirs.costs.append(cost(what, day, number=number, more=more))
    return {id: each.ledger for id, each in found.items()}


def found_of(person: Person, now: datetime) -> Found:
    zone = ZoneInfo(person.time_zone)
    return Found(person, now.astimezone(zone).date(), zone)


def cost(what: str, day: date, *, number: int, more: Sequence[Any]) -> Cost:
    """A month of the log, or a cost that was typed."""
    if what == "log":
        ones, twos, *_ = more
        return Cost(day, "time", hours=hours_together(number, ones=ones, twos=twos))
    minutes, _, _, kind, _ = more
    return Cost(day, kind, hours=hours_of(minutes)) if kind == "time" else Cost(day, kind, amount=decimal_of(number))


def received(day: date, amount: int, more: Sequence[Any]) -> Receipt:
    margin, attribution, confidence, alias, id = more
    return Receipt(
        date=day,
        person=alias or UNNAMED,
        amount=decimal_of(amount),
        margin=share_of(margin) or Decimal(0),
        attribution=share_of(attribution),
        confidence=share_of(confidence),
        id=id,
    )


def share_of(kept: int | None) -> Decimal | None:
    """A share 0…1 from its ten-thousandths; None stays None."""
    return None if kept is None else Decimal(kept) / ShareOfOne.steps
