"""A server that is killed (-9) again and again while learners write: what they were told is saved is there, once.

A kill is not a power cut: what the server wrote is safe with the operating system. `make torture` does more of them.
"""

from tests.faults.site import Site, settled
from tests.faults.writers import ledger, written

WRITES, KILLS, LEARNERS = 2_000, 20, 4


def test_whatever_was_acknowledged_is_there_exactly_once(site: Site) -> None:
    learners = settled(site, LEARNERS)
    site.start()

    def kill_and_start() -> None:
        assert site.end() == -9
        site.start()

    tally = written(site, learners, writes=WRITES, faults=KILLS, fault=kill_and_start)
    found = ledger(site, tally)
    assert (found.acknowledged, found.lost, found.doubled, tally.unexpected) == (WRITES, [], [], [])
    # The kills came in the midst of writing, not beside it.
    assert len(tally.cut_off) >= KILLS
