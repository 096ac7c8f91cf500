"""The people of the tests, and builders for what they have. Each builder says only what matters to its test."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import Table, insert, select

from app.db import Base, db
from app.models import (
    Cohort,
    CohortTrainer,
    Cost,
    Enrolment,
    Entry,
    MonthlyMargin,
    NumberTerms,
    Opportunity,
    Person,
    Receipt,
    Relationship,
)

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TODAY = NOON.date()
PASSWORD = "connect before you count"
# Hashing is slow on purpose, and the tests sign in by the thousand.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD_HASH = CHEAP.hash(PASSWORD)
NOBODY = CHEAP.hash("nobody has this password")


# True while many rows are put down together: they are committed once.
together = False


def save(row: Any) -> Any:
    """Commit a row and give it back, usable after its session has gone."""
    db.session.add(row)
    db.session.flush()
    if not together:
        commit()
    return row


def commit() -> None:
    """Commit, and go on with what is loaded: nobody else has written while a scene was being built.

    To read again each row that a scene holds after each row that it gets took a tenth of the suite's time.
    """
    session = db.session()
    session.expire_on_commit = False
    session.commit()
    session.expire_on_commit = True


def person(email: str, name: str = "", **given: Any) -> Person:
    given.setdefault("confirmed_at", NOON)
    given.setdefault("password_hash", PASSWORD_HASH)
    return save(Person(email=email, name=name or email.split("@")[0].capitalize(), **given))


def cohort(slug: str = "autumn", *, trainers: tuple[Person, ...] = (), **given: Any) -> Cohort:
    """A cohort that runs now and takes nobody new, unless said otherwise."""
    facts: dict[str, Any] = {
        "name": slug.capitalize(),
        "promise": "By spring you know which ten people your business rests on.",
        "meetings": "Nine Tuesdays, 19:00",
        "rhythm": "Three lessons and one conversation a week",
        "trainer_line": "Tess, who sold compressors for eleven years",
        "time_zone": "Europe/Amsterdam",
        "opens_at": NOON - timedelta(days=90),
        "closes_at": NOON - timedelta(days=40),
        "starts_on": TODAY - timedelta(days=35),
        "ends_on": TODAY + timedelta(days=28),
        "capacity": 12,
        "price": 120_000,
        "currency": "EUR",
    }
    made = save(Cohort(slug=slug, **{**facts, **given}))
    for trainer in trainers:
        save(CohortTrainer(cohort_id=made.id, person_id=trainer.id))
    return made


def open_cohort(slug: str = "winter", **given: Any) -> Cohort:
    """A cohort that can be signed up for now."""
    facts: dict[str, Any] = {
        "opens_at": NOON - timedelta(days=10),
        "closes_at": NOON + timedelta(days=30),
        "starts_on": TODAY + timedelta(days=40),
        "ends_on": TODAY + timedelta(days=103),
    }
    return cohort(slug, **{**facts, **given})


def enrol(who: Person, where: Cohort, status: str = "confirmed", **given: Any) -> Enrolment:
    if status == "confirmed":
        given.setdefault("confirmed_at", NOON)
        who.ledger_start = who.ledger_start or where.starts_on
    if status in {"confirmed", "offered"}:
        where.taken += 1
    return save(Enrolment(person_id=who.id, cohort_id=where.id, status=status, **given))


def relationship(who: Person, alias: str = "K-07", **given: Any) -> Relationship:
    given.setdefault("known_since", date(2025, 1, 1))
    return save(Relationship(person_id=who.id, alias=alias, **given))


def entry(who: Person, about: Relationship | None, scores: str = "11111", **given: Any) -> Entry:
    """An entry; `scores` are the five lines in their order, as digits."""
    facts: dict[str, Any] = {"day": TODAY, "channel": "call", "minutes": 20, "began": "me"}
    lines = dict(zip(("personal", "two_way", "about_them", "value", "next_step"), map(int, scores), strict=True))
    if about is None:
        facts, lines = {"day": TODAY, "minutes": 20}, {}
    return save(Entry(person_id=who.id, relationship_id=about.id if about else None, **{**facts, **lines, **given}))


def receipt(who: Person, amount: int = 600_000, **given: Any) -> Receipt:
    facts: dict[str, Any] = {
        "day": TODAY,
        "margin": Decimal(".6"),
        "attribution": Decimal(".5"),
        "confidence": Decimal(".8"),
    }
    return save(Receipt(person_id=who.id, amount=amount, **{**facts, **given}))


def cost(who: Person, amount: int = 120_000, **given: Any) -> Cost:
    return save(Cost(person_id=who.id, **{"day": TODAY, "kind": "fee", "amount": amount, **given}))


def opportunity(who: Person, **given: Any) -> Opportunity:
    facts: dict[str, Any] = {"day": TODAY, "what": "Second line", "state": "open", "amount": 1_800_000}
    shares = {"margin": Decimal(".6"), "probability": Decimal(".3")}
    return save(Opportunity(person_id=who.id, **{**facts, **shares, **given}))


def margin(who: Person, month: date, amount: int | None) -> MonthlyMargin:
    return save(MonthlyMargin(person_id=who.id, month=month, amount=amount))


def number_terms(who: Person, **given: Any) -> NumberTerms:
    """Terms of a number that says ten."""
    facts: dict[str, Any] = {
        "income": 10_000_000,
        "deal": 500_000,
        "margin": Decimal(".4"),
        "frequency": Decimal(5),
        "introductions": Decimal(".3"),
        "wins": Decimal(1),
    }
    return save(NumberTerms(person_id=who.id, **{**facts, **given}))


@dataclass
class Cast:
    """Ada and Ben learn with Tess in `autumn`; Cleo learns with Tom in `harbour`; Olga runs the installation."""

    ada: Person
    ben: Person
    cleo: Person
    tess: Person
    tom: Person
    olga: Person
    autumn: Cohort
    harbour: Cohort
    ada_enrolled: Enrolment
    ben_enrolled: Enrolment
    cleo_enrolled: Enrolment


@contextmanager
def at_once() -> Iterator[None]:
    """What is saved within is committed together, at its end."""
    global together
    together = True
    try:
        yield
    finally:
        together = False
        commit()


def assemble(at: str = "example.org") -> Cast:
    """Everybody, with addresses at this host."""
    with at_once():
        return everybody(at)


@dataclass(frozen=True)
class Troupe:
    """The cast's rows as one database keeps them: put down again they cost five statements, assembled anew sixty."""

    rows: dict[Table, list[dict[str, Any]]]
    parts: dict[str, tuple[type[Any], int]]

    @classmethod
    def assembled(cls) -> "Troupe":
        """Assemble the cast on an empty database, and remember it."""
        cast = assemble()
        parts = {field.name: getattr(cast, field.name) for field in fields(cast)}
        found = {
            table: [dict(row) for row in db.session.execute(select(table)).mappings()]
            for table in Base.metadata.sorted_tables
        }
        return cls(
            rows={table: rows for table, rows in found.items() if rows},
            parts={name: (type(part), part.id) for name, part in parts.items()},
        )

    def enter(self) -> None:
        """Put its rows down on an empty database."""
        for table, rows in self.rows.items():
            db.session.execute(insert(table), rows)
        db.session.commit()

    def cast(self) -> Cast:
        # Held until each has its name: a session forgets whatever nobody else holds, and would ask for it again.
        held = [db.session.scalars(select(kind)).all() for kind in (Person, Cohort, Enrolment)]
        cast = Cast(**{name: db.session.get_one(kind, key) for name, (kind, key) in self.parts.items()})
        del held
        return cast


def everybody(at: str) -> Cast:
    tess = person(f"tess@{at}", is_trainer=True)
    tom = person(f"tom@{at}", is_trainer=True)
    ada, ben, cleo = person(f"ada@{at}"), person(f"ben@{at}"), person(f"cleo@{at}")
    autumn, harbour = cohort("autumn", trainers=(tess,)), cohort("harbour", trainers=(tom,))
    return Cast(
        ada=ada,
        ben=ben,
        cleo=cleo,
        tess=tess,
        tom=tom,
        olga=person(f"olga@{at}", is_operator=True),
        autumn=autumn,
        harbour=harbour,
        ada_enrolled=enrol(ada, autumn),
        ben_enrolled=enrol(ben, autumn),
        cleo_enrolled=enrol(cleo, harbour),
    )
