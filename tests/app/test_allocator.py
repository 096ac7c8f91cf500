"""What a worker has freed goes back to the system."""

import threading
from pathlib import Path
from typing import Any

from app.access import hash_password, hasher

THREADS = 4
STATUS = Path("/proc/self/smaps_rollup")


def private() -> int:
    """Kilobytes of this process's own; 0 where the system doesn't say."""
    lines = STATUS.read_text().splitlines() if STATUS.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean:", "Private_Dirty:")))


def test_hashing_a_password_in_every_thread_leaves_no_memory_behind(app: Any) -> None:
    hashed, measured = threading.Barrier(THREADS + 1), threading.Barrier(THREADS + 1)

    def sign_in() -> None:
        hash_password("a password of some length")
        hashed.wait()
        # A thread that has ended gives its memory back anyway.
        measured.wait()

    before = private()
    threads = [threading.Thread(target=sign_in) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    hashed.wait()
    kept = private() - before
    measured.wait()
    for thread in threads:
        thread.join()
    assert kept < hasher.memory_cost
