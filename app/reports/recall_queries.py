"""How often what was learned is still known when its question comes back. Reads only."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Subquery, extract, func, select

from app.models import Answer, Enrolment

# A rule of this course, not a finding: an answer within a day of the first one shows what was just read.
DELAY = timedelta(days=1)


def recall_of(enrolled: Any) -> Subquery:
    """For each enrolment of which this is true: the graded answers given a while after the first, and those right."""
    question = (Answer.enrolment_id, Answer.lesson_id, Answer.recall_id)
    answers = (
        select(
            *(Answer.enrolment_id, Answer.correct, Answer.answered_at),
            func.min(Answer.answered_at).over(partition_by=question).label("first_at"),
        )
        .join(Enrolment, Enrolment.id == Answer.enrolment_id)
        .where(enrolled)
        .subquery()
    )
    # Seconds since 1970 on both engines; adding days to an instant is written differently on each.
    since = extract("epoch", answers.c.answered_at) - extract("epoch", answers.c.first_at)
    return (
        select(
            answers.c.enrolment_id,
            func.count().label("graded"),
            func.count().filter(answers.c.correct.is_(True)).label("right"),
        )
        .where(answers.c.correct.is_not(None), since >= DELAY.total_seconds())
        .group_by(answers.c.enrolment_id)
        .subquery()
    )
