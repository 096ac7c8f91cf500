"""The operator's commands about people: each leaves its trace, and none reads what is somebody's own without one."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import func, select

from app.access import password_fits
from app.db import db
from app.models import Audit, Mail, Note, Person, Shared
from tests.app.people.codes import factor_of, with_factor
from tests.browsing import Browser
from tests.cast import NOON, PASSWORD, Cast, entry, receipt, relationship, save

Run = Callable[..., Result]
Browsers = Callable[[Any], Browser]
REASON = "She asked us by telephone to find an entry."
MINE, SHOWN, TAKEN_BACK, BENS = "what ada kept", "what ada shows", "what ada took back", "what ben kept"


@pytest.fixture
def run(app: Any) -> Run:
    """Run a command of flask; nothing of the test's own transaction is open meanwhile."""

    def command(*words: str, **options: Any) -> Result:
        db.session.commit()
        result: Result = app.test_cli_runner().invoke(args=list(words), **options)
        db.session.rollback()
        return result

    return command


def known(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email == email))


def lines() -> list[tuple[str, str]]:
    return [(line.what, line.about) for line in db.session.scalars(select(Audit).order_by(Audit.id))]


def test_a_person_is_created_with_their_roles(app: Any, run: Run, client: Browser) -> None:
    made = run("person", "create", " Vera@Example.ORG ", "Vera", "--trainer", "--password", "tiny gravel kettles")
    assert (made.exit_code, made.output) == (0, "Created vera@example.org.\n")
    vera = known("vera@example.org")
    assert vera
    assert (vera.is_trainer, vera.is_operator) == (True, False)
    assert password_fits(vera.password_hash, "tiny gravel kettles")
    assert lines() == [("account created", ""), ("role given", "trainer")]
    assert client.send("/sign-in", {"email": vera.email, "password": "tiny gravel kettles"}).status_code == 303


@pytest.mark.parametrize(
    ("email", "password", "words"),
    [
        ("ada@example.org", "tiny gravel kettles", "Somebody has this address already."),
        ("vera", "tiny gravel kettles", "with its @"),
        ("vera@example.org", "short", "12 characters or more"),
        ("vera@example.org", "password1234", "tried first"),
    ],
)
def test_what_can_be_no_person_is_refused(cast: Cast, run: Run, email: str, password: str, words: str) -> None:
    refused = run("person", "create", email, "Vera", "--password", password)
    assert (refused.exit_code, words in refused.output) == (1, True)
    assert (known("vera@example.org"), lines()) == (None, [])


def test_somebody_disabled_is_out_at_once_and_in_again_when_enabled(
    cast: Cast, run: Run, browser_of: Browsers, client: Browser
) -> None:
    ada = browser_of(cast.ada)
    assert run("person", "disable", "ada@example.org").exit_code == 0
    assert ada.get("/settings/").status_code == 302
    assert client.send("/sign-in", {"email": "ada@example.org", "password": PASSWORD}).status_code == 422
    assert run("person", "enable", "ada@example.org").exit_code == 0
    assert client.send("/sign-in", {"email": "ada@example.org", "password": PASSWORD}).status_code == 303
    assert ada.get("/settings/").status_code == 302
    assert [what for what, _ in lines()] == ["account disabled", "account enabled"]


def test_a_role_counts_from_the_next_page_on(cast: Cast, run: Run, browser_of: Browsers) -> None:
    ben = browser_of(cast.ben)
    assert ben.get("/operator/mail").status_code == 404
    given = run("person", "roles", "ben@example.org", "--operator", "--trainer")
    assert given.output == "ben@example.org: trainer, operator\n"
    assert ben.get("/operator/mail").status_code == 200
    assert run("person", "roles", "ben@example.org", "--no-operator").output == "ben@example.org: trainer\n"
    assert ben.get("/operator/mail").status_code == 404
    assert lines() == [("role given", "trainer"), ("role given", "operator"), ("role taken", "operator")]


def test_asking_for_roles_changes_none_and_leaves_no_line(cast: Cast, run: Run) -> None:
    assert run("person", "roles", "tess@example.org").output == "tess@example.org: trainer\n"
    assert run("person", "roles", "ada@example.org", "--no-trainer").output == "ada@example.org: no role\n"
    assert lines() == []


def test_who_lost_phone_and_codes_is_let_in_by_the_password_alone(cast: Cast, run: Run, client: Browser) -> None:
    with_factor(cast.tess)
    done = run("person", "unlock-factor", "tess@example.org")
    assert (done.exit_code, "until they set up a second step again" in done.output) == (0, True)
    assert factor_of(cast.tess) is None
    assert client.send("/sign-in", {"email": "tess@example.org", "password": PASSWORD}).location == "/home"
    assert lines() == [("second step taken away", "")]
    assert db.session.scalar(select(Mail.subject)) == "Signing in takes one step again"
    assert run("person", "unlock-factor", "tess@example.org").exit_code == 1


@pytest.mark.parametrize(
    "words",
    [
        ("person", "disable"),
        ("person", "enable"),
        ("person", "roles"),
        ("person", "unlock-factor"),
        ("break-glass", "--reason", REASON),
    ],
)
def test_nobody_is_said_to_be_nobody(cast: Cast, run: Run, words: tuple[str, ...]) -> None:
    answer = run(*words, "nobody@example.org")
    assert (answer.exit_code, "Nobody has this address." in answer.output) == (1, True)
    assert lines() == []


@pytest.fixture
def written(cast: Cast) -> Cast:
    """Ada shows one entry, took another back, and kept a third; Ben kept one."""
    known_to_her = relationship(cast.ada)
    shown, back = entry(cast.ada, known_to_her, note=SHOWN), entry(cast.ada, known_to_her, note=TAKEN_BACK)
    entry(cast.ada, known_to_her, note=MINE)
    entry(cast.ben, relationship(cast.ben), note=BENS)
    receipt(cast.ada, what=MINE)
    save(Shared(enrolment_id=cast.ada_enrolled.id, entry_id=shown.id))
    save(Shared(enrolment_id=cast.ada_enrolled.id, entry_id=back.id, withdrawn_at=NOON))
    save(Note(enrolment_id=cast.ada_enrolled.id, lesson_id="a-lesson", text=MINE))
    return cast


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def glass(run: Run, *parts: str, email: str = "ada@example.org", reason: str = REASON) -> Result:
    return run("break-glass", email, "--reason", reason, *(word for part in parts for word in ("--part", part)))


def test_breaking_the_glass_reads_what_is_shown_and_no_more(written: Cast, run: Run) -> None:
    read = glass(run)
    assert read.exit_code == 0
    assert [(row["table"], row["note"]) for row in rows(read)] == [("entry", SHOWN)]
    assert "1 row read." in read.stderr


def test_what_is_private_is_read_when_it_is_named(written: Cast, run: Run) -> None:
    read = rows(glass(run, "practice", "study", "money"))
    assert {row["table"] for row in read} == {"relationship", "entry", "note", "receipt"}
    assert sum(MINE in json.dumps(row) for row in read) == 3
    assert not [row for row in read if BENS in json.dumps(row)]


def test_it_is_noted_and_told_before_a_line_is_read(written: Cast, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: Any) -> Any:
        raise RuntimeError("the database went away")

    monkeypatch.setattr("app.person_commands.rows_of", broken)
    assert glass(run, "practice").exit_code == 1
    line = db.session.scalars(select(Audit)).one()
    assert (line.what, line.whom_id, line.why) == ("read without being shown", written.ada.id, REASON)
    assert line.about.startswith("practice; at the command line")
    mail = db.session.scalars(select(Mail)).one()
    assert (mail.recipient, REASON in mail.body) == ("ada@example.org", True)


def test_the_person_reads_of_it_in_their_settings(written: Cast, run: Run, browser_of: Browsers) -> None:
    glass(run)
    page = browser_of(written.ada).get("/settings/readings").text
    assert "Read what was not shown to them, in an emergency" in page
    assert REASON in page


@pytest.mark.parametrize("reason", ["", "because", " because \n ", "x" * 281])
def test_without_a_reason_nothing_is_read(written: Cast, run: Run, reason: str) -> None:
    refused = glass(run, reason=reason)
    assert (refused.exit_code, SHOWN in refused.output) == (1, False)
    assert (lines(), db.session.scalar(select(func.count()).select_from(Mail))) == ([], 0)


def test_each_act_is_logged_without_what_was_typed(written: Cast, run: Run, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "connect.security"):
        glass(run)
        run("person", "roles", "ben@example.org", "--trainer")
        run("person", "disable", "ben@example.org")
    events = [json.loads(record.getMessage()) for record in caplog.records]
    assert [event["event"] for event in events] == ["read without being shown", "role given", "account disabled"]
    assert [event["person"] for event in events] == [written.ada.id, written.ben.id, written.ben.id]
    assert REASON not in caplog.text
