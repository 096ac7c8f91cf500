"""A cohort of as many learners as wanted, each with a hundred entries and what hangs on them.

The same seed and size give the same rows on any database.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, insert, select

from app import clock
from app.content import library
from app.db import db
from app.models import (
    Answer,
    Assessment,
    Cohort,
    CohortTrainer,
    Enrolment,
    Entry,
    MonthlyMargin,
    Person,
    Promise,
    Reading,
    Receipt,
    Relationship,
)

ENTRIES, PEOPLE, RECEIPTS, MONTHS, PROMISES = 100, 6, 4, 18, 12
SPAN = 300
"""Days since the cohort began, over which everything is spread."""

CHUNK = 200
"""Learners written at a time."""

LINES = ("personal", "two_way", "about_them", "value", "next_step")
Rows = dict[Any, list[dict[str, Any]]]


def crowd(slug: str, learners: int, *, entries: int = ENTRIES, seed: int = 7) -> tuple[int, int]:
    """Put a running cohort and its learners down; its id and its trainer's. Commits."""
    today = clock.now().date()
    trainer = Person(email=f"{slug}@trainers.example", name=slug, is_trainer=True, confirmed_at=clock.now())
    words = {"name": slug, "promise": "", "meetings": "", "rhythm": "", "trainer_line": "", "time_zone": "UTC"}
    days = {"starts_on": today - timedelta(days=SPAN), "ends_on": today + timedelta(days=30), "price": 0}
    opening = {"opens_at": clock.now() - timedelta(days=400), "closes_at": clock.now() - timedelta(days=350)}
    cohort = Cohort(slug=slug, capacity=learners, taken=learners, currency="EUR", **words, **days, **opening)
    db.session.add_all((trainer, cohort))
    db.session.flush()
    db.session.add(CohortTrainer(cohort_id=cohort.id, person_id=trainer.id))
    found = cohort.id, trainer.id
    first = {
        model: (db.session.scalar(select(func.max(model.id))) or 0) + 1
        for model in (Person, Enrolment, Entry, Relationship)
    }
    maker = Maker(found[0], slug, first, entries=entries, chance=random.Random(seed))
    for start in range(0, learners, CHUNK):
        for model, rows in maker.chunk(range(start, min(start + CHUNK, learners))).items():
            db.session.execute(insert(model), rows)
        db.session.commit()
    return found


class Maker:
    """Makes the rows of some learners at a time; ids are counted here, so that rows can name one another."""

    def __init__(self, cohort: int, slug: str, first: dict[Any, int], *, entries: int, chance: random.Random) -> None:
        self.cohort, self.slug, self.chance, self.entries = cohort, slug, chance, entries
        self.first = first
        self.now = clock.now()
        self.today = self.now.date()
        self.start = self.today - timedelta(days=SPAN)
        self.lessons = library().lessons

    def chunk(self, numbers: Sequence[int]) -> Rows:
        """The rows of these learners, by table, parents first."""
        models = (Person, Enrolment, Relationship, Entry, Promise, Receipt, MonthlyMargin, Reading, Answer, Assessment)
        rows: Rows = {model: [] for model in models}
        for number in numbers:
            self.learner(number, rows)
        return rows

    def learner(self, number: int, rows: Rows) -> None:
        person, enrolled = self.first[Person] + number, self.first[Enrolment] + number
        rows[Person].append(
            {
                "id": person,
                "email": f"{self.slug}-{number}@example.org",
                "name": f"Learner {number:05}",
                "confirmed_at": self.now,
                "ledger_start": self.start,
                "hourly_value": 5_000,
            }
        )
        place = {"id": enrolled, "person_id": person, "cohort_id": self.cohort, "status": "confirmed"}
        rows[Enrolment].append({**place, "confirmed_at": self.now - timedelta(days=SPAN)})
        known = [self.first[Relationship] + number * PEOPLE + n for n in range(PEOPLE)]
        rows[Relationship] += [
            {"id": id, "person_id": person, "alias": f"K-{n:02}", "known_since": self.start}
            for n, id in enumerate(known)
        ]
        first_entry = self.first[Entry] + number * self.entries
        rows[Entry] += [self.entry(first_entry + n, person, known, n) for n in range(self.entries)]
        rows[Promise] += self.promises(person, rows[Entry][-self.entries :])
        rows[Receipt] += [self.receipt(person, self.chance.choice(known)) for _ in range(RECEIPTS)]
        rows[MonthlyMargin] += self.margins(person)
        self.study(enrolled, rows)

    def day(self) -> Any:
        return self.start + timedelta(days=self.chance.randrange(SPAN))

    def entry(self, id: int, person: int, known: Sequence[int], number: int) -> dict[str, Any]:
        lesson = self.chance.choice(self.lessons).id if number % 3 == 0 else None
        scores = {line: self.chance.choice((0, 1, 1, 2)) for line in LINES}
        said = {"channel": "call", "began": "me", "minutes": self.chance.choice((5, 10, 20, 40)), "lesson_id": lesson}
        where = {"id": id, "person_id": person, "relationship_id": self.chance.choice(known)}
        day = self.start + timedelta(days=SPAN * number // self.entries)
        return {**where, "day": day, **said, **scores, "note": "Asked about the night shift"}

    def promises(self, person: int, entries: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for row in entries[:: max(1, len(entries) // PROMISES)]:
            due = row["day"] + timedelta(days=5)
            whose = {"person_id": person, "relationship_id": row["relationship_id"], "entry_id": row["id"]}
            kept = due + timedelta(days=self.chance.choice((-1, 0, 3)))
            yield {**whose, "text": "the list", "made_on": row["day"], "due_on": due, "kept_on": kept}

    def receipt(self, person: int, known: int) -> dict[str, Any]:
        shares = {"margin": Decimal(".6"), "attribution": Decimal(".4"), "confidence": Decimal(".8")}
        amount = self.chance.randrange(50_000, 900_000)
        return {
            "person_id": person,
            "relationship_id": known,
            "day": self.day(),
            "what": "Service",
            "amount": amount,
            **shares,
        }

    def margins(self, person: int) -> Iterator[dict[str, Any]]:
        first = self.start.year * 12 + self.start.month - 13
        for year, month in (divmod(first + n, 12) for n in range(MONTHS)):
            amount = 500_000 + self.chance.randrange(90_000)
            yield {
                "person_id": person,
                "month": self.start.replace(year=year, month=month + 1, day=1),
                "amount": amount,
            }

    def study(self, enrolled: int, rows: Rows) -> None:
        for lesson in self.lessons[: self.chance.randrange(len(self.lessons))]:
            whose = {"enrolment_id": enrolled, "lesson_id": lesson.id, "content_hash": lesson.content_hash}
            rows[Reading].append({**whose, "completed_at": self.now - timedelta(days=self.chance.randrange(SPAN))})
            for recall in lesson.recalls[:1]:
                answered = {"text": "An answer", "confidence": "fairly", "correct": self.chance.random() < 0.7}
                rows[Answer].append({**whose, "recall_id": recall.id, **answered})
        for moment in ("before", "after"):
            rows[Assessment].append({"enrolment_id": enrolled, "moment": moment, "answers": {}})
