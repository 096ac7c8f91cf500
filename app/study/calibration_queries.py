"""How sure a learner was, and how right. Reads only."""

from sqlalchemy import func, select

from app.db import db
from app.models import Answer, Enrolment
from app.study.queries import MINE
from course.review import Confidence

COUNTS = (
    select(Answer.confidence, Answer.correct, func.count().label("answers"))
    .where(Answer.enrolment_id == MINE, Answer.correct.is_not(None))
    .group_by(Answer.confidence, Answer.correct)
)


def confidence_of(enrolment: Enrolment) -> dict[tuple[Confidence, bool], int]:
    """How many graded answers were given with each confidence, those right and those wrong apart.

    An answer counts with the question it was given to, also where that is no longer asked.
    """
    rows = db.session.execute(COUNTS, {"enrolment": enrolment.id})
    return {(Confidence(row.confidence), bool(row.correct)): row.answers for row in rows}
