"""Opportunities as they are typed and moved on: every state is kept, a paid one counts once, two tabs lose nothing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from app.db import db
from app.models import Opportunity, Receipt
from app.practice import opportunity_actions
from tests import cast as people
from tests.app.practice.ledger_rows import begin, heading, text_of
from tests.cast import NOON, TODAY, Cast

TYPED = {
    "what": "Second line",
    "who": "",
    "state": "open",
    "day": "2026-11-20",
    "amount": "18 000",
    "margin": "60",
    "probability": "30",
    "expected_on": "2027-01-31",
}
RECEIPT = {
    "day": "2026-11-21",
    "who": "",
    "what": "Second line",
    "margin": "60",
    "attribution": "50",
    "confidence": "80",
}


def rows(table: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def states(who: Any) -> list[str]:
    mine = select(Opportunity.state).where(Opportunity.person_id == who.id).order_by(Opportunity.id)
    return list(db.session.scalars(mine))


@pytest.fixture
def ada(cast: Cast, browser_of: Any) -> Any:
    begin(cast.ada, date(2026, 9, 1))
    return browser_of(cast.ada)


def test_an_opportunity_is_kept_as_it_was_meant_and_shown_with_its_formula(cast: Cast, ada: Any) -> None:
    whom = people.relationship(cast.ada, "Harbour 2")
    assert ada.send("/roi/opportunities", {**TYPED, "who": str(whom.id)}).status_code == 303
    kept = db.session.scalars(select(Opportunity)).one()
    assert (kept.amount, kept.margin, kept.probability) == (1_800_000, Decimal(".6"), Decimal(".3"))
    assert (kept.day, kept.expected_on, kept.relationship_id) == (date(2026, 11, 20), date(2027, 1, 31), whom.id)
    page = ada.get("/roi/opportunities").text
    assert heading(page) == "One opportunity open, none signed"
    assert "18 000 × .60 × .303 240.00" in text_of(page)
    assert "Harbour 2, by 31 January 2027" in text_of(page)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"what": ""}, "Say what it is"),
        ({"day": ""}, "Choose the day."),
        ({"day": "2026-11-25"}, "still to come"),
        ({"amount": ""}, "Type what it would bring"),
        ({"amount": "0"}, "Nought is no opportunity"),
        ({"amount": "-5"}, "not below nought"),
        ({"amount": "1 000 000"}, "1 000 000 EUR: is there a nought too many?"),
        ({"margin": ""}, "Type the part that would stay"),
        ({"margin": ".6"}, "is that 60 %"),
        ({"probability": "130"}, "at most 100 %"),
        ({"expected_on": "2040-01-01"}, "within 5 years"),
        ({"expected_on": "soon"}, "not a day"),
        ({"state": "won"}, "Choose how it stands."),
        ({"state": "paid"}, "Write down the receipt first"),
        ({"who": "999999"}, "Choose somebody from your list"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words_and_kept(ada: Any, change: dict[str, str], words: str) -> None:
    answer = ada.send("/roi/opportunities", {**TYPED, "what": "Kept as typed", **change})
    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert "what" in change or 'value="Kept as typed"' in answer.text
    assert rows(Opportunity) == 0


def test_a_later_state_is_a_new_row_and_the_earlier_one_stays_readable(cast: Cast, ada: Any) -> None:
    first = people.opportunity(cast.ada, day=date(2026, 10, 1))
    answer = ada.send(f"/roi/opportunities/{first.id}", {**TYPED, "state": "lost", "amount": "17 000"})
    page = ada.get(answer.headers["Location"])
    assert states(cast.ada) == ["open", "lost"]
    read = text_of(page.text)
    assert heading(page.text) == "Second line: lost"
    assert "Amount: €18 000 became €17 000" in read
    assert "Lost on 20 November 2026." in read


def test_the_form_begins_with_what_stands_and_a_change_is_of_today(cast: Cast, ada: Any) -> None:
    page = ada.get(f"/roi/opportunities/{people.opportunity(cast.ada).id}").text
    for value in ("Second line", "18000.00", TODAY.isoformat()):
        assert f'value="{value}"' in page
    assert "60\u00a0%" in page


def test_two_tabs_changing_one_the_second_sees_both_and_nothing_is_lost(cast: Cast, ada: Any) -> None:
    first = people.opportunity(cast.ada)
    url = f"/roi/opportunities/{first.id}"
    changed = {**TYPED, "day": TODAY.isoformat()}
    assert ada.send(url, {**changed, "amount": "17 000"}).status_code == 303
    answer = ada.send(url, {**changed, "amount": "16 500", "what": "From the second tab"})
    assert answer.status_code == 409
    read = text_of(answer.text)
    assert heading(answer.text) == "This opportunity was changed in the meantime"
    assert "€17 000" in read
    assert 'value="16 500"' in answer.text
    assert 'value="From the second tab"' in answer.text
    assert states(cast.ada) == ["open", "open"]
    standing = db.session.scalars(select(Opportunity).where(Opportunity.replaces_id == first.id)).one()
    assert f'action="/roi/opportunities/{standing.id}"' in answer.text


def test_a_change_cannot_lie_before_the_day_it_came_up(cast: Cast, ada: Any) -> None:
    first = people.opportunity(cast.ada, day=TODAY)
    answer = ada.send(f"/roi/opportunities/{first.id}", {**TYPED, "state": "signed"})
    assert (answer.status_code, "before it came up" in answer.text) == (422, True)


def test_paid_leads_to_the_receipt_prefilled_and_linked_and_counts_once(cast: Cast, ada: Any) -> None:
    whom = people.relationship(cast.ada, "Harbour 2")
    signed = people.opportunity(cast.ada, state="signed", day=date(2026, 11, 1), relationship_id=whom.id)
    link = f"/roi/receipts?opportunity={signed.id}"
    assert f'href="{link}#add"' in ada.get(f"/roi/opportunities/{signed.id}").text
    page = ada.get(link).text
    assert 'value="Second line"' in page
    assert 'value="18000.00"' in page
    assert f'<option selected value="{whom.id}">' in page
    answer = ada.send("/roi/receipts", {**RECEIPT, "amount": "18000.00", "opportunity": str(signed.id)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/roi/opportunities")
    assert db.session.scalars(select(Receipt.opportunity_id)).one() == signed.id
    assert states(cast.ada) == ["signed", "paid"]
    read = text_of(ada.get("/roi/opportunities").text)
    assert "Paid, and counted by its receipts." in read
    assert "T2 SignedSum of (amount − paid) × margin0.00" in read


def test_a_part_payment_leaves_the_rest_signed(cast: Cast, ada: Any) -> None:
    first = people.opportunity(cast.ada, day=date(2026, 11, 1))
    assert ada.send("/roi/receipts", {**RECEIPT, "amount": "8 000", "opportunity": str(first.id)}).status_code == 303
    assert states(cast.ada) == ["open", "signed"]
    assert "(18 000 − 8 000) × .60" in text_of(ada.get("/roi/opportunities").text)


def test_a_receipt_for_an_opportunity_changed_meanwhile_asks_again_and_keeps_what_was_typed(
    cast: Cast, ada: Any
) -> None:
    first = people.opportunity(cast.ada, day=date(2026, 11, 1))
    later = people.opportunity(cast.ada, day=date(2026, 11, 2), replaces_id=first.id, state="signed")
    sent = {**RECEIPT, "what": "Kept as typed", "amount": "8 000", "opportunity": str(first.id)}
    answer = ada.send("/roi/receipts", sent)
    assert (answer.status_code, "changed in the meantime" in answer.text) == (409, True)
    assert 'value="Kept as typed"' in answer.text
    assert rows(Receipt) == 0
    assert ada.send("/roi/receipts", {**sent, "opportunity": str(later.id)}).status_code == 303


def test_somebody_elses_opportunity_is_not_there_for_a_receipt(cast: Cast, ada: Any) -> None:
    theirs = people.opportunity(cast.ben)
    assert ada.get(f"/roi/receipts?opportunity={theirs.id}").status_code == 404
    answer = ada.send("/roi/receipts", {**RECEIPT, "amount": "5", "opportunity": str(theirs.id)})
    assert (answer.status_code, rows(Receipt)) == (404, 0)
    assert ada.send(f"/roi/opportunities/{theirs.id}/remove").status_code == 404


def test_taken_out_it_shows_nowhere_and_is_still_a_row(cast: Cast, ada: Any) -> None:
    row = people.opportunity(cast.ada)
    for _ in range(2):
        assert ada.send(f"/roi/opportunities/{row.id}/remove").status_code == 303
    assert "Second line" not in ada.get("/roi/opportunities").text
    db.session.refresh(row)
    assert row.removed_at == NOON
    assert heading(ada.get(f"/roi/opportunities/{row.id}").text) == "Second line: taken out"


def test_a_removal_that_meets_a_change_is_told(cast: Cast, ada: Any) -> None:
    first = people.opportunity(cast.ada)
    people.opportunity(cast.ada, replaces_id=first.id)
    assert ada.send(f"/roi/opportunities/{first.id}/remove").status_code == 409
    assert rows(Opportunity) == 2


def test_an_opportunity_that_goes_while_its_button_is_on_the_way_is_not_there(
    cast: Cast, ada: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_given: Any, **_named: Any) -> None:
        raise opportunity_actions.NotTheirs

    row = people.opportunity(cast.ada)
    monkeypatch.setattr(opportunity_actions, "remove_opportunity", gone)
    assert ada.send(f"/roi/opportunities/{row.id}/remove").status_code == 404


def test_the_list_comes_twenty_at_a_time_within_four_queries(cast: Cast, ada: Any, queries: list[str]) -> None:
    db.session.add_all(
        Opportunity(person_id=cast.ada.id, day=TODAY, what=f"line-{i:02}", state="open", amount=100, margin=1)
        for i in range(25)
    )
    db.session.commit()
    queries.clear()
    page = ada.get("/roi/opportunities?page=2").text
    assert len(queries) <= 4
    assert ("line-04" in page, "line-05" in page) == (True, False)
    first = db.session.scalars(select(Opportunity.id)).first()
    for url in (f"/roi/opportunities/{first}", f"/roi/receipts?opportunity={first}"):
        db.session.commit()
        queries.clear()
        assert ada.get(url).status_code == 200
        assert len(queries) <= 4
