"""A cohort's page in full: its text, its picture, its dates and the cohort after it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, orm, select

from app.cohorts.queries import CohortPage, Date, NextCohort, PagePicture, page_of, with_waiting
from app.db import db
from app.models import Cohort, Consent, Meeting, Person, Picture
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


AFTER = orm.aliased(Cohort)
# Built once: putting the statement together takes longer than running it.
COMPLETE = (
    with_waiting()
    .add_columns(Picture.alt, Picture.kind, Picture.width, Picture.height, Picture.digest, AFTER.slug, AFTER.name)
    .outerjoin(Picture, Picture.cohort_id == Cohort.id)
    .outerjoin(AFTER, AFTER.id == Cohort.next_id)
)

OF_SLUG = COMPLETE.where(Cohort.slug == bindparam("slug"))
DATES = (
    select(Meeting.uid, Meeting.starts_at, Meeting.minutes, Meeting.where, Meeting.sequence, Meeting.changed_at)
    .where(Meeting.cohort_id == bindparam("cohort"), Meeting.cancelled_at.is_(None))
    .order_by(Meeting.starts_at, Meeting.id)
)


def page_in(row: Sequence[Any], now: datetime) -> CohortPage:
    """The page of a row of COMPLETE; without its dates."""
    cohort, waiting, alt, kind, width, height, digest, slug, name = row
    return replace(
        page_of(cohort, now, waiting=waiting),
        about=paragraphs(cohort.about, cohort.links),
        picture=PagePicture(alt, kind, width, height, digest) if digest else None,
        next=NextCohort(slug, name) if slug else None,
    )


def complete_page(slug: str, now: datetime) -> CohortPage | None:
    """The page of one cohort with its dates, in two queries; None if there is none of that name."""
    row = db.session.execute(OF_SLUG, {"slug": slug}).first()
    return replace(page_in(row, now), dates=dates_of(row[0].id)) if row else None


def dates_of(cohort_id: int) -> tuple[Date, ...]:
    """When the cohort meets, in their order, without what was cancelled."""
    found = db.session.execute(DATES, {"cohort": cohort_id})
    return tuple(Date(*row) for row in found)


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
