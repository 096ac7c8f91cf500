"""Erasing an account: everything of it goes, nothing of anybody else's, and a restored backup doesn't bring it back."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select

from app.access import digest
from app.cohorts.actions import release_expired
from app.commands import sweep
from app.db import Base, db
from app.models import (
    Attempt,
    Audit,
    Cohort,
    CohortTrainer,
    Enrolment,
    Entry,
    Feedback,
    Mail,
    Person,
    Session,
    SponsorReport,
)
from app.people.privacy_page import typeset
from app.people.proof import NOT_PRESENT
from app.privacy import erasure, tombstones
from app.privacy.declarations import TABLES
from app.privacy.owned import owned
from tests.app.scene import CANARY, Scene, scene
from tests.browsing import Browser
from tests.cast import NOON, PASSWORD, TODAY, Cast, enrol, entry, open_cohort, person, relationship, save

Browsers = Callable[[Any], Browser]
SCHEMA = Base.metadata.tables


@pytest.fixture
def shown(cast: Cast) -> Scene:
    return scene(cast)


@pytest.fixture(autouse=True)
def listing(app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of erasures for this test alone."""
    path = tmp_path / "kept" / "tombstones"
    monkeypatch.setitem(app.config, "TOMBSTONES", path)
    return path


def erase(browser: Browser, **given: str) -> Any:
    return browser.send("/settings/erase", {"current": PASSWORD, "word": "erase", **given})


def all_rows() -> dict[str, list[Any]]:
    db.session.rollback()
    return {
        table.name: [dict(row) for row in db.session.execute(select(table).order_by(*table.primary_key)).mappings()]
        for table in Base.metadata.sorted_tables
    }


def restore(rows: dict[str, list[Any]]) -> None:
    """Put the database back to what it held then, as a backup does."""
    db.session.rollback()
    for table in reversed(Base.metadata.sorted_tables):
        db.session.execute(delete(table))
    for table in Base.metadata.sorted_tables:
        if rows[table.name]:
            db.session.execute(insert(table), rows[table.name])
    db.session.commit()


def told(rows: dict[str, list[Any]], word: str) -> list[str]:
    """The columns in which a word stands."""
    return [
        f"{name}.{key}"
        for name, held in rows.items()
        for row in held
        for key, value in row.items()
        if word in str(value)
    ]


def test_everything_of_an_account_goes_and_nothing_of_anybody_elses(
    cast: Cast, shown: Scene, browser_of: Browsers
) -> None:
    ben = relationship(cast.ben, "B-01")
    entry(cast.ben, ben, note="Ben's own")
    ada_id, ben_id, email = cast.ada.id, cast.ben.id, cast.ada.email
    before = {name: rows_of(name, ben_id) for name, table in TABLES.items() if table.mine and name != "person"}
    answer = erase(browser_of(cast.ada))
    assert (answer.status_code, answer.location) == (303, "/")
    rows = all_rows()
    assert not told(rows, CANARY)
    assert told(rows, email) == ["mail.recipient"]
    assert not [name for name, table in TABLES.items() if table.mine and rows_of(name, ada_id)]
    assert {name: rows_of(name, ben_id) for name in before} == before
    assert sum(before.values()) > 3


def rows_of(name: str, person_id: int) -> int:
    count = select(func.count()).select_from(SCHEMA[name]).where(owned(TABLES[name], person_id))
    return db.session.scalar(count) or 0


def test_what_is_said_to_go_is_what_is_held(cast: Cast, shown: Scene, browser_of: Browsers, queries: list[str]) -> None:
    ada = browser_of(cast.ada)
    queries.clear()
    page = ada.get("/settings/erase").text
    assert len(queries) <= 4
    held = erasure.held_by(cast.ada)
    assert held["relationship"] == 1
    for name in held:
        assert TABLES[name].called in page
    assert TABLES["intangible"].called in page
    assert TABLES["gate_terms"].called not in page
    assert typeset(TABLES["sponsor_report"].erased) in page
    assert page.index("A copy of everything") < page.index("Erase everything</button>")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"word": "yes"}, "Type the word erase"),
        ({"word": ""}, "Type the word erase"),
        ({"current": "something else"}, NOT_PRESENT),
        ({"current": ""}, "Write your present password"),
    ],
)
def test_without_password_and_word_nothing_goes(
    cast: Cast, browser_of: Browsers, listing: Path, given: dict[str, str], words: str
) -> None:
    answer = erase(browser_of(cast.ada), **given)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Nothing is erased." in answer.text
    assert db.session.get(Person, cast.ada.id) is not None
    assert not listing.exists()


def test_whoever_runs_a_cohort_alone_hands_it_over_first(cast: Cast, browser_of: Browsers, listing: Path) -> None:
    tess = browser_of(cast.tess)
    answer = erase(tess)
    assert answer.status_code == 409
    assert "Nobody else runs Autumn." in answer.text
    assert not listing.exists()
    tess_id = cast.tess.id
    save(CohortTrainer(cohort_id=cast.autumn.id, person_id=cast.tom.id))
    assert erase(tess).status_code == 303
    assert db.session.get(Person, tess_id) is None


def test_whoever_runs_the_installation_hands_it_over_first(cast: Cast, browser_of: Browsers) -> None:
    answer = erase(browser_of(cast.olga))
    assert answer.status_code == 409
    assert "You run this installation." in answer.text
    assert db.session.get(Person, cast.olga.id) is not None


def test_a_seat_falls_free_and_goes_to_the_next_in_line(cast: Cast, browser_of: Browsers) -> None:
    winter = open_cohort("winter", capacity=1)
    enrol(cast.ada, winter)
    waits = enrol(cast.ben, winter, "waiting", line=1)
    erase(browser_of(cast.ada))
    db.session.expire_all()
    assert db.session.get_one(Cohort, winter.id).taken == 0
    assert db.session.get_one(Cohort, cast.autumn.id).taken == 1
    release_expired(NOON)
    db.session.expire_all()
    assert db.session.get_one(Enrolment, waits.id).status == "offered"
    assert db.session.get_one(Cohort, winter.id).taken == 1


def test_a_place_in_line_or_given_up_holds_no_seat(cast: Cast, browser_of: Browsers) -> None:
    winter = open_cohort("winter", capacity=1)
    enrol(cast.ben, winter)
    enrol(cast.ada, winter, "waiting", line=1)
    erase(browser_of(cast.ada))
    assert db.session.scalar(select(Cohort.taken).where(Cohort.id == winter.id)) == 1


def test_sessions_end_and_mails_that_wait_are_dropped_but_for_one(cast: Cast, browser_of: Browsers) -> None:
    phone, here = browser_of(cast.ada), browser_of(cast.ada)
    save(Mail(key="a", recipient=cast.ada.email, subject="To her address", body="…"))
    save(Mail(key="b", recipient="elsewhere@example.org", person_id=cast.ada.id, subject="Hers", body="…"))
    save(Attempt(kind="sign in", account=digest(cast.ada.email), address="x"))
    erase(here)
    assert phone.get("/settings/").status_code == 302
    assert here.get("/settings/").status_code == 302
    assert db.session.scalar(select(func.count()).select_from(Session)) == 0
    (last,) = db.session.scalars(select(Mail)).all()
    assert (last.recipient, last.subject, last.person_id) == ("ada@example.org", "Your account is erased", None)
    assert not db.session.scalars(select(Attempt).where(Attempt.account == digest("ada@example.org"))).all()
    sweep()
    assert db.session.scalar(select(func.count()).select_from(Mail)) == 1
    last.state = "sent"
    db.session.commit()
    sweep()
    assert db.session.scalar(select(func.count()).select_from(Mail)) == 0


def test_what_was_frozen_for_people_outside_and_the_audit_stay_without_them(
    cast: Cast, shown: Scene, browser_of: Browsers
) -> None:
    report = db.session.scalars(select(SponsorReport)).one()
    frozen = (report.content, report.contributions)
    browser_of(cast.tess).send(f"/trainer/inbox/{shown.shared}/open")
    erase(browser_of(cast.ada))
    db.session.expire_all()
    report = db.session.scalars(select(SponsorReport)).one()
    assert (report.content, report.contributions) == frozen
    assert not db.session.scalars(select(Feedback)).all()
    lines = {line.what: line for line in db.session.scalars(select(Audit))}
    assert (lines["read what was shown"].person_id, lines["read what was shown"].whom_id) == (cast.tess.id, None)
    assert (lines["erased"].person_id, lines["erased"].whom_id) == (None, None)


def test_erased_restored_from_yesterdays_backup_and_still_absent(
    cast: Cast, shown: Scene, browser_of: Browsers, app: Any
) -> None:
    ada_id, email = cast.ada.id, cast.ada.email
    backup = all_rows()
    erase(browser_of(cast.ada))
    restore(backup)
    assert db.session.scalar(select(Person.email).where(Person.id == ada_id)) == email
    assert told(all_rows(), CANARY)
    done = app.test_cli_runner().invoke(args=["replay-erasures"])
    assert "Erased again: 1." in done.output
    rows = all_rows()
    assert not told(rows, CANARY)
    assert not told(rows, email)
    assert db.session.scalar(select(Cohort.taken).where(Cohort.slug == "autumn")) == 1
    assert db.session.scalar(select(func.count()).select_from(Person).where(Person.email.like("ben@%"))) == 1
    assert "Erased again: 0." in app.test_cli_runner().invoke(args=["replay-erasures"]).output


def test_whoever_signs_up_again_with_the_same_address_stays(cast: Cast, browser_of: Browsers) -> None:
    erase(browser_of(cast.ada))
    again = person("ada@example.org")
    assert erasure.erase_again() == 0
    assert db.session.get(Person, again.id) is not None


def test_a_list_that_cannot_be_written_erases_nobody(
    cast: Cast, browser_of: Browsers, app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("")
    monkeypatch.setitem(app.config, "TOMBSTONES", tmp_path / "a file" / "tombstones")
    assert erase(browser_of(cast.ada)).status_code == 500
    db.session.rollback()
    assert db.session.get(Person, cast.ada.id) is not None


def test_the_list_is_added_to_only_and_its_owners_alone(app: Any, listing: Path) -> None:
    tombstones.keep("one", NOON)
    with listing.open("a") as torn:
        torn.write("2026-11-24T12:00:00+00:00 0123")
    tombstones.keep("two", NOON)
    assert tombstones.listed() == {tombstones.mark("one"), tombstones.mark("two")}
    assert stat.S_IMODE(os.stat(listing).st_mode) == 0o600
    assert "one" not in listing.read_text()


def test_a_long_log_is_erased_while_others_wait_little(cast: Cast, browser_of: Browsers) -> None:
    """Each entry's references are found by an index."""
    tended = relationship(cast.ada)
    rated = {"personal": 1, "two_way": 1, "about_them": 1, "value": 1, "next_step": 1}
    log = {"person_id": cast.ada.id, "relationship_id": tended.id, "day": TODAY, "channel": "call", "minutes": 20}
    log |= {**rated, "began": "me", "note": "", "step": "", "void": False, "created_at": NOON}
    db.session.execute(insert(Entry), [log] * 10_000)
    db.session.commit()
    began = perf_counter()
    assert erase(browser_of(cast.ada)).status_code == 303
    assert perf_counter() - began < 10
    assert db.session.scalar(select(func.count()).select_from(Entry)) == 0
