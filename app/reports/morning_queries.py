"""What the morning list knows beside the report: talks, promises, recall, what waits, whom a trainer spoke to.

Counts and days, no text of a learner's. Reads only, in four queries however many learners there are.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Date,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)

from app.db import UTCDateTime, db
from app.models import (
    Answer,
    Cohort,
    CohortTrainer,
    Enrolment,
    Entry,
    Feedback,
    Person,
    Promise,
    Shared,
)
from app.practice.queries import merged_among, stands
from app.reports.contact_queries import Spoken, spoken_of
from app.reports.learner_queries import STUDY
from app.study.queries import standing
from course import practice
from course.concerns import PROMISE_DAYS, WRONG_IN_A_ROW, Talks


@dataclass(frozen=True)
class Wrong:
    """A recall question that was answered wrong so many times since it was last right."""

    lesson_id: str
    recall_id: str
    times: int
    since: datetime
    last: datetime


@dataclass(frozen=True)
class InLine:
    """Who waits for a seat in which cohort, at which place from 1."""

    enrolment: int
    cohort: int
    name: str
    email: str
    place: int
    since: datetime


@dataclass(frozen=True)
class Facts:
    """By enrolment: promises due lately, talks, recall missed, when things were shown; the line; the contacts."""

    emails: Mapping[int, str]
    promises: Mapping[int, list[practice.Promise]]
    talks: Mapping[int, Talks]
    wrong: Mapping[int, list[Wrong]]
    shown: Mapping[int, list[datetime]]
    line: tuple[InLine, ...]
    spoken: tuple[Spoken, ...]


# The statements are built once: putting one together takes longer than running it.
STUDYING_PEOPLE = select(Enrolment.person_id).where(STUDY)
DUE_PROMISES = (
    select(Enrolment.id, Promise.id, Promise.relationship_id, Promise.made_on, Promise.due_on)
    .add_columns(Promise.kept_on, Promise.dropped_on)
    .join(Promise, Promise.person_id == Enrolment.person_id)
    .where(STUDY, Promise.due_on >= bindparam("since"), stands())
)
ONE = merged_among(STUDYING_PEOPLE)
WHOM = func.coalesce(ONE.c.root, Entry.relationship_id)
BY_PERSON = (
    select(
        Entry.person_id,
        func.count().label("entries"),
        func.count().filter(Entry.two_way >= 1).label("answered"),
        func.min(Entry.day, type_=Date).label("first"),
    )
    .outerjoin(ONE, ONE.c.id == Entry.relationship_id)
    .where(Entry.person_id.in_(STUDYING_PEOPLE), Entry.relationship_id.is_not(None), *standing())
    .group_by(Entry.person_id, WHOM)
    .subquery()
)
TALKS = (
    select(
        *(Enrolment.id, Person.email),
        func.sum(BY_PERSON.c.entries).label("entries"),
        func.count(BY_PERSON.c.person_id).label("people"),
        func.max(BY_PERSON.c.answered).label("most"),
        func.min(BY_PERSON.c.first, type_=Date).label("first"),
    )
    .join(Person, Person.id == Enrolment.person_id)
    .outerjoin(BY_PERSON, BY_PERSON.c.person_id == Enrolment.person_id)
    .where(STUDY)
    .group_by(Enrolment.id, Person.email)
)


def waiting(kind: str, *, first: Any, second: Any, n: Any, at: Any, last: Any = None) -> Any:
    """One kind of thing that waits, in the columns that all share."""
    return select(
        literal(kind, String(8)).label("kind"),
        *(Enrolment.id, Enrolment.cohort_id),
        *(cast(first, String(254)).label("first"), cast(second, String(254)).label("second")),
        *(n.label("n"), at.label("at"), (at if last is None else last).label("last")),
    )


QUESTION = (Answer.enrolment_id, Answer.lesson_id, Answer.recall_id)
LAST_RIGHT = select(*QUESTION, func.max(Answer.id).label("last")).where(Answer.correct.is_(True)).group_by(*QUESTION)
RIGHT = LAST_RIGHT.join(Enrolment, Enrolment.id == Answer.enrolment_id).where(STUDY).subquery()
MISSED = (
    waiting(
        "wrong",
        first=Answer.lesson_id,
        second=Answer.recall_id,
        n=func.count(),
        at=func.min(Answer.answered_at, type_=UTCDateTime),
        last=func.max(Answer.answered_at, type_=UTCDateTime),
    )
    .join(Answer, Answer.enrolment_id == Enrolment.id)
    .outerjoin(RIGHT, and_(*(column == RIGHT.c[column.key] for column in QUESTION)))
    .where(STUDY, Answer.correct.is_(False), or_(RIGHT.c.last.is_(None), Answer.id > RIGHT.c.last))
    .group_by(Enrolment.id, Enrolment.cohort_id, Answer.lesson_id, Answer.recall_id)
    .having(func.count() >= WRONG_IN_A_ROW)
)
ANSWERED = select(Feedback.id).where(Feedback.shared_id == Shared.id, Feedback.answered_at.is_not(None)).exists()
TAKEN_BACK = select(Entry.id).where(Entry.replaces_id == Shared.entry_id, Entry.void.is_(True)).exists()
SHOWN = (
    waiting("shown", first=literal(""), second=literal(""), n=literal(1), at=Shared.shared_at)
    .join(Shared, Shared.enrolment_id == Enrolment.id)
    .where(STUDY, Shared.withdrawn_at.is_(None), ~ANSWERED, ~TAKEN_BACK)
)
LINE = (
    waiting("line", first=Person.name, second=Person.email, n=Enrolment.line, at=Enrolment.created_at)
    .join(Person, Person.id == Enrolment.person_id)
    .where(Enrolment.cohort_id.in_(bindparam("taking", expanding=True)), Enrolment.status == "waiting")
)
WAITING = union_all(MISSED, SHOWN, LINE)

OWN_LEARNER = (
    select(Enrolment.id, Cohort.time_zone)
    .join(Cohort, Cohort.id == Enrolment.cohort_id)
    .join(CohortTrainer, CohortTrainer.cohort_id == Cohort.id)
    .where(CohortTrainer.person_id == bindparam("trainer"), Enrolment.id == bindparam("enrolment"))
)


def facts_of(trainer: Person, *, running: Collection[int], taking: Collection[int], now: datetime) -> Facts:
    """What is known of who studies in the cohorts that run, and of who waits for those that are not over."""
    cohorts, today = {"cohorts": list(running)}, now.date()
    # A day more: it is tomorrow already somewhere.
    since = today - timedelta(days=2 * PROMISE_DAYS + 1)
    promises: dict[int, list[practice.Promise]] = defaultdict(list)
    for whose, id, person, made, due, kept, dropped in db.session.execute(DUE_PROMISES, {**cohorts, "since": since}):
        promises[whose].append(practice.Promise(id, person, "", made, due, kept, dropped))
    talked = db.session.execute(TALKS, cohorts).all()
    wrong, shown, line = _waiting({**cohorts, "taking": list(taking)})
    return Facts(
        emails={row.id: row.email for row in talked},
        promises=promises,
        talks={row.id: Talks(int(row.entries), row.people, row.most, row.first) for row in talked if row.people},
        wrong=wrong,
        shown=shown,
        line=line,
        spoken=spoken_of(trainer, taking, now),
    )


def time_zone_of(trainer: Person, enrolment_id: int) -> str | None:
    """The time zone of the cohort in which this is a place; None unless the trainer runs it."""
    row = db.session.execute(OWN_LEARNER, {"trainer": trainer.id, "enrolment": enrolment_id}).first()
    return row.time_zone if row else None


def _waiting(
    given: Mapping[str, Any],
) -> tuple[dict[int, list[Wrong]], dict[int, list[datetime]], tuple[InLine, ...]]:
    wrong: dict[int, list[Wrong]] = defaultdict(list)
    shown: dict[int, list[datetime]] = defaultdict(list)
    lines: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(WAITING, given):
        if row.kind == "wrong":
            wrong[row.id].append(Wrong(row.first, row.second, row.n, row.at, row.last))
        elif row.kind == "shown":
            shown[row.id].append(row.at)
        else:
            lines[row.cohort_id].append(row)
    line = [
        InLine(row.id, cohort, row.first, row.second, place, row.at)
        for cohort, rows in lines.items()
        for place, row in enumerate(sorted(rows, key=lambda row: row.n), start=1)
    ]
    return wrong, shown, tuple(line)
