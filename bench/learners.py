"""`make load`: five hundred learners at once on the server as it is shipped, on SQLite and on PostgreSQL.

Each thinks for five seconds on average, asks for ten pages and logs one talk, over and over. Told are the answers, how
long they took, and the server's memory. ARGS: for how many seconds (600), and on which engines.

The server runs as in production, behind what looks like one proxy with TLS. Everything stays on this machine.
"""

import asyncio
import os
import random
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.burst import application
from bench.copies import analyse, go_on
from bench.crowd import crowd
from bench.servers import Server, start
from tests import databases

LEARNERS, SECONDS, THINK = 500, 600.0, 5.0
READS = 10
"""Pages asked for between two talks that are logged."""

P95, FLAT = 0.25, 0.05
PATIENCE = 60.0
SLUG = "busy"

# What a learner opens, by how often.
PAGES = {
    "/today": 30,
    "/course/": 10,
    "/course/contact-or-connect": 25,
    "/review/": 5,
    "/practice/": 10,
    "/people/": 10,
    "/roi/": 5,
    f"/cohorts/{SLUG}": 5,
}

SHIPPED = """
import sys
from flask.cli import main
sys.argv = ["flask", "--app", "wsgi", "serve", "--port", "{port}"]
main()
"""

PRODUCTION = {
    "CONNECT_ENV": "production",
    "SECRET_KEY": "a key of the load's own, of some length, kept nowhere",
    "BASE_URL": "https://127.0.0.1",
    "TRUSTED_HOSTS": "127.0.0.1",
    # Nobody listens there, and nothing is due: the learners take no reminders.
    "SMTP": "127.0.0.1:9",
    "PROXIES": "1",
}


@dataclass(frozen=True)
class Visitor:
    """A signed-in learner: the cookie, a form's token that fits it, and the address that the proxy names."""

    cookie: str
    token: str
    address: str


@dataclass
class Answers:
    """What came back: seconds of each answer, and how often each status."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    def add(self, status: int, seconds: float) -> None:
        self.seconds.append(seconds)
        self.statuses[status] = self.statuses.get(status, 0) + 1

    def at(self, share: float) -> float:
        """The seconds within which this share of the answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0

    @property
    def failed(self) -> int:
        """Answers of 500 and more, and requests without one."""
        return sum(count for status, count in self.statuses.items() if status >= 500 or status == 0)

    @property
    def odd(self) -> int:
        """Answers that are neither the page nor the redirect that was asked for, nor a failure."""
        return sum(count for status, count in self.statuses.items() if status not in {0, 200, 303} and status < 500)


def settle(url: str, learners: int = LEARNERS) -> list[Visitor]:
    """A cohort of learners on a migrated database, all of them signed in."""
    os.environ.update(PRODUCTION)
    app = application(url)
    os.environ.update(PRODUCTION)
    from app import clock, create_app
    from app.access import digest, new_token
    from app.content import publish
    from app.db import Base, db
    from app.models import Enrolment, MailTerms, Session

    with app.app_context():
        publish()
        cohort, _ = crowd(SLUG, learners)
        people = db.session.query(Enrolment.person_id).filter_by(cohort_id=cohort).order_by(Enrolment.id).all()
        tokens = [new_token() for _ in people]
        for (person,), token in zip(people, tokens, strict=True):
            until = clock.now() + 30 * clock.DAY
            db.session.add(Session(person_id=person, token_hash=digest(token), expires_at=until))
            db.session.add(MailTerms(person_id=person, digest=False))
        db.session.commit()
        go_on(tuple(Base.metadata.tables))
        analyse()
        db.session.remove()
    serving = create_app()
    return [visitor(serving, token, number) for number, token in enumerate(tokens)]


def visitor(app: Any, token: str, number: int) -> Visitor:
    """The cookie that the server would have set, signed with its key."""
    from itsdangerous import URLSafeTimedSerializer

    from app.access import SESSION_KEY

    raw = secrets.token_hex(20)
    kept = {SESSION_KEY: token, "_fresh": True, "_permanent": True, "csrf_token": raw}
    signed = app.session_interface.get_signing_serializer(app).dumps(kept)
    form = str(URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(raw))
    return Visitor(f"{app.config['SESSION_COOKIE_NAME']}={signed}", form, f"10.0.{number >> 8}.{number & 255}")


def sent(who: Visitor, path: str, *, port: int, body: str = "") -> bytes:
    """A request as the proxy in front passes it on; with a body a form's."""
    head = [
        f"{'POST' if body else 'GET'} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Cookie: {who.cookie}",
        f"Referer: https://127.0.0.1:{port}/",
        f"X-Forwarded-For: {who.address}",
        "X-Forwarded-Proto: https",
    ]
    if body:
        head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


def requests(who: Visitor, port: int, chance: random.Random) -> Iterator[bytes]:
    """What one learner sends, without end: ten pages, and a talk somewhere among them."""
    pages, often = list(PAGES), list(PAGES.values())
    while True:
        turn = [sent(who, path, port=port) for path in chance.choices(pages, often, k=READS)]
        turn.insert(chance.randrange(READS + 1), sent(who, "/practice/", port=port, body=talk(who, chance)))
        yield from turn


def talk(who: Visitor, chance: random.Random) -> str:
    """A talk as the phone sends it, with a key of its own."""
    lines = {name: chance.randrange(3) for name in ("personal", "two_way", "about_them", "value", "next_step")}
    said = {"alias": f"K-0{chance.randrange(6)}", "channel": "call", "minutes": 20, "began": "me", "day": ""}
    own = {"csrf_token": who.token, "once": secrets.token_urlsafe(12), "note": "Asked about the night shift"}
    return urlencode({**own, **said, **lines})


async def answered(reader: asyncio.StreamReader) -> int:
    """Read one answer to its end; its status."""
    head = await reader.readuntil(b"\r\n\r\n")
    place = head.lower().find(b"content-length:")
    if place >= 0:
        await reader.readexactly(int(head[place + 15 :].split(b"\r\n", 1)[0]))
    return int(head.split(b" ", 2)[1])


async def live(who: Visitor, port: int, *, until: float, think: float, seed: int, answers: Answers) -> None:
    """One learner until the end, on a connection that is kept; a new one where it broke."""
    chance = random.Random(seed)
    reader, writer = None, None
    await asyncio.sleep(chance.uniform(0, think))
    for request in requests(who, port, chance):
        began = time.perf_counter()
        if began >= until:
            break
        try:
            if writer is None or reader is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request)
            status = await asyncio.wait_for(answered(reader), PATIENCE)
        except (OSError, EOFError, TimeoutError):
            status, writer = 0, None
        answers.add(status, time.perf_counter() - began)
        await asyncio.sleep(max(0.0, min(chance.uniform(think / 2, think * 1.5), until - time.perf_counter())))
    if writer is not None:
        writer.close()


async def crowd_of(visitors: Sequence[Visitor], port: int, *, seconds: float, think: float = THINK) -> Answers:
    """All of them at once for so long."""
    answers, until = Answers(), time.perf_counter() + seconds
    lives = (
        live(who, port, until=until, think=think, seed=number, answers=answers) for number, who in enumerate(visitors)
    )
    await asyncio.gather(*lives)
    return answers


@dataclass(frozen=True)
class Held:
    """The server's memory in MiB: before anybody came, once warm, and in the end."""

    start: float
    warm: float
    end: float

    @property
    def change(self) -> float:
        """From warm to the end, as a share."""
        return self.end / self.warm - 1


async def under_load(server: Server, visitors: Sequence[Visitor], seconds: float) -> tuple[Answers, Held]:
    """The whole run. Warm is a server after a fifth of the time, two minutes at most."""
    first = server.pss()
    going = asyncio.create_task(crowd_of(visitors, server.port, seconds=seconds))
    await asyncio.sleep(min(120.0, seconds / 5))
    warm = server.pss()
    answers = await going
    return answers, Held(first, warm, server.pss())


def said(reached: bool) -> str:
    return "reached" if reached else "MISSED"


def on(engine: str, folder: Path, seconds: float) -> int:
    """One run on one engine; how many goals it missed."""
    url = databases.sqlite_url(folder) if engine == "sqlite" else databases.postgresql_url()
    visitors = settle(url)
    server = start(SHIPPED, path="/healthz", environment={**PRODUCTION, "DATABASE_URL": url})
    try:
        own, theirs, began = time.process_time(), server.cpu(), time.perf_counter()
        answers, held = asyncio.run(under_load(server, visitors, seconds))
        took = time.perf_counter() - began
        shares = (time.process_time() - own) / took, (server.cpu() - theirs) / took
    finally:
        server.stop()
    return told(engine, answers, held, shares, took)


def told(engine: str, answers: Answers, held: Held, shares: tuple[float, float], took: float) -> int:
    many = len(answers.seconds)
    times = " ".join(f"p{share * 100:.0f} {answers.at(share) * 1e3:.0f} ms" for share in (0.5, 0.95, 0.99))
    sound = (answers.failed + answers.odd == 0, answers.at(0.95) <= P95, abs(held.change) <= FLAT)
    print(f"{engine}: {LEARNERS} learners for {took:.0f} s, {many} requests, {many / took:.0f}/s")
    print(f"  {answers.failed} of 500 or none, {answers.odd} others than expected  {said(sound[0])}")
    print(f"  {times}  {said(sound[1])}")
    memory = f"{held.start:.1f} MiB at the start, {held.warm:.1f} warm, {held.end:.1f} in the end"
    print(f"  memory {memory}: {held.change:+.1%}  {said(sound[2])}")
    print(f"  of a processor: this generator {shares[0]:.0%}, the server {shares[1]:.0%}", flush=True)
    return sound.count(False)


def main(arguments: list[str]) -> int:
    seconds = float(arguments[0]) if arguments else SECONDS
    missed = 0
    for engine in arguments[1:] or databases.ENGINES:
        with tempfile.TemporaryDirectory() as name:
            missed += on(engine, Path(name), seconds)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
