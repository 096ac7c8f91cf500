"""What if: the account beside itself with other shares, by the address alone, and nothing of it kept."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from app.db import db
from app.models import Receipt
from tests.app.practice.ledger_rows import AFTER, begin, heading, paid, text_of, worked_example
from tests.cast import Cast, save

URL = "/roi/what-if"


@pytest.fixture
def ask(cast: Cast, browser_of: Any, at: Callable[[datetime], None]) -> Callable[[str], str]:
    """Ada, with the method's ledger, asks."""
    worked_example(cast.ada)
    at(AFTER)
    browser = browser_of(cast.ada)

    def asked(query: str = "") -> str:
        answer = browser.get(URL + query)
        assert answer.status_code == 200
        return str(answer.text)

    return asked


def row(page: str, name: str) -> list[str]:
    """What a line of the comparison says: the account, and what it would be."""
    found = re.search(rf'<th scope="row">{name}</th>(.*?)</tr>', page, re.DOTALL)
    assert found
    return [text_of(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", found[1])]


def value(page: str, field: str) -> str:
    found = re.search(rf'<input[^>]* name="{field}"[^>]* value="(\d+)"', page)
    return found[1] if found else "none"


def largest() -> Receipt:
    return db.session.scalars(select(Receipt).order_by(Receipt.amount.desc()).limit(1)).one()


def test_nothing_supposed_is_the_account_as_it_is(ask: Callable[[str], str]) -> None:
    page = ask("")
    assert heading(page) == "What if the shares were other ones"
    assert row(page, "Claimed − invested") == ["+126.00", "+126.00"]
    assert (value(page, "share"), value(page, "sure")) == ("100", "100")


def test_a_limit_on_every_share_stands_beside_the_true_figure(ask: Callable[[str], str]) -> None:
    page = ask("?share=40")
    assert heading(page) == "What if: 834 euros less than it cost"
    assert row(page, "Returned, attributed") == ["4 926.00", "3 966.00"]
    assert row(page, "Return on investment") == ["+2.625 %", "−17.375 %"]
    assert row(page, "Break-even") == ["month 9", "none"]
    assert "As if no receipt owed more than 40 % to the training. Your ledger stays as it is" in text_of(page)


def test_one_receipt_begins_with_its_own_shares_and_can_be_supposed_away(ask: Callable[[str], str]) -> None:
    receipt = largest()
    own = ask(f"?receipt={receipt.id}")
    assert (value(own, "share"), value(own, "sure")) == ("60", "70")
    page = ask(f"?receipt={receipt.id}&share=0&sure=70")
    assert row(page, "Claimed − invested") == ["+126.00", "−1 890.00"]


@pytest.mark.parametrize("typed", ["101", "-1", "half", "4,5", "9999", "٣"])
def test_what_is_no_percentage_is_said_beside_its_field_and_changes_nothing(
    ask: Callable[[str], str], typed: str
) -> None:
    page = ask(f"?share={typed}")
    assert "A share is a whole percentage from 0 to 100." in page
    assert 'aria-describedby="share-fault"' in page
    assert row(page, "Claimed − invested") == ["+126.00", "+126.00"]


def test_somebody_elses_receipt_is_nobodys(cast: Cast, ask: Callable[[str], str]) -> None:
    begin(cast.ben)
    foreign = paid(cast.ben, 1_000, AFTER.date(), None, "1 1 1")
    foreign.what = "secret"
    save(foreign)
    page = ask(f"?receipt={foreign.id}&share=0")
    assert "secret" not in page
    assert "As if no receipt owed more than 0 %" in text_of(page)


def test_a_supposition_is_kept_nowhere(ask: Callable[[str], str]) -> None:
    receipt = largest()
    before = (receipt.attribution, receipt.confidence)
    ask(f"?receipt={receipt.id}&share=1&sure=1")
    db.session.expire_all()
    assert (receipt.attribution, receipt.confidence) == before
    assert row(ask(""), "Claimed − invested") == ["+126.00", "+126.00"]


def test_it_takes_four_queries_at_most(ask: Callable[[str], str], queries: list[str]) -> None:
    queries.clear()
    ask("?share=40")
    assert len(queries) <= 4


def test_before_there_is_a_ledger_it_leads_to_its_beginning(cast: Cast, browser_of: Any) -> None:
    cast.ada.ledger_start = None
    save(cast.ada)
    assert browser_of(cast.ada).get(URL).location == "/roi/"
