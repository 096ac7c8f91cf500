"""What an account is drawn up from: the ledger with its log added up by month, and the entries of one month."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from app.db import db
from app.models import Person
from app.practice.account_statements import ADDED_UP, ONE_BY_ONE
from app.practice.ledger_facts import Gathered, Spent, hours_of
from app.practice.ledger_queries import (
    AnyRow,
    Minutes,
    Rows,
    blank_ledger_of,
    costs_from,
    gathered,
)
from app.practice.ledger_statements import CAME_AND_NOTED
from course.ledger import WINDOW_MONTHS, last_day_of


def account_of(person: Person, today: date, minutes: Minutes) -> Gathered | None:
    """The person's ledger with the log's entries added up by month; None while nobody has said when it begins.

    It comes to the same figures as the ledger row by row: entries of equal length count their number of times.
    """
    if person.ledger_start is None:
        return None
    rows, logged = Rows(), []
    ends = {f"end_{t}": last_day_of(t, person.ledger_start) for t in range(WINDOW_MONTHS + 1)}
    as_of = blank_ledger_of(person, today).as_of
    for row in db.session.execute(ADDED_UP, {"people": [person.id], "as_of": as_of, **ends}):
        if row.origin == "log":
            logged.append(several(row))
        else:
            rows.put_in.append(row)
    for row in db.session.execute(CAME_AND_NOTED, {"people": [person.id]}):
        rows.add(row)
    found = gathered(person, today, rows=rows, minutes=minutes)
    costs = sorted((*found.ledger.costs, *logged), key=lambda cost: cost.date)
    return replace(found, ledger=replace(found.ledger, costs=tuple(costs)))


def several(row: AnyRow) -> Spent:
    """The entries of a month that took equally long, as one cost."""
    return Spent(
        date=row.day,
        kind="time",
        hours=hours_of(row.minutes) * row.entries,
        what="practice log",
        origin="log",
        minutes=row.minutes * row.entries,
        entries=row.entries,
    )


def put_in_month(person: Person, t: int, minutes: Minutes) -> Sequence[Spent]:
    """What was put in during month t of the person's window, one by one, by date; month 0 is all up to the start."""
    start = person.ledger_start
    if start is None:
        return ()
    until = last_day_of(t, start)
    after = last_day_of(t - 1, start) if t else date.min
    days = {"people": [person.id], "after": after, "until": until}
    spent, _ = costs_from(db.session.execute(ONE_BY_ONE, days).all(), ZoneInfo(person.time_zone), minutes)
    return [cost for cost in spent if after < cost.date <= until]
