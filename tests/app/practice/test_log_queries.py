"""What the database counts and lists of a log is what the rules of the course say of the whole of it."""

from datetime import timedelta
from itertools import product

import pytest

from app.db import db
from app.practice import log_queries, queries
from app.practice.log_queries import Sought, circle_of, lines_of, tally_of
from bench.grown import Size, grow
from course import practice
from tests import cast as builders
from tests.cast import NOON, TODAY


@pytest.fixture
def grown(cast):
    """Ada with a log that holds all that a log can; Ben's beside it must not show."""
    for who in (cast.ada, cast.ben):
        grow(who, Size(who.email, 160, 14, 3), today=TODAY - timedelta(days=3))
    db.session.commit()
    return cast


def kind_of(entry):
    return entry.rubric.verdict if entry.rubric else "alone"


def tallied(cast, **given):
    return tally_of(cast.ada, cast.ada_enrolled, TODAY, **{"sought": Sought(), **given})[0]


def test_the_numbers_of_the_log_are_those_of_its_entries(grown):
    entries, found = queries.book_of(grown.ada).entries, tallied(grown)
    rate = practice.connecting_rate(entries)
    assert (found.written, found.sought) == (len(entries), len(entries))
    assert (found.connecting, found.rated) == (rate.successes, rate.n)
    assert found.weeks == practice.weeks(entries, TODAY)
    assert sum(week.rated for week in found.weeks) > 10


@pytest.mark.parametrize("verdict", ["", "connecting", "contacting", "alone"])
def test_the_list_is_the_log_turned_round_page_by_page(grown, verdict):
    entries = [entry for entry in queries.book_of(grown.ada).entries if verdict in ("", kind_of(entry))]
    sought = Sought(verdict=verdict)
    total = tallied(grown, sought=sought).sought
    lines = [line for skipped in range(0, total, 20) for line in lines_of(grown.ada, sought=sought, skipped=skipped)]
    assert total == len(entries) > 0
    assert [line.id for line in lines] == [entry.id for entry in reversed(entries)]
    assert [line.points for line in lines if line.person] == [e.rubric.points for e in reversed(entries) if e.rubric]


def test_every_rating_there_is_counts_as_the_rule_says(cast):
    known = builders.relationship(cast.ada)
    for points in product("012", repeat=5):
        builders.entry(cast.ada, known, "".join(points))
    counted = tallied(cast, sought=Sought(verdict="connecting"))
    connecting = sum(rubric.connecting for rubric in practice.RUBRICS.values())
    assert (counted.sought, counted.rated) == (connecting, 243)
    assert tallied(cast, sought=Sought(verdict="contacting")).sought == 243 - connecting


def test_a_line_says_how_often_it_was_corrected(cast):
    known, entry = builders.relationship(cast.ada), None
    for minutes in (5, 10, 20, 40):
        entry = builders.entry(cast.ada, known, minutes=minutes, replaces_id=entry.id if entry else None)
    builders.entry(cast.ada, known)
    lines = lines_of(cast.ada, sought=Sought(), skipped=0)
    assert [(line.minutes, line.corrections) for line in lines] == [(20, 0), (40, 3)]


def test_the_strip_is_in_the_order_of_the_latest_entries_that_stand(grown):
    book, circle = queries.book_of(grown.ada), circle_of(grown.ada)
    assert circle.recent == book.recent
    latest = {id: touches[-1] for id, touches in book.by_person.items() if touches}
    assert {id: touch.id for id, touch in circle.last.items()} == {id: entry.id for id, entry in latest.items()}


def test_what_is_still_promised_is_what_the_form_of_a_post_may_keep(grown):
    assert set(circle_of(grown.ada).open) == set(queries.company_of(grown.ada).open)
    assert circle_of(grown.ada).open


def test_two_aliases_that_were_merged_are_one_person(cast, browser_of):
    one = builders.relationship(cast.ada, "Brouwer")
    other = builders.relationship(cast.ada, "B.", merged_into_id=one.id, merged_at=NOON)
    builders.entry(cast.ada, one, day=TODAY - timedelta(days=9), channel="met")
    builders.entry(cast.ada, other, day=TODAY, channel="mail")
    circle = circle_of(cast.ada)
    assert (dict(circle.aliases), circle.last[one.id].channel) == ({one.id: "Brouwer"}, "mail")
    sought = Sought(circle.all_aliases[one.id])
    assert tallied(cast, sought=sought).sought == 2
    page = browser_of(cast.ada).get(f"/practice/?person={one.id}").text
    assert page.count(f'href="/people/{one.id}"') == 2
    assert "B.</" not in page


def test_a_learner_with_nothing_has_an_empty_tally(cast):
    found = tallied(cast)
    assert (found.written, found.rated, found.sought) == (0, 0, 0)
    assert len(found.weeks) == 12
    assert log_queries.lines_of(cast.ada, sought=Sought(), skipped=0) == ()


def test_the_page_of_a_long_list_is_the_nearest_there_is(grown, browser_of):
    total = tallied(grown).sought
    page = browser_of(grown.ada).get("/practice/?page=9999").text
    last = -(-total // 20)
    assert f"Page {last} of {last}" in page


@pytest.mark.parametrize("size", [Size("short", 50, 5, 3), Size("long", 1000, 100, 60)])
def test_the_log_asks_four_questions_and_reads_no_more_lines_of_a_long_one(cast, browser_of, queries, size):
    grow(cast.ada, size, today=TODAY)
    db.session.commit()
    ada = browser_of(cast.ada)
    ada.get("/practice/")
    queries.clear()
    assert ada.get("/practice/").status_code == 200
    assert len(queries) <= 4
