"""The built-in server: waitress, which answers beside slow clients, and finishes what it began when told to stop."""

import logging
import signal
import threading
from time import perf_counter
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server

from app import metrics
from app.commands import work_until
from app.transaction import Transactional

log = logging.getLogger("connect")
# It tells of every request that waited a moment.
logging.getLogger("waitress.queue").setLevel(logging.ERROR)


# How long the requests under way have to end, once told to stop.
GRACE = 30.0


def run(app: Transactional, *, host: str, port: int) -> None:
    """Serve until SIGTERM or Ctrl-C; then answer the requests under way and return."""
    stop = threading.Event()
    worker = threading.Thread(target=work_beside, args=(app, stop), name="worker", daemon=True)
    worker.start()
    sockets: dict[int, Any] = {}
    server = listening(app, host=host, port=port, sockets=sockets)
    metrics.serve(app)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        while not stop.is_set():
            turn(sockets)
        drain(sockets, grace=GRACE)
    finally:
        stop.set()
        server.task_dispatcher.shutdown(timeout=5)
        server.close()
        worker.join(timeout=10)


def turn(sockets: dict[int, Any]) -> None:
    """Wait a moment for something to come in or go out, and see to it."""
    wasyncore.loop(timeout=0.5, map=sockets, use_poll=True, count=1)


def drain(sockets: dict[int, Any], *, grace: float) -> None:
    """Let nobody new in, and go on until what came in has been answered to its last byte, or the time is up."""
    for listener in [found for found in sockets.values() if getattr(found, "accepting", False)]:
        listener.del_channel(sockets)
        listener.socket.close()
    until = perf_counter() + grace
    while any(is_busy(found) for found in sockets.values()) and perf_counter() < until:
        turn(sockets)


def is_busy(found: Any) -> bool:
    """Whether a connection has a request that is coming in, being answered, or on its way out."""
    return bool(isinstance(found, HTTPChannel) and (found.request or found.requests or found.total_outbufs_len))


def listening(app: Transactional, *, host: str, port: int, sockets: dict[int, Any] | None = None) -> Any:
    """The server, bound and not yet running."""
    return create_server(
        app,
        map=sockets,
        host=host,
        port=port,
        threads=4,
        connection_limit=1000,
        asyncore_use_poll=True,
        ident=None,
        # Who the visitor is, a proxy in front says in a header; without one nobody may.
        clear_untrusted_proxy_headers=not app.config["PROXIES"],
    )


def work_beside(app: Transactional, stop: threading.Event) -> None:
    """The worker of a single machine: the same loop that `flask work` runs alone."""
    with app.app_context():
        work_until(stop)
