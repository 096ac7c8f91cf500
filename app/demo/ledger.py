"""The demo's money: a fee, hours, receipts with their shares, and a baseline. Nine of twelve note any of it."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from app.db import db
from app.demo.log import Life
from app.models import Cost, Intangible, MonthlyMargin, Opportunity, Person, Receipt, Relationship

# Ada's receipts: month of the window, whose, amount in cents, margin, share due to the training, how sure.
ADA = (
    (4, 1, 600_000, ".60", ".5", ".8", "Changeover kit"),
    (5, 2, 100_000, ".70", ".4", ".75", "Service, first quarter"),
    (6, 2, 100_000, ".70", ".4", ".75", "Service, second quarter"),
    (7, 2, 100_000, ".70", ".4", ".75", "Service, third quarter"),
    (7, 1, 700_000, ".60", ".6", ".7", "Second line"),
    (7, 0, 90_000, ".55", None, None, "Flange set"),
)
ORIGINS = {
    "Changeover kit": "knew",
    "Service, first quarter": "introduced",
    "Service, second quarter": "returned",
    "Service, third quarter": "returned",
    "Second line": "knew",
    "Flange set": "found_me",
}
# Ada's opportunities: what, whose, amount in cents, margin, and the states it was in: month, state, probability.
OPPORTUNITIES = (
    ("Press line, offer 31", 5, 1_800_000, ".60", ((5, "open", ".2"), (7, "open", ".3"))),
    ("Frame contract", 2, 400_000, ".80", ((4, "open", ".5"), (7, "signed", ".5"))),
    ("Spare parts, first year", 1, 600_000, ".60", ((3, "open", ".4"), (4, "paid", ".4"))),
    ("Pump room", 6, 900_000, ".50", ((3, "open", ".3"), (6, "lost", ".3"))),
)
WORDS = (
    (6, 0, "He rings before he tenders now."),
    (7, 3, "She asked me to sit in when they chose the new supplier. Nobody had asked me that before."),
)
# What the others had back, in cents of one receipt: most a little, one a lot, as it goes.
OTHERS = (0, 0, 90_000, 150_000, 0, 210_000, 260_000, 330_000, 0, 560_000, 0, 3_100_000)


def make(who: Person, *, life: Life, people: Sequence[Relationship], fee: int) -> None:
    """The ledger of one learner."""
    start = who.ledger_start or life.start
    db.session.add(Cost(person_id=who.id, day=start, kind="fee", what="Course fee", amount=fee))
    if not life.reports:
        return
    who.hourly_value = 5_000
    db.session.add(
        Cost(
            person_id=who.id, day=start + timedelta(days=40), kind="time", what="Meetings and preparation", minutes=780
        )
    )
    months(who, start=start, life=life)
    rows = ADA if life.full else others(who.id)
    for month, whose, amount, margin, share, sure, what in rows:
        day = month_day(start, month)
        if day <= life.today:
            made = Receipt(person_id=who.id, day=day, amount=amount, what=what, margin=Decimal(margin))
            made.relationship_id = people[whose % len(people)].id
            made.attribution = None if share is None else Decimal(share)
            made.confidence = None if sure is None else Decimal(sure)
            made.origin = ORIGINS.get(what)
            if what == "Second line":
                made.original_amount, made.original_currency = 543_478, "USD"
                made.rate, made.rate_source = Decimal("0.92"), "ECB, of the day it was paid"
            db.session.add(made)
    if life.full:
        beside(who, start=start, life=life, people=people)


def others(person_id: int) -> tuple[tuple[int, int, int, str, str, str, str], ...]:
    amount = OTHERS[person_id % len(OTHERS)]
    return ((5, 0, amount * 3, ".60", ".7", ".8", "Order"),) if amount else ()


def month_day(start: date, month: int) -> date:
    """A day within month t of a window that begins on the first."""
    index = start.year * 12 + start.month - 1 + month - 1
    return date(index // 12, index % 12 + 1, 9)


def months(who: Person, *, start: date, life: Life) -> None:
    """Twelve months before the start, one of them unknown, and those of the window that have ended."""
    for back in range(-12, 12):
        first = month_day(start, back + 1).replace(day=1)
        if first.replace(day=28) >= life.today:
            break
        season = (first.month % 4) * 12_000
        amount = 500_000 + season if back < 0 else 560_000 + (who.id % 5) * 14_000 + season + back * 9_000
        db.session.add(MonthlyMargin(person_id=who.id, month=first, amount=None if back == -7 else amount))


def beside(who: Person, *, start: date, life: Life, people: Sequence[Relationship]) -> None:
    """What stands beside Ada's return: an opportunity in every state, with its history, and two things in words."""
    for what, whose, amount, margin, states in OPPORTUNITIES:
        before: Opportunity | None = None
        for month, state, probability in states:
            day = month_day(start, month)
            if day > life.today:
                break
            made = Opportunity(person_id=who.id, what=what, amount=amount, margin=Decimal(margin), day=day, state=state)
            made.probability, made.expected_on = Decimal(probability), life.today + timedelta(days=60)
            made.relationship_id = people[whose % len(people)].id
            made.replaces_id = before.id if before else None
            db.session.add(made)
            db.session.flush()
            before = made
        if before and before.state == "paid":
            pay(who, before)
    for month, whose, text in WORDS:
        if month_day(start, month) <= life.today:
            words = Intangible(person_id=who.id, day=month_day(start, month), text=text)
            words.relationship_id = people[whose % len(people)].id
            db.session.add(words)


def pay(who: Person, opportunity: Opportunity) -> None:
    """The receipt of the same amount, from the same person, is what paid it."""
    paid = db.session.scalars(
        select(Receipt).where(
            Receipt.person_id == who.id,
            Receipt.amount == opportunity.amount,
            Receipt.relationship_id == opportunity.relationship_id,
        )
    ).first()
    if paid:
        paid.opportunity_id = opportunity.id
