"""Two aliases become one person, are read as one everywhere, and can be parted again as if nothing had been."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.models import Promise, Relationship
from app.practice import actions, ledger_queries, merge_actions, people_actions, queries
from course.log_measure import log_measure
from course.share import Share
from tests import cast as builders
from tests.app.practice.telling import entries, promised, promises, relationships, talk
from tests.cast import NOON, TODAY


def find(alias):
    db.session.expire_all()
    return db.session.scalar(select(Relationship).where(Relationship.alias == alias))


@pytest.fixture
def two(cast):
    """K-07 in seat 2 and Harbour in seat 5, each with an entry, a promise and a receipt."""
    made = []
    for alias, seat, back in (("K-07", 2, 40), ("Harbour", 5, 3)):
        about = builders.relationship(cast.ada, alias, seat=seat, known_since=TODAY - timedelta(days=100 + back))
        promised(cast.ada, about, f"Promise to {alias}", made=back, due=-2)
        builders.receipt(cast.ada, 10_000 * back, relationship_id=about.id, day=TODAY - timedelta(days=back))
        made.append(about)
    return made


def test_a_merger_is_looked_at_before_it_is_made(cast, browser_of, two):
    stays, other = two
    before = relationships()
    ada = browser_of(cast.ada)
    page = ada.get(f"/people/{stays.id}/merge?alias=harbour").text
    assert "Harbour and K-07 as one person" in page
    assert "What becomes one" in page
    assert f"/people/{other.id}/merge?alias=K-07" in page
    assert relationships() == before


def test_merged_aliases_are_one_person_on_every_page(cast, browser_of, two):
    stays, other = two
    ada = browser_of(cast.ada)
    answer = ada.send(f"/people/{stays.id}/merge", {"alias": "Harbour"})
    assert (answer.status_code, answer.location) == (303, f"/people/{stays.id}")
    page = ada.get(answer.location).text
    for words in ("Promise to K-07", "Promise to Harbour", "Two receipts</a>, €4\xa0300", "Part Harbour again"):
        assert words in page
    everybody = ada.get("/people/").text
    assert "Ten seats, one taken" in everybody
    assert "3 of 30 days" in everybody
    assert "Harbour" not in everybody.partition('id="add"')[0]
    log = ada.get("/practice/").text
    assert log.count(f'href="/people/{stays.id}">K-07</a>') == 2
    assert "Harbour" not in log.replace("Promise to Harbour", "")
    assert ada.get(f"/people/{other.id}").location == f"/people/{stays.id}"
    assert ">Harbour<" not in ada.get("/roi/receipts").text


def test_every_read_takes_merged_aliases_as_one(cast, two):
    stays, other = two
    merge_actions.merge(cast.ada, stays.id, other=other.id, now=NOON)
    db.session.commit()
    assert {entry.person for entry in queries.entries_of(cast.ada)} == {stays.id}
    assert {entry.person for entry in queries.entries_of_people([cast.ada.id])[cast.ada.id]} == {stays.id}
    assert {promise.person for promise in queries.promises_of(cast.ada)} == {stays.id}
    assert dict(queries.company_of(cast.ada).aliases) == {stays.id: "K-07"}
    assert {promise.person for promise in queries.company_of(cast.ada).open} == {stays.id}
    assert queries.receipts_by_person(cast.ada).keys() == {stays.id}
    assert [alias for _, alias in ledger_queries.aliases_of(cast.ada)] == ["K-07"]
    assert {receipt.person for receipt in ledger_queries.receipts_of(cast.ada, 1).items} == {"K-07"}
    ledger = ledger_queries.ledger_of(cast.ada, TODAY, {})
    assert ledger is not None
    assert {receipt.person for receipt in ledger.ledger.receipts} == {"K-07"}
    assert {spent.about for spent in ledger.spent} == {"K-07"}
    (tended,) = queries.book_of(cast.ada).people
    assert tended.known_since == TODAY - timedelta(days=140)


def test_a_second_conversation_under_the_other_alias_is_one_with_the_same_person(cast, two):
    stays, other = two
    apart = log_measure("keeping", entries=queries.entries_of(cast.ada), promises=(), today=TODAY)
    merge_actions.merge(cast.ada, stays.id, other=other.id, now=NOON)
    one = log_measure("keeping", entries=queries.entries_of(cast.ada), promises=(), today=TODAY)
    assert (apart.share, one.share) == (Share(0, 2), Share(1, 1))


def test_parting_gives_everything_back_as_it_was(cast, browser_of, two):
    stays, other = two
    before = relationships()
    ada = browser_of(cast.ada)
    ada.send(f"/people/{stays.id}/merge", {"alias": "Harbour"})
    assert (find("K-07").seat, find("Harbour").seat) == (2, None)
    answer = ada.send(f"/people/{other.id}/part")
    assert answer.location == f"/people/{other.id}"
    assert "in seat 5" in ada.get(answer.location).text
    assert relationships() == before


def test_whoever_has_no_seat_takes_that_of_the_other_and_gives_it_back(cast, two):
    stays, other = two
    people_actions.free_seat(cast.ada, stays.id)
    before = relationships()
    merge_actions.merge(cast.ada, stays.id, other=other.id, now=NOON)
    assert find("K-07").seat == 5
    merge_actions.part(cast.ada, other.id)
    assert relationships() == before


def test_a_seat_that_somebody_else_took_meanwhile_stays_theirs(cast, browser_of, two):
    stays, other = two
    ada = browser_of(cast.ada)
    ada.send(f"/people/{stays.id}/merge", {"alias": "Harbour"})
    builders.relationship(cast.ada, "Mill", seat=5)
    ada.send(f"/people/{other.id}/part")
    assert (find("Mill").seat, find("Harbour").seat, find("Harbour").merged_into_id) == (5, None, None)


@pytest.mark.parametrize("first_parted", [1, 2])
def test_a_chain_of_mergers_is_one_person_and_is_parted_in_any_order(first_parted, cast, two):
    top = builders.relationship(cast.ada, "Top")
    people_actions.free_seat(cast.ada, two[0].id)
    before = relationships()
    merge_actions.merge(cast.ada, two[0].id, other=two[1].id, now=NOON)
    merge_actions.merge(cast.ada, top.id, other=two[0].id, now=NOON)
    (person,) = queries.book_of(cast.ada).people
    assert (person.alias, person.seat, len(person.promises), len(person.others)) == ("Top", 5, 2, 2)
    for place in (first_parted - 1, 2 - first_parted):
        merge_actions.part(cast.ada, two[place].id)
    assert relationships() == before


REFUSED = {
    "nobody has the alias": ("Nobody", "Nobody on your list has this alias"),
    "it is the same person": ("K-07", "That is this person already"),
    "nothing is typed": (" ", "Write the other alias"),
    "it is somebody of another learner": ("Quiet one", "Nobody on your list has this alias"),
    "they would have introduced themselves": ("Dunlin", "As one person they would form a circle"),
    "it is part of somebody else": ("Old name", "That alias is part of Mill"),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("way", ["look", "merge"])
def test_nothing_is_merged_where(case, way, cast, browser_of):
    top = builders.relationship(cast.ada, "K-07")
    mill = builders.relationship(cast.ada, "Mill", introduced_by_id=top.id)
    builders.relationship(cast.ada, "Dunlin", introduced_by_id=mill.id)
    builders.relationship(cast.ada, "Old name", merged_into_id=mill.id, merged_at=NOON)
    builders.relationship(cast.ben, "Quiet one")
    before = relationships()
    typed, words = REFUSED[case]
    ada, address = browser_of(cast.ada), f"/people/{top.id}/merge"
    answer = ada.send(address, {"alias": typed}) if way == "merge" else ada.get(address, query_string={"alias": typed})
    if way == "merge":
        assert answer.status_code == 422
    if typed.strip() or way == "merge":
        assert words in answer.text
    assert "Make them one person" not in answer.text
    assert relationships() == before


def test_an_introduction_between_the_two_is_none_while_they_are_one(cast, browser_of):
    top = builders.relationship(cast.ada, "K-07")
    mill = builders.relationship(cast.ada, "Mill", introduced_by_id=top.id)
    before = relationships()
    ada = browser_of(cast.ada)
    assert ada.send(f"/people/{top.id}/merge", {"alias": "Mill"}).status_code == 303
    assert "Nobody came by introduction yet" in ada.get("/people/introductions").text
    ada.send(f"/people/{mill.id}/part")
    assert relationships() == before


def test_an_alias_that_was_merged_is_not_given_to_somebody_new(cast, browser_of, two):
    ada = browser_of(cast.ada)
    ada.send(f"/people/{two[0].id}/merge", {"alias": "Harbour"})
    answer = ada.send("/people/", {"alias": "harbour", "layer": "core", "seat": ""})
    assert "That alias is K-07, with whom it was merged" in answer.text


def test_an_entry_under_the_other_alias_is_with_the_one_person_and_keeps_their_promises(cast, browser_of, two):
    stays, _ = two
    ada = browser_of(cast.ada)
    ada.send(f"/people/{stays.id}/merge", {"alias": "Harbour"})
    theirs = next(promise for promise in promises() if promise.text == "Promise to Harbour")
    sent = talk(alias="", who=str(stays.id), kept=str(theirs.id))
    assert ada.send("/practice/", sent).status_code == 303
    assert ada.send("/practice/", talk(alias="Harbour")).status_code == 303
    db.session.expire_all()
    assert db.session.get(Promise, theirs.id).kept_on == TODAY
    assert len(queries.book_of(cast.ada).by_person[stays.id]) == 4
    assert [person.alias for person in queries.book_of(cast.ada).people] == ["K-07"]


def test_a_correction_stays_with_the_alias_it_corrects(cast, browser_of, two):
    stays, other = two
    ada = browser_of(cast.ada)
    ada.send(f"/people/{stays.id}/merge", {"alias": "Harbour"})
    corrected = next(entry for entry in entries() if entry.relationship_id == other.id)
    ada.send(f"/practice/{corrected.id}", talk(alias="", who=str(stays.id)))
    assert entries()[-1].replaces_id == corrected.id
    assert entries()[-1].relationship_id == other.id


def test_a_stranger_merges_and_parts_nothing(cast, browser_of, two):
    stays, other = two
    before = relationships()
    ben = browser_of(cast.ben)
    assert ben.get(f"/people/{stays.id}/merge").status_code == 404
    assert ben.send(f"/people/{stays.id}/merge", {"alias": "Harbour"}).status_code == 404
    assert ben.send(f"/people/{other.id}/part").status_code == 404
    for theirs in (actions.NotTheirs,):
        with pytest.raises(theirs):
            merge_actions.merge(cast.ben, stays.id, other=other.id, now=NOON)
    assert relationships() == before


def test_who_is_apart_is_parted_no_further(cast, browser_of, two):
    ada = browser_of(cast.ada)
    answer = ada.send(f"/people/{two[1].id}/part")
    assert "They are apart already." in ada.get(answer.location).text
    assert ada.post(f"/people/{two[1].id}/part").status_code == 400
