"""A site of its own for each test of faults, on each database."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.db import db
from tests.another_database import beside
from tests.faults.nursery import Nursery
from tests.faults.site import Site

# Left out knowingly, where nothing may be mounted: `tests/faults/disk.py`.
collect_ignore = ["test_disk.py"] if os.environ.get("NO_MOUNTS") == "1" else []


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    made = Nursery(tmp_path_factory.mktemp("nursery") / "said")
    yield made
    made.close()


@pytest.fixture
def fresh(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database that others don't use."""
    if engine_name == "sqlite":
        return f"sqlite:///{tmp_path / 'fault.db'}"
    with request.getfixturevalue("migrated").app_context():
        return beside(db.engine.url, "fault")


@pytest.fixture
def site(fresh: str, nursery: Nursery, tmp_path: Path) -> Iterator[Site]:
    """A site that nobody has set up yet; its server is killed in the end, if there is one."""
    made = Site(fresh, tmp_path, nursery)
    yield made
    made.gone()
