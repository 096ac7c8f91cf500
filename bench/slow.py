"""`make slow`: whether two hundred clients that send a byte a second hold others up, on the server as it is shipped.

Learners ask for pages without them and beside them, in turns; the times of the answers are compared. ARGS: for how
many seconds each time (20), and on which engines.
"""

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.learners import PRODUCTION, SHIPPED, Answers, Visitor, crowd_of, sent, settle
from bench.servers import Server, start
from tests import databases

SLOW, LEARNERS, THINK, SECONDS, ROUNDS = 200, 20, 1.0, 20.0, 2
MOST = 1.5
"""Beside the slow ones 95 of 100 answers may take this many times as long."""


async def drip(who: Visitor, port: int, counted: list[int]) -> None:
    """Send a request that never ends, a byte a second, until cancelled."""
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    counted.append(1)
    try:
        for byte in sent(who, "/today?" + "slow" * 200, port=port):
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(1)
    finally:
        counted.pop()
        writer.close()


async def beside(visitors: Sequence[Visitor], port: int, seconds: float) -> tuple[Answers, int]:
    """Learners beside the slow clients; how many of these were there in the end."""
    counted: list[int] = []
    slow = [asyncio.create_task(drip(visitors[0], port, counted)) for _ in range(SLOW)]
    await asyncio.sleep(2)
    answers = await crowd_of(visitors, port, seconds=seconds, think=THINK)
    held = len(counted)
    for each in slow:
        each.cancel()
    with contextlib.suppress(OSError):
        await asyncio.gather(*slow, return_exceptions=True)
    return answers, held


async def in_turns(server: Server, visitors: Sequence[Visitor], seconds: float) -> tuple[Answers, Answers, int]:
    """All answers without and beside the slow clients, and the fewest of these that were there in the end."""
    alone, among, fewest = Answers(), Answers(), SLOW
    # Warms the server up.
    await crowd_of(visitors, server.port, seconds=5, think=THINK)
    for _ in range(ROUNDS):
        join(alone, await crowd_of(visitors, server.port, seconds=seconds, think=THINK))
        answers, held = await beside(visitors, server.port, seconds)
        join(among, answers)
        fewest = min(fewest, held)
    return alone, among, fewest


def join(all: Answers, some: Answers) -> None:
    all.seconds += some.seconds
    for status, count in some.statuses.items():
        all.statuses[status] = all.statuses.get(status, 0) + count


def on(engine: str, folder: Path, seconds: float) -> int:
    """One engine; how many goals it missed."""
    url = databases.sqlite_url(folder) if engine == "sqlite" else databases.postgresql_url()
    visitors = settle(url, LEARNERS)
    server = start(SHIPPED, path="/healthz", environment={**PRODUCTION, "DATABASE_URL": url})
    try:
        alone, among, held = asyncio.run(in_turns(server, visitors, seconds))
    finally:
        server.stop()
    ratio = among.at(0.95) / alone.at(0.95)
    sound = held == SLOW and not alone.failed + among.failed + alone.odd + among.odd and ratio <= MOST
    figure = f"p95 {ratio:.2f} times ({among.at(0.95) * 1e3:.0f} of {alone.at(0.95) * 1e3:.0f} ms)"
    answers = f"{len(among.seconds)} answers beside {held} slow clients, {len(alone.seconds)} without"
    print(f"{engine}: {figure}, {answers}, {alone.failed + among.failed} failed  {'reached' if sound else 'MISSED'}")
    return not sound


def main(arguments: list[str]) -> int:
    seconds = float(arguments[0]) if arguments else SECONDS
    missed = 0
    for engine in arguments[1:] or databases.ENGINES:
        with tempfile.TemporaryDirectory() as name:
            missed += on(engine, Path(name), seconds)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
