"""What stands beside a ledger, as rows: the last state stands, the earlier ones are kept, receipts count once."""

from datetime import date
from decimal import Decimal

from app.models import Intangible
from app.practice.evidence_queries import evidence_of, told_by
from tests import cast as people
from tests.cast import NOON, TODAY, Cast, opportunity, save


def test_the_last_state_stands_and_knows_when_it_came_up(cast: Cast) -> None:
    first = opportunity(cast.ada, day=date(2026, 10, 20))
    second = opportunity(cast.ada, day=TODAY, state="signed", replaces_id=first.id, amount=1_700_000)
    (standing,) = evidence_of(cast.ada, TODAY).opportunities
    assert (standing.id, standing.state, standing.amount) == (second.id, "signed", Decimal(17_000))
    assert (standing.came_up, standing.day) == (date(2026, 10, 20), TODAY)
    history = told_by(cast.ada).histories[first.id]
    assert [version.opportunity.id for version in history.versions] == [first.id, second.id]


def test_a_receipt_on_any_state_of_it_is_paid_once(cast: Cast) -> None:
    first = opportunity(cast.ada)
    second = opportunity(cast.ada, state="signed", replaces_id=first.id)
    people.receipt(cast.ada, 100_000, opportunity_id=first.id)
    people.receipt(cast.ada, 50_050, opportunity_id=second.id)
    people.receipt(cast.ada, 70_000, opportunity_id=second.id, removed_at=NOON)
    people.receipt(cast.ada, 90_000)
    (standing,) = evidence_of(cast.ada, TODAY).opportunities
    assert (standing.paid, standing.receipts) == (Decimal("1500.50"), 2)


def test_what_was_taken_out_stands_nowhere_and_its_earlier_state_does_not_come_back(cast: Cast) -> None:
    first = opportunity(cast.ada)
    opportunity(cast.ada, replaces_id=first.id, removed_at=NOON)
    save(Intangible(person_id=cast.ada.id, day=TODAY, text="A mistake", removed_at=NOON))
    beside = evidence_of(cast.ada, TODAY)
    assert (beside.opportunities, beside.intangibles) == ((), ())


def test_words_keep_their_person_and_nobody_sees_what_is_somebody_elses(cast: Cast) -> None:
    brouwer = people.relationship(cast.ada, "Brouwer")
    save(Intangible(person_id=cast.ada.id, day=TODAY, text="He rings before he tenders.", relationship_id=brouwer.id))
    save(Intangible(person_id=cast.ben.id, day=TODAY, text="Ben's"))
    opportunity(cast.ben)
    beside = evidence_of(cast.ada, TODAY)
    assert [(each.text, each.person) for each in beside.intangibles] == [("He rings before he tenders.", "Brouwer")]
    assert beside.opportunities == ()
    assert beside.start == cast.ada.ledger_start


def test_all_of_it_takes_one_query_whatever_the_rows(cast: Cast, queries: list[str]) -> None:
    for number in range(12):
        opportunity(cast.ada, what=f"Line {number}")
    cast.ada.id  # noqa: B018  (loaded before it is counted)
    queries.clear()
    assert len(evidence_of(cast.ada, TODAY).opportunities) == 12
    assert len(queries) == 1
