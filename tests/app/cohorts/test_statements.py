import pytest

from app.cohorts import consents


@pytest.mark.parametrize("url", ["/privacy", "/accessibility"])
def test_the_statements_are_open_to_everybody(client, browser_of, cast, url):
    assert client.get(url).status_code == 200
    assert browser_of(cast.ada).get(url).status_code == 200


def test_the_privacy_page_quotes_what_people_agree_to(client, app):
    page = client.get("/privacy").text
    assert consents.PROCESS.sentence in page
    assert consents.NEWS.sentence in page
    assert "We set one cookie." in page


def test_a_visitor_who_only_reads_gets_no_cookie(client, app):
    for url in ("/", "/number/", "/privacy", "/accessibility", "/healthz"):
        assert "Set-Cookie" not in client.get(url).headers


def test_a_process_that_lives_says_so_without_asking_the_database(client, app, queries):
    queries.clear()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    assert queries == []
