"""Who looks at which page: the demo's people, somebody with one of everything, and newcomers with nothing.

The pages come from the URL map and the examples of tests/app/examples.py: a new page is looked at once it stands there.
"""

from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.models import Cohort, Enrolment, Entry, Person, Relationship
from tests import cast
from tests.app import examples, scene
from tests.browser.conftest import Live
from tests.browsing import Browser

DEMO = "example.org"
MADE = "pages.example"
# Pages for visitors differ by the way through only: three look at them, one for each of its shapes.
ROAMING = {"a visitor", "a learner eight months in", "a trainer of twelve"}
# A picture is shown by a page of the browser's own, which keeps to none of our rules.
NO_PAGES = examples.ABSENT | {"cohorts.picture"}
# As long as a form takes it, without a place to break.
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Rhododendronstrasse-Maximiliane-Alexandrina-"
LONG_ALIAS = "Donaudampfschifffahrtsgesellschaftskapit"


@dataclass(frozen=True)
class Looker:
    """Somebody who looks: the cookie that signs them in, and the addresses of what is there for them."""

    name: str
    cookie: str | None
    pages: tuple[str, ...]
    forms: tuple[str, ...]
    # Whose thing an address names need not be theirs: then it is not there.
    foreign: frozenset[str]


def lookers(live: Live) -> dict[str, Looker]:
    """Everybody, by what they are."""
    with pytest.MonkeyPatch.context() as patch, live.app.app_context():
        # The examples are made at the tests' noon; this server's clock runs.
        for module in (cast, scene):
            patch.setattr(module, "NOON", clock.now())
            patch.setattr(module, "TODAY", clock.now().date())
        shown = one_of_everything()
        bare = cast.person(f"bare@{MADE}", is_trainer=True)
        inviting = db.session.scalars(select(Cohort).where(Cohort.slug == "winter-evenings")).one()
        running = db.session.scalars(select(Cohort).where(Cohort.slug == "spring-long-run")).one()
        demo = replace(shown, cast=replace(shown.cast, autumn=running))
        people = {
            "a visitor": (None, replace(shown, cast=replace(shown.cast, autumn=inviting))),
            "a learner eight months in": (known("ada"), demo),
            "a learner who has just begun": (known("ben"), demo),
            "a learner with one of everything, and long names": (shown.cast.ada, shown),
            "a learner with nothing": (shown.cast.ben, demo),
            "somebody in line": (known("dario"), demo),
            "a trainer of twelve": (known("tess"), demo),
            "a trainer of two": (shown.cast.tess, shown),
            "a trainer with nothing": (bare, shown),
            "the operator": (known("olga"), shown),
        }
        return {name: looker(live, name, *given) for name, given in people.items()}


def known(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == f"{name}@{DEMO}")).one()


def one_of_everything() -> scene.Scene:
    """The examples' scene beside the demo, with names and words that are hard on a narrow page."""
    shown = scene.scene(cast.assemble(at=MADE))
    shown.cast.ada.name = LONG_NAME
    tended = db.session.get_one(Relationship, shown.relationship)
    logged = db.session.get_one(Entry, shown.entry)
    tended.alias, logged.note, logged.step = LONG_ALIAS, LONG_NAME * 3, LONG_NAME
    db.session.commit()
    return shown


def looker(live: Live, name: str, who: Person | None, shown: scene.Scene) -> Looker:
    """What is there for somebody, with their own relationship and entry in the addresses if they have any."""
    if who is not None:
        shown = with_their_own(shown, who)
    with live.app.test_request_context():
        theirs = [route for route in examples.routes(live.app, shown) if route.audience in audiences(name, who)]
    return Looker(
        name=name,
        cookie=signed_in(live, who) if who else None,
        pages=tuple(route.url for route in theirs if route.reads and route.endpoint not in NO_PAGES),
        forms=tuple(route.url for route in theirs if "POST" in route.methods),
        foreign=frozenset(route.url for route in theirs if route.owner is not None and who is not shown.cast.ada),
    )


def with_their_own(shown: scene.Scene, who: Person) -> scene.Scene:
    newest = select(Entry.id).where(Entry.person_id == who.id).order_by(Entry.id.desc())
    first = select(Relationship.id).where(Relationship.person_id == who.id).order_by(Relationship.id)
    return replace(
        shown,
        entry=db.session.scalar(newest.limit(1)) or shown.entry,
        relationship=db.session.scalar(first.limit(1)) or shown.relationship,
    )


def audiences(name: str, who: Person | None) -> set[str]:
    """Whose pages somebody looks at. A place in line makes no learner."""
    public = {"public"} if name in ROAMING else set()
    if who is None:
        return public
    held = select(Enrolment.id).where(Enrolment.person_id == who.id, Enrolment.status == "confirmed")
    roles = {
        "learner": db.session.scalar(held.limit(1)) is not None,
        "trainer": who.is_trainer,
        "operator": who.is_operator,
    }
    return public | {"signed in"} | {role for role, so in roles.items() if so}


def signed_in(live: Live, who: Person) -> str:
    """The cookie of a browser that somebody is signed in with; the form for it has its own tests."""
    live.app.test_client_class = Browser
    kept = live.app.test_client().sign_in(who).get_cookie(live.app.config["SESSION_COOKIE_NAME"])
    assert kept is not None
    return str(kept.value)
