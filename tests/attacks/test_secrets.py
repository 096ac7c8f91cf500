"""Secrets guessed, bent, and tried where they are not for."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from app import access
from app.db import db
from app.models import Person, Session
from app.people import factor_actions
from tests.app.people.codes import with_factor
from tests.app.scene import Scene
from tests.attacks.stage import Stage, browser_of, rows_now
from tests.browsing import Browser
from tests.cast import PASSWORD, Cast

TRIES = 9


def bent(token: str) -> Iterator[str]:
    """A token with something wrong about it."""
    yield from (
        token[:-1],
        token + "A",
        token[1:],
        token.swapcase(),
        token[::-1],
        f"{token}%00",
        f"{token}/",
        f"%20{token}",
    )
    yield from (token[:place] + ("B" if token[place] == "A" else "A") + token[place + 1 :] for place in range(0, 43, 3))
    yield from ("", "None", "null", "0", "%", "*", "' OR '1'='1", "..", access.digest(token))


def token_routes(app: Any) -> dict[str, str]:
    """Each address that takes a token as its one part, by its endpoint."""
    return {rule.endpoint: str(rule.rule) for rule in app.url_map.iter_rules() if rule.arguments == {"token"}}


# Whose token each route takes.
OWN = {
    "people.reset": "reset",
    "people.confirm_address": "move",
    "people.address_back": "back",
    "people.unsubscribe": "unsubscribe",
    "people.calendar": "calendar",
    "cohorts.welcome": "confirm",
    "cohorts.decline": "confirm",
    "cohorts.join": "invite",
    "reports.outside": "given",
    "reports.outside_report": "given",
    "certificates.verify": "certificate_token",
}


def opened(visitor: Browser, rule: str, token: str) -> list[Any]:
    url = re.sub("<[^>]*>", token.replace("\\", "\\\\"), rule)
    return [visitor.get(url), visitor.send(url, {"password": "tiny gravel kettles", "new": "tiny gravel kettles"})]


def test_a_token_opens_what_it_is_for_and_nothing_bent_or_of_another_kind_opens_anything(
    app: Any, stage: Stage
) -> None:
    wrong, tried, visitor, shown = [], 0, app.test_client(), stage.shown
    assert token_routes(app).keys() <= OWN.keys(), "Say in OWN whose token the new route takes."
    before = rows_now()
    for endpoint, rule in token_routes(app).items():
        mine = getattr(shown, OWN[endpoint])
        others = {getattr(shown, name) for name in OWN.values()} - {mine}
        for token in (*bent(mine), *others):
            for answer in opened(visitor, rule, token):
                tried += 1
                if answer.status_code not in {302, 303, 308, 404, 405, 410} or answer.headers.get(
                    "Set-Cookie", ""
                ).count("_user"):
                    wrong.append(f"{endpoint} with {token}: {answer.status_code}")
    if rows_now() != before:
        wrong.append("a row was changed")
    print(f"{tried} tokens tried")  # noqa: T201
    assert not wrong
    assert tried > 300


def guesses(cast: Cast) -> dict[str, tuple[Any, str, dict[str, str]]]:
    """Every path that checks a secret: who tries, where, and the wrong guess."""
    return {
        "sign in": (None, "/sign-in", {"email": cast.ada.email, "password": "a wrong guess"}),
        "sign in as nobody": (None, "/sign-in", {"email": "nobody@visitor.example", "password": "a wrong guess"}),
        "second step": ("half", "/sign-in/code", {"code": "000000"}),
        "recovery": ("half", "/sign-in/recovery", {"code": "aaaa-aaaa-aaaa-aaaa"}),
        "set up a factor": ("ada", "/settings/factor/confirm", {"code": "000000"}),
        "prove it is you": ("ada stale", "/settings/factor/open", {"current": "a wrong guess"}),
        "new password": ("ada stale", "/settings/password", {"current": "a wrong guess", "new": "tiny gravel kettles"}),
        "new address": ("ada stale", "/settings/address", {"current": "a wrong guess", "email": "n@visitor.example"}),
        "erase": ("ada stale", "/settings/erase", {"current": "a wrong guess", "word": "erase"}),
    }


def who_guesses(app: Any, stage: Stage, kind: str | None) -> Browser:
    asking: Browser = browser_of(app, "ada" if kind and kind.startswith("ada") else "visitor")
    if kind == "half":
        asking.send("/sign-in", {"email": stage.shown.cast.tess.email, "password": PASSWORD})
    if kind == "ada":
        asking.send("/settings/factor/begin")
    if kind == "ada stale":
        # A password typed a moment ago would not be asked for again.
        db.session.execute(update(Session).values(proved_at=None))
        db.session.commit()
    return asking


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each check of a secret that was made, whatever it found."""
    made: list[str] = []

    def counted(where: Any, name: str) -> None:
        real: Callable[..., Any] = getattr(where, name)
        monkeypatch.setattr(where, name, lambda *given, **named: (made.append(name), real(*given, **named))[1])

    monkeypatch.setattr(PasswordHasher, "verify", noted(made, PasswordHasher.verify))
    for name in ("admit", "admit_by_recovery", "confirm"):
        counted(factor_actions, name)
    return made


def noted(made: list[str], real: Any) -> Any:
    def verify(self: Any, *given: Any) -> Any:
        made.append("verify")
        return real(self, *given)

    return verify


def test_guessing_is_limited_on_every_path_that_checks_a_secret(app: Any, stage: Stage, checks: list[str]) -> None:
    wrong = []
    for name, (kind, url, guess) in guesses(stage.shown.cast).items():
        stage.enter()
        with_factor(db.session.get_one(Person, stage.shown.cast.tess.id))
        asking = who_guesses(app, stage, kind)
        checks.clear()
        answers = [asking.send(url, guess).status_code for _try in range(TRIES)]
        if answers[-1] != 429 or {302, 303} & set(answers):
            wrong.append(f"{name}: {answers}")
        if not 1 <= len(checks) <= access.PER_PAIR:
            wrong.append(f"{name}: looked {len(checks)} times")
    assert not wrong


def fields_that_take_a_password(app: Any, shown: Scene) -> set[str]:
    from tests.app.examples import routes
    from tests.attacks.pages import forms_met

    found = set()
    for actor in ("visitor", "ada"):
        with app.test_request_context():
            pages = [each.url for each in routes(app, shown) if each.reads and each.owner in {None, "ada"}]
        for form in forms_met(browser_of(app, actor), pages):
            found |= {form.action for each in form.controls if each.kind == "password" and each.name != "new"}
    return found


def test_every_form_that_asks_for_a_password_is_among_those_that_are_guessed_at(app: Any, stage: Stage) -> None:
    known = {url for _kind, url, _guess in guesses(stage.shown.cast).values()}
    # Whoever comes by a mailed link sets a password there, and checks none.
    found = {
        url for url in fields_that_take_a_password(app, stage.shown) if not url.startswith(("/welcome/", "/reset/"))
    }
    assert found
    assert found <= known


def test_whoever_asks_learns_from_no_answer_whether_an_address_is_known(
    app: Any, stage: Stage, checks: list[str], queries: list[str]
) -> None:
    wrong = []
    bodies = {"/sign-in": {"password": "a wrong guess"}, "/forgot": {}}
    addresses = [stage.shown.cast.ada.email, stage.shown.cast.tess.email, "nobody@visitor.example", "dora@example.org"]
    for url, body in bodies.items():
        seen = set()
        for address in addresses:
            stage.enter()
            visitor = browser_of(app, "visitor")
            checks.clear()
            queries.clear()
            answer = visitor.send(url, {**body, "email": address})
            text = re.sub(r'name="(csrf_token|once)"[^>]*>', "", answer.text).replace(address, "")
            seen.add((answer.status_code, answer.location, text, len(checks), len(queries)))
        if len(seen) != 1:
            wrong.append(f"{url} answers in {len(seen)} ways: {[each[::2][:1] + each[3:] for each in seen]}")
    assert not wrong
    assert db.session.scalar(select(Person.id).limit(1))
