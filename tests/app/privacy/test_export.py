"""A copy of everything that is kept about somebody, and of nobody else."""

import csv
import hashlib
import io
import json
import tracemalloc
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import insert, select, text

from app.access import PER_PAIR
from app.db import Base, db
from app.models import Audit, Entry, Feedback, Note, Person
from app.people import privacy_views
from app.privacy import export
from app.privacy.declarations import TABLES
from tests.app.scene import CANARY, Scene, scene
from tests.browsing import Browser
from tests.cast import NOON, TODAY, Cast, entry, receipt, relationship, save

Browsers = Callable[[Any], Browser]
BENS = "canary-of-ben"


@pytest.fixture
def shown(cast: Cast) -> Scene:
    return scene(cast)


def opened(answer: Any) -> ZipFile:
    assert answer.status_code == 200
    return ZipFile(io.BytesIO(answer.data))


def copy_of(browser: Browser) -> ZipFile:
    return opened(browser.send("/settings/export"))


def rows(packed: ZipFile, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(packed.read(f"json/{table}.json"))
    return found


def everything(packed: ZipFile) -> str:
    return "".join(packed.read(name).decode() for name in packed.namelist())


def test_a_copy_holds_every_row_that_is_theirs(cast: Cast, shown: Scene, browser_of: Browsers) -> None:
    packed = copy_of(browser_of(cast.ada))
    held = {table["table"]: table["rows"] for table in json.loads(packed.read("manifest.json"))["tables"]}
    db.session.rollback()
    # Counted a second time by hand for what hangs on the person and on her place.
    for name in ("relationship", "entry", "promise", "receipt", "cost", "session", "delivery", "batch"):
        schema = Base.metadata.tables[name]
        assert held[name] == len(db.session.execute(select(schema).where(schema.c.person_id == cast.ada.id)).all()) > 0
    for name in ("reading", "note", "answer", "plan", "assessment", "shared", "pace_exception"):
        schema = Base.metadata.tables[name]
        mine = schema.c.enrolment_id == cast.ada_enrolled.id
        assert held[name] == len(db.session.execute(select(schema).where(mine)).all()) > 0
    assert [row["text"] for row in rows(packed, "note")] == [CANARY]


def test_a_manifest_tells_of_every_file_truly(cast: Cast, shown: Scene, browser_of: Browsers) -> None:
    packed = copy_of(browser_of(cast.ada))
    manifest = json.loads(packed.read("manifest.json"))
    told = {name: facts for table in manifest["tables"] for name, facts in table["files"].items()}
    assert {*told, "manifest.json"} == set(packed.namelist())
    for name, facts in told.items():
        data = packed.read(name)
        assert (len(data), hashlib.sha256(data).hexdigest()) == (facts["bytes"], facts["sha256"])
    for table in manifest["tables"]:
        kept = rows(packed, table["table"])
        sheet = list(csv.reader(io.StringIO(packed.read(f"csv/{table['table']}.csv").decode("utf-8-sig"))))
        assert len(kept) == len(sheet) - 1 == table["rows"]
        assert sheet[0] == list(table["columns"])
        assert all(list(row) == sheet[0] for row in kept)
    assert manifest["made_at"] == NOON.isoformat()
    assert manifest["schema_revision"] == db.session.scalar(text("SELECT version_num FROM alembic_version"))


def test_nobody_elses_words_and_no_secret_are_in_it(cast: Cast, shown: Scene, browser_of: Browsers) -> None:
    ben = relationship(cast.ben, BENS)
    logged = entry(cast.ben, ben, note=BENS, step=BENS)
    receipt(cast.ben, what=BENS)
    save(Note(enrolment_id=cast.ben_enrolled.id, lesson_id=shown.lesson, text=BENS))
    browser = browser_of(cast.ada)
    secrets = [
        value
        for name, table in TABLES.items()
        for column in table.of("secret")
        for value in db.session.scalars(select(Base.metadata.tables[name].c[column]))
        if isinstance(value, str) and value
    ]
    assert len(secrets) > 8
    told = everything(copy_of(browser))
    assert CANARY in told
    assert BENS not in told
    assert not [secret for secret in secrets if secret in told]
    for other in (cast.ben, cast.tess, cast.tom, cast.olga, cast.cleo):
        assert other.email not in told
    assert BENS in everything(copy_of(browser_of(cast.ben)))
    assert logged.id


def test_what_a_trainer_answered_is_in_it_and_a_draft_is_not(cast: Cast, shown: Scene, browser_of: Browsers) -> None:
    begun = save(Feedback(shared_id=shown.shared, trainer_id=cast.tess.id, comment="A kind word."))
    assert rows(copy_of(browser_of(cast.ada)), "feedback") == []
    begun.answered_at = NOON
    db.session.commit()
    (found,) = rows(copy_of(browser_of(cast.ada)), "feedback")
    assert found["comment"] == "A kind word."
    assert "trainer_id" not in found


def test_a_formula_is_text_in_the_spreadsheet_and_itself_in_json(cast: Cast, browser_of: Browsers) -> None:
    tended = relationship(cast.ada, "=1+1")
    entry(cast.ada, tended, note="\t@SUM(A1)", step="-2")
    packed = copy_of(browser_of(cast.ada))
    assert rows(packed, "relationship")[0]["alias"] == "=1+1"
    (line,) = csv.DictReader(io.StringIO(packed.read("csv/entry.csv").decode("utf-8-sig"), newline=""))
    assert (line["note"], line["step"]) == ("'\t@SUM(A1)", "'-2")
    assert "'=1+1" in packed.read("csv/relationship.csv").decode()


def test_a_copy_leaves_a_line_and_too_many_are_refused(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of(cast.ada)
    for _ in range(PER_PAIR):
        assert ada.send("/settings/export").mimetype == "application/zip"
    lines = db.session.scalars(select(Audit).where(Audit.what == "exported")).all()
    assert {(line.person_id, line.whom_id) for line in lines} == {(cast.ada.id, cast.ada.id)}
    assert len(lines) == PER_PAIR
    refused = ada.send("/settings/export")
    assert refused.status_code == 429
    assert privacy_views.OFTEN in refused.text
    assert "You" in ada.get("/settings/readings").text


def test_a_page_says_what_a_copy_holds(cast: Cast, browser_of: Browsers, queries: list[str]) -> None:
    ada = browser_of(cast.ada)
    queries.clear()
    page = ada.get("/settings/export").text
    assert len(queries) <= 4
    assert TABLES["entry"].called in page
    assert TABLES["cohort"].called not in page


def test_a_long_log_costs_no_memory(cast: Cast, app: Any) -> None:
    tended = relationship(cast.ada)
    rated = {"personal": 1, "two_way": 1, "about_them": 1, "value": 1, "next_step": 1}
    log = {"person_id": cast.ada.id, "relationship_id": tended.id, "day": TODAY, "channel": "call", "minutes": 20}
    log |= {**rated, "began": "me", "note": "n" * 280, "step": "", "void": False, "created_at": NOON}
    db.session.execute(insert(Entry), [log] * 10_000)
    db.session.commit()
    # Once before, for what is imported and compiled on the way.
    assert sum(len(piece) for piece in export.pieces(db.engine, cast.ben.id, made_at=NOON)) > 0
    tracemalloc.start()
    size = sum(len(piece) for piece in export.pieces(db.engine, cast.ada.id, made_at=NOON))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 50_000
    # Ten thousand entries are 7 MB of JSON.
    assert most < 5_000_000


def test_who_opened_what_is_told_to_whom_it_is_about(cast: Cast, shown: Scene, browser_of: Browsers) -> None:
    browser_of(cast.tess).send(f"/trainer/inbox/{shown.shared}/open")
    page = browser_of(cast.ada).get("/settings/readings").text
    assert "Tess" in page
    assert "Read what was shown" in page
    assert "Tess" not in browser_of(cast.ben).get("/settings/readings").text


def test_lines_are_told_fifty_at_a_time(cast: Cast, browser_of: Browsers, queries: list[str]) -> None:
    for number in range(51):
        db.session.add(Audit(what=f"thing {number}", person_id=cast.tess.id, whom_id=cast.ada.id))
    db.session.commit()
    ada = browser_of(cast.ada)
    queries.clear()
    page = ada.get("/settings/readings").text
    assert len(queries) <= 4
    assert ("Thing 50" in page, "Thing 1<" in page, "Thing 0<" in page) == (True, True, False)
    oldest = db.session.scalars(select(Audit.id).order_by(Audit.id)).all()[1]
    assert "Thing 0<" in ada.get(f"/settings/readings?before={oldest}").text
    assert ada.get("/settings/readings?before=99999999999999999999").status_code == 200
    assert db.session.scalar(select(Person.id).where(Person.id == cast.ada.id))
