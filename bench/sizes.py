"""How much room the rows take, their indexes included: `python -m bench.sizes`, the largest tables first.

Asks the database that DATABASE_URL names. With `--grow 100` a hundred learners are added to the demo's cohort first,
each with 300 entries, 30 people, their promises and 20 receipts.
"""

import sqlite3
import sys
from collections.abc import Iterator

from sqlalchemy import func, select, text

from app import clock, create_app
from app.content import library
from app.db import Base, db
from app.models import Cohort
from bench.grown import Size, learner

POSTGRESQL = "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r'"
SQLITE = """
    SELECT tbl_name, sum(pgsize) FROM dbstat JOIN sqlite_master ON sqlite_master.name = dbstat.name GROUP BY tbl_name
"""


def grow(count: int) -> None:
    cohort = db.session.scalars(select(Cohort).order_by(Cohort.starts_on).limit(1)).one()
    lessons = [lesson.id for lesson in library().lessons]
    for number in range(count):
        size = Size(f"learner-{number}@example.org", entries=300, people=30, receipts=20)
        learner(size, cohort, today=clock.today(cohort.time_zone), lessons=lessons)
    db.session.commit()


def room() -> dict[str, int]:
    """Bytes by table."""
    if db.engine.url.get_backend_name() == "postgresql":
        return dict(db.session.execute(text(POSTGRESQL)).all())
    # Python's own SQLite: the one that the application brings along can't tell.
    return dict(sqlite3.connect(f"file:{db.engine.url.database}?mode=ro", uri=True).execute(SQLITE).fetchall())


def lines() -> Iterator[tuple[int, str]]:
    held = room()
    for name, table in Base.metadata.tables.items():
        rows = db.session.scalar(select(func.count()).select_from(table)) or 0
        if rows:
            yield held[name], f"{name:16} {rows:9} rows {held[name]:12} bytes {held[name] / rows:8.0f} a row"
    yield sum(held.values()), f"{'everything':16} {sum(held.values()):32} bytes"


def main() -> None:
    with create_app().app_context():
        if sys.argv[1:2] == ["--grow"]:
            grow(int(sys.argv[2]))
        for _, line in sorted(lines(), reverse=True):
            print(line)


if __name__ == "__main__":
    main()
