"""A cohort's page in full: its text, its picture, its dates and the cohort after it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Result, Select, Table, and_, bindparam, func, select

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
MEETING_COLUMNS = tuple(f"meeting_{name}" for name in DATE)
# What the page shows of the cohort itself. What only its trainer sees would be read once more with every meeting.
SHOWN = (
    *("slug", "name", "promise", "about", "links", "meetings", "rhythm", "trainer_line", "price", "currency"),
    *("opens_at", "closes_at", "shut_at", "archived_at", "starts_on", "ends_on", "time_zone"),
    *("capacity", "taken", "late_joiners", "late_pace", "offer_hours"),
)


def complete(*cohort: Any) -> Select[Any]:
    """These columns of cohorts with all else that their pages show: a row for each meeting.

    To read the rest with every one takes less than a second question.
    """
    return (
        select(
            *cohort,
            WAITING.correlate(COHORT).scalar_subquery().label("waiting"),
            *(PICTURE.c[name] for name in ("alt", "kind", "width", "height", "digest")),
            *(NEXT.c[name].label(f"next_{name}") for name in ("slug", "name")),
            *(MEETING.c[name].label(label) for name, label in zip(DATE, MEETING_COLUMNS, strict=True)),
        )
        .outerjoin_from(COHORT, PICTURE, PICTURE.c.cohort_id == COHORT.c.id)
        .outerjoin(NEXT, NEXT.c.id == COHORT.c.next_id)
        .outerjoin(MEETING, and_(MEETING.c.cohort_id == COHORT.c.id, MEETING.c.cancelled_at.is_(None)))
        .order_by(MEETING.c.starts_at, MEETING.c.id)
    )


# Built once: putting a statement together takes longer than running it.
ON_ITS_PAGE = complete(*(COHORT.c[name] for name in SHOWN))
OF_SLUG = ON_ITS_PAGE.where(COHORT.c.slug == bindparam("slug"))
OF_ID = ON_ITS_PAGE.where(COHORT.c.id == bindparam("id"))


def complete_page(slug: str, now: datetime) -> CohortPage | None:
    """The page of one cohort; None if there is none of that name."""
    return page_if_any(db.session.execute(OF_SLUG, {"slug": slug}), now)


def page_of_id(cohort_id: int, now: datetime) -> CohortPage | None:
    """The page of the cohort with this id."""
    return page_if_any(db.session.execute(OF_ID, {"id": cohort_id}), now)


def page_if_any(found: Result[Any], now: datetime) -> CohortPage | None:
    cohort, meetings = read(found)
    return page_in(cohort, meetings, now) if cohort else None


def read(found: Result[Any]) -> tuple[Any, tuple[Any, ...]]:
    """A cohort in rows of `complete`, and its meetings; None and nothing where there are no rows.

    The rows after the first repeat all but their meeting: to turn text into instants in each of them takes its time.
    """
    cohort = found.fetchone()
    if cohort is None:
        return None, ()
    return cohort, (cohort[-len(DATE) :], *found.columns(*MEETING_COLUMNS))


def page_in(cohort: Any, meetings: tuple[Any, ...], now: datetime) -> CohortPage:
    """The page of a cohort that was read, with when it meets; without what was cancelled."""
    picture = PagePicture(cohort.alt, cohort.kind, cohort.width, cohort.height, cohort.digest)
    return replace(
        page_of(cohort, now, waiting=cohort.waiting),
        about=paragraphs(cohort.about, cohort.links),
        picture=picture if cohort.digest else None,
        next=NextCohort(cohort.next_slug, cohort.next_name) if cohort.next_slug else None,
        dates=tuple(Date(*meeting) for meeting in meetings if meeting[0]),
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
