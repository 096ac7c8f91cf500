"""Erased today, yesterday's backup put back by the command that an operator gives: still absent."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.backup import archive
from app.db import Base, db
from tests.app.backup.conftest import rows
from tests.app.scene import CANARY, scene
from tests.cast import PASSWORD, Cast


@pytest.fixture(autouse=True)
def listing(app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of erasures for this test alone; `elsewhere` is told of the same one."""
    path = tmp_path / "kept" / "tombstones"
    monkeypatch.setitem(app.config, "TOMBSTONES", path)
    return path


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
    assert places_with(elsewhere, CANARY, "ada@example.org") == []
    assert rows(elsewhere, "person WHERE email LIKE 'ben@%'") == 1
    assert rows(elsewhere, "audit WHERE what = 'erased again'") == 1
    with elsewhere.app_context():
        assert db.session.scalar(select(Base.metadata.tables["cohort"].c.taken)) == 1
        db.session.remove()


def test_without_the_list_the_backup_brings_back_all_that_it_holds(
    yesterdays: Path, listing: Path, elsewhere: Any, run: Any
) -> None:
    """So the test above would see somebody, were they there; and so the list must be kept apart."""
    listing.unlink()
    assert run("restore", yesterdays, of=elsewhere).exit_code == 0
    assert "person" in places_with(elsewhere, "ada@example.org")
