"""The drill: saved while others write, put back elsewhere, the same to the last row; what is unfit harms nothing."""

import json
import stat
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app import clock
from app.backup import after, archive
from app.backup.manifest import differing
from app.clock import DAY
from app.db import db
from app.models import Attempt, Person
from app.schema import revisions
from tests.app.backup.conftest import migrated_with, rows
from tests.app.scene import scene
from tests.cast import NOON, Cast


@pytest.fixture
def saved(app: Any, cast: Cast, run: Any, tmp_path: Path) -> Path:
    """A backup of rows in every table."""
    scene(cast)
    db.session.commit()
    said = run("backup", tmp_path)
    assert said.exit_code == 0, said.output
    (path,) = archive.backups_in(tmp_path).values()
    return path


def changed(saved: Path, change: Any) -> Path:
    """A copy of a backup with one of its files changed, and its checksums of ZIP sound again."""
    other = saved.with_name("changed.zip")
    with zipfile.ZipFile(saved) as before, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as now:
        for name in before.namelist():
            now.writestr(name, change(name, before.read(name)))
    return other


def manifest_with(saved: Path, **given: Any) -> Path:
    def change(name: str, data: bytes) -> bytes:
        return json.dumps({**json.loads(data), **given}).encode() if name == archive.MANIFEST else data

    return changed(saved, change)


class Writers:
    """Threads that write and note what was acknowledged, until told to stop."""

    def __init__(self, app: Any, count: int = 3) -> None:
        self.app, self.stop, self.acknowledged = app, threading.Event(), [0] * count
        self.threads = [threading.Thread(target=self.write, args=(number,)) for number in range(count)]

    def write(self, number: int) -> None:
        with self.app.app_context():
            while not self.stop.is_set():
                # Two rows that belong together: a backup has both or neither.
                for half in "ab":
                    db.session.add(Attempt(kind="drill", account=f"{number}-{self.acknowledged[number]}", address=half))
                db.session.commit()
                self.acknowledged[number] += 1

    def __enter__(self) -> "Writers":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()


def test_a_backup_taken_under_writes_has_all_acknowledged_before_it_and_nothing_by_halves(
    app: Any, elsewhere: Any, run: Any, tmp_path: Path
) -> None:
    with Writers(app) as writers:
        while sum(writers.acknowledged) < 20:
            threading.Event().wait(0.01)
        before = sum(writers.acknowledged)
        assert run("backup", tmp_path).exit_code == 0
        after_it = sum(writers.acknowledged)
    assert after_it > before, "nobody wrote meanwhile: this shows nothing"
    (path,) = archive.backups_in(tmp_path).values()
    said = run("restore", path, of=elsewhere)
    assert said.exit_code == 0, said.output
    found = rows(elsewhere, "attempt")
    assert 2 * before <= found <= 2 * (after_it + 3)
    with elsewhere.app_context():
        pairs = db.session.scalars(text("SELECT count(*) FROM attempt GROUP BY account")).all()
    assert set(pairs) == {2}


def test_what_is_put_back_elsewhere_is_the_same_to_the_last_row(
    saved: Path, elsewhere: Any, run: Any, tmp_path: Path
) -> None:
    said = run("restore", saved, of=elsewhere)
    assert said.exit_code == 0, said.output
    assert run("backup", tmp_path / "again", of=elsewhere).exit_code == 0
    (again,) = archive.backups_in(tmp_path / "again").values()
    with archive.opened(saved) as (_, first), archive.opened(again) as (_, second):
        # Browsers are signed out and links ended: their rows are all there, each with its end.
        ended = differing(first.tables, second.tables)
        assert ended == ["session", "token"]
        assert [first.tables[name].rows for name in ended] == [second.tables[name].rows for name in ended]
        assert first.sequences == second.sequences
        assert min(table.rows for name, table in first.tables.items() if name in {"person", "entry", "receipt"}) > 0


def test_life_goes_on_after_a_restore(saved: Path, elsewhere: Any, run: Any) -> None:
    assert run("restore", saved, of=elsewhere).exit_code == 0
    with elsewhere.app_context():
        top = db.session.scalar(text("SELECT max(id) FROM person"))
        db.session.add(new := Person(email="later@example.org", name="Later"))
        db.session.commit()
        assert new.id > top
    answer = elsewhere.test_client().get("/sign-in")
    assert answer.status_code == 200


def test_a_backup_is_its_owners_alone_and_leaves_nothing_half_done(saved: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert [path.name for path in saved.parent.iterdir() if path.name.startswith(".")] == []


def test_only_rows_that_may_be_replaced_are(saved: Path, elsewhere: Any, run: Any, engine_name: str) -> None:
    migrated_with(elsewhere, "somebody@example.org")
    refused = run("restore", saved, of=elsewhere)
    assert refused.exit_code == 1
    assert "--replace" in refused.output
    assert rows(elsewhere, "person") == 1
    assert run("restore", saved, "--replace", of=elsewhere).exit_code == 0
    assert rows(elsewhere, "person") > 1
    if engine_name == "sqlite":
        # What gave way is still there, under a name that says so.
        folder = Path(elsewhere.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")).parent
        assert [path.name for path in folder.iterdir() if "replaced" in path.name] == ["connect.db.replaced-0"]


def flipped(name: str, data: bytes) -> bytes:
    """The data with one letter of a name changed, which no checksum of the format notices."""
    return data if name == archive.MANIFEST else data.replace(b"ada@example.org", b"eda@example.org")


def zeroed(name: str, data: bytes) -> bytes:
    return data if name == archive.MANIFEST else data[: len(data) // 2] + bytes(len(data) - len(data) // 2)


UNFIT = {
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-500]) and path,
    "other bytes": lambda path: path.write_bytes(b"no backup at all") and path,
    "one letter changed": lambda path: changed(path, flipped),
    "half of it zeroes": lambda path: changed(path, zeroed),
    "newer schema": lambda path: manifest_with(path, revision="9999"),
    "other engine": lambda path: manifest_with(path, engine="oracle"),
    "other format": lambda path: manifest_with(path, format=2),
    "no tables": lambda path: manifest_with(path, tables=[]),
    "missing": lambda path: path.with_name("missing.zip"),
}


@pytest.mark.parametrize("fault", UNFIT)
def test_an_unfit_backup_is_refused_in_words_and_harms_nothing(
    saved: Path, elsewhere: Any, run: Any, fault: str
) -> None:
    migrated_with(elsewhere, "somebody@example.org")
    said = run("restore", UNFIT[fault](saved), "--replace", of=elsewhere)
    assert said.exit_code == 1
    assert "Nothing was changed." in said.output
    assert "Traceback" not in said.output
    assert rows(elsewhere, "person") == 1
    assert rows(elsewhere, "entry") == 0


def test_looking_at_a_backup_changes_nothing(saved: Path, run: Any) -> None:
    assert run("restore", "--check", saved).output.startswith("Whole: ")
    assert run("restore", "--check", UNFIT["one letter changed"](saved)).exit_code == 1


def test_what_was_erased_since_is_erased_again_before_anybody_reads(
    saved: Path, elsewhere: Any, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def erase() -> str:
        db.session.execute(text("UPDATE person SET name = 'erased' WHERE email = 'ada@example.org'"))
        return "One person was erased again."

    monkeypatch.setattr(after, "AFTER_RESTORE", [erase])
    said = run("restore", saved, of=elsewhere)
    assert "One person was erased again." in said.output
    assert rows(elsewhere, "person WHERE name = 'erased'") == 1
    assert rows(elsewhere, "person") > 1


def test_where_the_erased_can_not_be_erased_again_nothing_is_restored(
    saved: Path, elsewhere: Any, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> str:
        raise RuntimeError("the list can't be read")

    migrated_with(elsewhere, "somebody@example.org")
    monkeypatch.setattr(after, "AFTER_RESTORE", [broken])
    assert run("restore", saved, "--replace", of=elsewhere).exit_code == 1
    assert rows(elsewhere, "person") == 1


def test_old_backups_go_by_the_rule_and_other_files_stay(
    app: Any, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "connect-notes.zip").write_text("somebody's own")
    for day in range(4):
        monkeypatch.setattr(clock, "now", lambda day=day: NOON + day * DAY)
        assert run("backup", tmp_path, "--keep", "2 daily").exit_code == 0
    assert sorted(path.name for path in tmp_path.glob("*.zip")) == [
        "connect-20261126T120000Z.zip",
        "connect-20261127T120000Z.zip",
        "connect-notes.zip",
    ]
    assert run("backup", tmp_path, "--keep", "all").exit_code == 1


def test_a_manifest_says_what_is_in_it(saved: Path, engine_name: str) -> None:
    with archive.opened(saved) as (_, found):
        assert (found.engine, found.revision) == (engine_name, revisions()[-1])
        assert found.taken_at == NOON.isoformat()
        assert found.application == "Unreleased"
