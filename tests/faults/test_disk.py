"""A disk that fills up or can only be read: pages go on, writes are told to come back, and it mends itself."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from app.db import db
from tests.faults.disk import Disk, soon
from tests.faults.nursery import Nursery
from tests.faults.site import Learner, Site, settled
from tests.faults.writers import entry

PAGES = ("/practice/", "/people/", "/today", "/roi/", "/course/contact-or-connect")


@pytest.fixture
def disk() -> Iterator[Disk]:
    """Not in pytest's folders: PostgreSQL started by root runs as another user, who may not enter them."""
    home = Path(tempfile.mkdtemp(prefix="connect-disk-"))
    home.chmod(0o755)
    made = Disk(home / "disk", megabytes=32)
    yield made
    made.unmount()
    shutil.rmtree(home)


@pytest.fixture
def site(disk: Disk, engine_name: str, nursery: Nursery, request: Any, tmp_path: Path) -> Iterator[Site]:
    """A site whose database is on the small disk; on PostgreSQL its tables are, for a server without room for its
    journal stops by itself.
    """
    if engine_name == "sqlite":
        made = Site(f"sqlite:///{disk.place}/small.db", tmp_path, nursery)
        yield made
        made.gone()
        return
    with request.getfixturevalue("migrated").app_context():
        url = db.engine.url
    administrator = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    place = disk.place / "postgresql"
    place.mkdir()
    shutil.chown(place, "pgserver")
    with administrator.connect() as connection:
        connection.execute(text(f"CREATE TABLESPACE small LOCATION '{place}'"))
        connection.execute(text("CREATE DATABASE small TABLESPACE small"))
        made = Site(url.set(database="small").render_as_string(hide_password=False), tmp_path, nursery)
        yield made
        made.gone()
        connection.execute(text("DROP DATABASE small WITH (FORCE)"))
        connection.execute(text("DROP TABLESPACE small"))


def write(site: Site, who: Learner, key: str) -> int:
    """Post an entry; the status. Whoever is told to come back is told when."""
    status, answer = site.ask(entry(site.port, who, key))
    assert status != 503 or ("Retry-After: 30" in answer and "The books are closed for a moment" in answer)
    return status


def pages_are_read(site: Site, who: Learner) -> bool:
    return {site.page(path, who)[0] for path in PAGES} == {200}


def notes(site: Site) -> list[str]:
    return sorted(row[0] for row in site.asked("SELECT note FROM entry"))


def test_with_a_full_disk_pages_are_read_and_writes_wait_until_there_is_room(site: Site, disk: Disk) -> None:
    who = settled(site, 1)[0]
    site.start()
    pid = site.pid
    taken = ["first"]
    assert write(site, who, "first") == 303
    disk.fill()
    # The last pages that it has may take some more, and what one connection has no page for another may have.
    for number in range(300):
        key = f"full-{number:03}"
        answers = write(site, who, key), write(site, who, key)
        if answers == (503, 503):
            break
        taken.append(key)
    assert answers == (503, 503)
    assert pages_are_read(site, who)
    disk.free()
    assert write(site, who, key) == 303
    # A key that was told to come back is not one that was used.
    assert notes(site) == sorted([*taken, key])
    assert site.pid == pid


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_on_a_read_only_disk_pages_are_read_and_writes_wait_until_it_can_be_written(site: Site, disk: Disk) -> None:
    """SQLite alone: a PostgreSQL server does not run on one. What it says as a read-only one: tests/app/test_errors."""
    who = settled(site, 1)[0]
    site.start()
    assert write(site, who, "first") == 303
    # A disk is made read-only only when nobody writes to it; the files stay as they were in the midst of it.
    site.end()
    disk.make("ro")
    site.start()
    pid = site.pid
    assert pages_are_read(site, who)
    assert write(site, who, "second") == 503
    assert pages_are_read(site, who)
    disk.make("rw")
    assert soon(lambda: write(site, who, "second") == 303)
    assert pages_are_read(site, who)
    assert notes(site) == ["first", "second"]
    assert site.pid == pid


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_database_that_cannot_even_be_opened_is_told_of_in_words(site: Site, disk: Disk) -> None:
    """SQLite in WAL mode needs a file beside the database to read it; gone and not to be made, nobody can."""
    who = settled(site, 1)[0]
    disk.make("ro")
    site.start()
    for path in (*PAGES, "/nothing-here"):
        status, said = site.page(path, who)
        assert (status, "The books are closed for a moment" in said) == (503, True), path
    assert write(site, who, "first") == 503
    disk.make("rw")
    assert soon(lambda: write(site, who, "first") == 303)
    assert pages_are_read(site, who)
