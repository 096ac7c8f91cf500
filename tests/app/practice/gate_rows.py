"""A learner's rows for the gate: everything that opens it, or single rows."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.db import db
from app.models import Batch, Delivery, Entry, GateTerms, Person, Promise, Receipt, Relationship
from course.gate_facts import LAW
from tests.cast import TODAY, save

CONNECTING, SILENT = (1, 2, 2, 1, 0), (1, 0, 0, 0, 0)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def terms(who: Person, **given: Any) -> GateTerms:
    """A statement under which an open gate lets fifty letters go."""
    facts = {
        "day": ago(60),
        "batch": 50,
        "capacity_minutes": 6_000,
        "reply_minutes": 45,
        "send_minutes": 6,
        "send_cost": 100,
        "deal_margin": 2_000_000,
        "law": list(LAW),
    }
    return save(GateTerms(person_id=who.id, **{**facts, **given}))


def delivery(who: Person, **given: Any) -> Delivery:
    return save(Delivery(person_id=who.id, **{"day": ago(20), "what": "A kit", "as_promised": True, **given}))


def batch(who: Person, **given: Any) -> Batch:
    return save(Batch(person_id=who.id, **{"day": ago(5), "size": 50, **given}))


def counted(who: Person, **counts: int) -> Batch:
    """A batch of fifty whose replies have been noted."""
    first = batch(who)
    noted = {"replies": 20, "two_way": 20, "answered_in_time": 20, **counts}
    return batch(who, replaces_id=first.id, **noted)


def open_gate(who: Person) -> None:
    """All seven hold: 30 talks with ten people, 40 openers of which half are answered and two bought."""
    who.hourly_value = 5_000
    people = [known(who, f"P-{place}") for place in range(50)]
    db.session.add_all([who, *people])
    db.session.flush()
    talks = [touch(people[place % 10], CONNECTING, channel="call") for place in range(30)]
    letters = [touch(person, CONNECTING if place < 20 else SILENT) for place, person in enumerate(people[10:])]
    db.session.add_all([*talks, *letters])
    db.session.add_all(promise(people[0]) for _ in range(20))
    db.session.add_all(Delivery(person_id=who.id, day=ago(30), what="A kit", as_promised=True) for _ in range(5))
    db.session.add_all(order(people[place], back) for place, back in ((10, 8), (10, 3), (11, 8)))
    db.session.commit()
    terms(who)


def known(who: Person, alias: str) -> Relationship:
    layer = "core" if alias == "P-0" else "network"
    return Relationship(person_id=who.id, alias=alias, layer=layer, cadence_days=30, known_since=ago(300))


def touch(person: Relationship, five: tuple[int, ...], channel: str = "mail") -> Entry:
    lines = dict(zip(("personal", "two_way", "about_them", "value", "next_step"), five, strict=True))
    about = {"person_id": person.person_id, "relationship_id": person.id, "day": ago(10), "channel": channel}
    return Entry(minutes=10, began="me", **about, **lines)


def promise(person: Relationship) -> Promise:
    days = {"made_on": ago(20), "due_on": ago(10), "kept_on": ago(10)}
    return Promise(person_id=person.person_id, relationship_id=person.id, text="the list", **days)


def order(person: Relationship, back: int) -> Receipt:
    about = {"person_id": person.person_id, "relationship_id": person.id, "day": ago(back), "what": "Trial kit"}
    return Receipt(amount=100_000, margin=Decimal(".5"), **about)
