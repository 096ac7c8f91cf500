"""`make race`: everybody at one moment, on a server of its own, on SQLite and on PostgreSQL.

Twenty times two hundred people for the last ten seats: exactly ten hold one, the others stand in one unbroken line.
Then two thousand for a hundred seats over sixteen connections, as a share of bare inserts under the same load.
"""

import os
import socket
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.load import answer, once, request
from bench.pages import cookie_of, token_of
from bench.servers import BARE, OURS, Server, start
from tests import databases

ROUNDS, PEOPLE, LAST = 20, 200, 10
BURST, SEATS, CONNECTIONS = 2_000, 100, 16


def application(url: str) -> Any:
    """The application on a migrated database, to set cohorts up and to count with."""
    os.environ.update({"CONNECT_ENV": "testing", "DATABASE_URL": url, "PROXIES": "1"})
    from app import create_app
    from app.commands import migrate

    app = create_app()
    with app.app_context():
        migrate()
    return app


def set_up(app: Any, slug: str, seats: int) -> None:
    """A cohort that is open, with so many seats left."""
    from app import clock
    from app.db import db
    from app.models import Cohort

    now = clock.now()
    words = {"name": slug, "promise": "", "meetings": "", "rhythm": "", "trainer_line": "", "time_zone": "UTC"}
    days = {"opens_at": now, "closes_at": now + timedelta(days=9)}
    starts = now.date() + timedelta(days=10)
    with app.app_context():
        facts = {**words, **days, "starts_on": starts, "ends_on": starts, "price": 0, "currency": "EUR"}
        db.session.add(Cohort(slug=slug, capacity=seats, **facts))
        db.session.commit()


def posts(server: Server, slug: str, people: int) -> list[bytes]:
    """What as many browsers send, each from an address of its own."""
    _, page = once(server.port, request("GET", f"/cohorts/{slug}", port=server.port))
    token, cookie = token_of(page), cookie_of(page)
    sent = []
    for number in range(people):
        fields = {"csrf_token": token, "name": "Somebody", "email": f"{slug}-{number}@example.org", "time": "y"}
        body = urlencode({**fields, "processing": "y", "goal": ""})
        post = request("POST", f"/cohorts/{slug}", port=server.port, cookie=cookie, body=body)
        address = f"X-Forwarded-For: 10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}\r\n".encode()
        sent.append(post.replace(b"Connection: keep-alive\r\n", b"Connection: keep-alive\r\n" + address, 1))
    return sent


def at_once(server: Server, sent: list[bytes], connections: int) -> tuple[list[int], float]:
    """The status of each answer, and the seconds from the barrier to the last."""
    barrier, found = threading.Barrier(connections + 1), list[int]()

    def work(share: list[bytes]) -> None:
        with socket.create_connection(("127.0.0.1", server.port), timeout=120) as connection:
            barrier.wait()
            for each in share:
                connection.sendall(each)
                found.append(answer(connection)[0])

    threads = [threading.Thread(target=work, args=(sent[place::connections],)) for place in range(connections)]
    for thread in threads:
        thread.start()
    barrier.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return found, time.perf_counter() - began


def fault(app: Any, slug: str, *, people: int, seats: int) -> str:
    """What is wrong with the seats and the line; "" where they are exactly right."""
    from sqlalchemy import select

    from app.db import db
    from app.models import Cohort, Enrolment

    with app.app_context():
        taken = db.session.scalar(select(Cohort.taken).where(Cohort.slug == slug))
        asked = select(Enrolment.status, Enrolment.line).join(Cohort).where(Cohort.slug == slug)
        rows = db.session.execute(asked).all()
        db.session.remove()
    held = sum(status == "offered" for status, _ in rows)
    line = sorted(line for status, line in rows if status == "waiting")
    sound = held == taken == seats and line == list(range(1, people - seats + 1))
    return "" if sound else f"{held} held, {taken} counted, a line of {len(line)}"


def unusual(statuses: list[int]) -> str:
    """The answers that were none of a sign-up's; "" where all were."""
    return "" if set(statuses) == {303} else f"answers {sorted(set(statuses))}"


def race(name: str, url: str) -> int:
    """All rounds and the burst on one database; how many went wrong."""
    app, wrong = application(url), 0
    server = start(OURS, path="/healthz", environment={})
    try:
        for number in range(ROUNDS):
            slug = f"round-{number}"
            set_up(app, slug, LAST)
            statuses, _ = at_once(server, posts(server, slug, PEOPLE), PEOPLE)
            found = fault(app, slug, people=PEOPLE, seats=LAST) or unusual(statuses)
            wrong += bool(found)
            if found:
                print(f"{name}, round {number + 1}: {found}", flush=True)
        print(f"{name}: {ROUNDS} rounds of {PEOPLE} for {LAST} seats, {wrong} wrong", flush=True)
        set_up(app, "burst", SEATS)
        statuses, seconds = at_once(server, posts(server, "burst", BURST), CONNECTIONS)
        found = fault(app, "burst", people=BURST, seats=SEATS) or unusual(statuses)
    finally:
        server.stop()
    base, rate = inserts(), BURST / seconds
    share = f"{rate:.0f}/s, {rate / base:.2f} of bare ({base:.0f}/s)"
    print(f"{name}: {BURST} for {SEATS} seats: {found or 'exact'}, {share}", flush=True)
    return wrong + bool(found)


def inserts() -> float:
    """Bare inserts a second under the same load."""
    with tempfile.TemporaryDirectory() as folder:
        server = start(BARE, path="/sign-in", environment={"BARE": str(Path(folder) / "bare.db")})
        try:
            _, page = once(server.port, request("GET", "/sign-in", port=server.port))
            body = "name=K-07&note=Asked+about+the+shift"
            sent = request("POST", "/write", port=server.port, cookie=cookie_of(page), body=body)
            _, seconds = at_once(server, [sent] * BURST, CONNECTIONS)
        finally:
            server.stop()
    return BURST / seconds


def main() -> int:
    chosen = sys.argv[1:] or list(databases.ENGINES)
    wrong = 0
    for name in chosen:
        folder = Path(tempfile.mkdtemp(prefix="connect-race-"))
        wrong += race(name, databases.sqlite_url(folder) if name == "sqlite" else databases.postgresql_url())
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
