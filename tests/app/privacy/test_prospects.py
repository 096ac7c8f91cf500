"""Somebody without an account asks what was written about them: it is found, handed out without names, and blanked."""

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.config import ROOT
from app.db import db
from app.models import Audit, Entry, Mail, Note, Promise, Relationship
from app.privacy import prospects
from tests.browsing import Browser
from tests.cast import TODAY, Cast, entry, receipt, relationship, save

WHY = "Letter of 20 November"
Browsers = Callable[[Any], Browser]


@pytest.fixture
def written(cast: Cast) -> Cast:
    """Ada tends Käthe under that alias, and Ben mentions her in a note."""
    kaethe = relationship(cast.ada, "Käthe M")
    entry(cast.ada, kaethe, note="She moved to Lyon.", step="Send the drawing")
    entry(cast.ada, relationship(cast.ada, "K-07"), note="Knows KÄTHE M well; käthe m asked.", step="Call")
    receipt(cast.ada, what="Käthe M, seals")
    save(Promise(person_id=cast.ada.id, relationship_id=kaethe.id, text="The list", made_on=TODAY, due_on=TODAY))
    save(Note(enrolment_id=cast.ben_enrolled.id, lesson_id="l", text="Käthe M and 100 % of nothing"))
    return cast


def kept() -> list[Any]:
    """All that a redaction may touch, and what it leaves behind, as the database has it."""
    db.session.rollback()
    db.session.expire_all()
    words = (Relationship.alias, Entry.note, Entry.step, Promise.text, Note.text, Mail.subject, Audit.what)
    return [db.session.scalars(select(each).order_by(each)).all() for each in words]


def run(app: Any, *args: str) -> Any:
    return app.test_cli_runner().invoke(args=["prospect", *args])


def test_everything_that_was_written_is_found_in_any_letters(written: Cast) -> None:
    found = {(each.account, each.table, each.column) for each in prospects.find("käthe m", why=WHY)}
    assert found == {
        (written.ada.id, "relationship", "alias"),
        (written.ada.id, "entry", "note"),
        (written.ada.id, "receipt", "what"),
        (written.ben.id, "note", "text"),
    }


@pytest.mark.parametrize("text", ["%%%", "___", "100 %x"])
def test_signs_that_a_database_takes_for_any_letter_are_letters(written: Cast, text: str) -> None:
    assert not prospects.find(text, why=WHY)


def test_too_little_is_not_searched_for(written: Cast, app: Any) -> None:
    with pytest.raises(prospects.TooShort):
        list(prospects.search(" K "))
    assert "3 characters or more" in run(app, "find", "K", "--why", WHY).output


def test_what_is_handed_out_names_no_learner(written: Cast, app: Any, tmp_path: Path) -> None:
    target = tmp_path / "found.json"
    assert run(app, "export", "Käthe M", str(target), "--why", WHY).exit_code == 0
    told = json.loads(target.read_text())
    assert {each["written_by"] for each in told} == {"learner 1", "learner 2"}
    assert "Käthe M and 100 % of nothing" in {each["words"] for each in told}
    for person in (written.ada, written.ben):
        assert person.name not in target.read_text()
        assert person.email not in target.read_text()
    lines = db.session.scalars(select(Audit).where(Audit.what == "found for somebody")).all()
    assert {(line.whom_id, line.why) for line in lines} == {(written.ada.id, WHY), (written.ben.id, WHY)}


def test_an_alias_is_blanked_with_all_words_about_it_and_nothing_else(written: Cast, app: Any) -> None:
    done = run(app, "redact", str(written.ada.id), "Käthe M", "--why", WHY)
    assert done.exit_code == 0, done.output
    db.session.expire_all()
    first, second = db.session.scalars(select(Entry).order_by(Entry.id)).all()
    assert (first.note, first.step, first.minutes) == (prospects.REMOVED, prospects.REMOVED, 20)
    assert (second.note, second.step) == ("Knows [removed] well; [removed] asked.", "Call")
    assert db.session.scalars(select(Promise.text)).all() == [prospects.REMOVED]
    aliases = db.session.scalars(select(Relationship.alias).order_by(Relationship.id)).all()
    assert aliases == [f"[removed] {first.relationship_id}", "K-07"]
    assert {each.account for each in prospects.search("Käthe M")} == {written.ben.id}


def test_the_learner_is_told_and_the_reason_kept(written: Cast, app: Any) -> None:
    run(app, "redact", str(written.ada.id), "Käthe M", "--why", WHY)
    (mail,) = db.session.scalars(select(Mail)).all()
    assert mail.recipient == written.ada.email
    assert "Käthe" not in mail.subject + mail.body
    line = db.session.scalars(select(Audit).where(Audit.what == "blanked for somebody")).one()
    assert (line.whom_id, line.why) == (written.ada.id, WHY)


def test_where_nothing_stands_nobody_is_told(written: Cast, app: Any) -> None:
    assert "0 places" in run(app, "redact", str(written.cleo.id), "Käthe M", "--why", WHY).output
    assert not db.session.scalars(select(Mail)).all()


def test_without_a_reason_nothing_is_searched(written: Cast, app: Any) -> None:
    assert run(app, "find", "Käthe M").exit_code == 2
    assert run(app, "find", "Käthe M", "--why", " ").exit_code == 1
    assert not db.session.scalars(select(Audit)).all()


@pytest.mark.parametrize("text", ["Käthe M ", "  Käthe\tM", "KÄTHE  M\n"])
def test_spaces_around_and_within_do_not_keep_words_from_being_blanked(written: Cast, app: Any, text: str) -> None:
    done = run(app, "redact", str(written.ben.id), text, "--why", WHY)
    assert done.output == "Blanked: 1 place.\n"
    db.session.expire_all()
    assert db.session.scalars(select(Note.text)).one() == "[removed] and 100 % of nothing"


def test_only_places_that_changed_are_counted(written: Cast) -> None:
    (there,) = prospects.search("Käthe M", written.ben.id)
    assert prospects.put(there, there.words) == 0
    assert prospects.put(there, "Somebody and 100 % of nothing") == 1
    # Whoever wrote there since keeps what they wrote.
    assert prospects.put(there, "[removed] and 100 % of nothing") == 0
    assert db.session.scalars(select(Note.text)).one() == "Somebody and 100 % of nothing"


def test_where_anything_would_be_left_nothing_is_blanked_and_nobody_told(
    written: Cast, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept()
    monkeypatch.setattr(prospects, "without", lambda text, found: found.words)
    done = run(app, "redact", str(written.ada.id), "Käthe M", "--why", WHY)
    assert done.exit_code == 1
    assert f"in two places of account {written.ada.id}: entry " in done.output
    assert "Blanked" not in done.output
    db.session.commit()
    assert kept() == before


@pytest.mark.parametrize(
    "why",
    [
        "Letter of Käthe M, 24 November",
        "Letter of KATHE\tM.",
        "Letter of Ka\u0308the, 24 November",
        "Käthe's letter",
        "Mail from kathe_m@example.org",
    ],
)
@pytest.mark.parametrize("step", ["find", "export", "redact"])
def test_a_reason_that_names_whom_is_searched_for_is_refused(
    written: Cast, app: Any, tmp_path: Path, step: str, why: str
) -> None:
    before, target = kept(), tmp_path / "found.json"
    words = {"find": ["Käthe M"], "export": ["Käthe M", str(target)], "redact": [str(written.ada.id), "Käthe M"]}
    done = run(app, step, *words[step], "--why", why)
    assert done.exit_code == 1
    assert "letter of 24 November, file 12" in done.output
    assert not target.exists()
    db.session.commit()
    assert kept() == before


@pytest.mark.parametrize("why", ["Lefevres Brief", "file lefèvre2", "LEFÈVRE"])
def test_a_name_within_a_word_of_the_reason_is_a_name(why: str) -> None:
    with pytest.raises(prospects.Named):
        prospects.must_not_name("Lefèvre", why)


def test_a_reason_is_kept_whole_or_not_at_all(written: Cast, app: Any) -> None:
    assert run(app, "find", "Käthe M", "--why", "w" * 280).exit_code == 0
    assert "280 characters" in run(app, "find", "Käthe M", "--why", "w" * 281).output
    assert db.session.scalars(select(Audit.why)).all() == ["w" * 280]


def test_the_commands_that_are_taught_put_no_name_into_the_audit() -> None:
    taught = [
        (file.name, shlex.split(line))
        for file in sorted((ROOT / "docs").glob("*.md"))
        for line in re.findall(r"flask prospect (?:find|export|redact) .*--why \"[^\"]*\"", file.read_text())
    ]
    assert {name for name, _ in taught} == {"operators.md", "privacy.md"}
    for _, (_, _, step, *words, _, why) in taught:
        text = words[1] if step == "redact" else words[0]
        assert prospects.must_not_name(text, why) is None


@pytest.mark.parametrize("step", ["export", "redact"])
def test_a_learner_reads_what_was_done_and_an_operator_also_why(
    written: Cast, app: Any, browser_of: Browsers, tmp_path: Path, step: str
) -> None:
    asked = {"export": ["Käthe M", str(tmp_path / "found.json")], "redact": [str(written.ada.id), "Käthe M"]}
    assert run(app, step, *asked[step], "--why", WHY).exit_code == 0
    page = browser_of(written.ada).get("/settings/readings").text
    assert "for somebody who asked" in page or "about somebody who asked" in page
    assert WHY not in page
    assert WHY in browser_of(written.olga).get("/operator/audit").text
