"""`flask content impact`: what a change means, before it goes live."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from app import content
from app.content import Shelf
from app.content_commands import lessons as commands
from app.db import db
from app.models import Answer, Card, LessonVersion, Note, Plan, Reading
from tests.app.study.shelf import LESSON, write_course
from tests.cast import NOON, TODAY, Cast, cohort, enrol, person

FILE = "01-first/02-contact.md"
ID = "contact-or-connect"
FRESH = LESSON.format(id=ID, title="Contact or connect?", opening="They need one.")


@pytest.fixture
def folder(app: Any, tmp_path: Path) -> Iterator[Path]:
    """A small course, published."""
    folder = write_course(tmp_path / "lessons")
    before = app.extensions["content"]
    app.extensions["content"] = Shelf(folder, watch=True)
    content.publish()
    yield folder
    app.extensions["content"] = before


def run(app: Any, name: str = "impact") -> Result:
    found: Result = app.test_cli_runner().invoke(commands, [name])
    return found


def told(app: Any) -> str:
    """What the command says about the change, without the faults of these short lessons."""
    return "\n".join(line for line in run(app).stdout.splitlines() if ".md:" not in line)


def read_by(cast: Cast, lesson_id: str = ID) -> None:
    """Ada has finished it, with answers and a plan; Ben is in it, with a note."""
    mine = {"lesson_id": lesson_id, "content_hash": "x"}
    db.session.add(Reading(enrolment_id=cast.ada_enrolled.id, completed_at=NOON, **mine))
    db.session.add(Reading(enrolment_id=cast.ben_enrolled.id, **mine))
    db.session.add(Note(enrolment_id=cast.ben_enrolled.id, lesson_id=lesson_id, text="Mine."))
    facts = {"text": "An answer.", "confidence": "unsure", "recall_id": "polite-no"}
    db.session.add_all(Answer(enrolment_id=cast.ada_enrolled.id, **mine, **facts) for _ in range(3))
    card = {"lesson_id": lesson_id, "recall_id": "polite-no", "due_at": NOON, "state": 2}
    db.session.add(Card(enrolment_id=cast.ada_enrolled.id, **card))
    plan = {"lesson_id": lesson_id, "if_text": "a", "then_text": "b", "due_on": TODAY}
    db.session.add_all([Plan(enrolment_id=cast.ada_enrolled.id, **plan, outcome=said) for said in (None, "done")])
    db.session.commit()


def test_files_that_are_what_was_published_mean_nothing(app: Any, folder: Path) -> None:
    assert "The files are what was published." in run(app).stdout


def test_a_change_is_told_with_how_many_it_meets(app: Any, folder: Path, cast: Cast) -> None:
    read_by(cast)
    text = FRESH.replace("Some words.", "Some words, and five more of them.").replace("Rate ten", "Rate five")
    (folder / FILE).write_text(text.replace('answer = "One answer."', 'answer = "One answer of theirs."'))
    said = told(app)
    assert f"Changed: 1.2 Contact or connect? ({ID})" in said
    assert "1 completed it, 1 is in it, with 1 note" in said
    assert "10 words added, 3 removed" in said
    assert "the exercise changed; 1 plan for it waits for a report" in said
    assert "recall `polite-no` has another model answer; 3 answers and 1 card hang on it and stay" in said


def test_a_recall_that_vanished_names_what_hangs_on_it(app: Any, folder: Path, cast: Cast) -> None:
    read_by(cast)
    (folder / FILE).write_text(FRESH.replace('id = "polite-no"', 'id = "polite"'))
    said = told(app)
    assert "recall `polite` is new" in said
    assert "recall `polite-no` is not in the file any more; 3 answers and 1 card hang on it" in said
    assert "give it its id back" in said


def test_a_removed_lesson_says_who_had_it_and_what_to_do(app: Any, folder: Path, cast: Cast) -> None:
    read_by(cast)
    (folder / FILE).unlink()
    said = told(app)
    assert f"Removed: Contact or connect? ({ID}) is not in the files any more" in said
    assert "1 completed it, 1 is in it" in said
    assert "put its id into `retired`" in said
    outline = folder / "course.toml"
    outline.write_text(outline.read_text().replace("retired = []", f'retired = ["{ID}"]'))
    assert "retired: whoever began it keeps what they wrote" in told(app)
    content.publish()
    assert "Removed" not in told(app)


def test_a_renamed_file_loses_nothing_and_a_new_one_is_new(app: Any, folder: Path) -> None:
    (folder / FILE).rename(folder / "02-second/03-contact.md")
    (folder / "01-first/02-new.md").write_text(FRESH.replace(ID, "brand-new"))
    said = told(app)
    assert "Moved: 1.2 is now 2.3" in said
    assert f"{FILE} is now 02-second/03-contact.md" in said
    assert "same id: nothing is lost" in said
    assert "New: 1.2 Contact or connect? (brand-new)" in said


def test_an_id_that_was_changed_is_told_as_a_slip(app: Any, folder: Path) -> None:
    (folder / FILE).write_text(FRESH.replace(f'id = "{ID}"', 'id = "contact"'))
    assert "its file has the id `contact` now: give it its old id back" in told(app)


def test_minutes_that_change_are_told_for_they_count_in_accounts(app: Any, folder: Path) -> None:
    (folder / FILE).write_text(FRESH.replace("minutes = 9", "minutes = 8"))
    assert "the minutes were 9 and are 8: reading counts in accounts" in told(app)


def test_faults_come_first_and_end_the_command_with_1(app: Any, folder: Path) -> None:
    (folder / FILE).write_text(FRESH.replace("claim =", "claim"))
    result = run(app)
    assert result.exit_code == 1
    assert f"{FILE}:4: this isn't TOML" in result.stdout
    assert result.stdout.index("faults in the files") < result.stdout.index("The files are what was published.")


def test_before_the_first_publication_everything_is_new(app: Any, folder: Path) -> None:
    db.session.query(LessonVersion).delete()
    db.session.commit()
    assert "Nothing has been published yet; all 4 lessons are new." in told(app)


def test_publishing_says_how_many_texts_it_kept(app: Any, folder: Path) -> None:
    assert run(app, "publish").stdout == "0 texts published\n"
    (folder / FILE).write_text(FRESH.replace("Some words.", "Other words."))
    assert run(app, "publish").stdout == "1 text published\n"


@pytest.mark.parametrize("count", [1, 12])
def test_impact_asks_the_database_no_more_often_for_more(
    app: Any, folder: Path, cast: Cast, queries: list[str], count: int
) -> None:
    crowd = cohort("crowd", capacity=100)
    for n in range(count):
        learner = enrol(person(f"p{n}@example.org"), crowd)
        for lesson in content.library().lessons:
            db.session.add(Reading(enrolment_id=learner.id, lesson_id=lesson.id, content_hash="x", completed_at=NOON))
    db.session.commit()
    for file in folder.glob("*/*.md"):
        file.write_text(file.read_text().replace("Some words.", "Other words."))
    queries.clear()
    said = told(app)
    assert said.count(f"{count} completed it") == 4
    assert len(queries) <= 7
