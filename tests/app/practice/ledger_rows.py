"""Ledgers of the tests, as rows: the method's own, a random one, and the way to read a figure off a page."""

import html
import random
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from app.db import db
from app.models import Cost, Entry, MonthlyMargin, Person, Reading, Receipt
from course.months import month_from
from tests import cast as people

START = date(2026, 1, 1)
# A day after the year's window, for the method's ledger.
AFTER = datetime(2027, 1, 4, 12, 0, tzinfo=UTC)


def month_end(t: int) -> date:
    """The last day of month t."""
    return month_from(START, t)


def begin(who: Person, start: date = START, **facts: Any) -> None:
    """Let the person's window begin, at 50 an hour unless said otherwise."""
    who.ledger_start, who.hourly_value = start, 5_000
    for name, value in facts.items():
        setattr(who, name, value)
    db.session.add(who)
    db.session.commit()


def worked_example(who: Person) -> None:
    """The learner of the method: 4 800 put in, 4 926 attributed, the margin 6 000 above an even baseline."""
    begin(who)
    k07, dunlin = people.relationship(who, "K-07"), people.relationship(who, "Dunlin")
    rows: list[Any] = [Cost(person_id=who.id, day=START, kind="fee", amount=120_000, what="Course fee")]
    # The first month's ten hours: three from the log, seven typed.
    rows += [log_entry(who, k07.id, date(2026, 1, 2 + i), 20) for i in range(9)]
    rows += [time(who, 1, 420), *(time(who, t, 600) for t in range(2, 5)), *(time(who, t, 240) for t in range(5, 13))]
    rows += [paid(who, 6_000, date(2026, 4, 30), k07.id, ".60 .5 .8")]
    rows += [paid(who, 1_000, month_end(t) - timedelta(1), dunlin.id, ".70 .4 .75") for t in range(6, 13)]
    rows += [paid(who, 8_000, date(2026, 9, 9), k07.id, ".60 .6 .7")]
    rows += [MonthlyMargin(person_id=who.id, month=month_from(START, t), amount=500_000) for t in range(-12, 0)]
    rows += [MonthlyMargin(person_id=who.id, month=month_from(START, t), amount=550_000) for t in range(12)]
    db.session.add_all(rows)
    db.session.commit()


def time(who: Person, t: int, minutes: int) -> Cost:
    return Cost(person_id=who.id, day=month_end(t), kind="time", minutes=minutes, what=f"Talks, month {t}")


def log_entry(who: Person, whom: int | None, day: date, minutes: int) -> Entry:
    lines = {"personal": 1, "two_way": 1, "about_them": 1, "value": 1, "next_step": 1, "channel": "call", "began": "me"}
    return Entry(person_id=who.id, relationship_id=whom, day=day, minutes=minutes, **(lines if whom else {}))


def paid(who: Person, amount: int, day: date, whom: int | None, shares: str) -> Receipt:
    """A receipt; the shares are margin, attribution and confidence, `-` for an unknown one."""
    margin, a, c = (None if share == "-" else Decimal(share) for share in shares.split())
    facts = {"margin": margin, "attribution": a, "confidence": c, "what": "Order"}
    return Receipt(person_id=who.id, amount=amount * 100, day=day, relationship_id=whom, **facts)


def random_ledger(who: Person, enrolment_id: int, *, seed: int, lessons: list[str]) -> None:
    """Rows of every kind, inside and outside the window, with hours that no decimal holds."""
    chance = random.Random(seed)
    whom = [people.relationship(who, f"A-{i}").id for i in range(3)]
    begin(who, hourly_value=chance.choice([0, 3_333, 5_000, 6_249]), sales_cycle_months=chance.randrange(8))
    days = [START + timedelta(chance.randrange(-60, 420)) for _ in range(60)]
    rows: list[Any] = [log_entry(who, chance.choice([*whom, None]), day, chance.randrange(100)) for day in days]
    rows += [
        Cost(person_id=who.id, day=day, kind=chance.choice(["fee", "cash"]), amount=chance.randrange(90_000), what="x")
        for day in days[:6]
    ]
    rows += [
        Receipt(
            person_id=who.id,
            relationship_id=chance.choice([*whom, None]),
            day=day,
            amount=chance.randrange(1, 900_000),
            what=chance.choice(["", "Order", "=1+1"]),
            margin=Decimal(chance.randrange(10_001)) / 10_000,
            attribution=chance.choice([None, Decimal(chance.randrange(10_001)) / 10_000]),
            confidence=chance.choice([None, Decimal(chance.randrange(10_001)) / 10_000, Decimal(1)]),
        )
        for day in days[:25]
    ]
    rows += [
        MonthlyMargin(
            person_id=who.id, month=month_from(START, t), amount=chance.choice([None, chance.randrange(-9_999, 99_999)])
        )
        for t in range(-14, 13)
    ]
    rows += [reading(enrolment_id, lesson, datetime(2026, 3, 1, tzinfo=UTC)) for lesson in lessons]
    db.session.add_all(rows)
    db.session.commit()


def reading(enrolment_id: int, lesson_id: str, at: datetime) -> Reading:
    return Reading(enrolment_id=enrolment_id, lesson_id=lesson_id, content_hash="0", completed_at=at)


def figure(page: str, line: str) -> str:
    """The figure that stands in one of the lines of "How it is made"."""
    found = re.search(rf'id="{line}"><summary><span>[^<]*</span><span class="num">([^<]*)</span>', page)
    return html.unescape(found[1]) if found else f"no line {line}"


def heading(page: str) -> str:
    """The page's title as it is read."""
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    return text_of(found[1]) if found else ""


def text_of(fragment: str) -> str:
    """Markup as it is read, with plain blanks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", fragment)).replace("\u00a0", " ").split())
