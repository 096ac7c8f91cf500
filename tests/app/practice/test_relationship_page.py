"""The page of one person: the ladder, the score, promises, and everything that happened."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.models import Opportunity
from tests import cast as builders
from tests.app.practice.telling import entries, promised, promises, talk
from tests.cast import TODAY


def test_the_ladder_shows_its_evidence_and_what_would_earn_the_next_stage(cast, browser_of):
    about = builders.relationship(cast.ada, "Brouwer", known_since=date(2024, 3, 12))
    builders.entry(cast.ada, about, "11111", day=TODAY - timedelta(days=2))
    page = browser_of(cast.ada).get(f"/people/{about.id}").text
    assert "Brouwer: conversing, fresh" in page
    assert "Known since 12 March 2024" in page
    assert "They answered, 22 November 2026" in page
    assert "To earn: another exchange, on 29 November 2026 or later; a promise to them, kept by its day." in page


def test_receipts_are_evidence_and_are_listed(cast, browser_of):
    about = builders.relationship(cast.ada, "Brouwer")
    builders.receipt(cast.ada, 740_000, relationship_id=about.id, what="First order")
    builders.receipt(cast.ada, 100, relationship_id=about.id, what="Typed wrong", removed_at=builders.NOON)
    page = browser_of(cast.ada).get(f"/people/{about.id}").text
    assert "One receipt</a>, €7\xa0400" in page
    assert "First order" in page
    assert "Typed wrong" not in page
    assert "Bought, 24 November 2026</a> (counts already)" in page


def test_the_score_is_shown_in_its_parts(cast, browser_of):
    about = builders.relationship(cast.ada, "Brouwer")
    builders.entry(cast.ada, about, "22211", day=TODAY - timedelta(days=41))
    page = browser_of(cast.ada).get(f"/people/{about.id}").text
    for words in ("Rhythm", "41 of 30 days since you last spoke", "Reciprocity", "No promise has fallen due", "31.0"):
        assert words in page


def test_a_promise_is_kept_or_not_and_can_be_open_again(cast, browser_of):
    about = builders.relationship(cast.ada, "Brouwer")
    promise = promised(cast.ada, about, made=3, due=-3)
    ada = browser_of(cast.ada)
    address = f"/people/promises/{promise.id}"
    for outcome, words in (("kept", "Kept 24"), ("open", "I kept it"), ("dropped", "Dropped 24")):
        answer = ada.send(address, {"outcome": outcome})
        assert (answer.status_code, answer.location) == (303, f"/people/{about.id}#promises")
        assert words in ada.get(f"/people/{about.id}").text


def test_a_promise_past_its_day_says_so(cast, browser_of):
    about = builders.relationship(cast.ada, "Brouwer")
    promised(cast.ada, about)
    page = browser_of(cast.ada).get(f"/people/{about.id}").text
    assert "The day has passed" in page
    assert "I didn’t" in page


@pytest.mark.parametrize("outcome", ["", "forgotten", None])
def test_a_promise_takes_no_other_outcome(outcome, cast, browser_of):
    promise = promised(cast.ada, builders.relationship(cast.ada, "Brouwer"))
    answer = browser_of(cast.ada).send(f"/people/promises/{promise.id}", {"outcome": outcome} if outcome else {})
    assert answer.status_code == 422
    assert (promises()[0].kept_on, promises()[0].dropped_on) == (None, None)


def test_a_promise_of_a_corrected_entry_cannot_be_settled_any_more(cast, browser_of):
    ada = browser_of(cast.ada)
    ada.send("/practice/", talk(promise="The list", promise_due="2026-11-27"))
    ada.send(f"/practice/{entries()[0].id}", talk())
    assert ada.send(f"/people/promises/{promises()[0].id}", {"outcome": "kept"}).status_code == 404


def test_everything_that_happened_with_somebody_stands_in_one_line_of_time(cast, browser_of):
    about = builders.relationship(cast.ada, "Brouwer")
    builders.relationship(cast.ada, "Mill", introduced_by_id=about.id, known_since=TODAY - timedelta(days=2))
    promised(cast.ada, about, kept_on=TODAY - timedelta(days=5))
    builders.receipt(cast.ada, 50_000, relationship_id=about.id, what="First order", day=TODAY - timedelta(days=1))
    facts = {"day": TODAY, "state": "open", "amount": 90_000, "margin": Decimal(".5"), "probability": Decimal(".25")}
    builders.save(Opportunity(person_id=cast.ada.id, relationship_id=about.id, what="Second line", **facts))
    page = browser_of(cast.ada).get(f"/people/{about.id}").text
    told = [
        page.index(words)
        for words in (
            "Opportunity, open at 25\xa0%: Second line",
            "Paid €500: First order",
            "Introduced you to",
            "Kept: The list",
            "Promised by",
        )
    ]
    assert told == sorted(told)


def test_every_piece_of_evidence_opens_where_it_comes_from(cast, browser_of):
    about = builders.relationship(cast.ada, "Brouwer")
    promised(cast.ada, about, kept_on=TODAY - timedelta(days=6))
    entry = entries()[0]
    builders.receipt(cast.ada, 50_000, relationship_id=about.id)
    page = browser_of(cast.ada).get(f"/people/{about.id}").text
    ladder = page.partition('class="ladder"')[2].partition("</ol>")[0]
    assert f'href="/practice/{entry.id}"' in ladder
    for place in ("tend", "promises", "receipts"):
        assert f'href="#{place}"' in ladder
        assert f'id="{place}"' in page


def test_the_score_is_a_formula_filled_in(cast, browser_of):
    about = builders.relationship(cast.ada, "Brouwer")
    builders.entry(cast.ada, about, "22211", day=TODAY - timedelta(days=60))
    page = browser_of(cast.ada).get(f"/people/{about.id}").text
    assert "40 × 0.50 + 25 × 0.80 + 20 × 0.50 + 15 × 0.50 = 57.5" in page
