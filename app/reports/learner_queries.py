"""What a report knows of the learners of a trainer's cohorts: counts and days, and no text of theirs. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import CompoundSelect, Select, String, and_, bindparam, cast, func, literal, null, select, union_all

from app.db import db
from app.models import Enrolment, Entry, Person, Reading
from app.reports.cohort_queries import IN_COHORTS, STUDYING, OwnCohort, day_in, log_of, reading, seen
from app.study.queries import standing
from course.report import Learner

Lessons = Mapping[int, Mapping[str, str]]
"""By enrolment: the finished lessons' ids, each with the hash of the text that was read."""

Practised = Mapping[int, frozenset[str]]
"""By person: ids of the lessons with an entry that stands."""


STUDY = and_(IN_COHORTS, Enrolment.status.in_(STUDYING))
AMONG = and_(STUDY, Enrolment.id.in_(bindparam("only", expanding=True)))


def _people(study: Any) -> Select[Any]:
    """Who studies, with what their logs and their reading come to."""
    logs, readings = log_of(select(Enrolment.person_id).where(study)), reading(study)
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
        .where(study)
    )


def _lessons(study: Any) -> CompoundSelect[Any]:
    """Lessons finished and lessons practised, under one another: a page may ask the database only a few times."""
    finished = (
        select(literal("read", String(9)).label("kind"), Reading.enrolment_id, Reading.lesson_id, Reading.content_hash)
        .join(Enrolment, Enrolment.id == Reading.enrolment_id)
        .where(study, Reading.completed_at.is_not(None))
    )
    done = (
        select(literal("practised", String(9)), Entry.person_id, Entry.lesson_id, cast(null(), String(64)))
        .where(Entry.person_id.in_(select(Enrolment.person_id).where(study)))
        .where(Entry.lesson_id.is_not(None), *standing())
        .distinct()
    )
    return union_all(finished, done)


# Built once: putting a statement together takes longer than running it.
OF_ALL, OF_SOME = (_people(STUDY), _lessons(STUDY)), (_people(AMONG), _lessons(AMONG))


def learners_of(cohorts: Sequence[OwnCohort], only: Sequence[int] | None = None) -> dict[int, tuple[Learner, ...]]:
    """The learners who study in each of these cohorts, by the cohort's id, in two queries.

    A learner's `id` is that of their enrolment; `only` those asked for, if given. Who left has no line here; their
    roster line says when.
    """
    by_id = {cohort.id: cohort for cohort in cohorts}
    people, lessons = OF_ALL if only is None else OF_SOME
    asked = {"cohorts": list(by_id), **({} if only is None else {"only": list(only)})}
    rows = db.session.execute(people, asked).all()
    read, practised = _read(db.session.execute(lessons, asked)) if rows else ({}, {})
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


def _read(rows: Iterable[Any]) -> tuple[Lessons, Practised]:
    read: dict[int, dict[str, str]] = defaultdict(dict)
    practised: dict[int, set[str]] = defaultdict(set)
    for kind, whose, lesson, read_hash in rows:
        if kind == "read":
            read[whose][lesson] = read_hash
        else:
            practised[whose].add(lesson)
    return read, {whose: frozenset(lessons) for whose, lessons in practised.items()}
