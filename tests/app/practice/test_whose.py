"""What others have written is in nobody's way."""

from typing import Any

from app.practice.gate_actions import NewTerms, plan_batch, state_terms
from tests.app.practice.gate_rows import batch, terms
from tests.cast import TODAY, Cast

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
