"""What a certificate rests on, for any number of enrolments in one query: counts and ids, no text of a learner's."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from app.db import db
from app.models import Answer, Cohort, Enrolment, Entry, Reading
from app.reports.cohort_queries import CONNECTING, RATED
from app.study.queries import standing
from course.catalogue import Module
from course.certificate import Merits, merits
from course.share import Share

THESE: BindParameter[Any] = bindparam("enrolments", expanding=True)
TODAY = bindparam("today", type_=Date)
NO_TEXT, NO_COUNT = cast(null(), String), cast(null(), Integer)


def _fact(
    kind: str, enrolment: Any, *, lesson: Any = NO_TEXT, recall: Any = NO_TEXT, counts: Sequence[Any] = ()
) -> Any:
    """One kind of facts in the columns that all share."""
    return select(literal(kind, String).label("kind"), enrolment, lesson, recall, *(counts or (NO_COUNT, NO_COUNT)))


def _entries(found: Select[Any]) -> Select[Any]:
    """Entries that stand, of the persons behind these enrolments."""
    return (
        found.select_from(Enrolment)
        .join(Entry, Entry.person_id == Enrolment.person_id)
        .where(Enrolment.id.in_(THESE), *standing())
    )


# The statement is built once: putting it together takes longer than running it.
LATEST = (
    select(func.max(Answer.id))
    .where(Answer.enrolment_id.in_(THESE), Answer.correct.is_not(None))
    .group_by(Answer.enrolment_id, Answer.lesson_id, Answer.recall_id)
)
READ = _fact("read", Reading.enrolment_id, lesson=Reading.lesson_id).where(
    Reading.enrolment_id.in_(THESE), Reading.completed_at.is_not(None)
)
RIGHT = _fact("right", Answer.enrolment_id, lesson=Answer.lesson_id, recall=Answer.recall_id).where(
    Answer.id.in_(LATEST), Answer.correct.is_(True)
)
PRACTISED = _entries(_fact("practised", Enrolment.id, lesson=Entry.lesson_id)).where(Entry.lesson_id.is_not(None))
# Practice belongs to the person: of a certificate it counts what fell into its cohort's time.
LOGGED = (
    _entries(
        _fact("logged", Enrolment.id, counts=(func.count().filter(CONNECTING), func.count())),
    )
    .join(Cohort, Cohort.id == Enrolment.cohort_id)
    .where(RATED, Entry.day >= Cohort.starts_on, Entry.day <= TODAY)
    .group_by(Enrolment.id)
)
FACTS: CompoundSelect[Any] = union_all(READ, RIGHT, PRACTISED.distinct(), LOGGED)


@dataclass(frozen=True)
class Facts:
    """What one enrolment has: ids of lessons finished and practised, questions right, and its log's connecting."""

    finished: frozenset[str]
    right: frozenset[tuple[str, str]]
    practised: frozenset[str]
    log: Share


def merits_of(enrolments: Sequence[int], modules: Sequence[Module], today: date) -> Mapping[int, Merits]:
    """By enrolment, its merits in these modules as of today."""
    return {
        id: merits(modules, finished=has.finished, right=has.right, practised=has.practised, log=has.log)
        for id, has in facts_of(enrolments, today).items()
    }


def facts_of(enrolments: Sequence[int], today: date) -> Mapping[int, Facts]:
    """By enrolment, what its merits are made of."""
    lessons: dict[tuple[str, int], set[str]] = defaultdict(set)
    right: dict[int, set[tuple[str, str]]] = defaultdict(set)
    logs: dict[int, Share] = {}
    rows = db.session.execute(FACTS, {"enrolments": list(enrolments), "today": today}).all() if enrolments else []
    for kind, id, lesson, recall, connecting, rated in rows:
        if kind == "logged":
            logs[id] = Share(connecting, rated)
        elif kind == "right":
            right[id].add((lesson, recall))
        else:
            lessons[kind, id].add(lesson)
    return {
        id: Facts(
            finished=frozenset(lessons["read", id]),
            right=frozenset(right[id]),
            practised=frozenset(lessons["practised", id]),
            log=logs.get(id, Share(0, 0)),
        )
        for id in enrolments
    }
