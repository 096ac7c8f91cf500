"""Whatever can be written into an address: parameters that views ask for, parts of the path, ways out of here."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from tests.app.examples import Route, routes
from tests.app.test_permissions import expected
from tests.attacks.corpus import encoded, family, share, told
from tests.attacks.stage import ACTORS, Stage, browser_of
from tests.attacks.test_forms import wrong_with

# As text in a path: a byte that is no letter, a half letter, an end before the end.
RUDE = ("%00", "%ff%fe", "%ed%a0%80", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%5c..%5cboot.ini", "%25%32%65", "a" * 4_000)
NUMBERS = ("0", "-1", "2147483648", "9" * 40, "1e3", "1.0", "%D9%A1", "0x1", "+1", "01", "1%00", "1;2", "NaN")
TARGETS = (
    *("//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example/"),
    *("https:evil.example", "http:///evil.example", "javascript:pwn()", "data:text/html,pwn", "//evil.example/%2f.."),
    *("/\t/evil.example", "/\r\n//evil.example", "\x00//evil.example", "/%5cevil.example", "//evil.example@localhost"),
    *(
        "http://localhost@evil.example",
        "//[::1]@evil.example",
        ".evil.example",
        "@evil.example",
        "/\u2028/evil.example",
    ),
    *(
        "//evil。example",
        "////evil.example//",
        "/..//evil.example",
        "ftp://evil.example",
        "/sign-in?next=//evil.example",
    ),
)


@pytest.fixture
def theirs(app: Any, stage: Stage) -> Callable[[str], list[Route]]:
    """The routes that let somebody in, those for everybody by a visitor and Ada only."""

    def of(actor: str) -> list[Route]:
        with app.test_request_context():
            found = [route for route in routes(app, stage.shown) if expected(route, actor) == "let in"]
        dull = {"public", "signed in"} if actor in {"tess", "olga"} else {"public"} if actor == "ada" else set()
        return [route for route in found if route.audience not in dull]

    return of


def parameters(app: Any, actor: str, mine: list[Route], asked_for: Any) -> Iterator[tuple[str, str]]:
    """Each page with each name that its view looks for in the address, whether or not it was sent."""
    for route in mine:
        if route.reads:
            for name in asked_for(lambda route=route: browser_of(app, actor).get(f"{route.url}?x=1")):
                yield route.url, name


@pytest.mark.parametrize("actor", ACTORS)
def test_no_parameter_of_a_page_breaks_leaks_or_gives_back_what_runs(
    app: Any, theirs: Any, asked_for: Any, engine_name: str, actor: str
) -> None:
    found = list(parameters(app, actor, theirs(actor), asked_for))
    asking, wrong, sent = browser_of(app, actor), [], 0
    for place, (url, name) in enumerate(found):
        for payload in share(place, 5 if engine_name == "sqlite" else 30):
            query = encoded({name: payload}).decode()[:8_000]
            answer = asking.get(url, query_string=query)
            fault = wrong_with(answer, payload, actor)
            sent += 1
            if fault or answer.status_code in {401, 403, 405}:
                wrong.append(f"{url}?{name}={told(payload)}: {fault or answer.status_code}")
    print(f"{actor}: {len(found)} parameters, {sent} requests")  # noqa: T201
    assert not wrong
    assert found or actor == "olga"


def spoilt(app: Any, mine: list[Route]) -> Iterator[tuple[str, str]]:
    """Each address with each of its parts spoilt in turn."""
    patterns = {rule.endpoint: str(rule.rule) for rule in app.url_map.iter_rules()}
    for route in mine:
        for part in re.finditer(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>", patterns[route.endpoint]):
            here = len(re.sub(r"<[^>]*>", "*", patterns[route.endpoint][: part.start()]).split("/")) - 1
            pieces = route.url.split("/")
            for payload in (*RUDE, *(NUMBERS if part[1] == "int" else map(rude, family("statements")))):
                yield "/".join([*pieces[:here], payload, *pieces[here + 1 :]]), route.endpoint


def rude(payload: str) -> str:
    return quote(payload, safe="")


@pytest.mark.parametrize("actor", ACTORS)
def test_no_part_of_an_address_breaks_a_page_or_finds_what_is_not_there(app: Any, theirs: Any, actor: str) -> None:
    asking, wrong, sent = browser_of(app, actor), [], 0
    cases = list(spoilt(app, theirs(actor)))
    # A third of them: the same parts stand in many addresses, and meet every payload in some.
    for url, endpoint in cases[::3]:
        answer = asking.get(url)
        sent += 1
        if answer.status_code >= 500 or (
            answer.status_code < 400 and urlsplit(answer.location or "").path != "/sign-in"
        ):
            wrong.append(f"{url[:90]} ({endpoint}): {answer.status_code}")
    print(f"{actor}: {sent} addresses")  # noqa: T201
    assert not wrong
    assert sent or actor == "olga"


@pytest.mark.parametrize("where", ["/sign-in", "/sign-in/code", "/sign-in/recovery"])
def test_nobody_is_sent_elsewhere_after_signing_in(app: Any, stage: Stage, unlimited: None, where: str) -> None:
    wrong = []
    for target in TARGETS:
        query = encoded({"next": target}).decode()
        visitor = app.test_client()
        page = visitor.get(f"{where}?{query}")
        sound = {"email": stage.shown.cast.ada.email, "password": "connect before you count"}
        for answer in (page, visitor.send(f"{where}?{query}", sound), visitor.get(f"{where}?{query}")):
            location = answer.location or "/"
            # A browser takes a backslash for a slash, and leaves out what can't be seen.
            read = re.sub(r"[\x00-\x20]", "", location.replace("\\", "/"))
            if not read.startswith("/") or read.startswith("//"):
                wrong.append(f"{told(target)} leads to {location}")
            if answer.status_code >= 500 or re.search(r'(href|action)="[^"/?#]*(//|\\)evil', answer.text):
                wrong.append(f"{told(target)}: {answer.status_code}, or a link to it")
    assert not wrong


@pytest.mark.parametrize(
    "folder", ["/static/", "/static/css/", "/img/", "/course/img/", "/cohorts/autumn/", "/lessons/", "/"]
)
def test_no_way_leads_out_of_the_folders_that_are_served(app: Any, stage: Stage, folder: str) -> None:
    ups = (
        "../",
        "..%2f",
        "%2e%2e/",
        "%2e%2e%2f",
        "..\\",
        "..%5c",
        "%252e%252e%252f",
        "....//",
        "..;/",
        "%c0%ae%c0%ae/",
    )
    files = ("etc/passwd", "config.py", "wsgi.py", "requirements.txt", "app/config.py", ".git/config", "connect.db")
    asking, wrong = app.test_client(), []
    for up in ups:
        for depth in (0, 1, 2, 3, 8):
            for file in files:
                answer = asking.get(f"{folder}{up * depth}{file}")
                if answer.status_code >= 500 or (answer.status_code == 200 and answer.mimetype != "text/html"):
                    wrong.append(f"{folder}{up * depth}{file}: {answer.status_code}")
                if "root:" in answer.text or "SECRET_KEY" in answer.text or "argon2" in answer.text:
                    wrong.append(f"{folder}{up * depth}{file} was read")
    assert not wrong
