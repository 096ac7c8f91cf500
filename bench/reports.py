"""`make reports`: a trainer's reports over a thousand learners with a hundred entries each, and over ten times as many.

On SQLite and on PostgreSQL. Each report is asked for in turns with the plain SQL sums that it needs, written by hand
and read to the end; the quickest of each are compared. ARGS: how many learners (1000), how many times as many (10), and
on which engines.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from bench.burst import application
from bench.copies import analyse, go_on
from bench.crowd import crowd
from tests import databases

LEARNERS, TIMES, ROUNDS = 1_000, 10, 5
MOST_QUERIES, MOST_RATIO, MOST_GROWTH, MOST_BYTES = 8, 4.0, 12.0, 2_000_000
REPORTS = ("progress", "progress?sort=rate", "roi")

# What the reports rest on, as a DBA would ask for it: one pass over each table, grouped by learner.
THEIRS = "SELECT person_id FROM enrolment WHERE cohort_id = :cohort"
CONNECTS = "personal > 0 AND two_way > 0 AND about_them > 0 AND value > 0 AND next_step > 0"
STANDS = "void = false AND NOT EXISTS (SELECT 1 FROM entry later WHERE later.replaces_id = entry.id)"
SUMS = {
    "progress": (
        "SELECT enrolment_id, lesson_id, completed_at, content_hash FROM reading WHERE enrolment_id IN "
        "(SELECT id FROM enrolment WHERE cohort_id = :cohort)",
        "SELECT person_id, lesson_id, count(*), sum(personal + two_way), max(day) FROM entry "
        f"WHERE person_id IN ({THEIRS}) AND {STANDS} GROUP BY person_id, lesson_id",
        "SELECT enrolment_id, recall_id, count(*), sum(CASE WHEN correct THEN 1 ELSE 0 END) FROM answer WHERE "
        "enrolment_id IN (SELECT id FROM enrolment WHERE cohort_id = :cohort) GROUP BY enrolment_id, recall_id",
    ),
    "roi": (
        f"SELECT person_id, day, count(*), sum(minutes) FROM entry WHERE person_id IN ({THEIRS}) "
        f"AND {STANDS} GROUP BY person_id, day",
        f"SELECT person_id, count(personal), sum(CASE WHEN {CONNECTS} THEN 1 ELSE 0 END) FROM entry "
        f"WHERE person_id IN ({THEIRS}) AND {STANDS} GROUP BY person_id",
        f"SELECT person_id, day, amount, margin, attribution, confidence FROM receipt WHERE person_id IN ({THEIRS}) "
        "AND removed_at IS NULL",
        f"SELECT person_id, month, amount FROM monthly_margin WHERE person_id IN ({THEIRS})",
        f"SELECT person_id, day, kind, amount, minutes FROM cost WHERE person_id IN ({THEIRS}) AND removed_at IS NULL",
        "SELECT enrolment_id, lesson_id, completed_at, minutes FROM reading WHERE completed_at IS NOT NULL AND "
        "enrolment_id IN (SELECT id FROM enrolment WHERE cohort_id = :cohort)",
        f"SELECT person_id, count(*), sum(CASE WHEN kept_on <= due_on THEN 1 ELSE 0 END) FROM promise "
        f"WHERE person_id IN ({THEIRS}) GROUP BY person_id",
        "SELECT enrolment_id, recall_id, count(*), sum(CASE WHEN correct THEN 1 ELSE 0 END) FROM answer WHERE "
        "enrolment_id IN (SELECT id FROM enrolment WHERE cohort_id = :cohort) GROUP BY enrolment_id, recall_id",
        f"SELECT person_id, count(origin) FROM receipt WHERE person_id IN ({THEIRS}) GROUP BY person_id",
    ),
}


@dataclass(frozen=True)
class Found:
    """One report of one crowd: seconds of its page and of the plain sums, its queries, its bytes."""

    page: float
    sums: float
    queries: int
    size: int


def quickest(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def found(app: Any, cohort: int, slug: str, report: str, trainer: int) -> Found:
    """Ask for one report and for its sums in turns."""
    from app.db import db
    from app.models import Person
    from tests.browsing import Browser

    app.test_client_class = Browser
    with app.app_context():
        browser = app.test_client().sign_in(db.session.get_one(Person, trainer))
    sent: list[str] = []
    event.listen(Engine, "before_cursor_execute", lambda _c, _cur, statement, *_: sent.append(statement))

    def page() -> Any:
        answer = browser.get(f"/trainer/cohorts/{slug}/{report}")
        if answer.status_code != 200:
            raise RuntimeError(f"{report} answered {answer.status_code}")
        return answer

    def sums() -> None:
        with app.app_context(), db.engine.connect() as connection:
            for statement in SUMS[report.partition("?")[0]]:
                connection.execute(text(statement), {"cohort": cohort}).fetchall()

    answer = page()
    sent.clear()
    page()
    queries = sum(not statement.startswith(("PRAGMA", "BEGIN", "COMMIT")) for statement in sent)
    pages, plain = [], []
    for _ in range(ROUNDS):
        pages.append(quickest(page))
        plain.append(quickest(sums))
    return Found(min(pages), min(plain), queries, len(answer.data))


def said(reached: bool) -> str:
    return "reached" if reached else "MISSED"


def told(engine: str, report: str, many: int, each: Found) -> bool:
    ratio = each.page / each.sums
    sound = ratio <= MOST_RATIO and each.queries <= MOST_QUERIES and each.size <= MOST_BYTES
    print(
        f"{engine:<11}{report:<19}{many:>7} learners {each.page * 1e3:>8.0f} ms {ratio:>6.2f} x the sums"
        f" ({each.sums * 1e3:.0f} ms) {each.queries:>2} queries {each.size / 1e3:>6.0f} kB  {said(sound)}",
        flush=True,
    )
    return sound


def on(engine: str, folder: Path, sizes: tuple[int, ...]) -> int:
    url = databases.sqlite_url(folder) if engine == "sqlite" else databases.postgresql_url()
    app = application(url)
    from app.db import Base

    missed, before = 0, dict[str, float]()
    for many in sizes:
        slug = f"crowd-{many}"
        with app.app_context():
            cohort, trainer = crowd(slug, many)
            go_on(tuple(Base.metadata.tables))
            analyse()
        for report in REPORTS:
            each = found(app, cohort, slug, report, trainer)
            missed += not told(engine, report, many, each)
            if report in before:
                growth = each.page / before[report]
                missed += growth > MOST_GROWTH
                print(f"{engine:<11}{report:<19}{growth:.1f} times as long  {said(growth <= MOST_GROWTH)}", flush=True)
            before[report] = each.page
    return missed


def main(arguments: list[str]) -> int:
    learners = int(arguments[0]) if arguments else LEARNERS
    times = int(arguments[1]) if len(arguments) > 1 else TIMES
    sizes = (learners, learners * times) if times > 1 else (learners,)
    missed = 0
    for engine in arguments[2:] or databases.ENGINES:
        with tempfile.TemporaryDirectory() as name:
            missed += on(engine, Path(name), sizes)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
