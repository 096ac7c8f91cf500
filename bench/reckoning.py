"""What an account costs by itself: a ledger of 5 000 costs and 300 receipts, added up without web or database."""

import random
import time
from datetime import date, timedelta
from decimal import Decimal

from course.ledger import Cost, Ledger, Receipt
from course.roi import account

START = date(2026, 1, 1)
COSTS, RECEIPTS, ROUNDS = 5_000, 300, 9


def ledger(seed: int = 7) -> Ledger:
    """The same ledger for the same seed; a part of it lies outside its window."""
    chance = random.Random(seed)

    def day() -> date:
        return START + timedelta(days=chance.randrange(-40, 420))

    def paid() -> Receipt:
        amount = Decimal(chance.randrange(1, 900_000)).scaleb(-2)
        return Receipt(day(), "K-07", amount, Decimal(".6"), Decimal(".5"), Decimal(".8"))

    costs = tuple(Cost(day(), "time", hours=Decimal(chance.randrange(5, 90)) / 64) for _ in range(COSTS))
    months = (Decimal(5_000),) * 12
    return Ledger(
        start=START,
        as_of=date(2027, 1, 2),
        currency="EUR",
        hourly_value=Decimal(50),
        costs=costs,
        receipts=tuple(paid() for _ in range(RECEIPTS)),
        baseline=months,
        margins=months,
    )


def milliseconds() -> float:
    """The quickest of several accounts, in the processor's own time: other work beside it has no say."""
    given, found = ledger(), []
    for _ in range(ROUNDS):
        began = time.process_time()
        account(given)
        found.append(time.process_time() - began)
    return min(found) * 1e3
