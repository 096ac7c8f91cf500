"""On random logs: merged totals are the sums, parting changes nothing, and the database sums up as the rules do."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from app.db import db
from app.models import Entry, Promise, Receipt, Relationship
from app.practice import merge_actions, people_queries, queries
from course.cadence import attention, attention_to
from tests.app.practice.telling import relationships
from tests.cast import NOON, TODAY

logs = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, 400),
        st.tuples(*(st.integers(0, 2) for _ in range(5))),
        st.sampled_from(["me", "them"]),
        st.booleans(),
    ),
    max_size=12,
)
QUIET = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUIET
@given(log=logs, paid=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 300)), max_size=4), data=st.data())
def test_merged_the_totals_are_the_sums_and_parted_nothing_has_changed(log, paid, data, cast):
    people = scene(cast.ada, log, paid)
    before, book = relationships(), queries.book_of(cast.ada)
    into, other = data.draw(st.permutations(people))[:2]
    merge_actions.merge(cast.ada, into, other=other, now=NOON)
    one = queries.book_of(cast.ada)
    assert len(one.by_person[into]) == len(book.by_person[into]) + len(book.by_person[other])
    assert sum(e.minutes for e in one.entries) == sum(e.minutes for e in book.entries)
    money = queries.receipts_by_person(cast.ada)
    assert sum(line.amount for lines in money.values() for line in lines) == sum(100 + n for n in range(len(paid)))
    sums_agree_with_the_log(cast.ada, one)
    merge_actions.part(cast.ada, other)
    assert relationships() == before
    assert queries.book_of(cast.ada) == book


def scene(who, log, paid):
    """Four people, two of them seated, with this log and these receipts; their ids."""
    db.session.rollback()
    for table in (Receipt, Promise, Entry, Relationship):
        db.session.execute(delete(table))
    people = [Relationship(person_id=who.id, alias=f"P{n}", known_since=TODAY) for n in range(4)]
    people[0].seat, people[1].seat = 1, 2
    db.session.add_all(people)
    db.session.flush()
    for whose, back, points, began, void in log:
        line = dict(zip(("personal", "two_way", "about_them", "value", "next_step"), points, strict=True))
        day = TODAY - timedelta(days=back - 3)
        entry = Entry(person_id=who.id, relationship_id=people[whose].id, day=day, channel="call", minutes=7, **line)
        entry.began = began
        db.session.add(entry)
        db.session.flush()
        if void:
            facts = {"person_id": who.id, "relationship_id": people[whose].id, "day": day, "minutes": 7, "void": True}
            db.session.add(Entry(replaces_id=entry.id, **facts))
    for n, (whose, back) in enumerate(paid):
        facts = {"person_id": who.id, "relationship_id": people[whose].id, "amount": 100 + n, "margin": 1}
        db.session.add(Receipt(day=TODAY - timedelta(days=back), **facts))
    db.session.flush()
    return [person.id for person in people]


def sums_agree_with_the_log(who, book):
    """What the database sums up is what the rules find in the whole log."""
    circle = people_queries.everybody_of(who, TODAY)
    for person in book.people:
        assert attention_to(circle.ties[person.id], TODAY) == attention(book.rhythm(person), TODAY)
        days = sorted({line.day for line in queries.receipts_by_person(who)[person.id]})[:2]
        assert circle.paid.get(person.id, ()) == tuple(days)
        touches = people_queries.touches_of(who, [person])[person.id]
        assert [entry.id for entry in touches] == sorted(entry.id for entry in book.by_person[person.id])
