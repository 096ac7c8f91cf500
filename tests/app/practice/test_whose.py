"""What others have written is in nobody's way."""

from datetime import date
from typing import Any

from sqlalchemy import select

from app.db import db
from app.models import Batch, GateTerms, Promise, Reading, Shared
from app.practice.gate_actions import NewTerms, plan_batch, state_terms
from app.practice.ledger_queries import amounts_noted
from app.practice.queries import practised_lessons, promises_of, receipts_by_person
from app.practice.share_queries import around_entry
from app.practice.study_time_actions import correct_minutes
from tests.app.practice.gate_rows import batch, terms
from tests.cast import NOON, TODAY, Cast, cost, entry, margin, opportunity, receipt, relationship, save

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
    assert set(db.session.scalars(select(GateTerms.person_id))) == {cast.ada.id, cast.ben.id}
    assert set(db.session.scalars(select(Batch.person_id))) == {cast.ada.id, cast.ben.id}


def test_amounts_that_are_noted_are_counted_for_their_owner(cast: Cast) -> None:
    for who, times in ((cast.ada, 1), (cast.ben, 2)):
        for place in range(times):
            receipt(who)
            cost(who)
            opportunity(who)
            margin(who, date(2026, 1 + place, 1), 5)
    assert [amounts_noted(who) for who in (cast.ada, cast.ben, cast.cleo)] == [4, 8, 0]


def test_what_is_read_of_practice_is_the_owners(cast: Cast) -> None:
    tended = relationship(cast.ada, "Heron")
    logged = entry(cast.ada, tended, lesson_id="one")
    receipt(cast.ada, relationship_id=tended.id)
    owner = {"person_id": cast.ada.id, "relationship_id": tended.id}
    save(Promise(**owner, text="The list", made_on=TODAY, due_on=TODAY))
    save(Shared(enrolment_id=cast.ada_enrolled.id, entry_id=logged.id))
    found = [
        (
            practised_lessons(who),
            len(promises_of(who)),
            sum(map(len, receipts_by_person(who).values())),
            around_entry(who, [logged.id])[1] is not None,
        )
        for who in (cast.ada, cast.ben)
    ]
    assert found == [({"one"}, 1, 1, True), (frozenset(), 0, 0, False)]


def test_minutes_of_somebody_elses_reading_stay_as_they_are(cast: Cast) -> None:
    read = save(Reading(enrolment_id=cast.ada_enrolled.id, lesson_id="one", content_hash="h", completed_at=NOON))
    correct_minutes(cast.ben, {read.id: 5})
    db.session.commit()
    assert read.minutes is None
    correct_minutes(cast.ada, {read.id: 5})
    assert read.minutes == 5
