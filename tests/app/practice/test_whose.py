"""What others have written is in nobody's way."""

from datetime import date
from typing import Any

from app.practice.gate_actions import NewTerms, plan_batch, state_terms
from app.practice.ledger_queries import amounts_noted
from tests.app.practice.gate_rows import batch, terms
from tests.cast import TODAY, Cast, cost, margin, opportunity, receipt

TERMS: dict[str, Any] = {
    "batch": 50,
    "capacity_minutes": 600,
    "reply_minutes": 20,
    "send_minutes": 1,
    "send_cost": 10,
    "deal_margin": 9_000,
    "law": (),
}


def test_terms_and_batches_of_others_overtake_nobody(cast: Cast) -> None:
    terms(cast.ada)
    batch(cast.ada)
    state_terms(cast.ben, NewTerms(**TERMS), day=TODAY, seen=None)
    plan_batch(cast.ben, day=TODAY, size=20, seen=0)


def test_amounts_that_are_noted_are_counted_for_their_owner(cast: Cast) -> None:
    for who, times in ((cast.ada, 1), (cast.ben, 2)):
        for place in range(times):
            receipt(who)
            cost(who)
            opportunity(who)
            margin(who, date(2026, 1 + place, 1), 5)
    assert [amounts_noted(who) for who in (cast.ada, cast.ben, cast.cleo)] == [4, 8, 0]
