"""Figures for Prometheus, on an address of their own that the public never reaches. Off until METRICS_ADDRESS is set.

The processes of one server count into files of one folder, which are added up when somebody asks; a second machine is
asked by itself. What must be right whichever machine did it (mail, the outbox) is counted in the database then.
"""

import atexit
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any

from flask import Flask, Response, has_request_context, request
from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server, values
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from app import clock, logs
from app.db import db, reading
from app.operator.readiness_queries import mails_by_state, waiting_since

# Where the library looks for the folder.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"

log = logging.getLogger("connect.metrics")
registry = CollectorRegistry()

REQUESTS = Counter(
    "connect_requests", "Answers by route and status", ["endpoint", "method", "status"], registry=registry
)
SECONDS = Histogram(
    "connect_request_seconds",
    "From the request's arrival to the answer's first byte",
    ["endpoint"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=registry,
)
STATEMENTS = Counter("connect_database_statements", "Statements sent, by route", ["endpoint"], registry=registry)
EVENTS = Counter("connect_security_events", "What the security log tells of", ["event"], registry=registry)


def count_answer(response: Response) -> Response:
    endpoint = request.endpoint or "none"
    REQUESTS.labels(endpoint, request.method if request.url_rule else "?", response.status_code).inc()
    SECONDS.labels(endpoint).observe(logs.duration() / 1000)
    return response


def count_statement(*_args: Any) -> None:
    STATEMENTS.labels((request.endpoint or "none") if has_request_context() else "worker").inc()


class CountEvents(logging.Handler):
    """Counts the security events as they are written down, whoever writes them."""

    def emit(self, record: logging.LogRecord) -> None:
        about: dict[str, object] = getattr(record, "about", {})
        EVENTS.labels(str(about.get("event", "unknown"))).inc()


class Stored:
    """What the database knows, asked for when the figures are."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def describe(self) -> Iterator[Any]:
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        token = reading.set(True)
        try:
            with self.app.app_context():
                yield from stored()
        finally:
            reading.reset(token)


def stored() -> Iterator[GaugeMetricFamily]:
    up = GaugeMetricFamily("connect_database_up", "Whether the database answers")
    age = GaugeMetricFamily("connect_outbox_seconds", "For how long the mail that is due longest has been due")
    mails = GaugeMetricFamily("connect_mails", "Mails of the last half year by what became of them", labels=["state"])
    try:
        since = waiting_since()
        age.add_metric([], (clock.now() - since).total_seconds() if since else 0)
        for state, count in mails_by_state():
            mails.add_metric([state], count)
        up.add_metric([], 1)
    except DBAPIError:
        up.add_metric([], 0)
    finally:
        db.session.remove()
    yield from (up, age, mails)


def serve(app: Flask) -> None:
    """Answer on METRICS_ADDRESS, if there is one, for as long as the process lives."""
    address = app.config["METRICS_ADDRESS"]
    if not address:
        return
    host, _, port = address.rpartition(":")
    told = registry
    if FOLDER in os.environ:
        told = CollectorRegistry()
        MultiProcessCollector(told)  # type: ignore[no-untyped-call]
    told.register(Stored(app))
    try:
        start_http_server(int(port), host.strip("[]"), told)
    except OSError as error:
        # No figures are no reason not to serve.
        log.error("no figures at METRICS_ADDRESS: %s", error.strerror)


def count_together(app: Flask) -> None:
    """Let this process and those it will fork count into the files of one folder, which goes when this one ends."""
    if not app.config["METRICS_ADDRESS"]:
        return
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="connect-metrics-")
    atexit.register(shutil.rmtree, os.environ[FOLDER], ignore_errors=True)
    # The library chooses when it is imported, before anybody has read the settings.
    values.ValueClass = values.MultiProcessValue()  # type: ignore[no-untyped-call]


def init_app(app: Flask) -> None:
    if not app.config["METRICS_ADDRESS"]:
        return
    app.after_request(count_answer)
    if not event.contains(Engine, "before_cursor_execute", count_statement):
        event.listen(Engine, "before_cursor_execute", count_statement)
        logging.getLogger("connect.security").addHandler(CountEvents())
