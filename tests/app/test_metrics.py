"""The figures: right, closed to the public, and off until they are asked for."""

import contextlib
import logging
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import generate_latest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app import create_app, metrics
from app.config import ROOT, Refused, refuse_open_metrics
from app.db import db
from app.mail import Letter, enqueue
from tests.app.test_server import asked, free_port
from tests.cast import Cast


@pytest.fixture
def counted(app: Any) -> Any:
    """An application that counts, on a free port of this machine; taken apart again."""
    given = {key: app.config[key] for key in app.config if key.isupper()}
    made = create_app({**given, "METRICS_ADDRESS": f"127.0.0.1:{free_port()}"})
    made.test_client_class = app.test_client_class
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()
    event.remove(Engine, "before_cursor_execute", metrics.count_statement)
    security = logging.getLogger("connect.security")
    security.handlers = [handler for handler in security.handlers if not isinstance(handler, metrics.CountEvents)]


def value(name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(name, labels) or 0


def test_answers_their_time_and_their_statements_are_counted_by_route(counted: Any) -> None:
    page = {"endpoint": "people.sign_in"}
    before = value("connect_requests_total", **page, method="GET", status="200")
    statements = value("connect_database_statements_total", endpoint="cohorts.landing")
    for _ in range(3):
        counted.test_client().get("/sign-in?next=/practice/")
    counted.test_client().get("/")
    assert value("connect_requests_total", **page, method="GET", status="200") == before + 3
    assert value("connect_request_seconds_count", **page) >= 3
    assert value("connect_database_statements_total", endpoint="cohorts.landing") > statements


def test_strange_addresses_make_no_series_of_their_own(counted: Any) -> None:
    for number in range(5):
        counted.test_client().open(f"/strange-{number}", method="GET")
    text = generate_latest(metrics.registry).decode()
    assert "strange" not in text
    assert 'endpoint="none"' in text


def test_security_events_are_counted(counted: Any, cast: Cast) -> None:
    before = value("connect_security_events_total", event="signed in")
    counted.test_client().send("/sign-in", {"email": "ada@example.org", "password": "connect before you count"})
    assert value("connect_security_events_total", event="signed in") == before + 1


def test_figures_are_served_on_their_own_address_with_what_the_database_knows(counted: Any) -> None:
    enqueue(Letter("Subject", "Words."), key="one", to="ada@example.org")
    db.session.commit()
    metrics.serve(counted)
    with urllib.request.urlopen(f"http://{counted.config['METRICS_ADDRESS']}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    assert 'connect_mails{state="waiting"} 1.0' in text
    assert "connect_database_up 1.0" in text
    assert "connect_outbox_seconds " in text
    assert "ada@" not in text
    assert counted.test_client().get("/metrics").status_code == 404


SERVING = """
from app import create_app
from app.server import run

run(create_app(), host="127.0.0.1", port={port})
"""


def answered(port: int, path: str) -> str:
    with contextlib.closing(asked(port, path)) as asking:
        return asking.getresponse().read().decode()


def test_what_several_processes_counted_is_told_as_one(tmp_path: Path) -> None:
    port, watch = free_port(), free_port()
    own = {"DATABASE_URL": f"sqlite:///{tmp_path / 'x.db'}", "CONNECT_ENV": "testing", "PROCESSES": "3"}
    environment = {**os.environ, **own, "METRICS_ADDRESS": f"127.0.0.1:{watch}", "TMPDIR": str(tmp_path)}
    code = SERVING.format(port=port)
    serving = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        for _ in range(20):
            answered(port, "/accessibility")
        told = answered(watch, "/metrics")
        counted = len(list(tmp_path.glob("connect-metrics-*/counter_*.db")))
    finally:
        serving.terminate()
        serving.wait(timeout=30)
    assert counted > 1
    line = 'connect_requests_total{endpoint="cohorts.accessibility",method="GET",status="200"}'
    assert f"{line} 20.0" in told
    assert not list(tmp_path.glob("connect-metrics-*"))


def test_without_an_address_nothing_is_counted_or_served(app: Any) -> None:
    assert app.config["METRICS_ADDRESS"] == ""
    assert not event.contains(Engine, "before_cursor_execute", metrics.count_statement)
    assert metrics.count_answer not in app.after_request_funcs.get(None, [])


@pytest.mark.parametrize("address", ["", "127.0.0.1:9100", "[::1]:9100", "10.0.0.5:9100"])
def test_a_closed_address_is_taken(address: str) -> None:
    refuse_open_metrics(address)
    assert True


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0:9100", "[::]:9100", ":::9100", "[::0]:9100", "[0::0]:9100", "[::ffff:0.0.0.0]:9100", ":9100"),
        *("8.8.8.8:9100", "[::ffff:8.8.8.8]:9100", "127.0.0.1", "example.org:9"),
    ],
)
def test_an_open_address_is_refused_in_production(address: str) -> None:
    with pytest.raises(Refused, match="METRICS_ADDRESS"):
        refuse_open_metrics(address)
