"""Erased today, yesterday's backup put back by the command that an operator gives: still absent."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.backup import archive
from app.db import Base, db
from app.privacy.commands import replay_at_start
from tests.app.backup.conftest import migrated_with, rows
from tests.app.scene import CANARY, scene
from tests.cast import PASSWORD, Cast


def places_with(application: Any, *words: str) -> list[str]:
    """The tables in which one of the words stands."""
    with application.app_context():
        try:
            return [
                table.name
                for table in Base.metadata.sorted_tables
                for row in db.session.execute(select(table))
                if any(word in str(value) for word in words for value in row)
            ]
        finally:
            db.session.remove()


@pytest.fixture
def yesterdays(app: Any, cast: Cast, run: Any, tmp_path: Path) -> Path:
    """A backup taken before Ada erased her account."""
    scene(cast)
    db.session.commit()
    assert run("backup", tmp_path).exit_code == 0
    (path,) = archive.backups_in(tmp_path).values()
    answer = app.test_client().sign_in(cast.ada).send("/settings/erase", {"current": PASSWORD, "word": "erase"})
    assert answer.status_code == 303
    return path


def test_who_erased_their_account_is_absent_after_yesterdays_backup_was_put_back(
    yesterdays: Path, elsewhere: Any, run: Any
) -> None:
    said = run("restore", yesterdays, of=elsewhere)
    assert said.exit_code == 0, said.output
    assert "Erased again, since they had asked for it: 1." in said.output
    assert "The list of erasures has one account.\n" in said.output
    assert places_with(elsewhere, CANARY, "ada@example.org") == []
    assert rows(elsewhere, "person WHERE email LIKE 'ben@%'") == 1
    assert rows(elsewhere, "audit WHERE what = 'erased again'") == 1
    with elsewhere.app_context():
        assert db.session.scalar(select(Base.metadata.tables["cohort"].c.taken)) == 1
        db.session.remove()


def test_without_the_list_nothing_is_put_back_unless_somebody_says_so(
    yesterdays: Path, listing: Path, elsewhere: Any, run: Any
) -> None:
    listing.unlink()
    migrated_with(elsewhere, "somebody@example.org")
    said = run("restore", yesterdays, "--replace", of=elsewhere)
    assert said.exit_code == 1
    assert f"Nothing was changed. There is no list of erasures at {listing}" in said.output
    assert "--without-tombstones" in said.output
    assert rows(elsewhere, "person") == 1
    said = run("restore", yesterdays, "--replace", "--without-tombstones", of=elsewhere)
    assert said.exit_code == 0, said.output
    assert "There was no list of erasures: whoever was erased after the backup is back." in said.output
    # So the test above would see somebody, were they there; and so the list must be kept apart.
    assert "person" in places_with(elsewhere, "ada@example.org")


def test_a_first_installation_that_has_no_list_is_told_what_to_do(
    cast: Cast, listing: Path, elsewhere: Any, run: Any, tmp_path: Path
) -> None:
    listing.unlink()
    assert run("backup", tmp_path).exit_code == 0
    (path,) = archive.backups_in(tmp_path).values()
    said = run("restore", path, of=elsewhere)
    assert said.exit_code == 1
    assert (
        "Where nobody has ever been erased, or the list is lost for good, say so: --without-tombstones" in said.output
    )
    assert run("restore", "--check", path, of=elsewhere).exit_code == 0
    assert run("restore", path, "--without-tombstones", of=elsewhere).exit_code == 0
    assert rows(elsewhere, "person") == 6


def test_lines_of_the_list_that_can_not_be_read_are_counted_out_loud(
    yesterdays: Path, listing: Path, elsewhere: Any, run: Any
) -> None:
    with listing.open("a") as torn:
        torn.write("2026-11-24T12:00:00+00:00 0123\nneither\n")
    said = run("restore", yesterdays, of=elsewhere)
    words = "The list of erasures has one account. Not to be read: two lines; whoever they stood for may be back.\n"
    assert words in said.output
    assert places_with(elsewhere, "ada@example.org") == []


def test_a_list_that_can_not_be_opened_lets_nothing_be_put_back(
    yesterdays: Path, listing: Path, elsewhere: Any, run: Any
) -> None:
    migrated_with(elsewhere, "somebody@example.org")
    listing.unlink()
    listing.mkdir()
    said = run("restore", yesterdays, "--replace", "--without-tombstones", of=elsewhere)
    assert said.exit_code == 1
    assert "Nothing was changed." in said.output
    assert rows(elsewhere, "person") == 1


def test_erasing_again_without_the_list_says_that_nobody_was_looked_for(
    yesterdays: Path, listing: Path, run: Any, caplog: pytest.LogCaptureFixture
) -> None:
    assert run("replay-erasures").output == "Erased again: 0.\n"
    listing.unlink()
    said = run("replay-erasures")
    assert said.exit_code == 1
    assert f"There is no list of erasures at {listing}" in said.output
    replay_at_start()
    assert "the list of them is missing" in caplog.text
