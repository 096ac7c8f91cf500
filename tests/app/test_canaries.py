"""A canary in every column of words of everything that is Ada's: nobody reads one whom it is not for, anywhere.

The columns come from the declarations, so that a new one is held to it at once.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from app.clock import DAY
from app.db import Base, db
from app.models import (
    AskedCase,
    Audit,
    Certificate,
    Change,
    Contact,
    Feed,
    Feedback,
    Mail,
    Reaction,
    Session,
    Shared,
    SponsorLink,
    Token,
)
from app.people.digest_actions import remind
from app.privacy.declarations import TABLES
from tests.app.examples import Route, routes
from tests.app.scene import Scene, scene
from tests.app.test_permissions import read
from tests.browsing import Browser
from tests.cast import NOON, TODAY, Cast, save

# Whose eyes a column is for beside its learner's; where a trainer wrote it, it is theirs.
FOR_TRAINER = {
    *("canary-enrolment-goal", "canary-change-why", "canary-pace_exception-reason", "canary-contact-note"),
    *("canary-feedback-comment", "canary-certificate-revoked_why", "canary-asked_case-words"),
    # Why she looked, in her own words.
    "canary-audit-why",
    # What Ada shows, and Tess has opened; never the alias that it is about.
    *("canary-entry-note", "canary-entry-step"),
}
FOR = {"ada": None, "tess": FOR_TRAINER, "olga": {"canary-audit-why"}}
OTHERS = ("visitor", "ben", "cleo", "tess", "tom", "olga")


def one_of_the_rest(shown: Scene) -> None:
    """What the addresses need no row of, and words are kept in all the same."""
    ada, tess, place = shown.cast.ada.id, shown.cast.tess.id, shown.cast.ada_enrolled.id
    save(Reaction(enrolment_id=place, relevance=4, intent=4, recommend=4))
    save(Change(enrolment_id=place, author_id=tess, what="restored"))
    save(Contact(enrolment_id=place, trainer_id=tess, kind="spoke", day=TODAY, until=TODAY + DAY))
    save(Feedback(shared_id=shown.shared, trainer_id=tess, answered_at=NOON))
    save(Audit(person_id=tess, whom_id=ada, what="opened", about="entry 1"))
    db.session.execute(update(AskedCase).values(agreed=True, answered_at=NOON))
    db.session.commit()


def words() -> Iterator[tuple[Any, str]]:
    """Every column of words."""
    for table in Base.metadata.sorted_tables:
        for name in TABLES[table.name].of("words"):
            yield table, name


def canary(table: Any, name: str) -> str:
    return f"canary-{table.name}-{name}"


def whose(table: Any, way: str) -> Any:
    """The rows of a table that lead to Ada by a way of its declaration."""
    column, *rest = way.split(".")
    if not rest:
        return table.c[column]
    (key,) = table.c[column].foreign_keys
    further = key.column.table
    return select(whose(further, ".".join(rest))).where(further.c.id == table.c[column]).scalar_subquery()


@pytest.fixture
def shown(cast: Cast) -> Scene:
    found = scene(cast)
    one_of_the_rest(found)
    for table, name in words():
        for way in TABLES[table.name].ways:
            mine = update(table).where(whose(table, way) == cast.ada.id)
            # The audit lets nothing be changed: a line of it is added instead.
            if table.name != "audit":
                db.session.execute(mine.values({name: canary(table, name)}))
    save(Audit(person_id=cast.tess.id, whom_id=cast.ada.id, what="opened", about="entry 1", why="canary-audit-why"))
    db.session.commit()
    return found


@pytest.fixture
def every(app: Any, shown: Scene) -> list[Route]:
    with app.test_request_context():
        return list(routes(app, shown))


@pytest.fixture
def browser(app: Any, cast: Cast) -> Callable[[str], Browser]:
    return lambda name: app.test_client() if name == "visitor" else app.test_client().sign_in(getattr(cast, name))


def heard(asking: Browser, every: list[Route]) -> dict[str, str]:
    """Every canary that somebody comes to read, with the first address that told it; the copy of everything too."""
    answers = [(route.url, asking.get(route.url)) for route in every if route.reads]
    for url in [route.url for route in every if route.endpoint == "reports.progress"]:
        answers += [(f"{url}?format={kind}", asking.get(f"{url}?format={kind}")) for kind in ("csv", "xlsx")]
    answers.append(("the copy", asking.send("/settings/export")))
    told: dict[str, str] = {}
    for url, answer in answers:
        text = read(answer) + str(answer.headers)
        for table, name in words():
            if canary(table, name) in text:
                told.setdefault(canary(table, name), url)
    return told


def test_every_column_of_words_has_its_canary(shown: Scene) -> None:
    bare = [
        canary(table, name)
        for table, name in words()
        if canary(table, name) not in set(db.session.scalars(select(table.c[name])))
    ]
    assert not bare, "one_of_the_rest can make a row of Ada's that holds it."


def test_ada_reads_nearly_all_of_it(browser: Callable[[str], Browser], every: list[Route]) -> None:
    told = heard(browser("ada"), every)
    # Her copy of everything holds what is kept about her, but for what a trainer notes for themselves.
    silent = {canary(table, name) for table, name in words()} - told.keys()
    assert silent <= {"canary-contact-note", "canary-feedback-comment"}


@pytest.mark.parametrize("actor", OTHERS)
def test_nobody_reads_words_that_are_not_for_them(
    browser: Callable[[str], Browser], every: list[Route], actor: str
) -> None:
    told = heard(browser(actor), every)
    assert {name: url for name, url in told.items() if name not in (FOR.get(actor) or set())} == {}


def test_no_mail_to_anybody_else_carries_them(shown: Scene, at: Callable[[Any], None]) -> None:
    for hour in range(24):
        at(NOON + timedelta(hours=hour))
        remind()
    mails = list(db.session.execute(select(Mail.recipient, Mail.subject + Mail.body)))
    assert len(mails) > 1
    assert not [to for to, text in mails if "canary" in text and to != shown.cast.ada.email]
    assert not [text for to, text in mails if "canary-" in text.partition("\n")[0] and to == shown.cast.ada.email]


def given(shown: Scene) -> dict[str, tuple[str, str, Any]]:
    """What can be given and taken back: who reads it where while it is given, and what takes it back."""
    return {
        "an entry": ("tess", f"/trainer/inbox/{shown.shared}", update(Shared).values(withdrawn_at=NOON)),
        "a certificate": (
            "visitor",
            f"/certificates/{shown.certificate_token}",
            update(Certificate).values(shown_at=None),
        ),
        "a report": ("visitor", f"/report/{shown.given}", update(SponsorLink).values(revoked_at=NOON)),
        "a link to sign in": ("visitor", f"/reset/{shown.reset}", update(Token).values(used_at=NOON)),
        "a calendar": ("visitor", f"/calendar/{shown.calendar}.ics", delete(Feed)),
        "a session": ("ada", "/settings/", update(Session).values(ended_at=NOON)),
    }


def test_what_was_given_is_read_until_it_is_taken_back(shown: Scene, browser: Callable[[str], Browser]) -> None:
    for what, (actor, url, taking_back) in given(shown).items():
        asking = browser(actor)
        before = asking.get(url)
        db.session.execute(taking_back)
        db.session.commit()
        after = asking.get(url)
        assert (what, before.status_code) == (what, 200)
        assert after.status_code in {302, 404, 410} or (
            "canary-entry" in before.text and "canary-entry" not in after.text
        ), what
