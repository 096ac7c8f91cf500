"""The first page after signing in: today's, the morning's, or what is so."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.browsing import Browser
from tests.cast import NOON, Cast, cohort, enrol, open_cohort, person

Browsers = Callable[[Any], Browser]


def test_a_learner_goes_to_today_and_a_trainer_to_the_morning(cast: Cast, browser_of: Browsers) -> None:
    assert browser_of(cast.ada).get("/home").location == "/today"
    assert browser_of(cast.tess).get("/home").location == "/trainer/"


def test_a_trainer_who_learns_goes_to_today(cast: Cast, browser_of: Browsers) -> None:
    enrol(cast.tess, cast.harbour)
    assert browser_of(cast.tess).get("/home").location == "/today"


def test_an_operator_reads_what_there_is_to_do(cast: Cast, browser_of: Browsers) -> None:
    page = browser_of(cast.olga).get("/home")
    assert page.status_code == 200
    assert "You run this installation" in page.text


def test_who_waits_reads_the_place_in_line(cast: Cast, browser_of: Browsers) -> None:
    winter = open_cohort("winter")
    for line, name in enumerate(("ann", "bea", "wes"), start=1):
        enrol(person(f"{name}@example.org"), winter, "waiting" if name != "bea" else "withdrawn", line=line)
    wes = person("wes2@example.org")
    enrol(wes, winter, "waiting", line=9)
    page = browser_of(wes).get("/home").text
    assert "You are third in line for Winter" in page
    assert 'href="/cohorts/winter"' in page


@pytest.mark.parametrize(
    ("hours", "words"), [(48, "Held until 26 November 2026, 13:00, in Amsterdam"), (-1, "goes to the next in line")]
)
def test_who_has_an_offer_reads_until_when(cast: Cast, browser_of: Browsers, hours: int, words: str) -> None:
    hedda = person("hedda@example.org")
    enrol(hedda, open_cohort("winter"), "offered", offered_until=NOON + timedelta(hours=hours))
    page = browser_of(hedda).get("/home").text.replace("\u00a0", " ")
    assert "A seat in Winter is held for you" in page
    assert words in page


def test_who_has_no_place_is_shown_the_way_to_one(cast: Cast, browser_of: Browsers) -> None:
    page = browser_of(person("nora@example.org", "<b>Nora</b>")).get("/home").text
    assert "You have no place in a cohort yet" in page
    assert "&lt;b&gt;Nora" in page


@pytest.mark.parametrize("places", [1, 60])
def test_the_page_asks_twice_whatever_the_number_of_places(
    cast: Cast, browser_of: Browsers, queries: list[str], places: int
) -> None:
    wes = person("wes@example.org")
    for number in range(places):
        enrol(wes, cohort(f"cohort-{number}"), "waiting", line=1)
    browser = browser_of(wes)
    queries.clear()
    assert browser.get("/home").status_code == 200
    assert len(queries) == 2
