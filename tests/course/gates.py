"""Facts for the gate's tests: a learner whose seven tests all hold on a day, by the narrowest margin there is."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from course.gate_facts import LAW, Batch, Delivery, Facts, Paid, Terms
from course.practice import Entry, Promise, Rubric

TODAY = date(2026, 11, 24)
CONNECTING = Rubric(personal=1, two_way=2, about_them=2, value=1, next_step=0)
SILENT = Rubric(personal=1, two_way=0, about_them=0, value=0, next_step=0)
TEMPLATE = replace(SILENT, personal=0)


def ago(days):
    return TODAY - timedelta(days=days)


def entry(id, person, back=10, rubric=CONNECTING, **more):
    """A call that I began, so many days ago."""
    fields = {"channel": "call", "began": "me", "minutes": 20, **more}
    return Entry(id=id, on=ago(back), person=person, rubric=rubric, **fields)


def opener(id, person, back=10, rubric=SILENT, **more):
    """A first mail that I began, with something true only of them; unanswered unless said otherwise."""
    return entry(id, person, back, rubric, **{"channel": "mail", **more})


def openers(answered, n, back=10, first=1000):
    """So many openers, the first ones answered: each with somebody of their own."""
    return [opener(first + i, first + i, back, CONNECTING if i < answered else SILENT) for i in range(n)]


def talks(connecting, n, people=10, back=10):
    """So many calls with so many people, the first ones connecting."""
    return [entry(i + 1, i % people + 1, back, CONNECTING if i < connecting else TEMPLATE) for i in range(n)]


def promises(kept, n, back=10):
    """So many promises that fell due, the first ones kept on their day."""
    return [
        Promise(i + 1, 1, "the list", made=ago(back + 5), due=ago(back), kept=ago(back) if i < kept else None)
        for i in range(n)
    ]


def deliveries(as_promised, n, back=100):
    return [Delivery(i + 1, ago(back), 1, "A kit", as_promised=i < as_promised) for i in range(n)]


TERMS = Terms(
    id=1,
    on=ago(200),
    batch=50,
    minutes=12 * 60,
    reply_minutes=45,
    send_minutes=6,
    send_cost=Decimal(1),
    deal_margin=Decimal(20_000),
    law=frozenset(LAW),
)


def ready(**changed):
    """All seven hold: 50 of 80 entries connect, 40 of 50 openers are answered, two of their people have bought."""
    facts = {
        "entries": [*talks(10, 30), *openers(40, 50)],
        "promises": promises(18, 20),
        "core": dict.fromkeys(range(1, 11), 30),
        "receipts": [Paid(1, ago(9), 1000), Paid(2, ago(9), 1001), Paid(3, ago(8), 1001)],
        "deliveries": deliveries(5, 5),
        "terms": [replace(TERMS, batch=14)],
        "hour": Decimal(50),
        **changed,
    }
    return Facts(**facts)


def batch(id=1, size=50, back=5, **counts):
    """A batch that was counted, unless it replaces nothing."""
    return Batch(id=id, on=ago(back), size=size, **{"replaces": 0, **counts})


def words(test):
    """What a test misses, in one line."""
    return "; ".join(test.missing)
