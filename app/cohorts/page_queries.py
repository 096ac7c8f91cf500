"""A cohort's page in full: its text, its picture, its dates and the cohort after it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, func, select

from app.cohorts.queries import CohortPage, Date, NextCohort, PagePicture, page_of
from app.db import db
from app.models import Cohort, Consent, Enrolment, Meeting, Person, Picture
from course.own_text import paragraphs


@dataclass(frozen=True)
class Said:
    """An answer to a question of consent."""

    kind: str
    given: bool
    version: str
    text_hash: str
    method: str
    at: datetime


# Columns of the tables and none of the mapped classes: a mapped row takes twice as long to read.
COHORT, PLACE, PICTURE, MEETING = (cast(Table, model.__table__) for model in (Cohort, Enrolment, Picture, Meeting))
NEXT = COHORT.alias("next_cohort")
WAITING = select(func.count()).where(PLACE.c.cohort_id == COHORT.c.id, PLACE.c.status == "waiting")
DATE = ("uid", "starts_at", "minutes", "where", "sequence", "changed_at")
# Built once: putting the statement together takes longer than running it. There is a row for each meeting: to read the
# rest with every one takes less than a second question.
COMPLETE = (
    select(
        COHORT,
        WAITING.correlate(COHORT).scalar_subquery().label("waiting"),
        *(PICTURE.c[name] for name in ("alt", "kind", "width", "height", "digest")),
        *(NEXT.c[name].label(f"next_{name}") for name in ("slug", "name")),
        *(MEETING.c[name].label(f"meeting_{name}") for name in DATE),
    )
    .outerjoin(PICTURE, PICTURE.c.cohort_id == COHORT.c.id)
    .outerjoin(NEXT, NEXT.c.id == COHORT.c.next_id)
    .outerjoin(MEETING, and_(MEETING.c.cohort_id == COHORT.c.id, MEETING.c.cancelled_at.is_(None)))
    .order_by(MEETING.c.starts_at, MEETING.c.id)
)
OF_SLUG = COMPLETE.where(COHORT.c.slug == bindparam("slug"))
OF_ID = COMPLETE.where(COHORT.c.id == bindparam("id"))


def complete_page(slug: str, now: datetime) -> CohortPage | None:
    """The page of one cohort; None if there is none of that name."""
    return page_in(db.session.execute(OF_SLUG, {"slug": slug}).all(), now)


def page_of_id(cohort_id: int, now: datetime) -> CohortPage | None:
    """The page of the cohort with this id."""
    return page_in(db.session.execute(OF_ID, {"id": cohort_id}).all(), now)


def page_in(rows: Sequence[Any], now: datetime) -> CohortPage | None:
    """The page in rows of COMPLETE, all of one cohort, with when it meets; without what was cancelled. None in none."""
    if not rows:
        return None
    row = rows[0]
    return replace(
        page_of(row, now, waiting=row.waiting),
        about=paragraphs(row.about, row.links),
        picture=PagePicture(row.alt, row.kind, row.width, row.height, row.digest) if row.digest else None,
        next=NextCohort(row.next_slug, row.next_name) if row.next_slug else None,
        dates=tuple(Date(*each[-len(DATE) :]) for each in rows if each.meeting_uid),
    )


def picture_of(slug: str, digest: str) -> tuple[str, bytes] | None:
    """The kind and the bytes of a cohort's picture; None where it is no longer the one with this digest."""
    row = db.session.execute(
        select(Picture.kind, Picture.content)
        .join(Cohort, Cohort.id == Picture.cohort_id)
        .where(Cohort.slug == slug, Picture.digest == digest)
    ).first()
    return (row[0], row[1]) if row else None


def consents_of(person: Person) -> tuple[Said, ...]:
    """What the person was asked and said, the latest first."""
    columns = (Consent.kind, Consent.given, Consent.version, Consent.text_hash, Consent.method, Consent.at)
    found = db.session.execute(select(*columns).where(Consent.person_id == person.id).order_by(Consent.id.desc()))
    return tuple(Said(*row) for row in found)
