"""Learners with a long log: entries with corrections and what was taken back, promises, introductions, receipts.

The same size and seed give the same rows on any database. Run as a module, it adds both sizes to the demo's cohort.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select

from app import clock, create_app
from app.access import hash_password
from app.db import db
from app.models import Cohort, Cost, Enrolment, Entry, MonthlyMargin, Person, Promise, Receipt, Relationship
from bench.pages import PASSWORD

SPAN = 330
"""Days over which a log is spread, however long it is."""

LINES = ("personal", "two_way", "about_them", "value", "next_step")
LAYERS = {"core": 30, "active": 90, "network": 365}


@dataclass(frozen=True)
class Size:
    """How much one learner has."""

    email: str
    entries: int
    people: int
    receipts: int


SMALL = Size("short-log@example.org", 50, 5, 3)
BIG = Size("long-log@example.org", 5_000, 500, 300)


def grow(person: Person, size: Size, *, today: date, lessons: Sequence[str] = (), seed: int = 7) -> None:
    """Give a person a practice book and a ledger of this size. Flushes, never commits."""
    chance = random.Random(seed)
    start = today - timedelta(days=SPAN)
    people = tended(person, size, start=start, chance=chance)
    entries = logged(person, size, people=people, start=start, lessons=lessons, chance=chance)
    promised(person, entries, today=today, chance=chance)
    paid(person, size, people=people, start=start, chance=chance)


def added(model: Any, rows: Sequence[dict[str, Any]]) -> list[int]:
    """The ids of the rows that were added, in their order."""
    made = db.session.scalars(insert(model).returning(model.id, sort_by_parameter_order=True), list(rows))
    return list(made)


def tended(person: Person, size: Size, *, start: date, chance: random.Random) -> list[int]:
    """The people: seats for the first ten, every eighth brought by an earlier one."""
    rows = []
    for number in range(size.people):
        layer = chance.choice(tuple(LAYERS))
        rows.append(
            {
                "person_id": person.id,
                "alias": f"K-{number:03}",
                "layer": layer,
                "cadence_days": LAYERS[layer],
                "seat": number + 1 if number < 10 else None,
                "known_since": start - timedelta(days=chance.randrange(900)),
            }
        )
    ids = added(Relationship, rows)
    for place in range(8, len(ids), 8):
        brought = db.session.get_one(Relationship, ids[place])
        brought.introduced_by_id = ids[chance.randrange(place)]
    return ids


def logged(
    person: Person,
    size: Size,
    *,
    people: Sequence[int],
    start: date,
    lessons: Sequence[str],
    chance: random.Random,
) -> list[tuple[int, dict[str, Any]]]:
    """The entries with their ids: every tenth an exercise done alone, every twentieth corrected, some taken back."""
    count = size.entries - size.entries // 20
    rows = [
        talk(person, people, day=start + timedelta(days=SPAN * n // count), lessons=lessons, chance=chance)
        for n in range(count)
    ]
    for row in rows[::10]:
        row.update(dict.fromkeys(("relationship_id", "channel", "began", "sign", *LINES)))
    written = list(zip(added(Entry, rows), rows, strict=True))
    again = [
        {**row, "minutes": row["minutes"] + 5, "replaces_id": id, "void": n % 5 == 0}
        for n, (id, row) in enumerate(chance.sample(written, size.entries - count))
    ]
    added(Entry, again)
    return written


def talk(
    person: Person, people: Sequence[int], *, day: date, lessons: Sequence[str], chance: random.Random
) -> dict[str, Any]:
    """One entry with somebody."""
    return {
        "person_id": person.id,
        "relationship_id": chance.choice(people),
        "day": day,
        "channel": chance.choice(("met", "call", "video", "mail", "message")),
        "minutes": chance.choice((5, 10, 20, 40)),
        "began": chance.choice(("me", "me", "them")),
        "lesson_id": chance.choice(lessons) if lessons and chance.random() < 0.4 else None,
        **{line: chance.choice((0, 1, 1, 2)) for line in LINES},
        "step": "I send the drawing" if chance.random() < 0.3 else "",
        "sign": chance.choice(("advice", "confided", "referred")) if chance.random() < 0.03 else None,
        "note": "Asked what changed since spring. The night shift, he said." if chance.random() < 0.5 else "",
    }


def promised(
    person: Person, entries: Sequence[tuple[int, dict[str, Any]]], *, today: date, chance: random.Random
) -> None:
    """A promise in every fourth talk: mostly kept in time, some late, one in ten still open."""
    rows = []
    for id, row in entries[::4]:
        if row["relationship_id"] is None:
            continue
        due = row["day"] + timedelta(days=chance.choice((2, 5, 9)))
        kept = due + timedelta(days=chance.choice((0, 0, 0, 6)))
        rows.append(
            {
                "person_id": person.id,
                "relationship_id": row["relationship_id"],
                "entry_id": id,
                "text": "the spare-parts list",
                "made_on": row["day"],
                "due_on": due,
                "kept_on": kept if kept <= today and chance.random() < 0.9 else None,
            }
        )
    added(Promise, rows)


def paid(person: Person, size: Size, *, people: Sequence[int], start: date, chance: random.Random) -> None:
    """The fee, a year of margins before the start and as many months since, and the receipts."""
    person.ledger_start, person.hourly_value = start, 5_000
    db.session.add(Cost(person_id=person.id, day=start, kind="fee", what="Course fee", amount=120_000))
    months = [divmod(start.year * 12 + start.month - 1 + n, 12) for n in range(-12, SPAN // 31)]
    margins = [
        {"person_id": person.id, "month": date(year, month + 1, 1), "amount": 500_000 + chance.randrange(90_000)}
        for year, month in months
    ]
    added(MonthlyMargin, margins)
    receipts = [
        {
            "person_id": person.id,
            "relationship_id": chance.choice(people),
            "day": start + timedelta(days=40 + chance.randrange(SPAN - 40)),
            "what": "Service",
            "amount": chance.randrange(5_000, 90_000),
            "margin": Decimal(".6"),
            "attribution": chance.choice((Decimal(".5"), Decimal(".4"), None)),
            "confidence": Decimal(".8"),
        }
        for _ in range(size.receipts)
    ]
    added(Receipt, receipts)


def learner(size: Size, cohort: Cohort, *, today: date, lessons: Sequence[str]) -> Person:
    """A learner of the cohort who has all this."""
    person = Person(email=size.email, name=size.email.partition("@")[0], confirmed_at=clock.now())
    person.password_hash = hash_password(PASSWORD)
    db.session.add(person)
    db.session.flush()
    enrolled = Enrolment(person_id=person.id, cohort_id=cohort.id, status="confirmed", confirmed_at=clock.now())
    db.session.add(enrolled)
    grow(person, size, today=today, lessons=lessons)
    return person


def main() -> None:
    from app.content import library

    with create_app().app_context():
        cohort = db.session.scalars(select(Cohort).order_by(Cohort.starts_on).limit(1)).one()
        lessons = [lesson.id for lesson in library().lessons]
        for size in (SMALL, BIG):
            learner(size, cohort, today=clock.today(cohort.time_zone), lessons=lessons)
        db.session.commit()


if __name__ == "__main__":
    main()
