"""Learners who write without end while things fail, and remember what they were told.

Each entry has a key of its own, which is its note too. An entry that was acknowledged is never sent again; one whose
line broke, or that was told to come back, is sent again with its key until it is.
"""

import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select

from app import clock
from app.models import Entry
from bench.load import answer, request
from tests.faults.site import Learner, Site, beside

ENTRY = {
    "alias": "K-07",
    "channel": "call",
    "began": "me",
    "minutes": 20,
    "day": "",
    **{"personal": 2, "two_way": 2, "about_them": 1, "value": 1, "next_step": 1},
}


def entry(port: int, who: Learner, key: str) -> bytes:
    """An entry of the log as a browser posts it."""
    body = urlencode({**ENTRY, "csrf_token": who.token, "once": key, "note": key})
    return request("POST", "/practice/", port=port, cookie=who.cookie, body=body)


@dataclass
class Tally:
    """What the writers were told, and when, in seconds of the monotonic clock."""

    acknowledged: dict[str, float] = field(default_factory=dict)
    # With the clock's time, to be told apart from what was written when the key was sent again.
    cut_off: dict[str, datetime] = field(default_factory=dict)
    told_to_wait: list[str] = field(default_factory=list)
    unexpected: list[tuple[str, int]] = field(default_factory=list)
    # When each fault began, and when it was over.
    faults: list[tuple[float, float]] = field(default_factory=list)
    seconds: float = 0.0

    def back_after(self) -> list[float]:
        """The seconds from a fault's beginning to the first entry acknowledged after its end.

        Of each fault that was over before the last entry was; a site that never came back acknowledges too few.
        """
        told = sorted(self.acknowledged.values())
        return [next(at - began for at in told if at > over) for began, over in self.faults if told and over < told[-1]]


class Writer(threading.Thread):
    """One learner with a connection, who writes these keys one after another."""

    def __init__(self, site: Site, who: Learner, *, keys: Sequence[str], tally: Tally, until: float) -> None:
        super().__init__(daemon=True)
        self.site, self.who, self.keys, self.tally, self.until = site, who, keys, tally, until
        self.line: socket.socket | None = None

    def run(self) -> None:
        for key in self.keys:
            while not self.told(key):
                if time.monotonic() > self.until:
                    return
                time.sleep(0.02)
        self.hang_up()

    def hang_up(self) -> None:
        if self.line:
            self.line.close()
            self.line = None

    def told(self, key: str) -> bool:
        """Send an entry once; whether it is settled."""
        try:
            line = self.line = self.line or socket.create_connection(("127.0.0.1", self.site.port), timeout=30)
        except OSError:
            return False
        try:
            line.sendall(entry(self.site.port, self.who, key))
            status, said = answer(line)
        except (OSError, ValueError):
            self.tally.cut_off.setdefault(key, clock.now())
            self.hang_up()
            return False
        if b"connection: close" in said.lower():
            self.hang_up()
        return self.noted(key, status, said)

    def noted(self, key: str, status: int, said: bytes) -> bool:
        if status == 303 and f"logged={key}".encode() in said:
            self.tally.acknowledged[key] = time.monotonic()
        elif status == 503 and b"retry-after" in said.lower():
            self.tally.told_to_wait.append(key)
            return False
        else:
            self.tally.unexpected.append((key, status))
        return True


def written(site: Site, learners: Sequence[Learner], *, writes: int, faults: int, fault: Callable[[], Any]) -> Tally:
    """Let the learners write, and do the fault so many times at random moments in between."""
    tally, began = Tally(), time.monotonic()
    until = began + 60 + writes / 10
    keys = [f"key-{number:05}" for number in range(writes)]
    writers = [
        Writer(site, who, keys=keys[place :: len(learners)], tally=tally, until=until)
        for place, who in enumerate(learners)
    ]
    for each in writers:
        each.start()
    chance = random.Random(faults)
    for after in sorted(chance.sample(range(writes // 100, writes * 9 // 10), faults)):
        while len(tally.acknowledged) < after and time.monotonic() < until and any(w.is_alive() for w in writers):
            time.sleep(0.002)
        # Anywhere within a request: before it is read, while it writes, between its commit and its answer.
        time.sleep(chance.uniform(0, 0.05))
        fault_began = time.monotonic()
        fault()
        tally.faults.append((fault_began, time.monotonic()))
    for each in writers:
        each.join(timeout=max(0, until - time.monotonic()) + 30)
    tally.seconds = time.monotonic() - began
    return tally


@dataclass(frozen=True)
class Ledger:
    """What the database has of the writers' keys, against what they were told."""

    acknowledged: int
    lost: list[str]
    doubled: list[str]
    # Entries whose first sending was written although its line broke: a key that was forgotten would double them.
    written_and_cut_off: int


def ledger(site: Site, tally: Tally) -> Ledger:
    columns = Entry.note, Entry.created_at
    with beside(site.url) as engine, engine.connect() as connection:
        rows = connection.execute(select(*columns).where(Entry.note.like("key-%"))).all()
    found = Counter(note for note, _ in rows)
    before = [note for note, at in rows if note in tally.cut_off and at < tally.cut_off[note]]
    return Ledger(
        acknowledged=len(tally.acknowledged),
        lost=[key for key in tally.acknowledged if not found[key]],
        doubled=[key for key, times in found.items() if times > 1],
        written_and_cut_off=len(before),
    )
