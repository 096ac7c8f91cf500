"""A question returns to each learner at their own time."""

from sqlalchemy import select

from app.db import db
from app.models import Card
from app.study.actions import schedule
from course.review import Grade
from tests.cast import Cast


def test_a_card_is_moved_for_its_owner_alone(cast: Cast) -> None:
    for enrolled, mark in ((cast.ada_enrolled, Grade.GOOD), (cast.ben_enrolled, Grade.AGAIN)):
        schedule(enrolled, mark, lesson_id="one", recall_id="why")
    due = dict(db.session.execute(select(Card.enrolment_id, Card.due_at)).all())
    assert due.keys() == {cast.ada_enrolled.id, cast.ben_enrolled.id}
    assert due[cast.ada_enrolled.id] > due[cast.ben_enrolled.id]
