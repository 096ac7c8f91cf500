"""What a report knows of the learners of a trainer's cohorts: counts and days, and no text of theirs. Reads only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CompoundSelect, String, and_, cast, func, literal, null, select, union_all

from app.db import db
from app.models import Enrolment, Entry, Person, Reading
from app.reports.cohort_queries import IN_COHORTS, STUDYING, OwnCohort, day_in, log_of, reading, seen
from app.study.queries import standing
from course.report import Learner

Lessons = Mapping[int, Mapping[str, str]]
"""By enrolment: the finished lessons' ids, each with the hash of the text that was read."""

Practised = Mapping[int, frozenset[str]]
"""By person: ids of the lessons with an entry that stands."""


# The statements are built once: putting one together takes longer than running it.
STUDY = and_(IN_COHORTS, Enrolment.status.in_(STUDYING))
THEIR_LOGS, READINGS = log_of(select(Enrolment.person_id).where(STUDY)), reading()
PEOPLE = (
    select(
        *(Enrolment.id, Enrolment.cohort_id, Enrolment.person_id, Person.name),
        *(Enrolment.confirmed_at, Enrolment.created_at, THEIR_LOGS.c.last_entry, READINGS.c.last_reading),
        func.coalesce(THEIR_LOGS.c.connecting, 0).label("connecting"),
        func.coalesce(THEIR_LOGS.c.rated, 0).label("rated"),
    )
    .join(Person, Person.id == Enrolment.person_id)
    .outerjoin(THEIR_LOGS, THEIR_LOGS.c.person_id == Enrolment.person_id)
    .outerjoin(READINGS, READINGS.c.enrolment_id == Enrolment.id)
    .where(STUDY)
)
FINISHED = (
    select(literal("read", String(9)).label("kind"), Reading.enrolment_id, Reading.lesson_id, Reading.content_hash)
    .join(Enrolment, Enrolment.id == Reading.enrolment_id)
    .where(STUDY, Reading.completed_at.is_not(None))
)
DONE = (
    select(literal("practised", String(9)), Entry.person_id, Entry.lesson_id, cast(null(), String(64)))
    .where(Entry.person_id.in_(select(Enrolment.person_id).where(STUDY)), Entry.lesson_id.is_not(None), *standing())
    .distinct()
)
# Lessons finished and lessons practised, under one another: a page may ask the database only a few times.
LESSONS: CompoundSelect[Any] = union_all(FINISHED, DONE)


def learners_of(cohorts: Sequence[OwnCohort]) -> dict[int, tuple[Learner, ...]]:
    """The learners who study in each of these cohorts, by the cohort's id, in two queries.

    A learner's `id` is that of their enrolment. Who left has no line here; their roster line says when.
    """
    by_id = {cohort.id: cohort for cohort in cohorts}
    rows = db.session.execute(PEOPLE, {"cohorts": list(by_id)}).all()
    read, practised = _lessons(list(by_id)) if rows else ({}, {})
    found: dict[int, list[Learner]] = {id: [] for id in by_id}
    for row in rows:
        cohort = by_id[row.cohort_id]
        found[row.cohort_id].append(
            Learner(
                id=row.id,
                name=row.name,
                joined=max(day_in(cohort, row.confirmed_at or row.created_at), cohort.page.terms.starts_on),
                read=read.get(row.id, {}),
                practised=practised.get(row.person_id, frozenset()),
                connecting=row.connecting,
                rated=row.rated,
                last_entry=row.last_entry,
                last_seen=seen(cohort, row.last_entry, row.last_reading),
            )
        )
    return {id: tuple(learners) for id, learners in found.items()}


def _lessons(cohorts: Sequence[int]) -> tuple[Lessons, Practised]:
    read: dict[int, dict[str, str]] = defaultdict(dict)
    practised: dict[int, set[str]] = defaultdict(set)
    for kind, whose, lesson, read_hash in db.session.execute(LESSONS, {"cohorts": cohorts}).all():
        if kind == "read":
            read[whose][lesson] = read_hash
        else:
            practised[whose].add(lesson)
    return read, {whose: frozenset(lessons) for whose, lessons in practised.items()}
