"""What a phone gets for when there is no network: the worker, a page with nobody in it, a fresh token."""

import json
import re

from tests import cast as builders
from tests.app.practice.telling import entries, talk


def known(script, name):
    return json.loads(re.search(rf"^const {name} = (.+);$", script, re.MULTILINE)[1])


def test_the_worker_stands_at_the_root_and_is_asked_for_anew(client):
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert "no-cache" in answer.headers["Cache-Control"]
    assert "max-age" not in answer.headers["Cache-Control"]
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]


def test_every_file_that_the_worker_keeps_is_there(client):
    script = client.get("/sw.js").text
    files = known(script, "FILES")
    assert len(files) > 8
    assert [path for path in files if client.get(path).status_code != 200] == []
    shell = client.get(known(script, "SHELL")).text
    needed = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg)[^"]*)"', shell)
    assert set(needed) <= set(files)


def test_the_page_without_a_network_is_empty_of_anybody(cast, browser_of, client):
    builders.relationship(cast.ada, "Brouwer")
    ada = browser_of(cast.ada)
    ada.get("/practice/")
    page = client.get("/practice/offline")
    assert page.status_code == 200
    assert "no-store" not in page.headers["Cache-Control"]
    for answer in (page, ada.get("/practice/offline")):
        assert "Brouwer" not in answer.text
        assert "data-shell hidden" in answer.text


def test_pages_with_somebody_in_them_are_kept_by_no_cache(cast, browser_of):
    ada = browser_of(cast.ada)
    for address in ("/practice/", "/practice/token", "/practice/offline"):
        assert ada.get(address).headers["Cache-Control"] == "no-store"


def test_a_fresh_token_says_for_whom_it_is_and_lets_a_kept_entry_in_once(cast, browser_of):
    ada = browser_of(cast.ada)
    told = ada.get("/practice/token").json
    assert told["person"] == cast.ada.id
    sent = talk(csrf_token=told["token"], once="kept-on-a-phone")
    first, again = (ada.post("/practice/", data=sent) for _ in range(2))
    assert (first.status_code, again.status_code, first.location) == (303, 303, again.location)
    assert len(entries()) == 1


def test_a_visitor_gets_no_token(client):
    assert client.get("/practice/token").location.startswith("/sign-in")


def test_only_a_learners_page_says_whose_it_is(cast, browser_of, client):
    assert f'data-reader="{cast.ada.id}"' in browser_of(cast.ada).get("/practice/").text
    assert 'data-reader=""' in client.get("/sign-in").text
