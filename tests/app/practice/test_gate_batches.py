"""Batches: what the gate lets go, what is noted of it, and what two tabs do."""

from typing import Any

import pytest
from sqlalchemy import select

from app.db import db
from app.models import Batch
from app.practice import gate_actions
from tests.app.practice import gate_rows as rows
from tests.app.practice.ledger_rows import heading, text_of
from tests.cast import TODAY, Cast

PLAN = {"day": TODAY.isoformat(), "size": "50"}
COUNTS = {"replies": "20", "two_way": "18", "answered_in_time": "19", "complaints": "0"}


@pytest.fixture
def ada(cast: Cast, browser_of: Any) -> Any:
    """Ada's browser, her gate open."""
    rows.open_gate(cast.ada)
    return browser_of(cast.ada)


def kept() -> list[Batch]:
    db.session.expire_all()
    return list(db.session.scalars(select(Batch).order_by(Batch.id)))


def test_an_open_gate_lets_fifty_go_and_not_one_more(ada: Any) -> None:
    refused = ada.send("/gate/batches", {**PLAN, "size": "51"})
    assert refused.status_code == 422
    assert "The first batch: 50 letters at most." in text_of(refused.text)
    assert 'value="51"' in refused.text
    assert kept() == []
    assert ada.send("/gate/batches", PLAN).status_code == 303
    assert [(row.size, row.day, row.replaces_id) for row in kept()] == [(50, TODAY, None)]


def test_a_closed_gate_lets_none_go_and_says_what_instead(cast: Cast, browser_of: Any) -> None:
    page = browser_of(cast.ben).get("/gate/batches").text
    assert heading(page) == "No batch for now"
    assert 'name="size"' not in page
    answer = browser_of(cast.ben).send("/gate/batches", {**PLAN, "size": "1"})
    assert answer.status_code == 422
    assert "Choose five people you know" in text_of(answer.text)
    assert kept() == []


def test_a_batch_of_an_earlier_day_is_held_against_the_gate_of_that_day(ada: Any) -> None:
    early = ada.send("/gate/batches", {**PLAN, "day": rows.ago(11).isoformat()})
    assert early.status_code == 422
    assert "don’t hold" in text_of(early.text)
    assert ada.send("/gate/batches", {**PLAN, "day": rows.ago(1).isoformat()}).status_code == 303


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"size": ""}, "Type how many letters go out."),
        ({"size": "0"}, "Type a number from 1"),
        ({"size": "-3"}, "Type a number from 1"),
        ({"size": "1000000"}, "Type a number from 1"),
        ({"day": "2026-11-25"}, "still to come"),
        ({"day": ""}, "Choose the day."),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(ada: Any, change: dict[str, str], words: str) -> None:
    answer = ada.send("/gate/batches", {**PLAN, **change})
    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert kept() == []


def test_the_next_waits_until_the_last_is_counted_and_is_half_as_much_again(cast: Cast, ada: Any) -> None:
    first = rows.batch(cast.ada)
    assert "isn’t counted yet" in text_of(ada.send("/gate/batches", {**PLAN, "size": "5"}).text)
    assert ada.send(f"/gate/batches/{first.id}", COUNTS).status_code == 303
    noted = kept()[-1]
    assert (noted.replaces_id, noted.size, noted.day) == (first.id, 50, first.day)
    assert (noted.replies, noted.two_way, noted.answered_in_time, noted.complaints) == (20, 18, 19, 0)
    page = ada.get("/gate/batches").text
    assert heading(page) == "The next batch: 75 letters at most"
    assert "no complaints in 50. So few letters can’t show more: up to 7.1 % may mind" in text_of(page)
    assert ada.send("/gate/batches", {**PLAN, "size": "76"}).status_code == 422
    assert ada.send("/gate/batches", {**PLAN, "size": "75"}).status_code == 303


def test_one_complaint_in_fifty_stops_the_next(cast: Cast, ada: Any) -> None:
    rows.counted(cast.ada, complaints=1)
    page = ada.get("/gate/batches").text
    assert heading(page) == "No batch for now"
    assert "Nobody minds: one complaint in 50. That stops the next batch until 17 February 2027" in text_of(page)
    assert "strike the source" in text_of(page)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"replies": ""}, "Type how many replied"),
        ({"replies": "51"}, "More replies than letters: 50 went out."),
        ({"replies": "-1"}, "A count is not below nought."),
        ({"replies": "some"}, "Write a whole number in figures."),
        ({"two_way": "21"}, "More took part than replied."),
        ({"answered_in_time": "21"}, "More were answered than replied."),
        ({"complaints": "51"}, "More complaints than letters: 50 went out."),
        ({"complaints": ""}, "Type how many complained"),
    ],
)
def test_counts_that_cannot_be_are_refused_and_kept(cast: Cast, ada: Any, change: dict[str, str], words: str) -> None:
    first = rows.batch(cast.ada)
    answer = ada.send(f"/gate/batches/{first.id}", {**COUNTS, **change})
    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert len(kept()) == 1


def test_a_count_in_another_tab_is_shown_beside_ones_own(cast: Cast, ada: Any) -> None:
    noted = rows.counted(cast.ada, replies=9, two_way=9, answered_in_time=9)
    answer = ada.send(f"/gate/batches/{noted.replaces_id}", COUNTS)
    assert answer.status_code == 409
    assert heading(answer.text) == "This batch was counted in the meantime"
    assert "Replies9" in text_of(answer.text)
    assert 'value="20"' in answer.text
    assert f'action="/gate/batches/{noted.id}"' in answer.text
    assert len(kept()) == 2
    assert ada.send(f"/gate/batches/{noted.id}", COUNTS).status_code == 303
    assert [row.replies for row in kept()] == [0, 9, 20]


def test_an_older_row_opens_the_batch_as_it_stands(cast: Cast, ada: Any) -> None:
    noted = rows.counted(cast.ada, two_way=12)
    page = ada.get(f"/gate/batches/{noted.replaces_id}").text
    assert heading(page) == "12 of 50 took part"
    assert 'value="12"' in page


def test_a_batch_that_never_went_is_taken_out_with_its_counts(cast: Cast, ada: Any) -> None:
    noted = rows.counted(cast.ada)
    assert ada.send(f"/gate/batches/{noted.replaces_id}/remove").status_code == 409
    assert ada.send(f"/gate/batches/{noted.id}/remove").status_code == 303
    assert ada.get(f"/gate/batches/{noted.id}").status_code == 404
    assert ada.send(f"/gate/batches/{noted.id}/remove").status_code == 404
    page = ada.get("/gate/batches").text
    assert heading(page) == "The first batch: 50 letters at most"
    assert "None so far" in text_of(page)


def test_somebody_elses_batch_is_not_there(cast: Cast, ada: Any) -> None:
    foreign = rows.batch(cast.cleo)
    assert ada.get(f"/gate/batches/{foreign.id}").status_code == 404
    assert ada.send(f"/gate/batches/{foreign.id}", COUNTS).status_code == 404
    assert ada.send(f"/gate/batches/{foreign.id}/remove").status_code == 404
    assert len(kept()) == 1


def test_sent_twice_a_batch_goes_once(ada: Any) -> None:
    for _ in range(2):
        assert ada.send("/gate/batches", {**PLAN, "once": "the same"}).status_code == 303
    assert len(kept()) == 1


def test_two_tabs_that_plan_at_once_are_told(cast: Cast, ada: Any) -> None:
    with pytest.raises(gate_actions.Overtaken):
        gate_actions.plan_batch(cast.ada, day=TODAY, size=50, seen=77)
    db.session.rollback()
    assert kept() == []
