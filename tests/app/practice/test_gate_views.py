"""The gate's page: its finding, what each test rests on, its year, and whether a batch may go."""

import re
from datetime import timedelta
from typing import Any

import pytest

from app.db import db
from app.models import Relationship
from app.practice import merge_actions
from app.practice.gate_queries import gate_read
from course.gate import gate
from tests import cast as people
from tests.app.practice import gate_rows as rows
from tests.app.practice.ledger_rows import heading, text_of
from tests.cast import NOON, TODAY, Cast


@pytest.fixture
def ada(cast: Cast, browser_of: Any) -> Any:
    return browser_of(cast.ada)


def section(page: str, id: str) -> str:
    """One of the page's sections or tests, as it is read."""
    found = re.search(rf'id="{id}".*?(?=<section|<li id=|</ol></section>)', page, re.DOTALL)
    return text_of(found[0]) if found else ""


def test_with_nothing_written_the_page_says_how_to_begin(ada: Any) -> None:
    page = ada.get("/gate/").text
    assert heading(page) == "None of seven holds; the gate is closed"
    assert "Log the talks you have" in section(page, "begin")
    assert "20 more rated entries with ten more people" in section(page, "craft")
    assert "Nothing to count yet." in section(page, "response")
    assert "No batch for now" in section(page, "next")
    assert "seven of its tests don’t hold" in section(page, "next")


def test_all_seven_open_the_gate_and_let_fifty_go(cast: Cast, ada: Any) -> None:
    rows.open_gate(cast.ada)
    page = ada.get("/gate/").text
    assert heading(page) == "All seven hold; the gate is open"
    assert page.count(">Passed<") == 7
    assert "50 of 70 connecting: 71 %, at the bottom 59.9 %" in section(page, "craft")
    assert "20 of 40 answered: 50 %, at the bottom 35.2 %" in section(page, "response")
    assert "The first batch: 50 letters at most" in section(page, "next")
    assert 'href="/gate/batches">Write a batch down' in page


def test_each_test_opens_into_the_rows_it_rests_on(cast: Cast, ada: Any) -> None:
    rows.open_gate(cast.ada)
    page = ada.get("/gate/").text
    evidence = {test.name: test.evidence for test in gate(gate_read(cast.ada).facts, TODAY).tests}
    for name in ("Craft", "Response"):
        listed = re.search(rf'id="{name.lower()}".*?<ul class="evidence">(.*?)</ul>', page, re.DOTALL)
        assert listed
        opened = [int(id) for id in re.findall(r'href="/practice/(\d+)"', listed[1])]
        assert opened == list(reversed(evidence[name].entries))[:12]
    assert "The first twelve of 70" in section(page, "craft")
    assert "P-10 paid on 21 November 2026, Trial kit" in section(page, "promise")
    assert "A kit, 25 October 2026: as promised" in section(page, "promise")
    promised = re.search(r'id="reliability".*?<ul class="evidence">(.*?)</ul>', page, re.DOTALL)
    assert promised
    assert text_of(promised[1]).startswith("the list, to P-0, due 14 November 2026: kept")


def test_the_two_sums_stand_there_filled_in(cast: Cast, ada: Any) -> None:
    rows.open_gate(cast.ada)
    page = ada.get("/gate/").text
    assert "6 000 min ÷ (20 of 40 × 45 min + 6 min) = 210, rounded down" in section(page, "capacity")
    economics = section(page, "economics")
    assert "2 of 40 bought, at the bottom 1.38 % × €20 000 of a deal = €276.41 for a letter" in economics
    assert "(6 min + 20 of 40 × 45 min) × €50.00 an hour + €1.00 = €24.75 for a letter" in economics


def test_one_that_slips_puts_the_gate_on_probation_and_stops_batches(cast: Cast, ada: Any) -> None:
    rows.open_gate(cast.ada)
    rows.terms(cast.ada, day=TODAY, law=[])
    page = ada.get("/gate/").text
    assert heading(page) == "Six of seven hold; the gate is on probation"
    assert "Law has slipped since 23 November 2026, when all seven held." in text_of(page)
    assert "The gate is on probation: Law doesn’t hold" in section(page, "next")
    assert "24 Nov 2026: 6 of 7 hold, on probation" in section(page, "year")


def test_the_year_is_a_chart_with_its_finding_and_its_table(cast: Cast, ada: Any, at: Any) -> None:
    rows.open_gate(cast.ada)
    at(NOON + timedelta(days=14))
    page = ada.get("/gate/").text
    year = section(page, "year")
    assert "Open since 24 November 2026" in year
    assert "24 Nov 2026 to 8 Dec 2026: 7 of 7 hold, open" in year
    assert "24 Nov 20267open" in year


def test_what_is_taken_back_or_belongs_to_somebody_else_counts_nowhere(cast: Cast, ada: Any) -> None:
    rows.open_gate(cast.cleo)
    tended = people.relationship(cast.ada)
    first = people.entry(cast.ada, tended)
    people.entry(cast.ada, tended, replaces_id=first.id, void=True)
    rows.delivery(cast.ada, removed_at=NOON)
    assert heading(ada.get("/gate/").text) == "None of seven holds; the gate is closed"


def test_who_was_erased_leaves_the_delivery_without_a_name(cast: Cast, ada: Any) -> None:
    tended = people.relationship(cast.ada, "Dunlin")
    rows.delivery(cast.ada, relationship_id=tended.id)
    assert "A kit to Dunlin" in section(ada.get("/gate/").text, "promise")
    db.session.delete(db.session.get_one(Relationship, tended.id))
    db.session.commit()
    page = ada.get("/gate/").text
    assert "Dunlin" not in page
    assert "A kit, 4 November 2026: as promised" in section(page, "promise")


def test_two_aliases_of_one_person_are_one_client_who_came_back(cast: Cast, ada: Any) -> None:
    one, other = (people.relationship(cast.ada, alias) for alias in ("Dunlin", "D. of the mill"))
    for whom, back in ((one, 40), (other, 20)):
        people.receipt(cast.ada, day=rows.ago(back), relationship_id=whom.id)
        people.entry(cast.ada, whom, day=rows.ago(back))
    rows.delivery(cast.ada, relationship_id=other.id)
    assert "paid on" not in section(ada.get("/gate/").text, "promise")
    merge_actions.merge(cast.ada, one.id, other=other.id, now=NOON)
    db.session.commit()
    page = ada.get("/gate/").text
    assert "Dunlin paid on 4 November 2026" in section(page, "promise")
    assert "A kit to Dunlin" in section(page, "promise")
    assert "with nine more people" in section(page, "craft")


def test_the_page_takes_four_queries_whatever_the_rows(cast: Cast, ada: Any, queries: list[str]) -> None:
    def asked() -> int:
        queries.clear()
        assert ada.get("/gate/").status_code == 200
        return len(queries)

    empty = asked()
    rows.open_gate(cast.ada)
    assert (empty, asked()) == (4, 4)


@pytest.mark.parametrize("path", ["/gate/statement", "/gate/deliveries", "/gate/batches"])
def test_the_pages_behind_it_take_four_at_most(cast: Cast, ada: Any, queries: list[str], path: str) -> None:
    rows.open_gate(cast.ada)
    rows.counted(cast.ada)
    queries.clear()
    assert ada.get(path).status_code == 200
    assert len(queries) <= 4


@pytest.mark.parametrize("path", ["/practice/", "/people/", "/roi/"])
def test_practice_people_and_the_account_lead_to_the_gate(cast: Cast, ada: Any, path: str) -> None:
    people.receipt(cast.ada)
    assert 'href="/gate/"' in ada.get(path).text


def test_the_gate_is_part_of_practice(ada: Any) -> None:
    assert re.search(r'href="/practice/" aria-current="page"', ada.get("/gate/").text)
