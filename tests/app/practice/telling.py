"""What the log's form sends, and how the log then stands."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.db import db
from app.models import Entry, Person, Promise, Relationship
from tests import cast as builders
from tests.cast import TODAY

TALK: dict[str, Any] = {
    "alias": "K-07",
    "channel": "call",
    "minutes": "20",
    "began": "me",
    "day": "",
    "personal": "2",
    "two_way": "2",
    "about_them": "1",
    "value": "1",
    "next_step": "1",
    "note": "The seals hold.",
}


def talk(**changed: Any) -> dict[str, Any]:
    """A post of the form; None leaves a field out."""
    return {name: value for name, value in {**TALK, **changed}.items() if value is not None}


def entries() -> list[Entry]:
    return list(db.session.scalars(select(Entry).order_by(Entry.id)))


def promises() -> list[Promise]:
    return list(db.session.scalars(select(Promise).order_by(Promise.id)))


def aliases() -> list[str]:
    return list(db.session.scalars(select(Relationship.alias).order_by(Relationship.id)))


def counted() -> tuple[int, int, int]:
    """How many entries, promises and people there are: what a refused post leaves as it was."""
    return len(entries()), len(promises()), len(aliases())


def promised(
    who: Person, about: Relationship, text: str = "The list", *, made: int = 10, due: int = 5, **given: Any
) -> Promise:
    """A promise made and due so many days ago, with the entry that made it."""
    entry = builders.entry(who, about, day=TODAY - timedelta(days=made))
    kept: Promise = builders.save(
        Promise(
            person_id=who.id,
            relationship_id=about.id,
            entry_id=entry.id,
            text=text,
            made_on=TODAY - timedelta(days=made),
            due_on=TODAY - timedelta(days=due),
            **given,
        )
    )
    return kept


def relationships() -> list[tuple[Any, ...]]:
    """Every relationship as its row is kept."""
    db.session.expire_all()
    table = Relationship.__table__
    return [tuple(row) for row in db.session.execute(select(table).order_by(table.c.id))]
