"""The built-in server: waitress, which answers beside slow clients, and finishes what it began when told to stop."""

import logging
import signal
import threading
from types import FrameType
from typing import Any

from waitress.server import create_server

from app.commands import work_until
from app.transaction import Transactional

log = logging.getLogger("connect")
# It tells of every request that waited a moment.
logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def run(app: Transactional, *, host: str, port: int) -> None:
    """Serve until SIGTERM or Ctrl-C; then answer the requests under way and return."""
    stop = threading.Event()
    worker = threading.Thread(target=work_beside, args=(app, stop), name="worker", daemon=True)
    worker.start()
    server = listening(app, host=host, port=port)

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, on_signal)
    try:
        # Returns after Ctrl-C or the signal, having shut its task threads down.
        server.run()
    except SystemExit:
        server.task_dispatcher.shutdown(cancel_pending=False, timeout=30)
    finally:
        stop.set()
        server.close()
        worker.join(timeout=10)


def listening(app: Transactional, *, host: str, port: int) -> Any:
    """The server, bound and not yet running."""
    return create_server(
        app,
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
