"""A learner who has earned a certificate: exactly what the rule asks for, and not one thing more."""

from datetime import timedelta
from typing import Any

import pytest

from app.content import library
from app.db import db
from app.models import Answer, Enrolment, Entry, Reading
from course.certificate import CONNECTING, CONVERSATIONS, modules_needed
from tests.cast import NOON, TODAY, relationship

DAY = timedelta(days=1)


def earn(enrolment: Enrolment, *, modules: int | None = None, talks: int = CONVERSATIONS) -> None:
    """So many modules read, recalled and practised, and so many conversations since the cohort began."""
    whole = library().modules
    written: dict[str, Any] = {"enrolment_id": enrolment.id}
    rows: list[Any] = []
    for module in whole[: modules_needed(len(whole)) if modules is None else modules]:
        for lesson in module.lessons:
            of = {**written, "lesson_id": lesson.id, "content_hash": lesson.content_hash}
            rows.append(Reading(**of, completed_at=NOON))
            given = {"text": "…", "confidence": "unsure", "correct": True}
            rows += [Answer(**of, recall_id=recall.id, **given) for recall in lesson.recalls]
        rows.append(Entry(person_id=enrolment.person_id, day=TODAY, minutes=20, lesson_id=module.lessons[0].id))
    about = relationship(enrolment.person, "K-07")
    lines = dict.fromkeys(("personal", "two_way", "about_them", "value", "next_step"), 1)
    for number in range(talks):
        scores = lines if number >= CONNECTING else {**lines, "two_way": 2}
        facts = {"day": TODAY - DAY, "channel": "call", "minutes": 20, "began": "me", "relationship_id": about.id}
        rows.append(Entry(person_id=enrolment.person_id, **facts, **scores))
    db.session.add_all(rows)
    db.session.commit()


@pytest.fixture
def ready(cast: Any) -> Any:
    """Ada has earned it."""
    earn(cast.ada_enrolled)
    return cast
