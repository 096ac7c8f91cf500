"""Processes that live as one: who dies is replaced, and nobody outlives the parent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.config import ROOT

FAMILY = """
import os, sys
from pathlib import Path
from app.processes import Family

folder = Path(sys.argv[1])

def live(stop):
    (folder / str(os.getpid())).touch()
    stop.wait()
    (folder / "ended").write_text("as told")

Family([live, live]).live(grace=10, at_the_end=lambda: (folder / "closed").touch())
"""


@pytest.fixture
def parent(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", FAMILY, str(tmp_path)], cwd=ROOT, stderr=subprocess.DEVNULL)
    yield process
    process.kill()
    process.wait()


def seen(what: Callable[[], bool]) -> bool:
    """Whether it comes true within half a minute."""
    until = time.monotonic() + 30
    while not what() and time.monotonic() < until:
        time.sleep(0.02)
    return what()


def children(folder: Path) -> set[int]:
    return {int(path.name) for path in folder.iterdir() if path.name.isdigit()}


def lives(pid: int) -> bool:
    """Whether the process is there; one that only waits to be buried is not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_child_that_dies_is_replaced_and_the_others_live_on(parent: subprocess.Popen[bytes], tmp_path: Path) -> None:
    assert seen(lambda: len(children(tmp_path)) == 2)
    killed, other = sorted(children(tmp_path))
    os.kill(killed, signal.SIGKILL)
    assert seen(lambda: len(children(tmp_path)) == 3)
    assert not lives(killed)
    assert lives(other)
    assert parent.poll() is None


def test_all_are_told_when_the_parent_is_told_and_what_they_share_is_closed_first(
    parent: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    assert seen(lambda: len(children(tmp_path)) == 2)
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(timeout=30) == 0
    assert (tmp_path / "closed").exists()
    assert (tmp_path / "ended").read_text() == "as told"
    assert not any(lives(pid) for pid in children(tmp_path))


def test_children_end_when_their_parent_is_killed(parent: subprocess.Popen[bytes], tmp_path: Path) -> None:
    assert seen(lambda: len(children(tmp_path)) == 2)
    parent.kill()
    assert seen(lambda: not any(lives(pid) for pid in children(tmp_path)))
    assert (tmp_path / "ended").read_text() == "as told"
