"""What a report knows of the learners of a trainer's cohorts: counts and days, and no text of theirs. Reads only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import String, cast, func, literal, null, select, union_all

from app.db import db
from app.models import Enrolment, Entry, Person, Reading
from app.reports.cohort_queries import STUDYING, OwnCohort, day_in, log_of, reading_of, seen
from app.study.queries import standing
from course.report import Learner

Lessons = Mapping[int, Mapping[str, str]]
"""By enrolment: the finished lessons' ids, each with the hash of the text that was read."""

Practised = Mapping[int, frozenset[str]]
"""By person: ids of the lessons with an entry that stands."""


def learners_of(cohorts: Sequence[OwnCohort]) -> dict[int, tuple[Learner, ...]]:
    """The learners who study in each of these cohorts, by the cohort's id, in two queries.

    A learner's `id` is that of their enrolment. Who left has no line here; their roster line says when.
    """
    by_id = {cohort.id: cohort for cohort in cohorts}
    rows = db.session.execute(_people(list(by_id))).all()
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


def _people(cohorts: Sequence[int]) -> Any:
    logs = log_of(select(Enrolment.person_id).where(Enrolment.cohort_id.in_(cohorts), Enrolment.status.in_(STUDYING)))
    readings = reading_of(cohorts)
    return (
        select(
            *(Enrolment.id, Enrolment.cohort_id, Enrolment.person_id, Person.name),
            *(Enrolment.confirmed_at, Enrolment.created_at, logs.c.last_entry, readings.c.last_reading),
            func.coalesce(logs.c.connecting, 0).label("connecting"),
            func.coalesce(logs.c.rated, 0).label("rated"),
        )
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(logs, logs.c.person_id == Enrolment.person_id)
        .outerjoin(readings, readings.c.enrolment_id == Enrolment.id)
        .where(Enrolment.cohort_id.in_(cohorts), Enrolment.status.in_(STUDYING))
    )


def _lessons(cohorts: Sequence[int]) -> tuple[Lessons, Practised]:
    """Lessons finished and lessons practised, under one another: a page may ask the database only a few times."""
    studying = (Enrolment.cohort_id.in_(cohorts), Enrolment.status.in_(STUDYING))
    finished = (
        select(Reading.enrolment_id.label("whose"), Reading.lesson_id, Reading.content_hash.label("hash"))
        .join(Enrolment, Enrolment.id == Reading.enrolment_id)
        .where(*studying, Reading.completed_at.is_not(None))
    )
    done = (
        select(Entry.person_id.label("whose"), Entry.lesson_id, cast(null(), String(64)).label("hash"))
        .where(
            Entry.person_id.in_(select(Enrolment.person_id).where(*studying)),
            Entry.lesson_id.is_not(None),
            *standing(),
        )
        .distinct()
    )
    both = union_all(
        finished.add_columns(literal("read", String(9)).label("kind")),
        done.add_columns(literal("practised", String(9)).label("kind")),
    )
    read: dict[int, dict[str, str]] = defaultdict(dict)
    practised: dict[int, set[str]] = defaultdict(set)
    for row in db.session.execute(both):
        if row.kind == "read":
            read[row.whose][row.lesson_id] = row.hash
        else:
            practised[row.whose].add(row.lesson_id)
    return read, {whose: frozenset(lessons) for whose, lessons in practised.items()}
