"""A small disk of its own for a test: it can fill up, and be made read-only.

It is mounted, which needs root: CI has it. Elsewhere the tests fail and say so, unless NO_MOUNTS=1 leaves them out;
`tests/app/test_errors.py` then has what can be had without: a database that may not grow, one that may not be written.
"""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

WHY = "This test mounts a small disk and needs root; NO_MOUNTS=1 leaves out the tests that do."


class Disk:
    """A file system in memory."""

    def __init__(self, place: Path, *, megabytes: int) -> None:
        self.place = place
        self.ballast = place / "ballast"
        place.mkdir()
        run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(place))

    def fill(self) -> None:
        """Write until not another byte fits."""
        with self.ballast.open("ab", buffering=0) as file:
            for size in (65536, 4096, 1):
                while True:
                    try:
                        if file.write(b"." * size) < size:
                            break
                    except OSError:
                        break

    def free(self) -> None:
        self.ballast.unlink()

    def make(self, mode: str) -> None:
        """`ro`, for reading only, or `rw`. Nothing on it may be open for writing."""
        run("mount", "-o", f"remount,{mode}", str(self.place))

    def unmount(self) -> None:
        # Lazily: whatever still has a file open there is on its way out.
        run("umount", "--lazy", str(self.place))


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.returncode, f"{' '.join(command)}: {done.stderr.strip() or 'not permitted'}. {WHY}"


def soon(holds: Callable[[], bool], *, within: float = 10) -> bool:
    """Whether it holds before the time is up."""
    until = time.monotonic() + within
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True
