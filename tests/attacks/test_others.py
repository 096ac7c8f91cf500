"""Nobody's pages and nobody's acts know of anybody else: held against a second world with the same in it.

Wherever a query leaves out whose rows it is about, something of the other world is shown, counted or changed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from app.access import digest
from app.clock import DAY
from app.content import library
from app.db import Base
from app.models import (
    Assessment,
    Card,
    Consent,
    Contact,
    Feedback,
    GateTerms,
    MailTerms,
    PaceException,
    Reaction,
    Reading,
    ReportText,
    Session,
)
from tests.app.examples import Route, routes
from tests.app.people.codes import with_factor
from tests.app.scene import Scene, scene
from tests.app.test_permissions import expected
from tests.attacks import stage as stages
from tests.attacks.mirror import FURTHER, World, harmed, mirror, present, scene_of, worldly
from tests.attacks.stage import Stage, browser_of
from tests.attacks.test_forms import Target, send, targets
from tests.cast import NOON, TODAY, Cast, at_once, enrol, entry, margin, person, receipt, relationship, save

CARRIED = re.compile(r'name="(?:csrf_token|once)"[^>]*')
# Whose rows a query is about hangs on no database, nor does what two worlds have in common.
SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"])
BOTH_WAYS = pytest.mark.parametrize("which", ["the first", "the second"])
ACTORS = pytest.mark.parametrize("actor", ["ada", "tess"])
# A token is drawn by lot, and the second world's links are known by their hashes alone.
OTHERWISE = frozenset({"practice.fresh_token", "people.confirm_address"})


@pytest.fixture
def shown(cast: Cast) -> Scene:
    """The first world: the scene, with a row more of what it has none of."""
    found = scene(cast)
    ada, tess, enrolled = cast.ada.id, cast.tess.id, cast.ada_enrolled.id
    with at_once():
        with_factor(cast.ada)
        with_factor(cast.tess, recovery="another code")
        hours = {"capacity_minutes": 600, "reply_minutes": 20, "send_minutes": 1, "send_cost": 10, "deal_margin": 9_000}
        save(GateTerms(person_id=ada, day=TODAY, batch=50, law=[], **hours))
        save(MailTerms(person_id=ada, digest_hour=9))
        said = {"kind": "news", "given": True, "version": "1", "text_hash": "h", "method": "settings"}
        save(Consent(person_id=ada, **said))
        save(Contact(enrolment_id=enrolled, trainer_id=tess, kind="snoozed", day=TODAY, until=TODAY + DAY, note="Away"))
        save(Feedback(shared_id=found.shared, trainer_id=tess))
        save(ReportText(cohort_id=cast.autumn.id, text="A good quarter.", author_id=tess))
        # So that lists of several are told from lists of one.
        tended = relationship(cast.ada, "Kestrel")
        entry(cast.ada, tended, "22222")
        receipt(cast.ada, relationship_id=tended.id)
        signed_in(cast)
    return found


@dataclass(frozen=True)
class Worlds:
    """Two worlds in one database: the scene of one, its rows, those of the other, and what is nobody's."""

    shown: Scene
    own: World
    others: World
    nobodys: World

    def put_down(self, *worlds: World) -> None:
        """These worlds alone."""
        self.stage(*worlds).enter()

    def stage(self, *worlds: World) -> Stage:
        rows = {
            table: [row for world in (self.nobodys, *worlds) for row in world.get(table, {}).values()]
            for table in Base.metadata.sorted_tables
        }
        return Stage(self.shown, {table: found for table, found in rows.items() if found})


@pytest.fixture
def worlds(shown: Scene, which: str, monkeypatch: pytest.MonkeyPatch) -> Worlds:
    """Both worlds, with the one that is asked for as one's own; in the other there is a little more."""
    everything = present(Base.metadata.sorted_tables)
    first = {table: everything[table] for table in worldly()}
    nobodys = {table: rows for table, rows in everything.items() if table not in first}
    mirror(first)
    one, two = shown, scene_of(shown)
    if which == "the first":
        own = first
        more(two.cast)
    else:
        one, two = two, one
        monkeypatch.setattr(stages, "token_of", lambda actor: f"the session of the other {actor}")
        signed_in(one.cast)
        own = without(present(worldly()), first)
        more(two.cast)
    return Worlds(one, own, without(present(worldly()), own), nobodys)


def without(world: World, others: World) -> World:
    return {table: {key: row for key, row in rows.items() if key not in others[table]} for table, rows in world.items()}


def more(cast: Cast) -> None:
    """What only others have: told, asked for or due where it is taken for one's own."""
    enrolled, lesson = cast.ada_enrolled.id, next(each for each in library().lessons if each.recalls)
    with at_once():
        save(Reaction(enrolment_id=enrolled, relevance=5, intent=5, recommend=5, line="Theirs"))
        save(Card(enrolment_id=enrolled, lesson_id=lesson.id, recall_id="x", due_at=NOON - DAY, state=1))
        save(PaceException(enrolment_id=enrolled, what=lesson.id, opens_on=TODAY + DAY, reason="Away"))
        save(Assessment(enrolment_id=enrolled, moment="after", answers={}))
        tended = relationship(cast.ada, "Gannet")
        entry(cast.ada, tended, "00000", day=TODAY - DAY, lesson_id=lesson.id)
        margin(cast.ada, date(2026, 8, 1), 1)
        written = {"enrolment_id": enrolled, "lesson_id": library().lessons[1].id}
        save(Reading(**written, content_hash="h", completed_at=NOON - DAY))
        hopeful = person(f"more-{enrolled}@example.org")
        enrol(hopeful, cast.autumn, "waiting", line=1, rolls_over=True)


def signed_in(cast: Cast) -> None:
    """Ada and Tess are signed in, and have typed their password."""
    for actor in ("ada", "tess"):
        until = {"expires_at": NOON + DAY, "proved_at": NOON}
        save(Session(person_id=getattr(cast, actor).id, token_hash=digest(stages.token_of(actor)), **until))


def own_routes(app: Any, actor: str, shown: Scene) -> list[Route]:
    """What is for somebody who is signed in: a mailed secret acts for its owner, whoever has it."""
    with app.test_request_context():
        found = [each for each in routes(app, shown) if expected(each, actor) == "let in"]
    return [each for each in found if each.audience != "public" and each.endpoint not in OTHERWISE]


def pages(app: Any, actor: str, shown: Scene) -> dict[str, str]:
    """What somebody can open, by its address."""
    asking = browser_of(app, actor)
    return {each.url: told(asking.get(each.url)) for each in own_routes(app, actor, shown) if each.reads}


def told(answer: Any) -> str:
    """What an answer says, but for what is drawn by lot; of a file that is no text only of which kind it is."""
    text = answer.text if answer.mimetype.startswith("text/") or "json" in answer.mimetype else answer.mimetype
    return f"{answer.status_code} {CARRIED.sub('', text)}"


@SQLITE
@BOTH_WAYS
@ACTORS
def test_no_page_changes_by_what_is_somebody_elses(app: Any, worlds: Worlds, actor: str, unlimited: None) -> None:
    together = pages(app, actor, worlds.shown)
    worlds.put_down(worlds.own)
    alone = pages(app, actor, worlds.shown)
    assert [url for url in together if together[url] != alone[url]] == []
    assert sum(page.startswith("200") for page in together.values()) > 20


@SQLITE
@BOTH_WAYS
@ACTORS
def test_a_number_of_somebody_elses_in_ones_own_address_leads_nowhere(
    app: Any, worlds: Worlds, actor: str, unlimited: None
) -> None:
    asking, tried = browser_of(app, actor), 0
    for each in own_routes(app, actor, worlds.shown):
        for url in elsewhere_in(each.url, worlds) if each.reads else ():
            assert asking.get(url).status_code == 404, url
            tried += 1
    assert tried > 5


@SQLITE
@BOTH_WAYS
@ACTORS
def test_no_act_changes_what_is_somebody_elses_or_gives_them_anything(
    app: Any, worlds: Worlds, actor: str, unlimited: None, asked_for: Callable[..., list[str]]
) -> None:
    stage, wrong, taken = worlds.stage(worlds.own, worlds.others), [], 0
    own = {urlsplit(each.url).path for each in own_routes(app, actor, worlds.shown)}
    for each in [each for each in targets(app, actor, stage, asked_for) if urlsplit(each.url).path in own]:
        for url, body in ((each.url, each.body), *bent(each, worlds)):
            stage.enter()
            answer = send(browser_of(app, actor), url, body)
            taken += answer.status_code in {200, 302, 303}
            if url != each.url and answer.status_code < 400:
                wrong.append(f"{url} is said to be done")
            wrong += [f"{url} {body}: {harm}" for harm in harmed(worlds.others, present(worldly()))]
    assert wrong == []
    assert taken > 20


def elsewhere_in(text: str, worlds: Worlds) -> Iterator[str]:
    """The text with each of its numbers in turn as the other world has it."""
    step = FURTHER if worlds.shown.relationship < FURTHER else -FURTHER
    for found in re.finditer(r"(?<![\w-])\d+(?!\w)|(?<=-)\d+$", text):
        other = int(found[0]) + step
        if other > 0:
            yield f"{text[: found.start()]}{other}{text[found.end() :]}"


def bent(each: Target, worlds: Worlds) -> Iterator[tuple[str, dict[str, str]]]:
    """A post with one number of the other world: in its address, in the name of a field, or in what a field holds."""
    yield from ((url, each.body) for url in elsewhere_in(each.url, worlds))
    for name, value in each.body.items():
        rest = {key: kept for key, kept in each.body.items() if key != name}
        yield from ((each.url, {**rest, other: value}) for other in elsewhere_in(name, worlds))
        yield from ((each.url, {**rest, name: other}) for other in elsewhere_in(value, worlds) if value.isdigit())
