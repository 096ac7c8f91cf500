"""The demo's gate: Ada states, delivers and writes first letters; four of seven hold, and it has never been open."""

from datetime import date, timedelta
from decimal import Decimal

from app.db import db
from app.models import Delivery, Entry, GateTerms, Person, Receipt, Relationship
from course.gate_facts import LAW

# How many days ago she stated what: at first far too many letters, and nothing looked up about the law.
STATED = (
    (164, 400, ("sender",)),
    (131, 40, tuple(LAW)),
    (45, 30, tuple(LAW)),
)
DELIVERED = (
    (205, "Gasket set", True),
    (181, "Report of the walk-through", True),
    (163, "Changeover kit, first part", True),
    (140, "Spare-parts list on one page", True),
    (118, "Changeover kit, second part", True),
    (101, "Service, first quarter", True),
    (77, "Trial of the night shift", True),
    (60, "Second line, drawings", False),
    (38, "Service, second quarter", True),
    (17, "Service, third quarter", True),
)
# First letters to people of one fair: how many days ago, and after how many they answered.
OPENERS = (
    *((170, None), (161, 6), (152, None), (144, 4), (137, None), (129, 3), (121, None), (112, None)),
    *((101, 4), (88, None), (81, None), (73, 5), (66, None), (58, 2), (51, None), (44, None)),
    *((33, 9), (25, None), (20, None), (14, None)),
)
BUYER = 11  # Who of them bought, counted from nought, so many days ago.
BOUGHT = 29
ANSWERED, SILENT = (2, 1, 2, 1, 1), (1, 0, 0, 0, 1)


def make(who: Person, *, today: date) -> None:
    """Everything the gate is read from beside the log."""
    for back, batch, law in STATED:
        db.session.add(statement(who, today - timedelta(days=back), batch=batch, law=law))
    for back, what, as_promised in DELIVERED:
        day = today - timedelta(days=back)
        db.session.add(Delivery(person_id=who.id, day=day, what=what, as_promised=as_promised))
    for place, (back, after) in enumerate(OPENERS):
        known = opened(who, place, today - timedelta(days=back), after=after)
        if place == BUYER:
            db.session.add(order(who, known, today - timedelta(days=BOUGHT)))
    db.session.flush()


def statement(who: Person, day: date, *, batch: int, law: tuple[str, ...]) -> GateTerms:
    """Twelve hours, three quarters of an hour an answer, six minutes a letter, and what a deal leaves."""
    return GateTerms(
        person_id=who.id,
        day=day,
        batch=batch,
        capacity_minutes=720,
        reply_minutes=45,
        send_minutes=6,
        send_cost=120,
        deal_margin=300_000,
        law=list(law),
    )


def opened(who: Person, place: int, day: date, *, after: int | None) -> Relationship:
    """Somebody of the fair, a first letter to them, and what came of it."""
    known = Relationship(person_id=who.id, alias=f"Stand {11 + 7 * place}", layer="network", cadence_days=365)
    known.known_since = day
    db.session.add(known)
    db.session.flush()
    db.session.add(touch(known, day, SILENT))
    if after is not None:
        db.session.add(touch(known, day + timedelta(days=after), ANSWERED, began="them"))
    return known


def touch(known: Relationship, day: date, five: tuple[int, ...], *, began: str = "me") -> Entry:
    """A mail of ten minutes, rated on the five lines."""
    made = Entry(person_id=known.person_id, relationship_id=known.id, day=day, channel="mail", minutes=10, began=began)
    made.personal, made.two_way, made.about_them, made.value, made.next_step = five
    return made


def order(who: Person, known: Relationship, day: date) -> Receipt:
    """A small order, of which she doesn't say what part the training had."""
    return Receipt(
        person_id=who.id, relationship_id=known.id, day=day, what="Trial kit", amount=48_000, margin=Decimal(".55")
    )
