"""What stands in somebody's calendar: their cohorts' meetings, the days lessons open, and their promises."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, orm, select

from app.db import db
from app.models import Cohort, Enrolment, Entry, Feed, Meeting, PaceException, Person, Promise
from app.practice.queries import stands
from course.diary import Happening, Since, Version, opening, promised
from course.library import Library
from course.pace import Pace, openings

KEPT = timedelta(days=90)
"""How long what has passed stays in the calendar."""


@dataclass(frozen=True)
class Diary:
    """Whose calendar an address leads to, and whether the words of promises go along."""

    person: Person
    words: bool


def diary_at(token_hash: str) -> Diary | None:
    """Whose calendar this is; None for an address that was ended, or whose owner may not sign in."""
    row = db.session.execute(
        select(Person, Feed.words)
        .join(Feed, Feed.person_id == Person.id)
        .where(Feed.token_hash == token_hash, Person.disabled_at.is_(None))
    ).first()
    return Diary(*row) if row else None


def happenings_of(diary: Diary, library: Library, now: datetime) -> tuple[Happening, ...]:
    """Everything in the calendar that is to come or passed lately, in three queries."""
    found = [*courses_of(diary.person, library), *promises_of(diary)]
    oldest = (now - KEPT).date()
    return tuple(each for each in found if day_of(each.begins) >= oldest)


def day_of(begins: date | datetime) -> date:
    return begins.date() if isinstance(begins, datetime) else begins


def courses_of(person: Person, library: Library) -> Iterator[Happening]:
    """The meetings and the days of the cohorts in which the person has or had a seat to its end."""
    rows = db.session.execute(
        select(Enrolment, Cohort, Meeting)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(Meeting, Meeting.cohort_id == Cohort.id)
        .where(Enrolment.person_id == person.id, or_(Enrolment.status == "confirmed", Enrolment.status == "completed"))
        .order_by(Cohort.starts_on, Cohort.id, Meeting.starts_at, Meeting.id)
    ).all()
    own = exceptions_of({enrolment.id for enrolment, _, _ in rows})
    seats: dict[int, tuple[Enrolment, Cohort]] = {}
    for enrolment, cohort, meeting in rows:
        seats[enrolment.id] = (enrolment, cohort)
        if meeting is not None:
            yield gathering(cohort, meeting)
    for enrolment, cohort in seats.values():
        yield from days_of(enrolment, cohort, own=own.get(enrolment.id, ()), library=library)


def gathering(cohort: Cohort, meeting: Meeting) -> Happening:
    """One meeting; off with its cohort, too."""
    return Happening(
        uid=meeting.uid,
        summary=cohort.name,
        begins=meeting.starts_at,
        ends=meeting.starts_at + timedelta(minutes=meeting.minutes),
        place=meeting.where,
        sequence=meeting.sequence + bool(cohort.archived_at),
        changed=max(filter(None, (meeting.changed_at, meeting.cancelled_at, cohort.archived_at))),
        cancelled=bool(meeting.cancelled_at or cohort.archived_at),
    )


def exceptions_of(enrolments: set[int]) -> Mapping[int, Sequence[PaceException]]:
    """The days of their own that these enrolments have."""
    found: dict[int, list[PaceException]] = defaultdict(list)
    asked = select(PaceException).where(PaceException.enrolment_id.in_(enrolments)).order_by(PaceException.id)
    for row in db.session.scalars(asked):
        found[row.enrolment_id].append(row)
    return found


def days_of(
    enrolment: Enrolment, cohort: Cohort, *, own: Sequence[PaceException], library: Library
) -> Iterator[Happening]:
    """The first day of the cohort, and those on which its lessons open for this learner."""
    since = Since(
        uid=uid(f"cohort {cohort.id}", "{}"),
        sequence=cohort.version - 1 + len(own) + bool(cohort.archived_at),
        changed=max(filter(None, (cohort.created_at, cohort.archived_at, *(row.created_at for row in own)))),
        cancelled=bool(cohort.archived_at),
    )
    yield since.on(cohort.starts_on, what="begins", summary=f"{cohort.name} begins")
    yield from opening(library, openings(library, pace_of(enrolment, cohort, own)).days, since)


def pace_of(enrolment: Enrolment, cohort: Cohort, own: Sequence[PaceException]) -> Pace:
    """The cohort's pace as this learner meets it."""
    joined = enrolment.confirmed_at
    kinds: Any = {"kind": cohort.pace, "late": cohort.late_pace}
    return Pace(
        **kinds,
        starts_on=cohort.starts_on,
        days={what: date.fromisoformat(day) for what, day in cohort.opens_on.items()},
        joined_on=joined.astimezone(ZoneInfo(cohort.time_zone)).date() if joined else None,
        exceptions={row.what: row.opens_on for row in own},
    )


def promises_of(diary: Diary) -> Iterator[Happening]:
    """The person's promises, each with its earlier wordings, in one query."""
    earlier, entry = orm.aliased(Promise), orm.aliased(Entry)
    rows = db.session.execute(
        select(
            *(Promise.id, Promise.text, Promise.due_on, Promise.kept_on, Promise.dropped_on),
            *(stands(), Promise.sequence, Promise.changed_at, earlier.id),
        )
        .outerjoin(entry, entry.id == Promise.entry_id)
        .outerjoin(earlier, earlier.entry_id == entry.replaces_id)
        .where(Promise.person_id == diary.person.id)
        .order_by(Promise.id)
    )
    versions = [
        Version(id, text, due, bool(kept or dropped), bool(stand), sequence, changed, before)
        for id, text, due, kept, dropped, stand, sequence, changed, before in rows
    ]
    return promised(versions, uid=uid("promise", "{}"), words=diary.words)


def uid(kind: str, what: str) -> str:
    """What calendars know a happening by; it says nothing of whose it is."""
    return f"{hashlib.sha256(kind.encode()).hexdigest()[:16]}-{what}@connect"
