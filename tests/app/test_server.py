"""The built-in server as a browser meets it."""

import gc
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from flask import request

from app import create_app
from app.config import ROOT
from app.db import db
from app.mail import Letter, enqueue
from app.schema import migrate
from app.server import bound, compile_templates, keep_shared, listening


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "203.0.113.7")])
def test_a_proxy_says_who_the_visitor_is_only_where_there_is_one(migrated, proxies, address):
    kept = {key: value for key, value in migrated.config.items() if key.isupper()}
    app = create_app({**kept, "PROXIES": proxies})
    seen = []
    app.before_request(lambda: seen.append(request.remote_addr))
    server = listening(app, sockets=bound("127.0.0.1", 0))
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    try:
        asking = http.client.HTTPConnection("127.0.0.1", server.effective_port, timeout=10)
        asking.request("GET", "/accessibility", headers={"X-Forwarded-For": "203.0.113.7"})
        assert asking.getresponse().status == 200
        asking.close()
    finally:
        server.close()
        server.task_dispatcher.shutdown(timeout=5)
    assert seen == [address]


def test_every_template_is_at_hand_before_the_server_forks(migrated):
    app = create_app({key: value for key, value in migrated.config.items() if key.isupper()})
    compile_templates(app)
    names = app.jinja_env.list_templates()
    assert names
    assert len(app.jinja_env.cache) == len(names)


def test_what_was_there_before_the_processes_part_is_searched_for_garbage_no_more():
    there = [["of the time before"]]
    assert any(found is there for found in gc.get_objects())
    keep_shared()
    assert not any(found is there for found in gc.get_objects())


SLOW = """
import time
from app import create_app
from app.access import public
from app.server import run

app = create_app()

@app.get("/slow")
@public
def slow():
    time.sleep(1)
    return "x" * 3_000_000

run(app, host="127.0.0.1", port={port})
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def asked(port: int, path: str) -> http.client.HTTPConnection:
    """A request that has been sent and not yet answered, as soon as the server is there."""
    for _ in range(600):
        asking = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            asking.request("GET", path)
            return asking
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise AssertionError("no server came up")


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_request_under_way_is_answered_to_its_last_byte_when_the_server_is_told_to_stop(
    tmp_path: Path, processes: str
) -> None:
    port = free_port()
    own = {"DATABASE_URL": f"sqlite:///{tmp_path / 'x.db'}", "CONNECT_ENV": "testing", "PROCESSES": processes}
    environment = {**os.environ, **own}
    serving = subprocess.Popen([sys.executable, "-c", SLOW.format(port=port)], cwd=ROOT, env=environment)
    try:
        asking = asked(port, "/slow")
        time.sleep(0.3)
        serving.send_signal(signal.SIGTERM)
        time.sleep(0.6)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=2)
        answer = asking.getresponse()
        # Read slowly: what doesn't fit into the system's buffers still has to go out after the view has returned.
        time.sleep(0.5)
        assert (answer.status, len(answer.read())) == (200, 3_000_000)
        asking.close()
        assert serving.wait(timeout=20) == 0
    finally:
        serving.kill()
        serving.wait()


def waiting_mail(folder: Path) -> dict[str, str]:
    """An installation of its own with a mail that is due, and the environment that serves it."""
    url = f"sqlite:///{folder / 'x.db'}"
    app = create_app({"SQLALCHEMY_DATABASE_URI": url, "ENV": "testing", "SECRET_KEY": "k" * 40})
    with app.app_context():
        migrate()
        enqueue(Letter("Words", "To somebody."), key="due", to="ada@example.org")
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    places = {"MAIL_FOLDER": str(folder / "mail"), "TOMBSTONES": str(folder / "tombstones")}
    return {**os.environ, **places, "DATABASE_URL": url, "CONNECT_ENV": "testing", "SECRET_KEY": "k" * 40}


@pytest.mark.parametrize("processes", ["1", "2"])
@pytest.mark.parametrize("given", [[], ["--no-worker"]], ids=["with a worker", "pages only"])
def test_a_server_of_pages_only_sends_no_mail(tmp_path: Path, processes: str, given: list[str]) -> None:
    environment = waiting_mail(tmp_path) | {"PROCESSES": processes}
    port = free_port()
    words = [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--port", str(port), *given]
    serving = subprocess.Popen(words, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        asking = asked(port, "/accessibility")
        assert asking.getresponse().status == 200
        asking.close()
        until = time.monotonic() + (3 if given else 30)
        while time.monotonic() < until and not (tmp_path / "mail").exists():
            time.sleep(0.1)
        assert (tmp_path / "mail").exists() is not bool(given)
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(timeout=20) == 0
    finally:
        serving.kill()
        serving.wait()
