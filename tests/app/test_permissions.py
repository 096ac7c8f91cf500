"""Every route × who asks × whose thing it is: read from the URL map, so that a new route is held to it at once."""

import hashlib
import io
import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.access import ADMITS
from app.db import Base, db
from tests.app.examples import ABSENT, BODIES, Route, routes
from tests.app.scene import CANARY, Scene, scene
from tests.browsing import Browser
from tests.cast import Cast

# Who asks, and what they are: Cleo learns and Tom trains in another cohort than Ada and Tess.
ACTORS = {
    "visitor": set(),
    "ada": {"signed in", "learner"},
    "cleo": {"signed in", "learner"},
    "tess": {"signed in", "trainer"},
    "tom": {"signed in", "trainer"},
    "olga": {"signed in", "operator"},
}
# Whom a route may answer, said a second time: opening one wider needs two hands.
PUBLIC = {
    "certificates.achieved",
    "certificates.issuer",
    "certificates.key",
    "certificates.keys",
    "certificates.verify",
    "cohorts.accessibility",
    "cohorts.calendar",
    "cohorts.code",
    "cohorts.cohort",
    "cohorts.decline",
    "cohorts.healthz",
    "cohorts.join",
    "cohorts.landing",
    "cohorts.number",
    "cohorts.picture",
    "cohorts.privacy",
    "cohorts.thanks",
    "cohorts.welcome",
    "practice.offline",
    "practice.worker",
    "operator.readyz",
    "people.address_back",
    "people.calendar",
    "people.forgot",
    "people.link_sent",
    "people.recovery",
    "people.reset",
    "people.second_step",
    "people.sign_in",
    "people.unsubscribe",
    "reports.outside",
    "reports.outside_report",
    "study.free_lesson",
    "study.glossary",
    "study.image",
}
PARTS = {
    "cohorts": "signed in",
    "desk": "trainer",
    "operator": "operator",
    "people": "signed in",
    "study": "learner",
    "practice": "learner",
    "certificates": "learner",
    "awards": "trainer",
    "reports": "trainer",
}
Who = Callable[[str], Browser]


@pytest.fixture
def shown(cast: Cast) -> Scene:
    return scene(cast)


@pytest.fixture
def every(app: Any, shown: Scene) -> list[Route]:
    with app.test_request_context():
        return list(routes(app, shown))


@pytest.fixture
def browser(app: Any, cast: Cast) -> Who:
    def of(actor: str) -> Browser:
        client: Browser = app.test_client()
        return client if actor == "visitor" else client.sign_in(getattr(cast, actor))

    return of


def fingerprint() -> str:
    """A hash over every row of every table. The driver is asked itself: this is done after each of a thousand posts."""
    db.session.rollback()
    state = hashlib.sha256()
    cursor = db.session.connection().connection.cursor()
    for name, everything in questions():
        cursor.execute(everything)
        state.update(repr((name, cursor.fetchall())).encode())
    cursor.close()
    db.session.rollback()
    return state.hexdigest()


@cache
def questions() -> list[tuple[str, str]]:
    """For each table how to ask for all of it, in the order of its key."""
    return [(each.name, str(select(each).order_by(*each.primary_key))) for each in Base.metadata.sorted_tables]


def expected(route: Route, actor: str) -> str:
    """What somebody meets: "let in", "asked to sign in", or "nothing there"."""
    if route.endpoint in ABSENT:
        return "nothing there"
    if route.audience == "public":
        return "let in"
    if actor == "visitor":
        return "asked to sign in"
    if route.audience not in ACTORS[actor] or route.owner not in (None, actor):
        return "nothing there"
    return "let in"


def met(answer: Any) -> str:
    """What an answer was, in the words of `expected`; its status if it is none of these."""
    if answer.status_code in {302, 303} and urlsplit(answer.location).path == "/sign-in":
        return "asked to sign in"
    if answer.status_code == 404:
        return "nothing there"
    return str(answer.status_code) if answer.status_code in {401, 403, 405} or answer.status_code >= 500 else "let in"


def surprises(asked: Iterator[tuple[Route, str, Any]], actor: str) -> list[str]:
    """The answers that were not what their route owes this actor."""
    return [
        f"{method} {route.url} ({route.endpoint}): {met(answer)}, not {expected(route, actor)}"
        for route, method, answer in asked
        if met(answer) != expected(route, actor)
    ]


def test_every_route_says_whom_it_answers(app: Any) -> None:
    known = {"public", *ADMITS}
    silent = [
        str(rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and getattr(app.view_functions[rule.endpoint], "audience", None) not in known
    ]
    assert not silent


def misplaced(app: Any) -> set[str]:
    """The endpoints that are for others than their part of the house is."""
    views = {rule.endpoint: app.view_functions[rule.endpoint] for rule in app.url_map.iter_rules()}
    return {
        endpoint
        for endpoint, view in views.items()
        if endpoint != "static"
        and view.audience != ("public" if endpoint in PUBLIC else PARTS[endpoint.partition(".")[0]])
    }


def test_every_route_answers_whom_its_part_of_the_house_is_for(app: Any) -> None:
    assert not misplaced(app), "A route for visitors is listed in PUBLIC; the others go by their part of the house."


def test_the_map_reaches_every_audience_and_both_kinds_of_owner(every: list[Route]) -> None:
    assert {route.audience for route in every} >= {"public", "signed in", "learner", "trainer"}
    assert {route.owner for route in every} == {None, "ada", "tess"}
    assert not [route.url for route in every if "<" in route.url]


@pytest.mark.parametrize("actor", ACTORS)
def test_every_page_opens_for_whom_it_is_and_for_nobody_else(every: list[Route], browser: Who, actor: str) -> None:
    asking = browser(actor)
    asked = ((route, "GET", asking.get(route.url)) for route in every if route.reads)
    assert not surprises(asked, actor)


def read(answer: Any) -> str:
    """Everything that an answer says: a workbook is unpacked, a sheet of paper read."""
    if answer.data.startswith(b"PK"):
        with ZipFile(io.BytesIO(answer.data)) as packed:
            return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    if answer.data.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    return str(answer.text)


@pytest.mark.parametrize("actor", ["visitor", "cleo", "tom", "olga"])
def test_nobody_else_reads_what_a_learner_wrote(every: list[Route], browser: Who, actor: str) -> None:
    asking = browser(actor)
    assert not [route.url for route in every if route.reads and CANARY in read(asking.get(route.url))]


def test_a_learner_reads_what_she_wrote(every: list[Route], browser: Who) -> None:
    asking = browser("ada")
    assert [route.url for route in every if route.reads and CANARY in read(asking.get(route.url))]


@pytest.mark.parametrize("actor", ACTORS)
def test_nobody_changes_what_is_not_theirs(every: list[Route], browser: Who, actor: str) -> None:
    asking, told = browser(actor), []
    before = fingerprint()
    for route in every:
        if expected(route, actor) == "let in":
            continue
        for method in route.unsafe:
            body = {"csrf_token": asking.csrf(), **BODIES.get(route.endpoint, {})}
            answer = asking.open(route.url, method=method, data=body)
            told += surprises(iter([(route, method, answer)]), actor)
            if fingerprint() != before:
                told.append(f"{method} {route.url} ({route.endpoint}) changed a row")
    assert not told, "If it is not refused for want of a sound form: BODIES in tests/app/examples.py can hold one."


@pytest.mark.parametrize("actor", ["visitor", "ada", "tess", "olga"])
@pytest.mark.parametrize("token", [None, "forged"])
def test_nothing_is_changed_by_a_post_without_its_token(
    every: list[Route], browser: Who, actor: str, token: str | None
) -> None:
    asking, told = browser(actor), []
    before = fingerprint()
    for route in every:
        if expected(route, actor) != "let in":
            continue
        for method in route.unsafe:
            body = {**BODIES.get(route.endpoint, {}), **({"csrf_token": token} if token else {}), "once": "a key"}
            answer = asking.open(route.url, method=method, data=body)
            if answer.status_code not in {400, 409, 422} or fingerprint() != before:
                told.append(f"{method} {route.url} ({route.endpoint}): {answer.status_code}")
    assert not told


@pytest.mark.parametrize("actor", ["visitor", "ada", "tess", "olga"])
def test_an_empty_form_breaks_nothing(every: list[Route], browser: Who, actor: str) -> None:
    told = []
    for route in every:
        for method in route.unsafe if expected(route, actor) == "let in" else ():
            # Signed in anew: some forms end the session.
            asking = browser(actor)
            answer = asking.open(route.url, method=method, data={"csrf_token": asking.csrf()})
            if answer.status_code in {401, 403, 404, 405} or answer.status_code >= 500:
                told.append(f"{method} {route.url} ({route.endpoint}): {answer.status_code}")
    assert not told


@pytest.mark.parametrize("actor", ["ada", "tess"])
def test_a_number_that_no_row_can_have_is_not_there(every: list[Route], browser: Who, actor: str) -> None:
    asking, told = browser(actor), []
    for route in every:
        if route.numbered is None or expected(route, actor) != "let in":
            continue
        for method in sorted(route.methods - {"HEAD", "OPTIONS"}):
            body = {"csrf_token": asking.csrf(), **BODIES.get(route.endpoint, {})}
            answer = asking.open(route.numbered, method=method, data=body if method != "GET" else None)
            if answer.status_code != 404:
                told.append(f"{method} {route.numbered} ({route.endpoint}): {answer.status_code}")
    assert not told


def links_in(page: str, url: str) -> set[str]:
    """The addresses of this site that a page links to, without what follows a #."""
    found = {urldefrag(urljoin(url, unescape(target))).url for target in re.findall(r'<a\b[^>]*?href="([^"]+)"', page)}
    return {target for target in found if target.startswith("/") and not target.startswith("//")}


@pytest.mark.parametrize("actor", ACTORS)
def test_reading_everything_changes_nothing_and_no_link_leads_nowhere(
    every: list[Route], browser: Who, actor: str
) -> None:
    asking = browser(actor)
    before = fingerprint()
    ahead = {route.url for route in every if route.reads and expected(route, actor) == "let in"}
    seen, told = set(ahead), []
    while ahead and len(seen) < 400:
        url = ahead.pop()
        answer = asking.get(url)
        if answer.status_code >= 400:
            told.append(f"{url}: {answer.status_code}")
        if answer.mimetype == "text/html":
            fresh = links_in(answer.text, url) - seen
            seen |= fresh
            ahead |= fresh
    assert fingerprint() == before
    assert not told
