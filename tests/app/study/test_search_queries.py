"""One question to two engines: the same words find the same lessons on either."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app import content, passages
from app.db import db
from app.models import Passage
from app.study.search_page import words_known
from app.study.search_queries import MOST, MOST_OF_ONE, find, marked_in, passages_with
from course.library import Library
from course.search import sought
from tests import databases
from tests.app.study.asking import GLOSSARY, HOSTILE
from tests.app.study.shelf import LESSONS, write_lesson
from tests.conftest import migrate

OPENINGS = {
    "money": "They promised a referral. A clever café owner doesn’t wait; he referred two people.",
    "contact-or-connect": "Silence is an answer. It keeps promises nobody made.",
    "proof": "Proof has a limit. The limit was 6.25 in 2023, and the owner called it naïve.",
    "vows": "A vow is a promise with a day on it. Silently kept, it is worth the referral.",
}


@pytest.fixture
def published(lessons: Path) -> Path:
    """Four lessons whose openings differ, and a glossary, published."""
    for path, (id, title) in LESSONS.items():
        write_lesson(lessons / path, id=id, title=title, opening=OPENINGS[id])
    (lessons / "glossary.toml").write_text(GLOSSARY)
    content.publish()
    return lessons


def found(typed: str) -> set[str]:
    """The lessons that a question finds, "" among them for the glossary."""
    return {hit.lesson_id for hit in find(sought(typed, words_known(content.library()))).hits}


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("promise", {"money", "contact-or-connect", "vows", ""}),
        ("PROMISES, promised!", {"money", "contact-or-connect", "vows", ""}),
        ("silent", {"vows"}),
        ("silence", {"contact-or-connect"}),
        ("sil", {"contact-or-connect", "vows"}),
        ("referral", {"money", "vows", ""}),
        ("refer", {"money", "vows", ""}),
        ("referr", {"money", "vows", ""}),
        ("refer owner", {"money"}),
        ("the owner of a cafe", {"money"}),
        ("CAFÉ", {"money"}),
        ("doesnt", {"money"}),
        ("doesn't", {"money"}),
        ("naive", {"proof"}),
        ("6.25", {"proof"}),
        ("2023 limit", {"proof"}),
        ("small vows", {"vows"}),
        ("zebra", set()),
        ("zebra proof", {"proof"}),
        ("exchange", set()),  # stands in an answer only
    ],
)
def test_a_question_finds_the_same_lessons_on_either_engine(published: Path, typed: str, ids: set[str]) -> None:
    assert found(typed) == ids


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_typed_is_syntax(published: Path, typed: str) -> None:
    hits = find(sought(typed, words_known(content.library()))).hits
    assert len(hits) <= MOST
    assert db.session.scalar(select(func.count()).select_from(Passage))


def test_every_hit_says_which_of_its_words_were_looked_for(published: Path) -> None:
    hits = find(sought("silence refer", words_known(content.library()))).hits
    assert {hit.lesson_id: hit.found for hit in hits} == {
        "money": {"referral", "referred"},
        "contact-or-connect": {"silence"},
        "vows": {"referral"},
        "": {"referral"},
    }


def test_a_word_in_a_heading_comes_before_one_in_the_text(published: Path) -> None:
    assert find((("proof",),)).hits[0].lesson_id == "proof"
    assert find((("promise",),)).hits[0].heading == "Promise"


def test_where_nothing_holds_all_the_words_some_will_do_and_it_is_said(published: Path) -> None:
    together = find((("silence",), ("answer",)))
    apart = find((("silence",), ("naive",)))
    assert (together.every, apart.every) == (True, False)
    assert {hit.lesson_id for hit in apart.hits} == {"contact-or-connect", "proof"}


def test_no_lesson_crowds_out_another(published: Path) -> None:
    hits = passages_with((("words",), ("pump",), ("buy",), ("ten",)), every=False)
    shares = [sum(hit.lesson_id == id for hit in hits) for id in OPENINGS]
    assert shares == [MOST_OF_ONE] * 4
    assert {hit.lesson_id for hit in hits[:4]} == set(OPENINGS)


def test_nothing_is_asked_of_the_database_where_nothing_is_looked_for(published: Path, queries: list[str]) -> None:
    queries.clear()
    assert find(()).hits == ()
    assert queries == []


def test_brackets_of_the_engine_are_read_as_marks() -> None:
    assert marked_in("a [b] c [d e] f") == frozenset({"b", "d", "e"})
    assert marked_in("nothing") == frozenset()


# What is published is what is found.


def kept() -> list[tuple[int, str]]:
    return [tuple(row) for row in db.session.execute(select(Passage.id, Passage.text).order_by(Passage.id))]


def test_publishing_the_same_course_again_writes_nothing(published: Path) -> None:
    before = kept()
    content.publish()
    assert kept() == before


def test_an_edited_lesson_is_found_by_its_new_words_only(published: Path) -> None:
    write_lesson(published / "01-first/01-money.md", id="money", title="Follow the money", opening="A zebra crossing.")
    assert found("zebra") == set()
    content.publish()
    assert found("zebra") == {"money"}
    assert found("clever") == set()


def test_a_lesson_that_was_taken_away_is_not_found(published: Path) -> None:
    (published / "02-second/01-proof.md").unlink()
    content.publish()
    assert found("naive") == set()


def test_a_glossary_that_is_new_or_gone_is_published_too(published: Path) -> None:
    (published / "glossary.toml").write_text(GLOSSARY.replace("by a date", "by a zebra"))
    content.publish()
    assert found("zebra") == {""}


def test_a_passage_changed_in_place_is_found_by_what_it_says_now(published: Path) -> None:
    row = db.session.scalars(select(Passage).where(Passage.lesson_id == "proof", Passage.place == 0)).one()
    row.text_words = "zebra"
    db.session.commit()
    assert {hit.lesson_id for hit in find((("zebra",),)).hits} == {"proof"}
    assert find((("naive",),)).hits == ()


def test_of_a_course_without_lessons_nothing_is_kept(published: Path) -> None:
    passages.replace_all(Library())
    assert kept() == []


# The real lessons, asked of both engines at once.

QUESTIONS = (
    *("promise", "referral", "conversation", "silence", "invoice", "margin", "introductions", "apologise", "useful"),
    *("using what they said", "polite no", "five lines", "next step", "who decides", "how many clients do I need"),
    *("baseline", "break-even", "dormant tie", "weak ties", "listening", "quantity", "unsubscribe", "law", "hours"),
    *("conversa", "connecti", "relations", "attrib", "rhyth", "us", "a", "not for us", "the", "12 %", "10 000", "6.25"),
)


@pytest.fixture
def each(applications: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Callable[[Any], list[Any]]:
    """Runs a question on the real lessons, in the application of every engine."""
    for name in databases.ENGINES:
        if name not in applications:
            applications[name] = migrate(name, tmp_path_factory.mktemp(name))

    def ask(question: Callable[[], Any]) -> list[Any]:
        answers = []
        for name in databases.ENGINES:
            with applications[name].app_context():
                passages.replace_all(content.library())
                answers.append(question())
                db.session.rollback()
        return answers

    return ask


def test_the_real_lessons_answer_alike_on_both_engines(each: Callable[[Any], list[Any]]) -> None:
    sqlite, postgresql = each(lambda: {typed: found(typed) for typed in QUESTIONS})
    assert sqlite == postgresql
    assert sum(bool(lessons) for lessons in sqlite.values()) > len(QUESTIONS) // 2


def test_a_title_that_is_typed_finds_its_lesson_first(each: Callable[[Any], list[Any]]) -> None:
    def first() -> list[str]:
        course = content.library()
        asked = (sought(lesson.title, words_known(course)) for lesson in course.lessons)
        return [find(words).hits[0].lesson_id for words in asked]

    lessons = [lesson.id for lesson in each(lambda: content.library().lessons)[0]]
    assert each(first) == [lessons, lessons]
