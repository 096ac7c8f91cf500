"""What a trainer does to a cohort: set it up, change it, close and open its sign-up, put it away, share its running."""

import uuid
from dataclasses import fields
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from app import clock
from app.cohorts import seats
from app.cohorts.cohort_facts import Facts
from app.cohorts.trainer_queries import facts_of
from app.db import db
from app.models import Cohort, CohortTrainer, Meeting, Person, Picture
from course.local_time import moved


class SlugTaken(Exception):
    """Another cohort has this address."""


class Edited(Exception):
    """Somebody saved it meanwhile: `facts` is what stands there now, `by` who wrote it."""

    def __init__(self, facts: Facts, *, version: int, by: str) -> None:
        self.facts, self.version, self.by = facts, version, by


class NoSuchTrainer(Exception):
    """No trainer has this address."""


class LastTrainer(Exception):
    """A cohort is never without a trainer."""


class OverlookedCohort(Exception):
    """The cohort isn't there any more."""


def create(trainer: Person, slug: str, facts: Facts) -> Cohort:
    """A new cohort, run by its maker. Raises SlugTaken."""
    made = Cohort(slug=slug)
    write(made, facts)
    made.edited_by_id = trainer.id
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        raise SlugTaken from None
    db.session.add(CohortTrainer(cohort_id=made.id, person_id=trainer.id))
    db.session.flush()
    return made


def write(cohort: Cohort, facts: Facts) -> None:
    """Put the facts into the row."""
    for field in fields(Facts):
        setattr(cohort, field.name, getattr(facts, field.name))
    cohort.links = list(facts.links)
    cohort.opens_on = {what: day.isoformat() for what, day in facts.opens_on.items()}


def edit(cohort_id: int, facts: Facts, *, version: int, trainer: Person) -> Cohort:
    """Change what is said about a cohort. Raises Edited where another edit came first.

    Nobody is dropped: with fewer seats than are held, those that fall free are given to nobody until they fit.
    With more, those who wait are offered them at once.
    """
    cohort = locked(cohort_id)
    if cohort.version != version:
        by = db.session.scalar(select(Person.name).where(Person.id == cohort.edited_by_id))
        raise Edited(facts_of(cohort), version=cohort.version, by=by or "")
    write(cohort, facts)
    cohort.version += 1
    cohort.edited_by_id = trainer.id
    db.session.flush()
    seats.settle(cohort, clock.now())
    return cohort


def locked(cohort_id: int) -> Cohort:
    cohort = seats.lock(Cohort.id == cohort_id)
    if cohort is None:
        raise OverlookedCohort
    return cohort


def duplicate(trainer: Person, cohort_id: int, *, slug: str, name: str, days: int) -> Cohort:
    """The same cohort so many days later, with its trainers, its picture and its meetings; nobody is in it yet."""
    source = locked(cohort_id)
    facts = facts_of(source).shifted(days)
    made = create(trainer, slug, facts)
    made.name = name
    others = select(CohortTrainer.person_id).where(
        CohortTrainer.cohort_id == source.id, CohortTrainer.person_id != trainer.id
    )
    db.session.add_all(CohortTrainer(cohort_id=made.id, person_id=id) for id in db.session.scalars(others))
    copy_meetings(source, made, days)
    picture = db.session.get(Picture, source.id)
    if picture is not None:
        columns = ("alt", "kind", "width", "height", "digest", "content")
        db.session.add(Picture(cohort_id=made.id, **{name: getattr(picture, name) for name in columns}))
    db.session.flush()
    return made


def copy_meetings(source: Cohort, made: Cohort, days: int) -> None:
    """The meetings that were not cancelled, at the same times on the wall; calendars know them as new ones."""
    held = select(Meeting).where(Meeting.cohort_id == source.id, Meeting.cancelled_at.is_(None))
    for meeting in db.session.scalars(held.order_by(Meeting.starts_at)):
        at = moved(meeting.starts_at, days, source.time_zone)
        add_meeting(made.id, starts_at=at, minutes=meeting.minutes, where=meeting.where)


def close(cohort_id: int) -> None:
    """Close sign-up now. Who waits is still offered seats."""
    cohort = locked(cohort_id)
    cohort.shut_at = cohort.shut_at or clock.now()
    db.session.flush()


def reopen(cohort_id: int) -> None:
    """Let sign-up go by its dates again, and a cohort that was called off or put away be as it was."""
    cohort = locked(cohort_id)
    cohort.shut_at, cohort.archived_at = None, None
    db.session.flush()
    seats.settle(cohort, clock.now())


def archive(cohort_id: int) -> None:
    """Put a cohort away: one that isn't over is called off and takes nobody any more. Nobody in it loses anything."""
    cohort = locked(cohort_id)
    cohort.archived_at = cohort.archived_at or clock.now()
    db.session.flush()


def add_trainer(cohort_id: int, email: str) -> Person:
    """Let another trainer run the cohort, too. Raises NoSuchTrainer. Twice is once."""
    found = select(Person).where(Person.email == email, Person.is_trainer.is_(True), Person.disabled_at.is_(None))
    person = db.session.scalar(found)
    if person is None:
        raise NoSuchTrainer
    locked(cohort_id)
    if db.session.get(CohortTrainer, (cohort_id, person.id)) is None:
        db.session.add(CohortTrainer(cohort_id=cohort_id, person_id=person.id))
        db.session.flush()
    return person


def remove_trainer(cohort_id: int, person_id: int) -> bool:
    """Take a trainer off the cohort; False if they don't run it. Raises LastTrainer."""
    locked(cohort_id)
    here = CohortTrainer.cohort_id == cohort_id
    if db.session.get(CohortTrainer, (cohort_id, person_id)) is None:
        return False
    if db.session.scalar(select(func.count()).select_from(CohortTrainer).where(here)) == 1:
        raise LastTrainer
    db.session.execute(delete(CohortTrainer).where(here, CohortTrainer.person_id == person_id))
    return True


def add_meeting(cohort_id: int, *, starts_at: datetime, minutes: int, where: str) -> None:
    """Put a meeting into the cohort's calendar."""
    uid = f"{uuid.uuid4()}@connect"
    db.session.add(Meeting(cohort_id=cohort_id, uid=uid, starts_at=starts_at, minutes=minutes, where=where))
    db.session.flush()


def change_meeting(cohort_id: int, meeting_id: int, *, starts_at: datetime, minutes: int, where: str) -> bool:
    """Move a meeting; calendars follow by its sequence. False if it is none of this cohort's."""
    meeting = meeting_of(cohort_id, meeting_id)
    if meeting is None:
        return False
    meeting.starts_at, meeting.minutes, meeting.where = starts_at, minutes, where
    meeting.cancelled_at = None
    changed(meeting)
    return True


def cancel_meeting(cohort_id: int, meeting_id: int) -> bool:
    """Cancel a meeting: it stays, so that calendars can be told. False if it is none of this cohort's."""
    meeting = meeting_of(cohort_id, meeting_id)
    if meeting is None:
        return False
    if meeting.cancelled_at is None:
        meeting.cancelled_at = clock.now()
        changed(meeting)
    return True


def changed(meeting: Meeting) -> None:
    meeting.sequence += 1
    meeting.changed_at = clock.now()
    db.session.flush()


def meeting_of(cohort_id: int, meeting_id: int) -> Meeting | None:
    mine = select(Meeting).where(Meeting.id == meeting_id, Meeting.cohort_id == cohort_id)
    return db.session.scalar(mine.with_for_update())
