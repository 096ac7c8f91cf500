"""The built-in server: waitress, which answers beside slow clients, and finishes what it began when told to stop.

As many processes answer as PROCESSES says; the worker and the figures are in one beside them.
"""

import functools
import gc
import logging
import signal
import socket
import threading
from time import perf_counter
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import create_server

from app import metrics
from app.commands import work_until
from app.db import db
from app.dispatcher import InTurn
from app.processes import Family
from app.transaction import Transactional

log = logging.getLogger("connect")
# It tells of every request that waited a moment.
logging.getLogger("waitress.queue").setLevel(logging.ERROR)

# How long the requests under way have to end, once told to stop.
GRACE = 30.0
# A thread that waits for the database or reckons a long report leaves its process to the others.
THREADS = 4


def run(app: Transactional, *, host: str, port: int, worker: bool = True) -> None:
    """Serve until SIGTERM or Ctrl-C; then answer the requests under way and return. Without `worker`: pages only."""
    sockets = bound(host, port)
    if app.config["PROCESSES"] == 1:
        run_alone(app, sockets, worker=worker)
        return
    if app.config["ENV"] == "production":
        # Once for all processes, and not while the first visitors wait in each.
        compile_templates(app)
    with app.app_context():
        # A connection that two processes hold mixes up their answers.
        db.engine.dispose()
    metrics.count_together(app)
    keep_shared()
    answering = functools.partial(answer, app, sockets)
    family = Family([functools.partial(beside, app, sockets, worker=worker)] + [answering] * app.config["PROCESSES"])
    family.live(grace=GRACE + 10, at_the_end=lambda: close(sockets))


def compile_templates(app: Transactional) -> None:
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)


def keep_shared() -> None:
    """Leave whatever is there out of every later search for garbage.

    Processes share the memory that was there when they parted until one writes to it, and a search for garbage writes a
    mark to everything that it looks through.
    """
    gc.collect()
    gc.freeze()


def run_alone(app: Transactional, sockets: list[socket.socket], *, worker: bool) -> None:
    """Everything in this process, for a system that can't fork, or a machine with one processor."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    working = threading.Thread(target=work if worker else rest, args=(app, stop), name="worker", daemon=True)
    working.start()
    metrics.serve(app)
    try:
        answer(app, sockets, stop)
    finally:
        stop.set()
        working.join(timeout=10)


def beside(app: Transactional, sockets: list[socket.socket], stop: threading.Event, *, worker: bool) -> None:
    """The life of the process that answers nobody: it sends what is due, and shows the figures."""
    close(sockets)
    metrics.serve(app)
    (work if worker else rest)(app, stop)


def work(app: Transactional, stop: threading.Event) -> None:
    """The worker of a single machine: the same loop that `flask work` runs alone."""
    with app.app_context():
        work_until(stop)


def rest(_app: Transactional, stop: threading.Event) -> None:
    """What takes the worker's place where only pages are served: it sends nothing, reminds nobody, frees no seat."""
    stop.wait()


def answer(app: Transactional, sockets: list[socket.socket], stop: threading.Event) -> None:
    """The life of a process that answers."""
    mapped: dict[int, Any] = {}
    server = listening(app, sockets=sockets, mapped=mapped)
    try:
        while not stop.is_set():
            turn(mapped)
        drain(mapped, grace=GRACE)
    finally:
        server.task_dispatcher.shutdown(timeout=5)
        server.close()


def turn(mapped: dict[int, Any]) -> None:
    """Wait a moment for something to come in or go out, and see to it."""
    wasyncore.loop(timeout=0.5, map=mapped, use_poll=True, count=1)


def drain(mapped: dict[int, Any], *, grace: float) -> None:
    """Let nobody new in, and go on until what came in has been answered to its last byte, or the time is up."""
    for listener in [found for found in mapped.values() if getattr(found, "accepting", False)]:
        listener.del_channel(mapped)
        listener.socket.close()
    until = perf_counter() + grace
    while any(is_busy(found) for found in mapped.values()) and perf_counter() < until:
        turn(mapped)


def is_busy(found: Any) -> bool:
    """Whether a connection has a request that is coming in, being answered, or on its way out."""
    return bool(isinstance(found, HTTPChannel) and (found.request or found.requests or found.total_outbufs_len))


def bound(host: str, port: int) -> list[socket.socket]:
    """Listening sockets on the host's addresses, which the processes share. OSError where the port is taken."""
    made = []
    for family, kind, protocol, address in Adjustments(host=host, port=port).listen:
        opened = socket.socket(family, kind, protocol)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        opened.bind(address)
        # From here on whoever comes waits instead of being refused.
        opened.listen(1024)
        made.append(opened)
    return made


def close(sockets: list[socket.socket]) -> None:
    for each in sockets:
        each.close()


def listening(app: Transactional, *, sockets: list[socket.socket], mapped: dict[int, Any] | None = None) -> Any:
    """The server on its sockets, not yet running."""
    dispatcher = InTurn()
    dispatcher.set_thread_count(THREADS)
    return create_server(
        app,
        map=mapped,
        sockets=sockets,
        threads=THREADS,
        _dispatcher=dispatcher,
        connection_limit=1000,
        asyncore_use_poll=True,
        ident=None,
        # Who the visitor is, a proxy in front says in a header; without one nobody may.
        clear_untrusted_proxy_headers=not app.config["PROXIES"],
    )
