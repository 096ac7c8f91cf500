"""`make bench`: requests a second of our pages as shares of a bare Flask application's, start-up, memory, and growth.

Each page is measured in turns with its baseline, under the same server, and the medians are compared: absolute figures
swing by a third on a shared machine, their ratio does not.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from bench import growth, pages, reckoning
from bench.load import measure, once, request
from bench.pages import Page, cookie_of, sign_in, token_of
from bench.servers import ANSWERING, BARE, OURS, Server, start

ROUNDS, REQUESTS, STARTS = 5, 400, 5
GOALS = {"start-up, s": 1.5, "memory of a worker after load, MiB": 130.0, "account of 5 000 entries, ms": 50.0}


def seeded(folder: Path) -> dict[str, str]:
    """An environment to serve the demo in, from a database of its own.

    Seeding is for development alone; what is measured doesn't watch its files for changes, as production doesn't. One
    process of ours is compared with one of the baseline.
    """
    environment = {"DATABASE_URL": f"sqlite:///{folder / 'ours.db'}"}
    flask = (sys.executable, "-m", "flask", "--app", "wsgi")
    for command in (
        *((*flask, *words) for words in (("db", "upgrade"), ("content", "publish"), ("demo",))),
        (sys.executable, "-m", "bench.grown"),
    ):
        subprocess.run(
            command, env={**os.environ, **environment, "CONNECT_ENV": "development"}, check=True, capture_output=True
        )
    return {**environment, "CONNECT_ENV": "testing", "PROCESSES": "1"}


Requests = Callable[[], Sequence[bytes]]


def rates(server: Server, requests: Requests, *, expected: int) -> float:
    """One round: requests a second, all of which must have been answered as expected."""
    found = measure(server.port, requests(), expected=expected)
    if found.failed:
        raise RuntimeError(f"{found.failed} requests did not answer {expected}")
    return found.per_second


def ours_of(server: Server, page: Page, cookie: str) -> tuple[Requests, int]:
    """The requests of a page of ours, and how many bytes it answers with."""
    path = page.path or progress_path(server, cookie)
    _, answer = once(server.port, request("GET", path, port=server.port, cookie=cookie))
    if page.body is None:
        sent = request("GET", path, port=server.port, cookie=cookie)
        return (lambda: [sent] * REQUESTS), len(answer)
    body, token, held = page.body, token_of(answer), cookie_of(answer, cookie)
    return (
        lambda: [request("POST", path, port=server.port, cookie=held, body=body(token)) for _ in range(REQUESTS)],
        len(answer),
    )


def progress_path(server: Server, cookie: str) -> str:
    """Where the trainer's latest progress report is."""
    status, answer = once(server.port, request("GET", "/trainer/progress", port=server.port, cookie=cookie))
    lines = [line for line in answer.split(b"\r\n") if line.lower().startswith(b"location:")]
    if status not in {302, 303} or not lines:
        raise RuntimeError(f"/trainer/progress answered {status}")
    return lines[0].split(b":", 1)[1].strip().decode()


def bare_of(server: Server, page: Page, cookie: str, size: int) -> Requests:
    """The baseline's requests for the same: a page of the same size, or a write."""
    if page.body is None:
        sent = request("GET", f"/page/{size}", port=server.port, cookie=cookie)
    else:
        sent = request("POST", "/write", port=server.port, cookie=cookie, body="name=K-07&note=Asked+about+the+shift")
    return lambda: [sent] * REQUESTS


def compare(ours: Server, bare: Server, page: Page) -> tuple[float, float]:
    """Median rates of ours and of the baseline, measured in turns."""
    expected = 303 if page.body else 200
    cookie = sign_in(ours, page.who) if page.who else ""
    own, size = ours_of(ours, page, cookie)
    _, answer = once(bare.port, request("GET", "/sign-in", port=bare.port))
    base = bare_of(bare, page, cookie_of(answer), size)
    rounds = [(rates(ours, own, expected=expected), rates(bare, base, expected=expected)) for _ in range(ROUNDS + 1)]
    # The first round warms both up.
    return median(ours for ours, _ in rounds[1:]), median(bare for _, bare in rounds[1:])


def starts(environment: dict[str, str]) -> float:
    """Median seconds from starting the process to its first answer."""
    found = []
    for _ in range(STARTS):
        server = start(OURS, path="/healthz", environment=environment)
        found.append(server.started_in)
        server.stop()
    return median(found)


def line(name: str, figure: str, goal: str, *, reached: bool) -> None:
    print(f"{name:<38}{figure:>34}{goal:>14}  {'reached' if reached else 'MISSED'}")


def told(growths: Sequence[growth.Growth]) -> int:
    """Print how much longer the pages of a long log take; how many take too long."""
    for found in growths:
        figure = f"{found.times:.2f} times ({found.long * 1e3:.0f} of {found.short * 1e3:.0f} ms)"
        line(f"{found.path}, 5 000 entries", figure, f"{growth.MOST:.2f}", reached=found.times <= growth.MOST)
    return sum(found.times > growth.MOST for found in growths)


def main() -> int:
    missed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = seeded(folder)
        start_up = starts(environment)
        ours = start(ANSWERING, path="/healthz", environment=environment)
        bare = start(BARE, path="/sign-in", environment={"BARE": str(folder / "bare.db")})
        try:
            for page in pages.PAGES:
                own, base = compare(ours, bare, page)
                reached = own / base >= page.goal
                missed += not reached
                figure = f"{own / base:.2f} of bare ({own:.0f} of {base:.0f}/s)"
                line(page.name, figure, f"{page.goal:.2f}" if page.goal else "", reached=reached)
            missed += told(growth.growths(ours))
            costs = {
                "start-up, s": start_up,
                "memory of a worker after load, MiB": ours.pss(),
                "account of 5 000 entries, ms": reckoning.milliseconds(),
            }
        finally:
            ours.stop()
            bare.stop()
    for what, found in costs.items():
        line(what, f"{found:.2f}", f"{GOALS[what]:.2f}", reached=found <= GOALS[what])
        missed += found > GOALS[what]
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
