"""What a worker has freed goes back to the system, or to whichever thread needs it next."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from app.access import hasher

THREADS = 4
STATUS = Path("/proc/self/smaps_rollup")


def private() -> int:
    """Kilobytes of this process's own; 0 where the system doesn't say."""
    lines = STATUS.read_text().splitlines() if STATUS.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean:", "Private_Dirty:")))


def test_hashing_a_password_in_every_thread_leaves_no_memory_behind(app: Any) -> None:
    hashed, measured = threading.Barrier(THREADS + 1), threading.Barrier(THREADS + 1)

    def sign_in() -> None:
        hasher.hash("a password of some length")
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


HEAPS = """
import ctypes, threading
from app.allocator import reuse_freed_memory
if {kept}: reuse_freed_memory()
together = threading.Barrier(4)
def work():
    together.wait()
    for _ in range(50): bytearray(20_000)
threads = [threading.Thread(target=work) for _ in range(4)]
[thread.start() for thread in threads], [thread.join() for thread in threads]
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
libc.malloc_info(0, ctypes.c_void_p(libc.fdopen(1, b"w")))
libc.fflush(None)
"""


@pytest.mark.parametrize(("kept", "heaps"), [(True, {1}), (False, range(2, 99))])
def test_all_threads_take_from_one_heap(kept: bool, heaps: Any) -> None:
    asked = subprocess.run([sys.executable, "-c", HEAPS.format(kept=kept)], capture_output=True, text=True, check=True)
    assert asked.stdout.count("<heap nr=") in heaps
