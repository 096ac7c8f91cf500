"""The built-in server as a browser meets it."""

import http.client
import threading

import pytest
from flask import request

from app import create_app
from app.server import listening


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "203.0.113.7")])
def test_a_proxy_says_who_the_visitor_is_only_where_there_is_one(migrated, proxies, address):
    kept = {key: value for key, value in migrated.config.items() if key.isupper()}
    app = create_app({**kept, "PROXIES": proxies})
    seen = []
    app.before_request(lambda: seen.append(request.remote_addr))
    server = listening(app, host="127.0.0.1", port=0)
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
