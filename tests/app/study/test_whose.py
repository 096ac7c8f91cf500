"""What one learner did is nothing of another's: each question returns to whoever answered it, at their own time."""

from typing import Any

from sqlalchemy import select

from app.content import library
from app.db import db
from app.models import Answer, AskedCase, Assessment, Card, Feedback, PaceException, Plan, Reaction, Reading, Shared
from app.study import queries
from app.study.actions import complete, schedule
from app.study.lesson_queries import latest_answer
from course.review import Grade
from tests.cast import NOON, TODAY, Cast, entry, relationship, save
from tests.certificates import certificate


def did_everything(cast: Cast, enrolled: Any, who: Any) -> None:
    """A row of each kind that a learner's day begins with."""
    mine = {"enrolment_id": enrolled.id}
    asked = {**mine, "lesson_id": "money", "recall_id": "polite-no"}
    save(Reading(**mine, lesson_id="money", content_hash="x", heading="second", completed_at=NOON))
    save(Answer(**asked, content_hash="x", text="a", confidence="certain", correct=True))
    save(Card(**asked, due_at=NOON, state=2, stability=1, difficulty=1, reviewed_at=NOON))
    save(Plan(**mine, lesson_id="money", if_text="a", then_text="b", due_on=TODAY))
    save(Assessment(**mine, moment="before", answers={}))
    save(PaceException(**mine, what="money", opens_on=TODAY, reason="Away"))
    save(Reaction(**mine, relevance=5, intent=5, recommend=5))
    save(AskedCase(**mine, side="above"))
    shown = save(Shared(**mine, entry_id=entry(who, relationship(who, "K-01")).id))
    save(Feedback(shared_id=shown.id, trainer_id=cast.tess.id, comment="Well begun.", answered_at=NOON))
    certificate(enrolled)


def test_a_card_is_moved_for_its_owner_alone(cast: Cast) -> None:
    for enrolled, mark in ((cast.ada_enrolled, Grade.GOOD), (cast.ben_enrolled, Grade.AGAIN)):
        schedule(enrolled, mark, lesson_id="one", recall_id="why")
    due = dict(db.session.execute(select(Card.enrolment_id, Card.due_at)).all())
    assert due.keys() == {cast.ada_enrolled.id, cast.ben_enrolled.id}
    assert due[cast.ada_enrolled.id] > due[cast.ben_enrolled.id]


def test_a_lesson_is_finished_for_its_reader_alone(cast: Cast) -> None:
    lesson = library().lessons[0]
    complete(cast.ada_enrolled, lesson, content_hash="an older one")
    complete(cast.ben_enrolled, lesson)
    finished = dict(db.session.execute(select(Reading.enrolment_id, Reading.content_hash)).all())
    assert finished == {cast.ada_enrolled.id: "an older one", cast.ben_enrolled.id: lesson.content_hash}


def test_whoever_has_done_nothing_is_told_of_nothing_that_others_did(cast: Cast) -> None:
    ada = cast.ada_enrolled
    before = queries.studies_of(ada, NOON)
    did_everything(cast, cast.ben_enrolled, cast.ben)
    theirs = queries.studies_of(cast.ben_enrolled, NOON)
    told = (theirs.places, theirs.plans, theirs.due, theirs.assessed, theirs.exceptions)
    assert [len(each) for each in told] == [1] * 5
    assert (theirs.answers, theirs.certificates, theirs.reacted, theirs.case is None) == (1, 1, True, False)
    assert queries.studies_of(ada, NOON) == before
    assert queries.places_of(ada) == {}
    assert queries.exceptions_of(ada) == {}
    assert queries.right_answers_of(ada) == frozenset()
    assert queries.reaction_of(ada) is None


def test_an_answer_given_after_mine_is_not_mine(cast: Cast) -> None:
    lesson = next(lesson for lesson in library().lessons if lesson.recalls)
    for enrolled, text, right in ((cast.ada_enrolled, "hers", False), (cast.ben_enrolled, "his", True)):
        asked = {"enrolment_id": enrolled.id, "lesson_id": lesson.id, "recall_id": lesson.recalls[0].id}
        save(Answer(**asked, content_hash="x", text=text, confidence="certain", correct=right))
    assert queries.right_answers_of(cast.ada_enrolled) == frozenset()
    assert len(queries.right_answers_of(cast.ben_enrolled)) == 1
    assert latest_answer(cast.ada_enrolled, lesson, lesson.recalls[0]).text == "hers"
