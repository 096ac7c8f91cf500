"""A PostgreSQL server that is restarted in traffic, kindly and by a crash: the site is back without being touched."""

from pathlib import Path

import pytest

from tests import databases
from tests.faults.nursery import Nursery
from tests.faults.site import Site, settled
from tests.faults.writers import ledger, written

WRITES, BACK_AFTER = 300, 10.0


@pytest.fixture(scope="module")
def server() -> object:
    """A server that keeps what it acknowledged, as it comes."""
    return databases.postgresql_server()


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_nothing_acknowledged_is_lost_and_writing_goes_on_within_ten_seconds(
    server: object, how: str, nursery: Nursery, tmp_path: Path
) -> None:
    server.psql(f"CREATE DATABASE {how};")
    site = Site(server.get_uri(how), tmp_path, nursery)
    try:
        learners = settled(site, 4)
        site.start()
        pid = site.pid
        tally = written(site, learners, writes=WRITES, faults=2, fault=lambda: databases.restart(server, how))
        found = ledger(site, tally)
        assert (found.acknowledged, found.lost, found.doubled, tally.unexpected) == (WRITES, [], [], [])
        assert 0 < max(tally.back_after()) < BACK_AFTER
        # Some met the closed books and were told so in words, by the server that is still the same.
        assert tally.told_to_wait
        assert site.pid == pid
    finally:
        site.gone()
