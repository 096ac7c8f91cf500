"""What a long log costs: the time of a page with 5 000 entries as a multiple of the same page with 50."""

import time
from dataclasses import dataclass
from statistics import median

from bench.grown import BIG, SMALL
from bench.load import once, request
from bench.pages import sign_in
from bench.servers import Server

PATHS = ("/practice/", "/people/", "/roi/")
MOST = 6.0
"""A hundred times the entries may take this many times as long."""

ROUNDS = 9


@dataclass(frozen=True)
class Growth:
    """Median seconds of one page, with a short log and with a long one, asked in turns."""

    path: str
    short: float
    long: float

    @property
    def times(self) -> float:
        """How many times as long the long log takes."""
        return self.long / self.short


def growths(server: Server) -> list[Growth]:
    """Each of the pages, by learners who are in the server's database already."""
    cookies = [sign_in(server, size.email) for size in (SMALL, BIG)]
    return [growth(server, path, cookies) for path in PATHS]


def growth(server: Server, path: str, cookies: list[str]) -> Growth:
    rounds = [tuple(seconds(server, path, cookie) for cookie in cookies) for _ in range(ROUNDS + 1)]
    # The first round warms both up.
    short, long = (median(found) for found in zip(*rounds[1:], strict=True))
    return Growth(path, short, long)


def seconds(server: Server, path: str, cookie: str) -> float:
    """How long one answer takes."""
    sent = request("GET", path, port=server.port, cookie=cookie)
    began = time.perf_counter()
    status, _ = once(server.port, sent)
    if status != 200:
        raise RuntimeError(f"{path} answered {status}")
    return time.perf_counter() - began
