"""The rows that attacks begin with, put down again after each form, and what must be so after every attack."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, func, insert, select, text

from app.access import digest
from app.clock import DAY
from app.db import Base, db
from app.models import Intangible, Session
from app.privacy.declarations import TABLES
from tests import databases
from tests.app.scene import Scene, scene
from tests.browsing import Browser
from tests.cast import NOON, Cast, cost, entry, relationship, save

ACTORS = ("visitor", "ada", "tess", "olga")
OTHERS = "words-of-cleo"
"""What stands in Cleo's words: nobody but her reads it. Ben's are known by the same."""
Rows = dict[Table, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Stage:
    """Everything that the database held when the attacks began."""

    shown: Scene
    rows: Mapping[Table, list[dict[str, Any]]]

    def enter(self) -> None:
        """Put it all down again."""
        db.session.rollback()
        databases.empty()
        for table, rows in self.rows.items():
            db.session.execute(insert(table), rows)
        if db.engine.dialect.name == "postgresql":
            self.go_on_counting()
        db.session.commit()
        db.session.expire_all()

    def go_on_counting(self) -> None:
        """PostgreSQL counts on from where it was only if it is told so."""
        for table in self.rows:
            if "id" in table.c and table.c.id.autoincrement:
                last = select(func.max(table.c.id)).scalar_subquery()
                db.session.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), last)))


def staged(cast: Cast) -> Stage:
    """The scene, with words of others beside Ada's, and everybody signed in."""
    shown = scene(cast)
    for who in (cast.ben, cast.cleo):
        tended = relationship(who, OTHERS)
        entry(who, tended, note=OTHERS, step=OTHERS)
        cost(who, what=OTHERS)
        save(Intangible(person_id=who.id, day=NOON.date(), text=OTHERS))
    for actor in ACTORS[1:]:
        owner = getattr(cast, actor).id
        kept = Session(person_id=owner, token_hash=digest(token_of(actor)), expires_at=NOON + DAY, proved_at=NOON)
        save(kept)
    found = {
        table: [dict(row) for row in db.session.execute(select(table)).mappings()]
        for table in Base.metadata.sorted_tables
    }
    return Stage(shown, {table: rows for table, rows in found.items() if rows})


def token_of(actor: str) -> str:
    return f"the session of {actor}"


def browser_of(app: Any, actor: str) -> Browser:
    """Somebody's browser; signed in by the row that the stage holds."""
    client: Browser = app.test_client()
    with client.session_transaction() as kept:
        kept["csrf_token"] = "a" * 40
        if actor != "visitor":
            kept["_user_id"], kept["_fresh"], kept.permanent = token_of(actor), True, True
    return client


def rows_now(*, but: frozenset[str] = frozenset()) -> Rows:
    """Every row of every table, without what differs by chance: secrets and once-only keys."""
    db.session.rollback()
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name in but:
            continue
        kept = [column for column in table.c if column.name not in TABLES[table.name].of("secret")]
        found[table] = [tuple(row) for row in db.session.execute(select(*kept).order_by(*table.primary_key))]
    db.session.rollback()
    return found


def broken_invariants(cast: Cast) -> list[str]:
    """What must be so after any attack, and isn't: rows that lead nowhere, roles given, text that can't be kept."""
    db.session.rollback()
    broken = []
    if db.engine.dialect.name == "sqlite":
        broken += [f"leads nowhere: {row}" for row in db.session.execute(text("PRAGMA foreign_key_check"))]
        broken += [f"integrity: {row[0]}" for row in db.session.execute(text("PRAGMA quick_check")) if row[0] != "ok"]
    found = rows_now()
    person = Base.metadata.tables["person"]
    roles = db.session.execute(select(person.c.id).where(person.c.is_trainer | person.c.is_operator)).scalars()
    if set(roles) - {cast.tess.id, cast.tom.id, cast.olga.id}:
        broken.append("somebody was given a role")
    subjects = db.session.execute(text("SELECT subject || recipient FROM mail")).scalars()
    broken += [f"a mail's head holds {line!a}" for line in subjects if len(line.splitlines()) > 1]
    for table, rows in found.items():
        for row in rows:
            broken += [f"{table.name} holds {value[:40]!a}" for value in row if unkept(value)]
    db.session.rollback()
    return broken


def unkept(value: Any) -> bool:
    """Whether a text holds what no text may: NUL, or half of a letter."""
    return isinstance(value, str) and any(char == "\x00" or 0xD800 <= ord(char) <= 0xDFFF for char in value)
