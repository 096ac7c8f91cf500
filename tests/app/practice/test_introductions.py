"""Who brought whom: told on the page of a person, drawn as a tree, and never a circle."""

import pytest
from sqlalchemy import select

from app.db import db
from app.models import Relationship
from tests import cast as builders

NEW = {"alias": "Brouwer", "layer": "core", "cadence": "", "seat": "", "known_since": ""}


def by(alias):
    """Who brought somebody, as the row says it."""
    db.session.expire_all()
    return db.session.scalar(select(Relationship.introduced_by_id).where(Relationship.alias == alias))


@pytest.fixture
def chain(cast):
    """K-07 brought Mill, who brought Dunlin."""
    first = builders.relationship(cast.ada, "K-07")
    second = builders.relationship(cast.ada, "Mill", introduced_by_id=first.id)
    return first, second, builders.relationship(cast.ada, "Dunlin", introduced_by_id=second.id)


def test_somebody_new_is_introduced_by_somebody_on_the_list(cast, browser_of):
    first = builders.relationship(cast.ada, "K-07")
    assert browser_of(cast.ada).send("/people/", {**NEW, "introduced": "k-07"}).status_code == 303
    assert by("Brouwer") == first.id


def test_an_introduction_is_told_changed_and_taken_out_on_the_page_of_a_person(cast, browser_of, chain):
    first, _, third = chain
    ada = browser_of(cast.ada)
    assert 'value="Mill"' in ada.get(f"/people/{third.id}").text
    for typed, expected in (("K-07", first.id), ("", None)):
        answer = ada.send(f"/people/{third.id}/tend", {**NEW, "alias": "Dunlin", "introduced": typed})
        assert answer.status_code == 303
        assert by("Dunlin") == expected


REFUSED = {
    "nobody has the alias": ("Nobody", "Nobody on your list has this alias"),
    "it is somebody else's person": ("Quiet one", "Nobody on your list has this alias"),
    "it is the same person": ("K-07", "Nobody introduces themselves"),
    "it would be a circle": ("Dunlin", "That would be a circle"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_introduction_is_refused_and_what_was_typed_is_kept_where(case, cast, browser_of, chain):
    builders.relationship(cast.ben, "Quiet one")
    typed, words = REFUSED[case]
    answer = browser_of(cast.ada).send(f"/people/{chain[0].id}/tend", {**NEW, "alias": "K-07", "introduced": typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{typed}"' in answer.text
    assert by("K-07") is None


def test_a_circle_is_told_in_words(cast, browser_of, chain):
    answer = browser_of(cast.ada).send(f"/people/{chain[0].id}/tend", {**NEW, "alias": "K-07", "introduced": "Dunlin"})
    for words in ("K-07 is brought by Dunlin", "Dunlin by Mill", "Mill by K-07"):
        assert words in answer.text


def test_without_introductions_the_page_says_where_they_are_told(cast, browser_of):
    builders.relationship(cast.ada, "K-07")
    page = browser_of(cast.ada).get("/people/introductions").text
    assert "Nobody came by introduction yet" in page
    assert "How you tend them" in page


def test_the_tree_has_each_below_who_brought_them(cast, browser_of, chain):
    page = browser_of(cast.ada).get("/people/introductions").text
    assert "Two people came by introduction, through two" in page
    tree = page.partition('class="tree"')[2].partition("</ol>")[0]
    assert [tree.index(f'class="g{n}"') for n in range(3)] == sorted(tree.index(f'class="g{n}"') for n in range(3))
    assert ", brought by Mill" in tree


def test_a_receipt_reads_up_the_chain_and_the_sums_are_the_same(cast, browser_of, chain):
    builders.receipt(cast.ada, 1_000_000, relationship_id=chain[2].id, what="First order")
    builders.receipt(cast.ada, 333, relationship_id=chain[1].id)
    builders.receipt(cast.ada, 70_000, relationship_id=builders.relationship(cast.ada, "Stranger").id)
    page = browser_of(cast.ada).get("/people/introductions").text
    for words in (
        "Dunlin&nbsp;€5\xa0000",
        "Mill&nbsp;€2\xa0500",
        "K-07&nbsp;€2\xa0500",
        "Two generations",
        "Mill&nbsp;€1.67",
    ):
        assert words in page
    foot = page.partition("<tfoot>")[2].partition("</tfoot>")[0]
    assert foot.count("€10\xa0003.33") == 2
    assert "booked once, on the payer" in page


def test_somebody_brought_is_told_on_both_pages(cast, browser_of, chain):
    ada = browser_of(cast.ada)
    assert f'href="/people/{chain[1].id}">Mill</a>' in ada.get(f"/people/{chain[0].id}").text
    assert f'href="/people/{chain[1].id}">Mill</a>' in ada.get(f"/people/{chain[2].id}").text


def test_a_deep_chain_is_drawn_to_its_end(cast, browser_of):
    last = None
    for n in range(40):
        last = builders.relationship(cast.ada, f"P{n:02}", introduced_by_id=last.id if last else None)
    page = browser_of(cast.ada).get("/people/introductions").text
    assert "39 people came by introduction, through 39" in page
    assert page.count('<li class="g6">') == 34
