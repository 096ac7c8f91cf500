"""`make many`: what a page costs where there is much that it doesn't show.

A thousand cohorts of twenty learners with a hundred entries each, two million entries, beside a database that holds
the first of those cohorts alone. The same pages of the same people are asked for in turns; the quickest of each are
compared, as is an entry in the log. What the worker does beside them grows with all it looks after; its times are told
without a goal. ARGS: how many cohorts (1000), and on
which engines.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.burst import application
from bench.copies import analyse, copy_all, go_on
from bench.crowd import crowd
from tests import databases

COHORTS, MADE, LEARNERS, ROUNDS = 1_000, 10, 20, 9
"""Of each ten cohorts one was made by itself; the rest are copies with ids and addresses of their own."""

MOST = 1.5
FIRST = "first"

TABLES = (
    "person",
    "cohort",
    "cohort_trainer",
    "enrolment",
    "relationship",
    "entry",
    "promise",
    "receipt",
    "monthly_margin",
    "reading",
    "answer",
    "assessment",
)
"""What a crowd is made of."""

PAGES = {
    "": ("/", f"/cohorts/{FIRST}", "/sign-in"),
    "learner": ("/today", "/course/", "/course/contact-or-connect", "/practice/", "/people/", "/roi/", "/settings/"),
    "trainer": (
        "/trainer/",
        "/trainer/cohorts/",
        f"/trainer/cohorts/{FIRST}/",
        f"/trainer/cohorts/{FIRST}/progress",
        f"/trainer/cohorts/{FIRST}/roi",
        "/trainer/inbox/",
    ),
}
DUTIES = ("release", "remind", "sweep", "forget")


@dataclass(frozen=True)
class Place:
    """One installation: its application, and the browsers of a visitor, a learner and a trainer of the first cohort."""

    app: Any
    browsers: dict[str, Any]

    def page(self, who: str, path: str) -> None:
        answer = self.browsers[who].get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")

    def entry(self) -> None:
        """Log a talk, as the form does."""
        lines = {"personal": 2, "two_way": 2, "about_them": 1, "value": 1, "next_step": 1}
        said = {"alias": "K-01", "channel": "call", "minutes": 20, "began": "me", "day": "", "note": "Night shift"}
        answer = self.browsers["learner"].send("/practice/", {**said, **lines})
        if answer.status_code != 303:
            raise RuntimeError(f"an entry was answered {answer.status_code}")

    def duty(self, name: str) -> None:
        """One turn of the worker."""
        from app import commands
        from app.privacy import notes

        # It looks once a day; here every time.
        notes.last.clear()
        with self.app.app_context():
            commands.done(getattr(commands, name))


def place(url: str, cohorts: int) -> Place:
    """An installation with so many cohorts."""
    from app.db import db
    from app.models import Enrolment, Person
    from tests.browsing import Browser

    app = application(url)
    app.test_client_class = Browser
    with app.app_context():
        cohort, trainer = crowd(FIRST, LEARNERS)
        go_on(TABLES)
        for number in range(1, min(cohorts, MADE)):
            crowd(f"crowd-{number}", LEARNERS, seed=number)
            go_on(TABLES)
        if cohorts > MADE:
            copy_all(cohorts // MADE - 1, tables=TABLES)
        learner = db.session.query(Enrolment.person_id).filter_by(cohort_id=cohort).order_by(Enrolment.id).first()
        people = {"learner": db.session.get_one(Person, learner[0]), "trainer": db.session.get_one(Person, trainer)}
        signed_in = {name: app.test_client().sign_in(person) for name, person in people.items()}
        analyse()
        db.session.remove()
    return Place(app, {"": app.test_client(), **signed_in})


Work = Callable[[], None]
CLOCKS = {"sqlite": time.process_time, "postgresql": time.perf_counter}
"""SQLite works in this process, and its own time counts, whatever else the machine does; a server is waited for."""


def quickest(clock: Callable[[], float], works: tuple[Work, Work]) -> tuple[float, float]:
    """The least seconds that each of two takes, done in turns; the first turn warms both up."""
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS + 1):
        for work, times in zip(works, found, strict=True):
            began = clock()
            work()
            times.append(clock() - began)
    return min(found[0][1:]), min(found[1][1:])


def told(engine: str, what: str, works: tuple[Work, Work]) -> bool:
    """Print one ratio; whether it is within its goal, if it has one."""
    few, many = quickest(CLOCKS[engine], works)
    sound = many / few <= MOST or what in DUTIES
    said = "" if what in DUTIES else "reached" if sound else "MISSED"
    figure = f"{many / few:.2f} times ({many * 1e3:.1f} of {few * 1e3:.1f} ms)"
    print(f"{engine:<11}{what:<34}{figure:>34}  {said}", flush=True)
    return sound


def compared(engine: str, few: Place, many: Place) -> int:
    """Print the ratio of everything; how many were over the goal."""
    works: dict[str, Callable[[Place], None]] = {}
    for who, paths in PAGES.items():
        for path in paths:
            works[path] = lambda place, who=who, path=path: place.page(who, path)  # type: ignore[misc]
    works["an entry"] = Place.entry
    for name in DUTIES:
        works[name] = lambda place, name=name: place.duty(name)  # type: ignore[misc]
    return sum(
        not told(engine, what, (lambda w=work: w(few), lambda w=work: w(many)))  # type: ignore[misc]
        for what, work in works.items()
    )


def on(engine: str, folder: Path, cohorts: int) -> int:
    """Both installations on one engine."""
    places = []
    for name, number in (("few", 1), ("many", cohorts)):
        (folder / name).mkdir()
        url = databases.sqlite_url(folder / name) if engine == "sqlite" else databases.postgresql_url()
        began = time.perf_counter()
        places.append(place(url, number))
        print(f"{engine}: {number} cohorts, made in {time.perf_counter() - began:.0f} s", flush=True)
    return compared(engine, *places)


def main(arguments: list[str]) -> int:
    cohorts = int(arguments[0]) if arguments else COHORTS
    missed = 0
    for engine in arguments[1:] or databases.ENGINES:
        with tempfile.TemporaryDirectory() as name:
            missed += on(engine, Path(name), cohorts)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
