"""Servers of the run, each a process of its own under waitress, on a database of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.load import once, request

PATIENCE = 120
"""Seconds for a server to start, also on a busy machine."""


@dataclass(frozen=True)
class Server:
    """A running server: its port, its first process and how long it took from start to first answer, in seconds."""

    port: int
    process: subprocess.Popen[bytes]
    started_in: float

    @property
    def pids(self) -> list[int]:
        """The process and those that it forked."""
        parent = self.process.pid
        return [parent, *map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split())]

    def pss(self) -> float:
        """Proportional memory of all of it, in MiB."""
        lines = [line for pid in self.pids for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()]
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024

    def cpu(self) -> float:
        """Seconds of a processor that all of it has used so far."""
        parts = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self.pids]
        return sum(int(part[11]) + int(part[12]) for part in parts) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(code: str, *, path: str, environment: dict[str, str]) -> Server:
    """Run Python code that serves on {port}; wait for the first answer at the path."""
    port = free_port()
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", code.format(port=port)],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while time.perf_counter() - began < PATIENCE:
        try:
            if once(port, request("GET", path, port=port))[0] < 500:
                return Server(port=port, process=process, started_in=time.perf_counter() - began)
        except OSError:
            time.sleep(0.01)
    process.kill()
    raise RuntimeError(f"the server did not answer within {PATIENCE} seconds")


SAME = """
import os, signal, threading
from app.server import answer, bound
{imported}
app = {made}
stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
answer(app, bound("127.0.0.1", {{port}}), stop)
"""
"""One process that answers, as `flask serve` has several of; ours as well as the baseline's."""

BARE = SAME.format(imported="from bench.bare import create_bare", made='create_bare(os.environ["BARE"])')
ANSWERING = SAME.format(imported="from app import create_app", made="create_app()")

OURS = """
from app import create_app
from app.server import run
run(create_app(), host="127.0.0.1", port={port})
"""
"""All of ours, with its worker."""
