"""Every field of every form that anybody can post, typed full of what nobody means well."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.app.examples import BODIES, Route, routes
from tests.app.scene import CANARY
from tests.app.test_permissions import expected
from tests.attacks.corpus import REFUSED, SHARE, encoded, share, told
from tests.attacks.pages import FormSeen, forms_met
from tests.attacks.stage import ACTORS, OTHERS, Stage, broken_invariants, browser_of

FORM = "application/x-www-form-urlencoded"
# A sound value where a page can't say what is one, by the field's name.
KNOWN = {
    "alias": "K-08",
    "known_since": "2025-03-01",
    "due_on": "2026-12-01",
    "confidence": "unsure",
    "slug": "another-run",
    "new": "tiny gravel kettles",
    "minutes": "20",
    "expected_on": "2027-01-31",
    "expires_at": "2026-12-24T12:00",
    "starts_at": "2026-12-24T12:00",
    "word": "erase",
    "currency": "EUR",
}
CHOSEN = 3 * SHARE
"""Of how many payloads a field that is chosen, not typed, gets one."""
RUNS = re.compile(r'(?:href|src|action)\s*=\s*"?\s*(?:javascript|data:text|vbscript)', re.IGNORECASE)


@dataclass(frozen=True)
class Target:
    """An address that takes a post: a sound body, the fields to attack, and those that somebody types into."""

    url: str
    body: dict[str, str]
    fields: tuple[str, ...]
    typed: frozenset[str]


def known(form: FormSeen) -> dict[str, str]:
    body = form.body()
    empty = {each.name for each in form.controls if not each.value}
    return {name: KNOWN.get(name, value) if name in empty else value for name, value in body.items()}


def one_of_a_kind(names: list[str]) -> list[str]:
    """One field of those that differ by their number only, such as thirteen months."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(re.sub(r"\d+", "#", name), name)
    return list(first.values())


def targets(app: Any, actor: str, stage: Stage, asked_for: Any) -> Iterator[Target]:
    """Whatever somebody can post to: as its page has it, and where no page has a form, what the view asks for."""
    with app.test_request_context():
        theirs = [route for route in routes(app, stage.shown) if expected(route, actor) == "let in"]
    if actor == "tess":
        # What is for everybody has been attacked by Ada.
        theirs = [route for route in theirs if route.audience not in {"public", "signed in"}]
    forms = forms_met(browser_of(app, actor), [route.url for route in theirs if route.reads])
    for route in (route for route in theirs if route.unsafe):
        met = [form for form in forms if urlsplit(form.action).path == route.url] or [None]
        answers: list[Any] = []
        asks = partial(browser_of(app, actor).send, route.url)
        read = asked_for(lambda asks=asks, answers=answers: answers.append(asks()))
        if answers[0].status_code < 400:
            stage.enter()
        for form in met:
            yield target(route, form, read)


def target(route: Route, form: FormSeen | None, read: list[str]) -> Target:
    body = known(form) if form else {name: KNOWN.get(name, "1") for name in read}
    names = one_of_a_kind([*(form.names if form else ()), *read])
    typed = set(form.typed) if form else set(read)
    return Target(
        url=form.action if form else route.url,
        body={**body, **BODIES.get(route.endpoint, {})},
        fields=tuple(names),
        typed=frozenset(typed),
    )


def send(asking: Any, url: str, body: dict[str, str]) -> Any:
    return asking.post(url, data=encoded({"csrf_token": asking.csrf(), **body}), content_type=FORM)


def attacked(app: Any, actor: str, stage: Stage, case: tuple[str, dict[str, str]]) -> Any:
    """The answer to one attack, once more from the beginning where the one before it has changed the ground."""
    answer = send(browser_of(app, actor), *case)
    gone = answer.status_code in {302, 303} and urlsplit(answer.location).path == "/sign-in"
    if answer.status_code in {404, 409} or (gone and actor != "visitor"):
        stage.enter()
        answer = send(browser_of(app, actor), *case)
    return answer


def wrong_with(answer: Any, payload: str, actor: str) -> str | None:
    """What an answer to an attack may never be, and this one is."""
    page = answer.text if answer.mimetype.startswith("text/") else ""
    given_back = RUNS.search(page) or (set(payload) & set("<\"'") and payload in page)
    faults = {
        f"answered {answer.status_code}": answer.status_code >= 500,
        f"leads to {answer.location}": urlsplit(answer.location or "").netloc,
        "wrote a header": "pwn" in "".join(name for name, _value in answer.headers).lower(),
        "shows what somebody else wrote": OTHERS in page or (actor == "visitor" and CANARY in page),
        "reckoned the payload out": REFUSED in page and REFUSED not in payload,
        "gives the payload back as it is": answer.mimetype == "text/html" and given_back,
    }
    return next((words for words, found in faults.items() if found), None)


def followed(app: Any, actor: str, answer: Any) -> Any:
    """The page that a form led to, where what was kept is shown."""
    return browser_of(app, actor).get(answer.location)


# An operator has buttons of their own, and no field.
@pytest.mark.parametrize("actor", [actor for actor in ACTORS if actor != "olga"])
def test_no_field_of_a_form_breaks_leaks_or_gives_back_what_runs(
    app: Any, stage: Stage, unlimited: None, asked_for: Callable[..., list[str]], engine_name: str, actor: str
) -> None:
    wrong, sent, kept = [], 0, 0
    # On the second engine a sixth of them: what differs there is the database alone.
    thin = 1 if engine_name == "sqlite" else 6
    for place, each in enumerate(list(targets(app, actor, stage, asked_for))):
        stage.enter()
        for offset, field in enumerate(each.fields):
            for payload in share(place + offset, (SHARE if field in each.typed else CHOSEN) * thin):
                answer = attacked(app, actor, stage, (each.url, {**each.body, field: payload}))
                sent += 1
                fault = wrong_with(answer, payload, actor)
                if answer.status_code in {302, 303} and not fault:
                    kept += 1
                    fault = wrong_with(followed(app, actor, answer), payload, actor)
                if fault:
                    wrong.append(f"{each.url} {field}={told(payload)}: {fault}")
        wrong += [f"{each.url}: {broken}" for broken in broken_invariants(stage.shown.cast)]
    print(f"{actor}: {sent} posts, {kept} of them taken")  # noqa: T201
    assert not wrong, f"{len(wrong)} of {sent}"
    assert sent > 50
    assert kept
