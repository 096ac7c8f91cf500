"""The doctor finds what is wrong, says how to mend it, and ends with 1; a damaged file is not served."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app import clock, create_app
from app.backup import archive
from app.db import db
from app.doctor import of_backups, of_database, of_machine, of_mail
from app.doctor.finding import Finding
from app.doctor.pages import damage
from app.mail import Letter, enqueue
from app.schema import migrate, revisions
from tests.app.test_server import free_port
from tests.cast import NOON, person

SOUND = {
    "ENV": "production",
    "SECRET_KEY": "sjDf8-2kLmQ9_zXcVbNtRyUiOpAs7dFgHj",
    "BASE_URL": "https://course.example.org",
    "TRUSTED_HOSTS": ["course.example.org"],
    "PROXIES": 1,
}


@pytest.fixture
def own(app: Any, tmp_path: Path) -> Iterator[Any]:
    """An installation in a SQLite file of its own, with somebody in it; told as a whole by its doctor."""
    given = {key: app.config[key] for key in app.config if key.isupper()}
    (tmp_path / "tombstones").touch()
    places = {"BACKUPS": tmp_path / "backups", "TOMBSTONES": tmp_path / "tombstones"}
    settings = {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path}/own.db", **places}
    made = create_app({**given, **settings})
    with made.app_context():
        migrate()
        for number in range(300):
            db.session.add(person(f"{number}@example.org"))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
        (tmp_path / "own.db").chmod(0o600)
        yield made
        db.session.remove()
        db.engine.dispose()


def damaged(path: Path) -> Path:
    """The file with a page in its middle overwritten."""
    middle = path.stat().st_size // 4096 // 2 * 4096
    with path.open("r+b") as file:
        file.seek(middle)
        file.write(b"\xff" * 4096)
    return path


def told(*findings: Finding) -> list[str]:
    return [finding.state for finding in findings]


def doctor(of: Any) -> Any:
    return of.test_cli_runner().invoke(args=["doctor"])


def test_a_sound_installation_is_well_and_ends_with_nothing(own: Any) -> None:
    said = doctor(own)
    assert said.exit_code == 0, said.output
    assert "WRONG" not in said.output
    assert "pages are sound" in said.output
    assert own.config["SECRET_KEY"] not in said.output


def test_what_is_wrong_is_counted_said_and_mended_by_a_command(own: Any, tmp_path: Path) -> None:
    (tmp_path / "own.db").chmod(0o644)
    said = doctor(own)
    assert said.exit_code == 1
    assert f"chmod o= {tmp_path / 'own.db'}" in said.output
    assert said.output.endswith("1 to be mended.\n")


def test_a_damaged_page_is_found_and_not_served(own: Any, tmp_path: Path) -> None:
    assert damage(tmp_path / "own.db") is None
    damaged(tmp_path / "own.db")
    assert damage(tmp_path / "own.db")
    served = own.test_cli_runner().invoke(args=["serve", "--port", str(free_port())])
    assert served.exit_code == 1
    assert "flask restore FILE --replace" in served.output
    assert "damaged" in doctor(own).output


@pytest.mark.parametrize("words", [("db", "upgrade"), ("work", "--once")], ids=" ".join)
def test_a_damaged_file_is_neither_migrated_nor_worked_on(own: Any, tmp_path: Path, words: tuple[str, ...]) -> None:
    assert own.test_cli_runner().invoke(args=words).exit_code == 0
    db.engine.dispose()
    before = damaged(tmp_path / "own.db").read_bytes()
    said = own.test_cli_runner().invoke(args=words)
    assert said.exit_code == 1
    assert "Error: The database file is damaged" in said.output
    assert "flask restore FILE --replace" in said.output
    assert (tmp_path / "own.db").read_bytes() == before


def test_a_file_that_is_no_database_is_not_served_either(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("a letter to somebody " * 100)
    assert damage(tmp_path / "x.db") == "file is not a database"


def test_a_damaged_database_is_replaced_by_its_backup_and_kept_beside_it(own: Any, tmp_path: Path) -> None:
    run = own.test_cli_runner().invoke
    assert run(args=["backup"]).exit_code == 0
    db.engine.dispose()
    damaged(tmp_path / "own.db")
    refused = run(args=["backup"])
    assert refused.exit_code == 1
    assert "No backup was made." in refused.output
    (path,) = archive.backups_in(tmp_path / "backups").values()
    said = run(args=["restore", str(path), "--replace"])
    assert said.exit_code == 0, said.output
    assert damage(tmp_path / "own.db") is None
    assert damage(tmp_path / "own.db.replaced-0")
    assert db.session.scalar(text("SELECT count(*) FROM person")) == 300


def test_a_database_that_somebody_has_open_is_not_replaced_under_them(own: Any, tmp_path: Path) -> None:
    run = own.test_cli_runner().invoke
    assert run(args=["backup"]).exit_code == 0
    (path,) = archive.backups_in(tmp_path / "backups").values()
    other = of_database.sqlite_driver.connect(str(tmp_path / "own.db"))
    other.execute("SELECT count(*) FROM person").fetchone()
    said = run(args=["restore", str(path), "--replace"])
    assert said.exit_code == 1
    assert "stop the server" in said.output
    other.close()
    assert run(args=["restore", str(path), "--replace"]).exit_code == 0


def test_a_look_at_the_pages_ends_when_its_time_is_up_and_the_log_says_so(
    own: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert damage(tmp_path / "own.db", seconds=-1) is None
    assert "was not finished" in caplog.text
    caplog.clear()
    assert damage(tmp_path / "own.db") is None
    assert not caplog.text


def test_the_schema_is_told_in_three_ways() -> None:
    known = revisions()
    assert told(*(of_database.schema(found) for found in (known[-1], known[0], "9999"))) == ["well", "wrong", "wrong"]


def test_a_database_without_a_schema_or_without_a_server_is_told(app: Any, engine_name: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    if engine_name == "postgresql":
        url = "postgresql+psycopg://someone:secret@127.0.0.1:9/none"
    given = {key: app.config[key] for key in app.config if key.isupper()}
    with create_app({**given, "SQLALCHEMY_DATABASE_URI": url}).app_context():
        found = list(of_database.database())
        db.engine.dispose()
    assert told(*found) == ["wrong"]
    assert "flask db upgrade" in found[0].mend
    assert "secret" not in found[0].what


@pytest.mark.parametrize(
    ("given", "states"),
    [
        ({}, ["well", "well", "well"]),
        ({"SECRET_KEY": "ab" * 20}, ["wrong", "well", "well"]),
        ({"BASE_URL": "https://other.example.org"}, ["well", "wrong", "well"]),
        ({"PROXIES": 0}, ["well", "well", "look"]),
        ({"ENV": "development"}, ["look"]),
    ],
)
def test_settings_that_production_takes_and_should_not_are_told(given: dict[str, Any], states: list[str]) -> None:
    assert told(*of_machine.settings({**SOUND, **given})) == states


def test_a_mail_server_that_is_away_or_unnamed_is_told_without_its_password() -> None:
    closed = {"SMTP": f"127.0.0.1:{free_port()}", "SMTP_SECURITY": "none", "SMTP_USER": "u", "SMTP_PASSWORD": "hush"}
    found = of_mail.server(closed)
    assert found.state == "wrong"
    assert "hush" not in found.what + found.mend
    assert of_mail.server({"SMTP": ""}).state == "look"


def test_mail_that_waits_too_long_or_was_lost_is_told(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(*of_mail.outbox(timedelta(minutes=15))) == ["well"]
    for key in ("waits", "lost"):
        enqueue(Letter("Subject", "Words."), key=key, to="ada@example.org")
    db.session.execute(text("UPDATE mail SET state = 'dead' WHERE key = 'lost'"))
    db.session.commit()
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=1))
    assert told(*of_mail.outbox(timedelta(minutes=15))) == ["wrong", "look"]


def test_room_clock_lessons_and_backups_are_told(app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(of_machine.disk(1), of_machine.disk(10**9)) == ["well", "wrong"]
    assert told(*of_backups.backups(tmp_path)) == ["look"]
    (tmp_path / "connect-20261123T120000Z.zip").touch(mode=0o600)
    assert told(*of_backups.backups(tmp_path)) == ["well", "well"]
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=3))
    assert told(*of_backups.backups(tmp_path))[0] == "wrong"
    monkeypatch.setattr(clock, "now", lambda: datetime(1970, 1, 2, tzinfo=UTC))
    assert told(*of_machine.time()) == ["well", "wrong"]
    assert set(told(*of_machine.lessons())) == {"well"}
