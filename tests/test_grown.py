"""The long log that pages are measured with."""

from typing import Any

from sqlalchemy import select

from app.db import db
from app.models import Entry, Promise, Receipt, Relationship
from app.practice import queries
from bench.grown import Size, grow
from tests.cast import TODAY, Cast

SIZE = Size("long@example.org", 200, 20, 6)
TABLES = (Relationship, Entry, Promise, Receipt)


def rows_of(who: Any, table: Any) -> list[tuple[Any, ...]]:
    """All that a table holds of somebody, without what differs from row to row by itself."""
    own = [
        column for column in table.__table__.c if not column.foreign_keys and column.name not in {"id", "created_at"}
    ]
    return [tuple(row) for row in db.session.execute(select(*own).where(table.person_id == who.id).order_by(table.id))]


def test_the_same_seed_grows_the_same_log(cast: Cast) -> None:
    for who in (cast.ada, cast.ben):
        grow(who, SIZE, today=TODAY, lessons=("contact-or-connect",))
    db.session.commit()
    counts = {}
    for table in TABLES:
        assert rows_of(cast.ada, table) == rows_of(cast.ben, table)
        counts[table.__tablename__] = len(rows_of(cast.ada, table))
    assert (counts["entry"], counts["relationship"], counts["receipt"]) == (200, 20, 6)
    assert counts["promise"] > 20


def test_a_grown_log_holds_all_that_a_log_can(cast: Cast) -> None:
    grow(cast.ada, SIZE, today=TODAY, lessons=("contact-or-connect",))
    db.session.commit()
    book = queries.book_of(cast.ada)
    assert 180 <= len(book.entries) < 190 < len(book.log)
    assert {entry.person is None for entry in book.entries} == {True, False}
    assert any(entry.exercise for entry in book.entries)
    assert db.session.scalars(select(Relationship.id).where(Relationship.introduced_by_id.is_not(None))).first()
