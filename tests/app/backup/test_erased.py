"""Whoever was erased after a backup was taken is absent when it is put back, before anybody reads it."""

from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.backup import archive
from app.db import db
from app.models import Cohort, Entry, Person
from tests.app.backup.conftest import rows
from tests.app.scene import scene
from tests.cast import PASSWORD, Cast


def test_erased_then_restored_from_a_backup_and_still_absent(
    cast: Cast, elsewhere: Any, run: Any, browser_of: Any, tmp_path: Path
) -> None:
    scene(cast)
    ada = cast.ada.id
    assert run("backup", tmp_path / "saved").exit_code == 0
    (saved,) = archive.backups_in(tmp_path / "saved").values()
    form = {"current": PASSWORD, "word": "erase"}
    assert browser_of(cast.ada).send("/settings/erase", form).status_code == 303
    said = run("restore", saved, of=elsewhere)
    assert said.exit_code == 0, said.output
    assert "Erased again, since they had asked for it: 1." in said.output
    with elsewhere.app_context():
        assert db.session.get(Person, ada) is None
        assert db.session.scalar(select(func.count()).select_from(Entry)) == 0
        assert db.session.scalar(select(Cohort.taken).where(Cohort.slug == "autumn")) == 1
        db.session.remove()
    assert rows(elsewhere, "person") == rows(browser_of(cast.ben).application, "person") > 4


def test_a_backup_of_people_who_stayed_comes_back_whole(cast: Cast, elsewhere: Any, run: Any, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "saved").exit_code == 0
    (saved,) = archive.backups_in(tmp_path / "saved").values()
    said = run("restore", saved, of=elsewhere)
    assert "Erased again" not in said.output
    assert "The list of erasures has no accounts." in said.output
    assert rows(elsewhere, "person") == 6
